"""What comes before meetings in the story: templates, items for later, offers, reports, steers."""

import datetime

from core.dates import longdate
from core.markings import Marking
from demo import papers
from demo.partnership import Cast
from demo.telling import on
from meetings.models import BacklogItem, ItemKind, Meeting, SubgroupReport
from meetings.queries.templates import from_terms
from meetings.workflow import agenda, backlog, offers, reporting, templates

DAY = datetime.timedelta(days=1)
LIGHTING = "Lighting at Hythe Street car park"

HATE_CRIME = papers.Paper(
    ItemKind.TENSIONS, "Hate crime this quarter",
    "**Reports.** Nineteen were recorded, most of them at shops and on buses.\n\n**What was "
    "done.** Each person was called back within three days and offered support.",
)  # fmt: skip


def raise_lighting(cast: Cast, meeting: Meeting) -> None:
    """An item that no standing one covers, on the third meeting's agenda."""
    agenda.add_item(
        meeting, title=LIGHTING, marking=Marking.OFFICIAL, minutes_allowed=5,
        lead=cast.people["alder"], note="Decide who pays for the repairs", by=cast.people["hazel"],
    )  # fmt: skip


def steer_dvacs(cast: Cast, meeting: Meeting) -> None:
    """The board tells DVACS what it is to do; it waits for the next agenda of DVACS."""
    reporting.steer(
        meeting.items.get(kind=ItemKind.DVACS), by=cast.people["hazel"],
        text="Say which three places give most concern this winter, and what each agency does "
        "there. Report to the board in the next quarter.",
    )  # fmt: skip


def keep_templates(cast: Cast, day: datetime.date) -> None:
    """DVACS has an order of business of its own; the board one for an extra meeting."""
    hazel, dvacs = cast.people["hazel"], cast.groups["dvacs"]
    with on(day):
        standing = templates.add(dvacs, name="DVACS meetings", lines=from_terms(dvacs), by=hazel)
        for title, minutes in (("Vulnerable people", 20), ("Places of concern", 15)):
            templates.add_line(
                standing, title=title, kind=ItemKind.OTHER, marking=Marking.SENSITIVE,
                minutes_allowed=minutes, led_by="chair", paper_expected=False, only_first=False,
                note="", by=hazel,
            )  # fmt: skip
        templates.make_standing(standing, by=hazel)
        extra = templates.add(cast.groups["board"], name="Extraordinary meeting", by=hazel)
        for title, kind in (
            ("Welcome, apologies and substitutes", ItemKind.APOLOGIES),
            ("Declarations of interest", ItemKind.INTERESTS),
            ("The matter for which the meeting was called", ItemKind.OTHER),
        ):
            templates.add_line(
                extra, title=title, kind=kind, marking=Marking.OFFICIAL, minutes_allowed=5,
                led_by="chair", paper_expected=False, only_first=False, note="", by=hazel,
            )  # fmt: skip


def carry_on(cast: Cast, third: Meeting) -> None:
    """The lighting is not settled, so it goes onto the next agenda."""
    with on(third.on + 10 * DAY):
        backlog.carry(third.items.get(title=LIGHTING), by=cast.people["hazel"])


def wait_for_an_agenda(cast: Cast, coming: Meeting) -> None:
    """Officers keep an item; a lead and members offer some; DVACS sends its report."""
    people = cast.people
    with on(coming.on - 20 * DAY, 9):
        backlog.keep(
            coming.group, title="Taxi marshals at weekends", marking=Marking.OFFICIAL,
            minutes_allowed=10, lead=people["clover"], by=people["hazel"],
            text="Wait until the licensing committee has met.",
        )  # fmt: skip
    with on(coming.on - 19 * DAY, 15):
        declined = _offer(cast, coming, "clover", "Fly-tipping cameras", "Note the first results.")
        offers.decline(
            declined,
            by=people["hazel"],
            answer="The environment committee decides on this. Please take it there first.",
        )
        _offer(cast, coming, "bryony", "Winter shelter: opening days", "Agree the opening days.")
        reporting.send(_report(cast, coming), by=people["reed"])
    with on(coming.on - 18 * DAY, 11):
        offers.offer_paper(
            coming.items.get(kind=ItemKind.TENSIONS), title=HATE_CRIME.title,
            marking=HATE_CRIME.marking, by=people["linden"],
            file=papers.file_of(HATE_CRIME, longdate(coming.on)),
        )  # fmt: skip


def _offer(cast: Cast, coming: Meeting, who: str, title: str, note: str) -> BacklogItem:
    return offers.offer(
        coming, title=title, marking=Marking.OFFICIAL, minutes_allowed=10, note=note,
        text="It needs the board’s view before the end of the year.", by=cast.people[who],
    )  # fmt: skip


def _report(cast: Cast, coming: Meeting) -> SubgroupReport:
    return reporting.write(
        cast.groups["dvacs"], coming, marking=Marking.SENSITIVE, by=cast.people["reed"],
        highlights="Two places of concern have been looked at with the people who live there.\n\n"
        "All schools in the borough have a named contact.",
        decisions_needed="Whether the outreach worker is kept on after March.",
        risks="Without a second outreach worker, referrals wait more than ten days.",
    )  # fmt: skip
