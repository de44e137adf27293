"""Appeals in a case, and queries to the commissioner's office: noted, sent on, decided."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse

from core import clock
from core.permissions import can, policy, require
from triggers.forms import appeals as forms
from triggers.forms.casework import ReasonForm
from triggers.models import Appeal, AppealKind, Application
from triggers.queries import appeals as queries
from triggers.views.asking import ask
from triggers.views.frame import address, opened, page
from triggers.workflow import appeals

TAB = "case_appeals"


@policy(Application, "view")
def case_appeals(request: HttpRequest, reference: str) -> HttpResponse:
    """Everybody who was not satisfied, and what became of it."""
    case = opened(request, reference)
    context = queries.shown(case, request.user)
    return page(request, "triggers/case_appeals.html", case, TAB, context)


@policy(Application, GET="work on", POST="work on")
def appeal_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down an appeal that came another way than by the private link."""
    case = opened(request, reference, "work on")
    return ask(
        request, case,
        lambda posted: forms.AppealForm(
            posted, initial={"made_on": clock.today(), "kind": AppealKind.REVIEW},
            cancel=_home(request, case),
        ),
        partial(appeals.appeal, case, by=request.user),
        title="Somebody is not satisfied", done="Saved.", to=_home(request, case), tab=TAB,
        intro="One that comes after the last day is kept too: you say then whether it is taken.",
    )  # fmt: skip


def _home(request: HttpRequest, case: Application) -> str:
    return address(request, TAB, case.reference)


def _opened(request: HttpRequest, reference: str, pk: int) -> tuple[Application, Appeal]:
    case = opened(request, reference)
    found = Appeal.objects.visible_to(request.user).filter(application=case, pk=pk)
    appeal = found.select_related("application__group", "application__partnership").first()
    if appeal is None:
        raise Http404
    require(can(request.user, "deal with", appeal))
    return case, appeal


@policy(Appeal, GET="deal with", POST="deal with")
def appeal_late(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take one that is late, or refuse it."""
    case, appeal = _opened(request, reference, pk)
    return ask(
        request, case, lambda posted: forms.TakeLateForm(posted, cancel=_home(request, case)),
        partial(appeals.take_late, appeal, by=request.user),
        title="An appeal after the last day", done="Saved. Tell the applicant by letter.",
        to=_home(request, case), tab=TAB,
        intro="Illness, fear or a letter that went astray are good reasons to take it. It is kept "
        "either way.",
    )  # fmt: skip


@policy(Appeal, GET="deal with", POST="deal with")
def appeal_send_on(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say who hears it."""
    case, appeal = _opened(request, reference, pk)
    initial = {
        "on": appeal.sent_on or clock.today(),
        "heard_by": appeal.heard_by or queries.hearer(appeal),
    }
    return ask(
        request, case,
        lambda posted: forms.SendOnForm(posted, initial=initial, cancel=_home(request, case)),
        partial(appeals.send_on, appeal, by=request.user),
        title="Who hears it", done="Saved.", to=_home(request, case), tab=TAB,
        intro="Nobody who decided in the case hears an appeal about it. Send papers only in a "
        "way that is safe for OFFICIAL-SENSITIVE; or put who hears it on the case, as an adviser.",
    )  # fmt: skip


@policy(Appeal, GET="deal with", POST="deal with")
def appeal_decide(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Write down what was decided."""
    case, appeal = _opened(request, reference, pk)
    outcomes = appeals.OUTCOMES[AppealKind(appeal.kind)]
    return ask(
        request, case,
        lambda posted: forms.DecideAppealForm(
            posted, outcomes=outcomes, initial={"on": clock.today()}, cancel=_home(request, case)
        ),
        partial(appeals.decide, appeal, by=request.user),
        title="What was decided", done="Saved. Tell the applicant by letter.",
        to=_home(request, case), tab=TAB,
    )  # fmt: skip


@policy(Appeal, GET="deal with", POST="deal with")
def appeal_withdraw(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Note that who appealed wants no more of it."""
    case, appeal = _opened(request, reference, pk)
    return ask(
        request, case,
        lambda posted: ReasonForm(
            posted, submit="Withdraw it", says="What did they say?", cancel=_home(request, case)
        ),
        partial(appeals.withdraw, appeal, by=request.user),
        title="They want no more of it", done="Saved.", to=_home(request, case), tab=TAB,
    )  # fmt: skip
