"""A late paper, the supplement that it goes out in, and who has opened what was sent."""

import datetime

from core.dates import longdate
from demo import papers
from demo.partnership import Cast
from demo.telling import on
from meetings.models import ItemKind, Meeting
from meetings.workflow import agenda, making, packs

DAY = datetime.timedelta(days=1)

LIGHTING = papers.Paper(
    ItemKind.STRATEGY, "Hythe Street: lamps and patrols",
    "Six of 22 lamps at the car park are out. The county council has ordered repairs; the work "
    "takes two nights.\n\n**Asked of the board.** To set patrol times when the lamps work.",
)  # fmt: skip
READ = {0: ("linden", "bryony", "juniper", "rowan", "hazel"), 1: ("linden", "hazel")}


def send_late(cast: Cast, meeting: Meeting) -> None:
    """Four days before the third meeting a paper comes late, and goes out the day after."""
    hazel = cast.people["hazel"]
    with on(meeting.on - 4 * DAY, 15):
        agenda.add_paper(
            meeting.items.get(kind=LIGHTING.kind), title=LIGHTING.title, marking=LIGHTING.marking,
            file=papers.file_of(LIGHTING, longdate(meeting.on)), by=hazel,
        )  # fmt: skip
    with on(meeting.on - 3 * DAY, 9):
        packs.send_supplement(meeting, by=hazel)
    for pack in meeting.packs.order_by("number"):
        for days, key in enumerate(READ[pack.number]):
            with on(meeting.on - (3 - days % 3) * DAY, 12 + days):
                packs.opened([pack], by=cast.people[key])
    with on(meeting.on - 3 * DAY, 10):
        making.make_waiting(meeting)  # The worker makes those of the other meetings.
