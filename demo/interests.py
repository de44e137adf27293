"""The chapter on interests and notes: what people declare, and what they write down on papers."""

import datetime

from demo.partnership import Cast
from demo.telling import on
from documents.workflow import write_note
from meetings.models import ItemKind, Meeting
from meetings.workflow.interests import declare
from membership import workflow as membership

DAY = datetime.timedelta(days=1)


def withdraw(cast: Cast, meeting: Meeting) -> None:
    """Bryony Clarke’s council is a partner in one of the bids, so she leaves for the funding."""
    bryony = cast.people["bryony"]
    with on(meeting.on - 3 * DAY, 17):
        interest = membership.declare_interest(
            cast.partnership, kind="employment", about="West Kent mentoring bid",
            text="Her team is a partner in the West Kent mentoring bid",
            starts_on=meeting.on - 90 * DAY, by=bryony,
        )  # fmt: skip
        declare(
            meeting, item=meeting.items.get(kind=ItemKind.FUNDING), interest=interest,
            recused=True, by=bryony,
        )  # fmt: skip


def register(cast: Cast, coming: Meeting) -> None:
    """What the next agenda recalls: one name stands in a paper’s title."""
    people = cast.people
    with on(coming.on - 60 * DAY):
        membership.declare_interest(
            cast.partnership, kind="close", text="Brother owns a shop in the High Street",
            about="High Street, town centre protection order", by=people["juniper"],
            starts_on=coming.on - 800 * DAY,
        )  # fmt: skip
        membership.declare_interest(
            cast.partnership, kind="body", text="Trustee of the Temple Hill youth club",
            about="Temple Hill youth club", starts_on=coming.on - 400 * DAY, by=people["ash"],
        )  # fmt: skip
        membership.declare_interest(
            cast.partnership, person=people["iris"], kind="gift", by=people["hazel"],
            text="Two tickets for a match, from a security firm", about="",
            starts_on=coming.on - 300 * DAY, ends_on=coming.on - 299 * DAY,
        )  # fmt: skip


def note(cast: Cast, coming: Meeting) -> None:
    """What Juniper Lane means to ask about the protection order."""
    paper = coming.items.get(kind=ItemKind.POWERS).papers.first()
    if paper is None:
        return
    with on(coming.on - 18 * DAY, 20):
        write_note(
            paper.document, page=1, by=cast.people["juniper"],
            text="Ask how the order treats street drinkers who are rough sleepers.",
        )  # fmt: skip
