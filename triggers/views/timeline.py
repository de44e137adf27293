"""All accounts of a case in one order, and where they do not fit together."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse

import audit.workflow
from core import clock
from core.exports import csv_response
from core.permissions import policy
from triggers.exports import timeline as exports
from triggers.forms.information import SettleForm
from triggers.models import Application
from triggers.queries import merged
from triggers.views.asking import ask, do
from triggers.views.frame import address, opened, page
from triggers.workflow import fitting


@policy(Application, "view")
def case_timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """The timeline: what the person may read of it."""
    case = opened(request, reference)
    found = merged.timeline(case, request.user)
    source = request.GET.get("source", "")
    lines = [line for line in found.lines if not source or line.source == source]
    context = {
        "timeline": found,
        "lines": lines,
        "source": source if source in found.sources else "",
        "here": address(request, "case_timeline", reference),
    }
    return page(request, "triggers/case_timeline.html", case, "case_information", context)


@policy(Application, "view")
def case_timeline_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as a CSV file."""
    case = opened(request, reference)
    audit.workflow.record_read(
        case, by=request.user, partnership=request.partnership, group=case.group
    )
    found = merged.timeline(case, request.user)
    name = f"{case.reference}-timeline-{clock.today().isoformat()}"
    return csv_response(name, exports.HEADINGS, exports.lines(found))


@policy(Application, GET="work on", POST="work on")
def misfit_settle(request: HttpRequest, reference: str, kind: str, key: str) -> HttpResponse:
    """Say what was found out about a contradiction or a gap."""
    case = opened(request, reference, "work on")
    misfits = merged.timeline(case, request.user).misfits
    found = next((each for each in misfits if (each.kind, each.key) == (kind, key)), None)
    if found is None:
        raise Http404
    here = address(request, "case_timeline", reference)
    settled = found.settled.settled if found.settled else ""
    return ask(
        request, case, lambda posted: SettleForm(posted, initial={"settled": settled}, cancel=here),
        partial(fitting.settle, case, kind=kind, key=key, by=request.user),
        title=found.label, intro=f"{found.says}.", done="Saved.", to=here,
        tab="case_information",
    )  # fmt: skip


@policy(Application, POST="work on")
def misfit_unsettle(request: HttpRequest, reference: str, kind: str, key: str) -> HttpResponse:
    """Take back what was said about one."""
    case = opened(request, reference, "work on")
    return do(
        request, lambda: fitting.unsettle(case, kind=kind, key=key, by=request.user),
        done="It is open again.", to=address(request, "case_timeline", reference),
    )  # fmt: skip


@policy(Application, POST="work on")
def misfit_add(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Put a report that a body holds on the list of incidents."""
    case = opened(request, reference, "work on")
    misfits = merged.timeline(case, request.user).misfits
    entry = next((each.entry for each in misfits if each.entry and each.entry.pk == pk), None)
    if entry is None:
        raise Http404
    return do(
        request, lambda: fitting.add_from_entry(case, entry=entry, by=request.user),
        done="It is on the list of incidents.", to=address(request, "case_timeline", reference),
    )  # fmt: skip
