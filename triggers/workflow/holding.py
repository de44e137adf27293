"""Legal holds: nothing of a case is removed while one lasts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock
from core.markup import plain
from core.workflow import Wrong
from triggers.models import OPEN, Application, Hold, Stage
from triggers.queries.keeping import held
from triggers.workflow.steps import note, take, tell_officers, wrong_text

ANY = (*OPEN, Stage.CLOSED, Stage.WITHDRAWN)
HELD = "A legal hold keeps everything of this case as it is."


@transaction.atomic
def put_hold(application: Application, *, reason: str, by: Any) -> Hold:
    """Keep all of a case until the hold is lifted, for example because a court may ask for it."""
    application = take(application, by=by, stages=ANY)
    reason = plain(reason)
    if wrong := wrong_text("reason", reason, "Enter why it must be kept"):
        raise ValidationError(wrong)
    hold = Hold.objects.create(application=application, reason=reason, by=by)
    note("put a legal hold on", application, by=by)
    tell_officers(
        application, "case-review-hold", "A legal hold was put on a case review", by=by,
        occurrence=str(hold.pk),
    )  # fmt: skip
    return hold


@transaction.atomic
def lift_hold(hold: Hold, *, because: str, by: Any) -> Hold:
    """Let go of a hold, with the reason; others on the same case go on."""
    application = take(hold.application, by=by, stages=ANY)
    hold = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if hold.lifted_at:
        raise Wrong("This hold has been lifted already.")
    because = plain(because)
    if wrong := wrong_text("because", because, "Enter why it need not be kept any more"):
        raise ValidationError(wrong)
    hold.lifted_at, hold.lifted_by, hold.lifted_because = clock.now(), by, because
    hold.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    note("lifted a legal hold on", application, by=by)
    tell_officers(
        application, "case-review-hold", "A legal hold on a case review was lifted", by=by,
        occurrence=f"{hold.pk} lifted",
    )  # fmt: skip
    return hold


def refuse_while_held(application: Application) -> None:
    """Raise ``Wrong`` where something would be deleted that a hold keeps."""
    if held(application):
        raise Wrong(f"{HELD} Lift it first.")
