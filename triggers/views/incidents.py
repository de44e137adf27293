"""The list of incidents as officers keep it, and the applicant's corrections."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse

from core import clock
from core.history import timeline
from core.permissions import policy
from triggers.forms import casework
from triggers.forms import incidents as forms
from triggers.models import Application, Complaint
from triggers.queries import incidents as queries
from triggers.views.asking import ask, do
from triggers.views.frame import address, opened, page
from triggers.workflow import listing

FIELDS = (
    "what", "where", "happened_on", "went_on_from", "day_is_sure", "body", "other_body",
    "reported_on", "report_reference", "response",
)  # fmt: skip


def _here(request: HttpRequest, case: Application) -> str:
    return address(request, "case_incidents", case.reference)


def _one(case: Application, number: int) -> Complaint:
    found = queries.all_of(case).filter(number=number).first()
    if found is None:
        raise Http404
    return found


@policy(Application, "view")
def case_incidents(request: HttpRequest, reference: str) -> HttpResponse:
    """Every incident, what was taken off, and what the applicant says of the list."""
    case = opened(request, reference)
    context = queries.shown(case, request.user)
    return page(request, "triggers/case_incidents.html", case, "case_incidents", context)


@policy(Application, GET="work on", POST="work on")
def incident_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add something to the list."""
    case = opened(request, reference, "work on")
    return ask(
        request, case,
        lambda posted: forms.ComplaintForm(
            posted, bodies=listing.bodies_to_choose(case), cancel=_here(request, case)
        ),
        partial(listing.add_complaint, case, by=request.user),
        title="Add an incident", done="It is on the list.", to=_here(request, case),
        tab="case_incidents",
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def incident_change(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Correct an entry."""
    case = opened(request, reference, "work on")
    complaint = _one(case, number)
    return ask(
        request, case,
        lambda posted: forms.ComplaintForm(
            posted, bodies=listing.bodies_to_choose(case), cancel=_here(request, case),
            initial={name: getattr(complaint, name) for name in FIELDS},
        ),
        partial(listing.change_complaint, complaint, by=request.user),
        title=f"Change incident {number}", done="The list is changed.", to=_here(request, case),
        intro="What the applicant wrote stays in the history of the incident.",
        tab="case_incidents",
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def incident_remove(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take an entry off the list, with the reason."""
    case = opened(request, reference, "work on")
    complaint = _one(case, number)
    return ask(
        request, case,
        lambda posted: casework.ReasonForm(
            posted, submit="Take it off the list", cancel=_here(request, case),
            hint="For example, that it is on the list twice.",
        ),
        partial(listing.remove_complaint, complaint, by=request.user),
        title=f"Take incident {number} off the list", done="It is off the list.",
        to=_here(request, case), tab="case_incidents",
        intro="It keeps its number, stays readable here, and can be put back.",
    )  # fmt: skip


@policy(Application, POST="work on")
def incident_put_back(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Put it back."""
    case = opened(request, reference, "work on")
    complaint = _one(case, number)
    return do(
        request, lambda: listing.put_back(complaint, by=request.user),
        done="It is on the list again.", to=_here(request, case),
    )  # fmt: skip


@policy(Application, "work on")
def incident_history(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """What stood there before, the applicant's own words first."""
    case = opened(request, reference, "work on")
    changes = timeline(_one(case, number), leave_out=("application", "added_by"))
    context = {"number": number, "history": changes}
    return page(request, "triggers/incident_history.html", case, "case_incidents", context)


@policy(Application, GET="work on", POST="work on")
def list_sent(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that the list went to the applicant, where no letter of ours took it."""
    case = opened(request, reference, "work on")
    return ask(
        request, case,
        lambda posted: forms.SentForm(
            posted, initial={"on": clock.today()}, cancel=_here(request, case)
        ),
        partial(listing.send_list, case, by=request.user),
        title="The list went to the applicant", done="Saved.", to=_here(request, case),
        intro="A letter that goes out from here does this by itself.", tab="case_incidents",
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def correction(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Answer a correction."""
    case = opened(request, reference, "work on")
    found = case.corrections.select_related("complaint").filter(pk=pk).first()
    if found is None:
        raise Http404
    return ask(
        request, case,
        lambda posted: forms.CorrectionForm(posted, cancel=_here(request, case)),
        partial(listing.answer_correction, found, by=request.user),
        title="Answer a correction", done="The answer is saved.", to=_here(request, case),
        template="triggers/case_correction.html", correction=found, tab="case_incidents",
    )  # fmt: skip
