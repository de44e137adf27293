"""The one thing that comes next at a meeting, for the person who looks."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from core import clock, dates
from core.components import Link
from core.markings import Marking
from core.permissions import can
from core.working_days import add_working_days
from meetings import queries
from meetings.models import BEFORE, Item, Meeting, Presence, PublicationRequest, Status
from meetings.public import agenda_url
from meetings.queries.agenda import checks
from meetings.queries.approval import open_request
from meetings.queries.corrections import open_corrections
from meetings.queries.detail import Page
from meetings.queries.packs import next_name
from meetings.workflow import may
from meetings.workflow.publication import waiting_notes
from membership.models import GroupKind


@dataclass(frozen=True, slots=True)
class Next:
    """What the panel says: a heading, a sentence, what stands in the way, and where to do it."""

    heading: str
    text: str = ""
    stops: list[str] = field(default_factory=list)
    url: str = ""
    label: str = ""
    links: list[Link] = field(default_factory=list)


def to(meeting: Meeting, name: str, *more: Any) -> str:
    """The address of one of the meeting's pages."""
    return reverse(f"meetings:{name}", args=[meeting.partnership.slug, meeting.slug, *more])


# ---- what comes next ----------------------------------------------------------------------------


def next_step(user: Any, page: Page) -> Next | None:
    """The one next verb, and what stands in its way; for others, what is theirs."""
    steps = {
        Status.SCHEDULED: _drafted, Status.AGENDA_PUBLISHED: _out, Status.HELD: _held,
        Status.WITH_CHAIR: _with_chair, Status.WITH_PARTNERS: _with_partners,
        Status.AGREED: _agreed, Status.PUBLISHED: _published,
    }  # fmt: skip
    step = steps.get(Status(page.meeting.status))
    return step(user, page) if step else None


def _drafted(user: Any, page: Page) -> Next:
    meeting = page.meeting
    if not may(user, "publish agenda", meeting):
        out_by = dates.longdate(queries.publish_by(meeting))
        return _own_answer(user, page) or Next(
            "The agenda is being prepared", f"It goes out by {out_by}. You are told when it does."
        )
    text = "Everybody on the group is told."
    if meeting.group.kind == GroupKind.BOARD:
        text = (
            "Everybody on the group is told, and the public agenda goes on the website "
            "without its restricted items."
        )
    found = checks(meeting, page.agenda, protocol=page.protocol)
    return Next(
        "Next: publish the agenda", text, [check.says for check in found if not check.passed],
        to(meeting, "publish_agenda"), "Check and publish",
        [Link("Edit the agenda", to(meeting, "agenda"))],
    )  # fmt: skip


def _out(user: Any, page: Page) -> Next | None:
    meeting = page.meeting
    here = meeting.on <= clock.today()
    if not may(user, "open", meeting):
        return _own_answer(user, page) or _read_the_papers(page)
    attendance = to(meeting, "attendance")
    if here:
        stops = [f"{each.agency}: {each.why}." for each in page.roll.missing]
        return Next(
            "Next: open the meeting",
            "Say who is in the chair; then take the minutes item by item.",
            stops, to(meeting, "open"), "Open the meeting",
            [Link("Who is here", attendance), *_send_link(page)],
        )  # fmt: skip
    if _waiting(page):
        return _supplement(page)
    return Next(
        f"Next: the meeting, {dates.in_days(meeting.on, clock.today())}",
        "It is opened on the day. Until then, keep who is coming and the late papers up to date.",
        _not_said(page), attendance, "Record who is coming",
    )  # fmt: skip


def _waiting(page: Page) -> int:
    """How many papers, or newer versions of papers, are in no pack yet."""
    return sum(paper.waits for line in page.agenda.lines for paper in line.papers)


def _waiting_words(page: Page) -> str:
    number = _waiting(page)
    return f"{dates.count(number, 'late paper')} {'is' if number == 1 else 'are'} not sent yet"


def _supplement(page: Page) -> Next:
    name = next_name(page.meeting).lower()
    return Next(
        f"Next: {_waiting_words(page)}",
        f"They go out together, as {name}. What was sent stays as it is.",
        _not_said(page), to(page.meeting, "supplement"), f"Send {name}",
        [Link("Record who is coming", to(page.meeting, "attendance"))],
    )  # fmt: skip


def _send_link(page: Page) -> list[Link]:
    """Where late papers are sent, while the meeting has something more urgent to be done."""
    if not _waiting(page):
        return []
    return [Link(f"{_waiting_words(page)}: send them", to(page.meeting, "supplement"))]


def _not_said(page: Page) -> list[str]:
    quiet = [each for each in page.roll.people if each.presence == Presence.EXPECTED]
    told = f"{dates.count(len(quiet), 'member')} {'has' if len(quiet) == 1 else 'have'} not said."
    return [told] if quiet else []


def _own_answer(user: Any, page: Page) -> Next | None:
    """For a member who has not answered: the question."""
    own = page.roll.of(user)
    if not own or any(each.presence != Presence.EXPECTED for each in own):
        return None
    if not may(user, "say who is coming", page.meeting):
        return None
    return Next(
        "Next: say if you are coming",
        "Send apologies, or say who comes in your place, so that your agency is represented.",
        [], to(page.meeting, "say"), "Answer",
    )  # fmt: skip


def _read_the_papers(page: Page) -> Next:
    papers = [paper for line in page.agenda.lines for paper in line.papers if paper.opens]
    words = dates.count(len(papers), "paper")
    text = f"There are {words} to read, listed below." if len(papers) > 1 else (
        f"There is {words} to read, listed below." if papers else "No papers have come yet."
    )  # fmt: skip
    return Next(
        f"Next: read the papers for {dates.longdate(page.meeting.on)}", text, [],
        to(page.meeting, "pack"), "Open the pack",
    )  # fmt: skip


def _held(user: Any, page: Page) -> Next:
    meeting = page.meeting
    if not may(user, "take minutes", meeting):
        return Next("The minutes are being written", "You see the draft when the chair clears it.")
    stops = [f"The chair asks: {meeting.return_note}"] if meeting.return_note else []
    return Next(
        "Next: finish the minutes",
        "Minutes, decisions and actions are kept item by item. The chair clears them.",
        stops, to(meeting, "live"), "Take minutes",
        [
            Link("One item at a time", to(meeting, "minutes", 1)),
            Link("Send them to the chair", to(meeting, "finish")),
            Link("Who was here", to(meeting, "attendance")),
            *_send_link(page),
        ],
    )  # fmt: skip


def _with_chair(user: Any, page: Page) -> Next:
    meeting = page.meeting
    due = add_working_days(meeting.on, meeting.partnership.clearance_days)
    if may(user, "clear", meeting):
        return Next(
            "Next: clear the minutes",
            "Read the draft. Clear it for the partners, or send it back with what to change.",
            [], to(meeting, "clear"), "Read and clear",
        )  # fmt: skip
    links = []
    if can(user, "read draft minutes", meeting):
        links = [Link("Read the draft", to(meeting, "draft_minutes"))]
    return Next(
        "The chair is reading the minutes", f"They are due by {dates.longdate(due)}.", links=links
    )


def _with_partners(user: Any, page: Page) -> Next:
    meeting = page.meeting
    draft, corrections = to(meeting, "draft_minutes"), to(meeting, "corrections")
    following = f" on {dates.longdate(page.following.on)}" if page.following else ""
    if not may(user, "agree", meeting):
        links = [Link("Corrections", corrections)]
        if may(user, "follow reviews", meeting):
            links.append(Link("Who has read them", to(meeting, "reviews")))
        return Next(
            "Next: review the draft minutes",
            f"Agree with each item, or correct a paragraph in place. They are agreed at the next "
            f"meeting{following}.", [], draft, "Review the draft", links,
        )  # fmt: skip
    waiting = open_corrections(meeting)
    links = [Link("Review the draft", draft), Link("Who has read them", to(meeting, "reviews"))]
    if waiting:
        return Next(
            f"Next: answer {dates.count(waiting, 'correction')}",
            f"The minutes can be agreed{following} when each is accepted or declined.",
            [], corrections, "Answer the corrections", links,
        )  # fmt: skip
    return Next(
        "Next: agree the minutes",
        f"They are agreed at the next meeting{following}. Record it then.",
        [], to(meeting, "agree"), "Record that they were agreed",
        [*links, Link("Corrections", corrections)],
    )  # fmt: skip


def _agreed(user: Any, page: Page) -> Next:
    meeting = page.meeting
    waiting = open_request(meeting)
    if waiting is not None:
        return _to_approve(user, page, waiting)
    if may(user, "publish", meeting):
        return Next(
            "Next: publish the minutes",
            "See both renditions first: what everybody reads, and what the group keeps.",
            [], to(meeting, "publish_minutes"), "Check and publish",
            [Link("Note a mistake", to(meeting, "later_note"))],
        )  # fmt: skip
    return Next(
        "The minutes are agreed", "They are to be published.",
        links=[Link("Read them", to(meeting, "draft_minutes"))],
    )  # fmt: skip


def _to_approve(user: Any, page: Page, waiting: PublicationRequest) -> Next:
    """Somebody asked for the publication: another person approves it."""
    meeting = page.meeting
    asked = f"{waiting.asked_by} asked for it on {dates.longdate(waiting.asked_at)}."
    if waiting.asked_by != user and may(user, "approve", meeting):
        return Next(
            "Next: approve the publication", f"{asked} Something in these minutes is or was "
            "restricted, so a second person approves it.",
            [], to(meeting, "approve_publication"), "Read and approve",
        )  # fmt: skip
    links = [Link("Read them", to(meeting, "draft_minutes"))]
    if can(user, "publish minutes", meeting):
        links.append(Link("The check", to(meeting, "publish_minutes")))
    return Next("The publication waits for approval", asked, links=links)


def _published(user: Any, page: Page) -> Next:
    meeting = page.meeting
    waiting = open_request(meeting)
    if waiting is not None:
        return _to_approve(user, page, waiting)
    if may(user, "publish again", meeting) and waiting_notes(meeting):
        return Next(
            "Next: publish the correction",
            "A note was made since the minutes were published. They go out again, and say so.",
            [], to(meeting, "publish_minutes"), "Check and publish",
        )  # fmt: skip
    links = [Link("Read them, with later notes", to(meeting, "draft_minutes"))]
    if may(user, "note a mistake", meeting):
        links.append(Link("Note a mistake", to(meeting, "later_note")))
    if can(user, "open", Item(meeting=meeting, marking=Marking.SENSITIVE)):
        links += [Link("The restricted minutes (PDF)", to(meeting, "minutes_pdf", "restricted"))]
    if not page.minutes_url:
        return Next("The minutes are on record", links=links)
    public = reverse("documents:publication", args=[meeting.partnership.slug, page.minutes_url])
    return Next(
        "The minutes are published", "Everybody can read the open part.", [], public,
        "Read the public minutes", links,
    )  # fmt: skip


# ---- beside it ----------------------------------------------------------------------------------


def more_links(user: Any, page: Page) -> list[Link]:
    """What else this person can do with the meeting."""
    meeting = page.meeting
    links = []
    if may(user, "offer", meeting) and meeting.on >= clock.today():
        links.append(Link("Offer an item", to(meeting, "offer")))
    if may(user, "review chair", meeting) and meeting.group.chair_reviewed:
        links.append(Link("Review the chair and vice-chair", to(meeting, "chair_review")))
    if may(user, "move date", meeting):
        links.append(Link("Move the meeting", to(meeting, "move_date")))
        links.append(Link("Cancel the meeting", to(meeting, "cancel")))
    if meeting.agenda_published_at and meeting.group.kind == GroupKind.BOARD:
        links.append(Link("Public agenda", agenda_url(meeting)))
    links.append(Link(_interests_words(page), to(meeting, "interests")))
    if meeting.agenda_published_at:
        links.append(Link("Packs and files", to(meeting, "pack")))
        if can(user, "see who has opened", meeting):
            links.append(Link("Who has opened the papers", to(meeting, "pack_readers")))
    links.append(Link("Add to your calendar", to(meeting, "ics")))
    every = reverse("meetings:series", args=[meeting.partnership.slug, meeting.group.slug])
    links.append(Link(f"Every {meeting.group.short_name} meeting", every))
    links.append(Link("History", to(meeting, "history")))
    return links


def _interests_words(page: Page) -> str:
    """What the register recalls for officers, and what has been declared."""
    named, declared = len(page.interests.of_others), page.interests.declared
    parts = [f"{named} recalled"] if named else []
    parts += [f"{declared} declared"] if declared else []
    return f"Interests: {', '.join(parts)}" if parts else "Declare an interest"


def answer_link(user: Any, page: Page) -> Link | None:
    """Where a member says, or says otherwise, whether they come."""
    own = page.roll.of(user)
    if not own or page.meeting.status not in BEFORE:
        return None
    said = any(each.presence != Presence.EXPECTED for each in own)
    return Link("Change your answer" if said else "Say if you are coming", to(page.meeting, "say"))
