"""What happened while a meeting sat: who came late and who left, and a decision put to the vote."""

import datetime

from demo.partnership import Cast
from demo.telling import on
from meetings.models import Decision, ItemKind, Meeting
from meetings.queries.attendance import roll
from meetings.workflow import minutes, presence

LATE, EARLY = "reed", "heather"


def come_and_go(cast: Cast, meeting: Meeting) -> None:
    """One member is held up, and another has to leave before the end."""
    _say(cast, meeting, LATE, presence.ARRIVED, datetime.time(10, 25))
    _say(cast, meeting, EARLY, presence.LEFT, datetime.time(11, 40))


def _say(cast: Cast, meeting: Meeting, who: str, deed: str, at: datetime.time) -> None:
    person = cast.people[who]
    key = next(each.key for each in roll(meeting).people if each.person == person.pk)
    with on(meeting.on, at.hour, at.minute):
        presence.say(meeting, key=key, deed=deed, by=cast.people["hazel"])


def vote(cast: Cast, meeting: Meeting) -> None:
    """The first open decision on performance was not unanimous, and the minutes say so."""
    decision = Decision.objects.filter(item__meeting=meeting, item__kind=ItemKind.PERFORMANCE)
    found = decision.select_related("item__meeting__group__partnership").first()
    if found is None:
        return
    taken = minutes.Vote(cast.people["linden"].name, 8, 1, 1, (cast.people[EARLY].name,))
    minutes.change_decision(
        found, text=found.text, marking=found.marking, vote=taken, by=cast.people["hazel"]
    )
