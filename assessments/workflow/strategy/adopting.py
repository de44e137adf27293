"""Adopting an edition at a meeting, publishing it, and sending a copy to the commissioner."""

import datetime
from typing import Any

from django.db import transaction

from assessments.editions import content, document
from assessments.models import Edition, EditionFile, EditionStatus, FileKind
from assessments.queries.strategy import missing as lacking
from assessments.workflow.strategy import making
from assessments.workflow.strategy.keeping import (
    keep,
    line,
    refuse,
    take,
    today_or_before,
    wrong_text,
)
from core import clock
from core.dates import longdate
from core.workflow import Wrong
from documents.workflow.publication import publish as publish_document
from meetings.models import Decision, Making, Meeting
from membership.queries import members_of
from notices.workflow import tell

KIND = "Community Safety Strategy"


@transaction.atomic
def adopt(edition: Edition, *, decision: Decision, by: Any) -> Edition:
    """Adopt an edition by a decision of its board, and freeze what it shows.

    Raises ``Wrong`` with a list of what is missing, and ``ValidationError`` for a decision that
    this edition cannot rest on.
    """
    current = take(edition, "adopt", by=by)
    refuse(_wrong_decision(current, decision, by))
    stops = lacking.stops(lacking.missing(current))
    if stops:
        raise Wrong([each.says for each in stops])
    adopted = _freeze(current, by=by, says="adopted", decision=decision)
    tell(
        members_of(adopted.strategy.group, clock.today()), kind="strategy-adopted", about=adopted,
        text=f"{adopted.strategy}: {str(adopted).lower()} is adopted ({decision})",
        url=adopted.get_absolute_url(), partnership=adopted.partnership, but=by,
    )  # fmt: skip
    return adopted


def _wrong_decision(edition: Edition, decision: Decision, by: Any) -> dict[str, str]:
    visible = Decision.objects.visible_to(by).filter(pk=decision.pk).exists()
    if not visible or decision.group_id != edition.strategy.group_id:
        return {"decision": f"Choose a decision of the {edition.strategy.group.short_name}"}
    if decision.restricted:
        return {"decision": "This decision is restricted, and the strategy is published"}
    return {}


@transaction.atomic
def take_over(edition: Edition, *, on: datetime.date, where: str, by: Any) -> Edition:
    """Keep an edition that was adopted before the board kept its meetings here.

    Nothing is asked of its contents but that there are priorities: it is as it was adopted. A
    later day is refused, since what is adopted now rests on a decision.
    """
    current = take(edition, "take over", by=by)
    where = line(where)
    wrong = {
        **wrong_text("where", where, "where that can be read", 200),
        **today_or_before("on", on),
    }
    first = Meeting.objects.filter(group=current.strategy.group_id).order_by("on").first()
    if first and on >= first.on:
        wrong["on"] = (
            f"The board’s meetings are kept here since {longdate(first.on)}. Choose its decision "
            "instead"
        )
    if on > datetime.date(current.year + 1, 3, 31):
        wrong["on"] = "It was adopted before its year ended"
    refuse(wrong)
    if not current.priorities.exists():
        raise Wrong("Add the priorities that it has first.")
    return _freeze(current, by=by, says="took over", adopted_on=on, adopted_where=where)


def _freeze(edition: Edition, *, by: Any, says: str, **fields: Any) -> Edition:
    now = clock.now()
    shown = content.build(edition, clock.today())
    kept = keep(
        edition, by=by, says=says, status=EditionStatus.ADOPTED, frozen=shown, frozen_at=now,
        frozen_by=by, **fields,
    )  # fmt: skip
    making.forget(kept)
    if kept.decision_id:
        making.ask(kept, by=by)
    return kept


@transaction.atomic
def publish(edition: Edition, *, by: Any) -> Edition:
    """Publish an adopted edition for good: its page, its text, its PDF and the leaflet.

    Raises ``Wrong`` while the worker is still making the files, and where it shows what has been
    restricted since it was adopted.
    """
    current = take(edition, "publish", by=by)
    if closed := lacking.restricted_since(current):
        raise Wrong(
            f"It shows {', '.join(closed)}, restricted since it was adopted. Begin a refresh that "
            "does without, or have the restriction lifted."
        )
    files = {each.kind: each for each in EditionFile.objects.filter(edition=current)}
    ready = [files.get(kind) for kind in FileKind.values]
    if not all(each and each.state == Making.READY for each in ready):
        raise Wrong("The PDF and the leaflet are not ready yet. Look again in a minute.")
    strategy, pdf = current.strategy, files[FileKind.STRATEGY]
    assert pdf.content is not None  # noqa: S101 - a constraint says so of ready files
    publication = publish_document(
        current.partnership, kind=KIND, slug=f"strategy-{strategy.slug}-{current.year}",
        title=document.title(current), summary=document.summary(current),
        html=document.page(current), text=document.words(current), pdf=bytes(pdf.content.data),
        file_name=pdf.file_name, by=by,
    )  # fmt: skip
    published = keep(
        current, by=by, says="published", status=EditionStatus.PUBLISHED, publication=publication,
        leaflet_id=files[FileKind.LEAFLET].content_id,
    )  # fmt: skip
    tell(
        members_of(strategy.group, clock.today()), kind="strategy-published", about=published,
        text=f"{strategy}: {str(published).lower()} is published",
        url=publication.get_absolute_url(), partnership=published.partnership, but=by,
    )  # fmt: skip
    return published


@transaction.atomic
def sent_to_commissioner(edition: Edition, *, on: datetime.date, how: str, by: Any) -> Edition:
    """Say when the copy went to the Police and Crime Commissioner (SI 2007/1830, reg. 13A)."""
    current = take(edition, "send", by=by)
    how = line(how)
    adopted_on = current.adopted_on or (
        current.decision.item.meeting.on if current.decision else current.adopted_on
    )
    wrong = {**wrong_text("how", how, "how it was sent", 200), **today_or_before("on", on)}
    if adopted_on and on < adopted_on:
        wrong["on"] = f"It was adopted on {longdate(adopted_on)}, and cannot be sent before that"
    refuse(wrong)
    return keep(
        current, by=by, says="recorded the copy to the commissioner of", commissioner_sent_on=on,
        commissioner_sent_by=by, commissioner_how=how,
    )  # fmt: skip


@transaction.atomic
def not_sent(edition: Edition, *, by: Any) -> Edition:
    """Undo: the copy has not gone to the commissioner after all."""
    current = take(edition, "send", by=by)
    if current.commissioner_sent_on is None:
        raise Wrong("Nothing says that it was sent.")
    return keep(
        current, by=by, says="took back the copy to the commissioner of",
        commissioner_sent_on=None, commissioner_sent_by=None, commissioner_how="",
    )  # fmt: skip
