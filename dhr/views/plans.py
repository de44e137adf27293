"""The plan of a review: what is recommended, what is done about it, and the plan as a file."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from audit.workflow import record
from core import pdf
from core.components import Fact, View
from core.exports import csv_response
from core.markings import Marking
from core.permissions import can, policy
from dhr.exports import plans as exports
from dhr.forms import plans as forms
from dhr.forms.fields import ReasonForm
from dhr.models import Recommendation, Review, Stage
from dhr.queries import lessons
from dhr.queries import plan_records as records
from dhr.queries import plans as queries
from dhr.views.asking import do
from dhr.views.frame import address, opened, page, read, read_all, stamp
from dhr.views.versions import ask
from dhr.workflow import plans
from dhr.workflow.plan_sheet import LABELS
from documents.files import download
from membership.models import Agency

TAB = "review_plan"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = [("xlsx", "Excel"), ("csv", "CSV"), ("pdf", "PDF")]
CHOICES = ("view", "body")


def here(request: HttpRequest, review: Review) -> str:
    """The address of the plan."""
    return address(request, TAB, review.reference)


def _choice(request: HttpRequest) -> dict[str, str]:
    found = {name: request.GET.get(name, "") for name in CHOICES}
    return found if found["view"] in queries.VIEWS else {**found, "view": ""}


@policy(Review, "view")
def review_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """The plan by recommendation: who does what by when, how far it is, what is missing."""
    review = opened(request, reference)
    whole = queries.plan(review)
    choice = _choice(request)
    blocks = queries.chosen(whole, **choice)
    works = can(request.user, "work on", review) and records.can_plan(review)
    context = {
        "groups": _groups(review, blocks),
        "blocks": blocks,
        "any": whole,
        "views": _views(request, review, whole, choice),
        "filter": forms.PlanFilter(request.GET, bodies=queries.bodies(whole)),
        "shares": queries.shares(whole),
        "chosen": sum(len(each.rows) for each in blocks),
        "choosing": bool(choice["view"] or choice["body"]),
        "plans": works,
        "taken_off": queries.taken_off(review),
        "dropped": records.dropped(review),
        "waiting": records.files_waiting(review) if works else [],
        "here": here(request, review),
        "query": urlencode(choice),
        "files": KINDS,
    }
    return page(request, "dhr/review_plan.html", review, TAB, context)


def _views(
    request: HttpRequest, review: Review, blocks: list[queries.Block], choice: dict[str, str]
) -> list[View]:
    counts, url = queries.counts(blocks), here(request, review)
    return [
        View(
            label, counts[name], f"{url}?{urlencode({**choice, 'view': name})}",
            current=name == choice["view"],
        )
        for name, label in queries.VIEWS.items()
    ]  # fmt: skip


def _groups(review: Review, blocks: list[queries.Block]) -> list[tuple[str, list[queries.Block]]]:
    """What is acted on before publication stands apart until the report is published."""
    if review.stage in (Stage.PUBLISHED, Stage.CLOSED):
        return [("", blocks)]
    early = [each for each in blocks if each.recommendation.early]
    rest = [each for each in blocks if not each.recommendation.early]
    if not early:
        return [("", rest)]
    return [("To be acted on before publication", early), ("The other recommendations", rest)]


# ---- as a file ----------------------------------------------------------------------------------


@policy(Review, "view")
def plan_file(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """The plan in the columns of the Home Office's template, with the name of who took it.

    The spreadsheet always holds all of it, so that it can come back. Refused where a name of the
    key would be in it.
    """
    review = opened(request, reference)
    if kind not in dict(KINDS):
        raise Http404
    read(request, review)
    blocks = queries.plan(review)
    if kind != "xlsx":
        blocks = queries.chosen(blocks, **_choice(request))
    if found := exports.named_in(review, blocks):
        messages.error(
            request,
            f"It cannot be taken as a file: it would hold a name of {' and '.join(found)}. "
            "Look through the plan.",
        )
        return redirect(here(request, review))
    record(
        "took the action plan of", review, by=request.user, group=review.group,
        partnership=review.partnership, sensitive=True, detail={"as": kind},
    )  # fmt: skip
    return _file(request, review, kind, blocks)


def _file(
    request: HttpRequest, review: Review, kind: str, blocks: list[queries.Block]
) -> HttpResponse:
    name, own = f"{review.reference}-plan", stamp(request)
    if kind == "csv":
        rows = [*exports.lines(blocks, ids=False), (f"{Marking.SENSITIVE.label}. {own}",)]
        return csv_response(name, [str(each) for each in LABELS.values()][1:], rows)
    if kind == "xlsx":
        data = exports.workbook(review, blocks, own)
        return download(data, XLSX, f"{name}.xlsx", marking=Marking.SENSITIVE)
    try:
        data = exports.document(review, blocks, own)
    except pdf.PDFUnavailable as missing:
        messages.error(request, str(missing))
        return redirect(here(request, review))
    return download(data, "application/pdf", f"{name}.pdf", marking=Marking.SENSITIVE)


# ---- recommendations ----------------------------------------------------------------------------


def _agencies(review: Review) -> Any:
    return queries.agencies_for(review.partnership)


def _of(review: Review, number: int) -> Recommendation:
    found = records.recommendation(review, number)
    if found is None:
        raise Http404
    return found


@policy(Review, GET="work on", POST="work on")
def recommendation_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a recommendation."""
    review = opened(request, reference, "work on")
    url = here(request, review)
    return ask(
        request, review,
        lambda data: forms.RecommendationForm(
            data, agencies=_agencies(review), new=True, cancel=url
        ),
        partial(plans.recommend, review, by=request.user), title="Add a recommendation",
        done="The recommendation is added. Say next what is to be done about it.", to=url, tab=TAB,
    )  # fmt: skip


@policy(Review, "view")
def recommendation(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One recommendation: its themes, its actions, and whether it is the same lesson again."""
    review = opened(request, reference)
    found = _of(review, number)
    alike = [] if found.removed_because else lessons.alike(found, request.user)
    again = lessons.repeated_by(found, request.user)
    before = lessons.known(request.user).filter(pk=found.repeats_id).first()
    others = [*(each.recommendation for each in alike), *again, *([before] if before else [])]
    _read_others(request, review, others)
    context = {
        "recommendation": found,
        "planned": records.block(found),
        "alike": alike,
        "again": again,
        "before": before,
        "plans": can(request.user, "work on", review) and records.can_plan(review),
    }
    return page(request, "dhr/recommendation.html", review, TAB, context)


def _read_others(request: HttpRequest, review: Review, shown: list[Recommendation]) -> None:
    """What is shown of other reviews is read there."""
    others = {each.review_id: each.review for each in shown if each.review_id != review.pk}
    read_all(request, others.values())


@policy(Review, GET="work on", POST="work on")
def recommendation_change(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Put a recommendation otherwise, or code it otherwise."""
    review = opened(request, reference, "work on")
    found = _of(review, number)
    url = address(request, "recommendation", reference, number)
    was = {name: getattr(found, name) for name in ("text", "scope", "early", "agency")}
    return ask(
        request, review,
        lambda data: forms.RecommendationForm(
            data, agencies=_agencies(review), version=found.version, cancel=url,
            initial={**was, "themes": found.themes.all()},
        ),
        lambda **said: plans.change_recommendation(
            found, repeats=found.repeats, by=request.user, **{"themes": [], **said}
        ),
        title=f"Change recommendation {number}", done="The recommendation is saved.", to=url,
        tab=TAB, record=found,
        theirs=[Fact("Recommendation", found.text), Fact("Scope", found.get_scope_display())],
    )  # fmt: skip


@policy(Review, POST="work on")
def recommendation_same(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that it is the same lesson as an earlier one; or take that back."""
    review = opened(request, reference, "work on")
    found = _of(review, number)
    key = request.POST.get("earlier", "")
    earlier = records.by_key(lessons.known(request.user), key)
    if key and earlier is None:
        raise Http404
    return do(
        request, lambda: plans.same_lesson(found, earlier=earlier, by=request.user),
        done="It is marked as a lesson that came up before." if earlier else "That is taken back.",
        to=address(request, "recommendation", reference, number),
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def recommendation_take_off(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take a recommendation off the plan."""
    review = opened(request, reference, "work on")
    found = _of(review, number)
    url = here(request, review)
    return ask(
        request, review,
        lambda data: ReasonForm(
            data, submit="Take it off", says="Why is it taken off?", cancel=url,
            hint="It stays on record with this reason, and can be put back.",
        ),
        partial(plans.take_off, found, by=request.user), title=f"Take recommendation {number} off",
        done="The recommendation is taken off the plan.", to=url, tab=TAB,
    )  # fmt: skip


@policy(Review, POST="work on")
def recommendation_put_back(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Put a recommendation back."""
    review = opened(request, reference, "work on")
    found = _of(review, number)
    return do(
        request, lambda: plans.put_back_recommendation(found, by=request.user),
        done="The recommendation stands in the plan again.", to=here(request, review),
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def item_add(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Add what is to be done about a recommendation."""
    review = opened(request, reference, "work on")
    found = _of(review, number)
    url = here(request, review)
    return ask(
        request, review,
        lambda data: forms.ItemForm(
            data, review=review, agencies=lead_agencies(review), new=True, cancel=url
        ),
        lambda **said: plans.add_item(found, by=request.user, **said),
        title=f"Add an action to recommendation {number}", intro=found.text,
        done="The action is in the plan.", to=url, tab=TAB,
    )  # fmt: skip


def lead_agencies(review: Review) -> Any:
    """The agencies that may lead an action: of the review's partnership and of its parts."""
    found = queries.agencies_for(review.partnership)
    keys = {each.pk for each in found}
    for part in review.parts.filter(ends_on=None).select_related("partnership"):
        keys |= {each.pk for each in queries.agencies_for(part.partnership)}
    return Agency.objects.filter(pk__in=keys).order_by("name")
