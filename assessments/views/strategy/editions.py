"""Strategies, what holds now, and the page of an edition with what is left to do."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assessments.editions import content, drawings
from assessments.exports.strategy import plan_csv
from assessments.forms import strategy as forms
from assessments.models import Edition, PoliceCrimePlan, Strategy
from assessments.queries.strategy import changes as changing
from assessments.queries.strategy import editions as queries
from assessments.queries.strategy import missing as lacking
from assessments.queries.strategy import plans, progress
from assessments.views.strategy import shown
from assessments.views.strategy.shared import show, step, the_edition, unfit
from assessments.workflow import strategy as verbs
from core import clock
from core.forms import say_wrong
from core.history import timeline
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from membership.models import Partnership


@policy(Partnership, "read strategies")
def strategies(request: HttpRequest) -> HttpResponse:
    """Every strategy with its editions, and the one that holds today."""
    require(can(request.user, "read strategies", request.partnership))
    found = queries.strategies_of(request.partnership)
    context = {
        "strategies": found,
        "holding": queries.holding(request.partnership, clock.today()),
        "begins": can(request.user, "begin strategies", request.partnership),
    }
    return render(request, "assessments/strategy/strategies.html", context)


@policy(Partnership, GET="begin strategies", POST="begin strategies")
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a strategy of three years."""
    partnership = request.partnership
    require(can(request.user, "begin strategies", partnership))
    taken = Strategy.objects.of(partnership).values_list("starts_on__year", "ends_on__year")
    back = reverse("assessments:strategies", args=[partnership.slug])
    form = forms.BeginForm(request.POST or None, taken=list(taken), cancel=back)
    if form.is_valid():
        try:
            edition = verbs.begin(partnership, starts_on=form.starts_on(), by=request.user)
        except Wrong as wrong:
            messages.error(request, wrong.messages[0])
            return redirect(back)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, "The strategy is begun. Nobody has been told yet.")
            return redirect(edition)
    context = {"form": form, "title": "Begin a strategy"}
    return render(request, "assessments/strategy/begin.html", context)


@policy(Strategy, "view")
def strategy(request: HttpRequest, slug: str) -> HttpResponse:
    """A strategy: its plan on a page as it stands today, and its editions."""
    found: Strategy = load(request, Strategy, "view", slug=slug)
    editions = list(found.editions.defer("frozen").order_by("-number"))
    held = next((each for each in editions if each.status in queries.HOLDS), None)
    rows, today = [], clock.today()
    if held:
        held.strategy = found
        rows = [(each, progress.of_priority(each, today)) for each in queries.priorities_of(held)]
    last = editions[0] if editions else None
    context = {
        "strategy": found, "editions": editions, "held": held, "rows": rows,
        "delivered": progress.delivered(held) if held else None,
        "refreshes": bool(can(request.user, "refresh", found)) and _refreshable(found, last),
    }  # fmt: skip
    return render(request, "assessments/strategy/strategy.html", context)


def _refreshable(found: Strategy, last: Edition | None) -> bool:
    if last is None or last.status not in queries.HOLDS:
        return False
    return datetime.date(last.year + 1, 4, 1) < found.ends_on


@policy(Strategy, POST="refresh")
def refresh(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the next year's edition."""
    found: Strategy = load(request, Strategy, "refresh", slug=slug)
    try:
        edition = verbs.refresh(found, by=request.user)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(found)
    messages.success(request, f"The refresh for {queries.year_name(edition.year)} is begun.")
    return redirect(edition)


@policy(Edition, "view")
def edition(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """An edition: what it says, what is left to do, and how its priorities stand."""
    found = the_edition(request, slug, year)
    today = clock.today()
    priorities = queries.priorities_of(found)
    gaps = lacking.missing(found, priorities) if found.status in shown.WRITING else []
    context = {
        "may": shown.may(request.user, found),
        "stages": shown.stages(found),
        "stops": lacking.stops(gaps), "advice": [each for each in gaps if not each.needed],
        "rows": [(each, progress.of_priority(each, today)) for each in priorities],
        "delivered": progress.delivered(found),
        "words": shown.words(found),
        "adopted": content.adopted(found),
        "files": shown.files(found),
        "plan": plans.plan_on(found.partnership, datetime.date(found.year, 4, 1)),
        "before": queries.before(found),
    }  # fmt: skip
    plan = context["plan"]
    context["unmatched"] = _unmatched(plan, found)
    return show(request, "assessments/strategy/edition.html", found, context)


def _unmatched(plan: Any, found: Edition) -> list[Any]:
    if not isinstance(plan, PoliceCrimePlan):
        return []
    return [each.priority for each in plans.matches(plan, found) if not each.matched]


@policy(Edition, "view")
def read(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The whole of an edition on one page: as it was adopted, or the draft as it stands."""
    found = the_edition(request, slug, year)
    as_shown = content.of(found, clock.today())
    context = {
        "shown": as_shown, "drawn": drawings.drawings(as_shown), "draft": not found.frozen_at,
        "adopted": content.adopted(found),
    }  # fmt: skip
    return show(request, "assessments/strategy/read.html", found, context)


@policy(Edition, "view")
def delivery(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The delivery plan as it stands today, as a table and as CSV."""
    found = the_edition(request, slug, year)
    today = clock.today()
    rows = [(each, progress.of_priority(each, today)) for each in queries.priorities_of(found)]
    if request.GET.get("format") == "csv":
        return plan_csv(found, rows)
    context = {"rows": rows, "delivered": progress.delivered(found)}
    return show(request, "assessments/strategy/delivery.html", found, context)


@policy(Edition, "view")
def changes(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """What an edition changed, beside the officer's words about it."""
    found = the_edition(request, slug, year)
    context = {"difference": changing.difference(found)}
    return show(request, "assessments/strategy/changes.html", found, context)


@policy(Edition, "view")
def history(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Every change of the edition itself: who, when, what."""
    found = the_edition(request, slug, year)
    hidden = ("strategy", "frozen", "created_by", "frozen_by")
    context = {"history": timeline(found, leave_out=hidden)}
    return show(request, "assessments/strategy/history.html", found, context)


# ---- writing ------------------------------------------------------------------------------------


@policy(Edition, GET="edit", POST="edit")
def words(request: HttpRequest, slug: str, year: int, name: str) -> HttpResponse:
    """Write one of the texts; where somebody else wrote meanwhile, both are shown."""
    found = the_edition(request, slug, year, "edit")
    if name not in forms.WORDS:
        return redirect(found)
    if away := unfit(request, found, "edit"):
        return away
    back = found.get_absolute_url()
    form = forms.WordsForm(request.POST or None, name=name, edition=found, cancel=back)

    def act(*, text: str, version: int, by: Any, **more: Any) -> None:
        verbs.write(found, version=version, by=by, **{name: text}, **more)

    if form.is_valid():
        try:
            act(**form.cleaned_data, by=request.user)
        except verbs.Changed as changed:
            return _conflict(request, changed.edition, name, form)
        except ValidationError as wrong:
            say_wrong(form, wrong, called={name: "text"})
        else:
            messages.success(request, "Saved.")
            return redirect(back)
    context = {"form": form, "title": forms.WORDS[name][0], "back": back}
    return show(request, "assessments/strategy/step.html", found, context)


def _conflict(request: HttpRequest, current: Edition, name: str, form: Any) -> HttpResponse:
    posted = request.POST.copy()
    posted["version"] = str(current.version)
    again = forms.WordsForm(posted, name=name, edition=current, cancel=current.get_absolute_url())
    context = {
        "form": again, "title": forms.WORDS[name][0], "back": current.get_absolute_url(),
        "theirs": getattr(current, name), "yours": form.cleaned_data["text"], "conflict": True,
    }  # fmt: skip
    return show(request, "assessments/strategy/step.html", current, context, status=409)


@policy(Edition, GET="edit", POST="edit")
def consulted(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Record how communities were consulted."""
    found = the_edition(request, slug, year, "edit")
    if away := unfit(request, found, "edit"):
        return away
    initial = {
        "starts_on": found.consulted_from, "ends_on": found.consulted_until,
        "how": found.consulted_how, "found": found.consulted_found,
    }  # fmt: skip
    form = forms.ConsultedForm(
        request.POST or None, initial=initial, cancel=found.get_absolute_url()
    )

    def act(**fields: Any) -> None:
        verbs.consulted(found, **fields)

    return step(
        request, found, form, act, title="How communities were consulted",
        done="The consultation is recorded.", back=found.get_absolute_url(),
    )  # fmt: skip


@policy(Edition, GET="edit", POST="edit")
def assessment(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Choose the Strategic Assessment that the edition rests on."""
    found = the_edition(request, slug, year, "edit")
    if away := unfit(request, found, "edit"):
        return away
    form = forms.RestForm(
        request.POST or None, partnership=found.partnership, cancel=found.get_absolute_url(),
        initial={"assessment": found.assessment_id},
    )  # fmt: skip

    def act(**fields: Any) -> None:
        verbs.rest_on(found, **fields)

    return step(
        request, found, form, act, title="The Strategic Assessment that it rests on",
        done="Saved.", back=found.get_absolute_url(),
    )  # fmt: skip


@policy(Edition, GET="edit", POST="edit")
def withdraw(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Take back an edition that is not adopted, after a question."""
    found = the_edition(request, slug, year, "edit")
    if away := unfit(request, found, "withdraw"):
        return away
    if request.method == "POST":
        try:
            verbs.withdraw(found, by=request.user)
        except Wrong as wrong:
            messages.error(request, wrong.messages[0])
            return redirect(found)
        messages.success(request, f"“{found}” is withdrawn. Its actions are still registered.")
        return redirect(reverse("assessments:strategies", args=[request.partnership.slug]))
    counted = {"priorities": found.priorities.count()}
    return show(request, "assessments/strategy/withdraw.html", found, counted)
