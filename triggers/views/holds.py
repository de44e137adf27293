"""Legal holds on a case."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from core import clock
from core.permissions import policy
from triggers.forms import keeping as forms
from triggers.models import Application
from triggers.queries import keeping
from triggers.views.asking import ask
from triggers.views.frame import address, opened
from triggers.workflow import holding


def shown(case: Application) -> dict[str, Any]:
    """What the page of people and record says of how long the case is kept."""
    years = keeping.years_kept(case.partnership)
    until = keeping.after_years(case.closed_on, years) if case.closed_on and years else None
    return {
        "holds": list(keeping.holds_of(case)), "years": years, "kept_until": until,
        "kept_long_enough": until is not None and until <= clock.today(),
    }  # fmt: skip


@policy(Application, GET="hold", POST="hold")
def hold_put(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep everything of a case as it is."""
    case = opened(request, reference, "hold")
    return ask(
        request, case, forms.HoldForm, partial(holding.put_hold, case, by=request.user),
        title="Put a legal hold on the case", to=address(request, "case_people", reference),
        done="The hold is on. Nothing of the case is removed while it lasts.", tab="case_people",
        intro="Nothing of the case is removed while a hold lasts, however old it is. "
        "Its officers are told.",
    )  # fmt: skip


@policy(Application, GET="hold", POST="hold")
def hold_lift(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Let go of a hold."""
    case = opened(request, reference, "hold")
    hold = keeping.holds_of(case).filter(pk=pk).first()
    if hold is None:
        raise Http404
    return ask(
        request, case, forms.LiftForm, partial(holding.lift_hold, hold, by=request.user),
        title="Lift the legal hold", to=address(request, "case_people", reference),
        done="The hold is lifted.", tab="case_people",
        intro=f"It was put by {hold.by}: {hold.reason}",
    )  # fmt: skip
