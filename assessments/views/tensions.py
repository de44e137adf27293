"""Weekly tension reports: the list, each one, and what is done about it."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import audit.workflow
from assessments import exports
from assessments.forms import tensions as forms
from assessments.models import TensionReport
from assessments.queries import tension_charts
from assessments.queries import tensions as queries
from assessments.views.answering import address, ask, do
from assessments.workflow import tensions as workflow
from core import clock
from core.components import Fact, Link, View
from core.dates import longdate
from core.exports import csv_response
from core.permissions import can, load, policy, require
from membership.models import Partnership

VIEWS = {"open": "Open", "raised": "Raised", "closed": "Closed", "all": "All"}
PAGE = 50
STEPS = ("change", "respond", "show to the board", "close")


@policy(Partnership, "read tensions")
def tensions(request: HttpRequest) -> HttpResponse:
    """The reports that the person may read, newest week first. Reading restricted ones is noted."""
    require(can(request.user, "read tensions", request.partnership))
    view, form, narrowed, every = _chosen(request)
    found = queries.filtered(narrowed, show=view).select_related(
        "partnership", "agency", "group", "theme"
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    _note_reads(request, page.object_list)
    url = address(request, "tensions")
    context = {
        "page": page, "filter": form, "view": view, "list_url": url,
        "rows": [{"report": each, "level": queries.level(each.level)} for each in page],
        "views": [
            View(label, queries.filtered(narrowed, show=key).count(), f"{url}?view={key}",
                 current=key == view)
            for key, label in VIEWS.items()
        ],
        "narrowed": any(form.data.get(name) for name in ("level", "theme", "words")),
        "chart": tension_charts.by_week(queries.weeks(every, clock.today())),
        "links": _links(request), "levels": queries.LEVELS,
        "csv_url": _csv(request),
    }  # fmt: skip
    return render(request, "assessments/tensions.html", context)


def _chosen(request: HttpRequest) -> tuple[str, Any, Any, Any]:
    form = forms.FilterForm(request.GET, partnership=request.partnership)
    form.is_valid()
    said = {name: form.cleaned_data.get(name, "") for name in ("level", "theme", "words")}
    view = request.GET.get("view", "open")
    every = TensionReport.objects.visible_to(request.user).of(request.partnership)
    narrowed = queries.filtered(every, **said)
    return view if view in VIEWS else "open", form, narrowed, every


def _note_reads(request: HttpRequest, found: Any) -> None:
    audit.workflow.record_reads(
        [each for each in found if each.restricted], by=request.user,
        partnership=request.partnership,
    )  # fmt: skip


def _links(request: HttpRequest) -> list[Link]:
    if not can(request.user, "report tensions", request.partnership):
        return []
    return [Link("Report a tension", address(request, "tension_report"))]


def _csv(request: HttpRequest) -> str:
    if not can(request.user, "download tensions", request.partnership):
        return ""
    chosen = request.GET.copy()
    chosen.pop("page", None)
    return f"{address(request, 'tensions_csv')}?{chosen.urlencode()}".rstrip("?")


@policy(Partnership, "download tensions")
def tensions_csv(request: HttpRequest) -> HttpResponse:
    """The same reports as a CSV file, for officers."""
    require(can(request.user, "download tensions", request.partnership))
    view, _, narrowed, _ = _chosen(request)
    rows: QuerySet[TensionReport] = queries.filtered(narrowed, show=view).select_related(
        "agency", "group", "theme"
    )
    found = list(rows)
    _note_reads(request, found)
    audit.workflow.record(
        "downloaded tension reports of", request.partnership, by=request.user,
        partnership=request.partnership, detail={"rows": len(found)},
    )  # fmt: skip
    name = f"tensions-{request.partnership.slug}-{clock.today().isoformat()}"
    return csv_response(name, exports.TENSIONS, exports.tension_lines(found))


@policy(TensionReport, "view")
def tension(request: HttpRequest, pk: Any) -> HttpResponse:
    """One report: Experienced, Evidenced, Potential, the level and what is done."""
    found = load(request, TensionReport, "view", pk=pk)
    return _page(request, "assessments/tension.html", found, _shown(request, found))


def _shown(request: HttpRequest, found: TensionReport) -> dict[str, Any]:
    facts = [
        Fact("Week", f"{longdate(found.week)} to {longdate(found.last_day)}"),
        Fact("Reported by", found.agency),
        Fact("Where it comes from", found.source or "Not said"),
        Fact("Read by", found.group),
    ]
    if found.theme:
        facts.append(Fact("Theme", found.theme, found.theme.get_absolute_url()))
    if found.shown_at:
        facts.append(Fact("Shown to the board", longdate(found.shown_at)))
    may = {step.replace(" ", "_"): can(request.user, step, found) for step in STEPS}
    said = [
        ("Experienced", found.experienced), ("Evidenced", found.evidenced),
        ("Potential", found.potential),
    ]  # fmt: skip
    return {
        "level": queries.level(found.level), "facts": facts, "may": may,
        "said": [(name, text) for name, text in said if text],
        "list_url": address(request, "tensions"),
        "shows": found.raised and not found.shown_at and not found.closed_at,
    }  # fmt: skip


def _page(
    request: HttpRequest, template: str, found: TensionReport, context: dict[str, Any]
) -> HttpResponse:
    _note(request, found)
    return render(request, template, {"report": found, **context})


def _note(request: HttpRequest, found: TensionReport) -> None:
    """Of a restricted report it is put on record who reads it, before it is shown."""
    if found.restricted:
        audit.workflow.record_read(
            found, by=request.user, partnership=found.partnership, group=found.group
        )


# ---- steps --------------------------------------------------------------------------------------


@policy(Partnership, GET="report tensions", POST="report tensions")
def tension_report(request: HttpRequest) -> HttpResponse:
    """Report a week's tension."""
    require(can(request.user, "report tensions", request.partnership))
    url = address(request, "tensions")
    today = clock.today()
    return ask(
        request,
        lambda posted: forms.ReportForm(
            posted, user=request.user, partnership=request.partnership, cancel=url,
            initial={"week": today, "level": 2},
        ),
        lambda *, group, **said: workflow.report(group, **said, by=request.user),
        title="Report a tension", back=url, crumbs=[("Tensions", url)],
        done="The report is sent. From level 4 on, the chair and the officers have been told.",
        intro="What your agency has seen or heard in one week. Do not name anybody who is not "
        "needed to understand it.",
    )  # fmt: skip


@policy(TensionReport, GET="change", POST="change")
def tension_change(request: HttpRequest, pk: Any) -> HttpResponse:
    """Mend a report while it is open."""
    found = load(request, TensionReport, "change", pk=pk)
    names = ("week", "community", "experienced", "evidenced", "potential", "level", "source",
             "theme")  # fmt: skip
    initial = {name: getattr(found, name) for name in names}
    return _step(
        request, found,
        lambda posted: forms.ChangeForm(
            posted, partnership=request.partnership, initial=initial, version=found.version,
            cancel=found.get_absolute_url(),
        ),
        workflow.change, title="Change this report", done="The report is changed.",
    )  # fmt: skip


@policy(TensionReport, GET="respond", POST="respond")
def tension_respond(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say what is being done about it."""
    found = load(request, TensionReport, "respond", pk=pk)
    return _step(
        request, found,
        lambda posted: forms.RespondForm(
            posted, initial={"response": found.response}, version=found.version,
            cancel=found.get_absolute_url(),
        ),
        workflow.respond, title="What is being done", done="The answer is saved.",
    )  # fmt: skip


@policy(TensionReport, GET="close", POST="close")
def tension_close(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say that it is no longer a tension."""
    found = load(request, TensionReport, "close", pk=pk)
    return _step(
        request, found,
        lambda posted: forms.CloseForm(
            posted, initial={"response": found.response}, cancel=found.get_absolute_url()
        ),
        workflow.close, title="Close this report",
        done="The report is closed. You can open it again.",
    )  # fmt: skip


@policy(TensionReport, POST="close")
def tension_reopen(request: HttpRequest, pk: Any) -> HttpResponse:
    """It is a tension still, or again."""
    found = load(request, TensionReport, "close", pk=pk)
    return do(
        request, lambda: workflow.reopen(found, by=request.user), done="The report is open again.",
        to=found.get_absolute_url(),
    )  # fmt: skip


@policy(TensionReport, POST="show to the board")
def tension_show(request: HttpRequest, pk: Any) -> HttpResponse:
    """Show it to the board, and keep an item for its next agenda."""
    found = load(request, TensionReport, "show to the board", pk=pk)
    return do(
        request, lambda: workflow.show_to_board(found, by=request.user),
        done="The board is shown it, and an item waits for its next agenda.",
        to=found.get_absolute_url(),
    )  # fmt: skip


def _step(
    request: HttpRequest, found: TensionReport, build: Any, verb: Any, *, title: str, done: str
) -> HttpResponse:
    _note(request, found)
    url = found.get_absolute_url()
    return ask(
        request, build, lambda **said: verb(found, **said, by=request.user), title=title,
        done=done, back=url, to=url, restricted=found.restricted, group=found.group,
        crumbs=[("Tensions", address(request, "tensions")), (str(found), url)],
    )  # fmt: skip
