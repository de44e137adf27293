"""Members review the draft: they agree with items, say that they are done, and are reminded."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.dates import count
from core.markings import WITHHELD
from core.permissions import can, load, policy, require
from meetings import workflow
from meetings.models import Item, Meeting
from meetings.queries import corrections as reading
from meetings.queries import reviews as queries
from meetings.queries.passages import cleared
from meetings.renditions.shapes import ItemMinutes, Minutes
from meetings.views.panel import to
from meetings.workflow import reviewing as verbs


@dataclass(frozen=True)
class ItemReview:
    """What the draft page shows of the review of one item."""

    item: Item
    agreements: queries.Agreements
    agree_url: str
    add_url: str
    corrections: list[reading.Line] = field(default_factory=list)

    @property
    def agree_label(self) -> str:
        """The words on its button."""
        return f"Agree with item {self.item.number}"


def with_review(minutes: Minutes, meeting: Meeting, user: Any) -> Minutes:
    """The draft with the review of each item that opens for the reader."""
    items = queries.open_items(meeting, user)
    agreed = queries.agreements(items, user)
    suggested: dict[Any, list[reading.Line]] = defaultdict(list)
    for line in reading.corrections_of(meeting, user):
        suggested[line.item.pk].append(line)
    reviews = {
        item.number: ItemReview(
            item, agreed[item.pk], to(meeting, "item_agree", item.number),
            to(meeting, "correct_add", item.number), suggested[item.pk],
        )
        for item in items
    }  # fmt: skip
    linked = with_links(minutes, meeting, user, "correct")
    return replace(
        linked, items=tuple(replace(each, review=reviews.get(each.number)) for each in linked.items)
    )


def with_links(minutes: Minutes, meeting: Meeting, user: Any, page: str) -> Minutes:
    """The draft with a link at each paragraph that the reader may put into other words."""
    behind = bool(cleared(user, meeting))
    return replace(
        minutes, items=tuple(_linked(each, meeting, page, behind) for each in minutes.items)
    )


def _linked(item: ItemMinutes, meeting: Meeting, page: str, behind: bool) -> ItemMinutes:
    if item.withheld:
        return item
    paragraphs = tuple(
        replace(each, url=to(meeting, page, item.number, place))
        if behind or WITHHELD not in each.text
        else each
        for place, each in enumerate(item.paragraphs, start=1)
    )
    return replace(item, paragraphs=paragraphs)


def item_of(request: HttpRequest, slug: str, number: int, verb: str) -> Item:
    """An item of a meeting's minutes which opens for this person, by its number."""
    meeting = load(request, Meeting, verb, slug=slug)
    item = queries.open_item(meeting, number)
    if item is None:
        raise Http404
    require(can(request.user, "open", item))
    return item


def not_now(request: HttpRequest, meeting: Meeting, step: str) -> HttpResponse | None:
    """Where the state does not allow a step: the draft, with the reason; else nothing."""
    verdict = workflow.fits(step, meeting)
    if verdict:
        return None
    messages.error(request, verdict.reason)
    return redirect(meeting)


@policy(Meeting, POST="review minutes")
def item_agree(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Agree with an item as it was read, or take that back."""
    item = item_of(request, slug, number, "review minutes")
    try:
        if "undo" in request.POST:
            verbs.disagree_item(item, by=request.user)
        else:
            version = request.POST.get("version", "")
            whole = version.isascii() and version.isdigit() and len(version) < 10
            number_read = int(version) if whole else -1
            verbs.agree_item(item, version=number_read, by=request.user)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    return redirect(f"{to(item.meeting, 'draft_minutes')}#item-{number}")


@policy(Meeting, POST="review minutes")
def reviewed(request: HttpRequest, slug: str) -> HttpResponse:
    """“I have read these minutes”, or that back again."""
    meeting = load(request, Meeting, "review minutes", slug=slug)
    verb = verbs.go_on if "undo" in request.POST else verbs.finish
    try:
        verb(meeting, by=request.user)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        if verb is verbs.finish:
            messages.success(request, "It is on record that you have read these minutes.")
    return redirect(to(meeting, "draft_minutes"))


@policy(Meeting, GET="follow reviews", POST="follow reviews")
def reviews(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has looked at the draft, who is done, who has not; and a reminder to the last."""
    meeting = load(request, Meeting, "follow reviews", slug=slug)
    back = not_now(request, meeting, "follow reviews")
    if back:
        return back
    if request.method == "POST":
        _remind(request, meeting)
        return redirect(to(meeting, "reviews"))
    people = queries.reviewers(meeting)
    context = {
        "meeting": meeting, "people": people,
        "done": sum(bool(each.finished_at) for each in people),
        "looked": sum(bool(each.looked_at and not each.finished_at) for each in people),
        "quiet": sum(not each.looked_at for each in people),
        "waiting": sum(not each.finished_at and each.person != request.user for each in people),
        "corrections": reading.open_corrections(meeting),
    }  # fmt: skip
    return render(request, "meetings/reviews.html", context)


def _remind(request: HttpRequest, meeting: Meeting) -> None:
    try:
        told = verbs.remind(meeting, by=request.user)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        has = "has" if told == 1 else "have"
        messages.success(request, f"{count(told, 'member')} {has} been reminded.")
