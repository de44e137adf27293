"""What is counted of all cases: the overview, the yearly figures, answers about equality."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import clock
from core.exports import csv_response
from core.forms import say_wrong
from core.permissions import can, policy, require
from core.workflow import Wrong
from membership import standing
from membership.models import Partnership
from triggers.forms.applying.equality import Equality
from triggers.forms.figures import ImportForm, YearForm
from triggers.models import Application
from triggers.queries import equality, overview, statistics
from triggers.views.frame import address
from triggers.workflow import statistics as workflow

READ = "read case review overview"
PUBLISH = "publish case review figures"
EQUALITY = "read equality answers"


@policy(Partnership, READ)
def show(request: HttpRequest) -> HttpResponse:
    """Numbers of all cases, and nothing that leads to one."""
    require(can(request.user, READ, request.partnership))
    found = overview.overview(request.partnership, clock.today())
    publishes = can(request.user, PUBLISH, request.partnership)
    context = {
        "found": found, "publishes": publishes, "on": clock.today(),
        "unpublished": [each for each in found.years if each.over and not each.published],
        "labels": list(statistics.LABELS.values()),
        "own": _own(request), "enough": overview.ENOUGH, "small": overview.SMALL,
        "reads_cases": can(request.user, "read cases", request.partnership),
        "reads_equality": can(request.user, EQUALITY, request.partnership),
    }  # fmt: skip
    return render(request, "triggers/figures/overview.html", context)


def _own(request: HttpRequest) -> list[overview.Table]:
    """The same breakdowns of the cases that open to the person, which they may count anyway."""
    if not can(request.user, "read cases", request.partnership):
        return []
    cases = Application.objects.visible_to(request.user).of(request.partnership).submitted()
    cases = cases.filter(group__in=standing.cleared(request.user))
    if not cases.exists():
        return []
    tables = overview.learned(request.partnership, cases, whole=True)
    return [each for each in tables if each.rows]


@policy(Partnership, READ)
def show_csv(request: HttpRequest) -> HttpResponse:
    """The same numbers as a CSV file."""
    require(can(request.user, READ, request.partnership))
    found = overview.overview(request.partnership, clock.today())
    name = f"case-reviews-overview-{request.partnership.slug}-{clock.today().isoformat()}"
    return csv_response(name, overview.COLUMNS, overview.lines(found))


@policy(Partnership, GET=PUBLISH, POST=PUBLISH)
def year(request: HttpRequest, name: str) -> HttpResponse:
    """Check the figures of a year against its cases, and publish them."""
    require(can(request.user, PUBLISH, request.partnership))
    found = statistics.year_called(request.partnership, name)
    if found is None:
        raise Http404
    back = address(request, "overview")
    form = YearForm(request.POST or None, year=found, cancel=back)
    try:
        if form.is_bound and form.is_valid():
            workflow.publish_year(
                request.partnership, starts_on=found.starts_on, figures=form.figures(),
                differs_because=form.cleaned_data["differs_because"],
                corrected_because=form.cleaned_data.get("corrected_because", ""),
                by=request.user,
            )  # fmt: skip
            messages.success(request, f"The figures of {name} are published.")
            return redirect(address(request, "public"))
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(request.path)
    except ValidationError as wrong:
        say_wrong(form, wrong)
    context = {
        "form": form, "year": found, "title": f"Figures of {name}", "back": back,
        "earlier": statistics.earlier(found.published) if found.published else [],
        "labels": list(statistics.LABELS.values()),
    }  # fmt: skip
    return render(request, "triggers/figures/year.html", context)


@policy(Partnership, GET=PUBLISH, POST=PUBLISH)
def take_over(request: HttpRequest) -> HttpResponse:
    """Take over figures that were published before."""
    require(can(request.user, PUBLISH, request.partnership))
    back = address(request, "overview")
    form = ImportForm(request.POST or None, request.FILES or None, cancel=back)
    try:
        if form.is_bound and form.is_valid():
            new = workflow.import_published(
                request.partnership, form.cleaned_data["file"], by=request.user
            )
            says = f"{new} years taken over." if new != 1 else "1 year taken over."
            messages.success(request, says)
            return redirect(back)
    except ValidationError as wrong:
        say_wrong(form, wrong)
    context = {"form": form, "title": "Take over earlier figures", "back": back}
    return render(request, "triggers/figures/import.html", context)


@policy(Partnership, EQUALITY)
def equality_answers(request: HttpRequest) -> HttpResponse:
    """Answers about equality by year, small numbers hidden."""
    require(can(request.user, EQUALITY, request.partnership))
    found = equality.years(request.partnership, clock.today(), _questions())
    if request.GET.get("format") == "csv":
        name = f"equality-answers-{request.partnership.slug}"
        return csv_response(name, equality.COLUMNS, equality.lines(found))
    context = {"years": found, "small": overview.SMALL, "back": address(request, "overview")}
    return render(request, "triggers/figures/equality.html", context)


def _questions() -> dict[str, tuple[str, dict[str, str]]]:
    """The questions of the form, and their answers by key."""
    fields = Equality.base_fields
    return {
        name: (str(field.label), {str(key): str(label) for key, label in field.choices})
        for name, field in fields.items()
    }
