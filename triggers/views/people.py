"""Who is on a case, who has opened it, and what was done: one page, and its files."""

import uuid
from functools import partial

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

import audit.workflow
from core import clock
from core.dates import moment
from core.exports import csv_response
from core.permissions import can, policy
from membership.models import Seat
from triggers.forms import casework as forms
from triggers.models import Application, CaseNote
from triggers.queries import people
from triggers.views import holds
from triggers.views.asking import ask
from triggers.views.frame import address, opened, page
from triggers.workflow import seating

PAGE = 50


@policy(Application, "view")
def case_people(request: HttpRequest, reference: str) -> HttpResponse:
    """Who can open the case since when and through whom; who has; what was done."""
    case = opened(request, reference)
    works = bool(can(request.user, "work on", case))
    reads = Paginator(people.reads_of(case), PAGE).get_page(request.GET.get("page"))
    context = {
        "on_case": people.people_of(case),
        "past": people.past_people(case),
        "reads": reads,
        "deeds": people.deeds_of(case)[:PAGE],
        "notes": _notes(case) if works else [],
        **holds.shown(case),
    }
    return page(request, "triggers/case_people.html", case, "case_people", context)


def _notes(case: Application) -> list[CaseNote]:
    return list(CaseNote.objects.filter(application=case).select_related("by"))


@policy(Application, "view")
def case_reads_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """Every time that something of the case was opened, and by whom."""
    case = opened(request, reference)
    _recorded(request, case)
    lines = [(moment(each.at), each.actor_name, each.kind, each.subject)
             for each in people.reads_of(case)]  # fmt: skip
    return csv_response(
        f"{case.reference}-read-{clock.today().isoformat()}", ("When", "Who", "What", "Which"),
        lines,
    )  # fmt: skip


@policy(Application, "view")
def case_deeds_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that was done in the case, by whom and when."""
    case = opened(request, reference)
    _recorded(request, case)
    lines = [(moment(each.at), each.actor_name or "The system", each.verb, each.subject)
             for each in people.deeds_of(case)]  # fmt: skip
    return csv_response(
        f"{case.reference}-done-{clock.today().isoformat()}", ("When", "Who", "Did", "To what"),
        lines,
    )  # fmt: skip


def _recorded(request: HttpRequest, case: Application) -> None:
    audit.workflow.record_read(
        case, by=request.user, partnership=request.partnership, group=case.group
    )


@policy(Application, GET="work on", POST="work on")
def person_put_on(request: HttpRequest, reference: str) -> HttpResponse:
    """Put an officer on the case."""
    case = opened(request, reference, "work on")
    here = address(request, "case_people", case.reference)
    return ask(
        request, case,
        lambda posted: forms.PutOnForm(
            posted, seats=people.may_be_put_on(case), cancel=here
        ),
        partial(seating.put_on_case, case, by=request.user),
        title="Put an officer on the case", done="They are on the case, and are told.", to=here,
        intro="From now on they can open everything of it. Put on only who needs to know.",
        tab="case_people",
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def person_take_off(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Take somebody off the case."""
    case = opened(request, reference, "work on")
    seat = people.seats_of(case).select_related("person", "group").filter(pk=pk).first()
    if seat is None:
        raise Http404
    here = address(request, "case_people", case.reference)
    return ask(
        request, case,
        lambda posted: forms.ReasonForm(posted, submit="Take off the case", cancel=here),
        partial(seating.take_off_case, case, seat=seat, by=request.user),
        title=f"Take {seat.person} off the case", to=_after(request, seat, here),
        done="They are off the case. It is closed to them at once.",
        intro="What they did and read stays on record.", tab="case_people",
    )  # fmt: skip


def _after(request: HttpRequest, seat: Seat, here: str) -> str:
    """Back to the case; who took themselves off goes to the list of their cases."""
    return address(request, "cases") if seat.person_id == request.user.pk else here
