"""What the page of an edition is made of."""

from dataclasses import dataclass
from typing import Any

from assessments.forms.strategy import WORDS
from assessments.models import Edition, EditionFile, EditionStatus
from assessments.queries.strategy.missing import address
from assessments.workflow import strategy
from core.components import Stage
from core.dates import longdate
from core.permissions import can
from documents.models import Content
from meetings.models import Making

WRITING = (EditionStatus.DRAFT, EditionStatus.CONSULTED)
STEPS = ("edit", "withdraw", "adopt", "take over", "publish", "send")
TONES = {
    EditionStatus.DRAFT: "busy", EditionStatus.CONSULTED: "busy",
    EditionStatus.ADOPTED: "due", EditionStatus.PUBLISHED: "",
}  # fmt: skip


def may(user: Any, edition: Edition) -> dict[str, Any]:
    """What this person may do with it now."""
    allowed = {name.replace(" ", "_"): strategy.may(user, name, edition) for name in STEPS}
    return {**allowed, "make_files": can(user, "make files", edition)}


def stages(edition: Edition) -> list[Stage]:
    """From the draft to the commissioner's copy."""
    order = [EditionStatus.DRAFT, EditionStatus.CONSULTED, EditionStatus.ADOPTED,
             EditionStatus.PUBLISHED]  # fmt: skip
    at = order.index(EditionStatus(edition.status))
    adopted_on = edition.adopted_on
    if edition.decision:
        adopted_on = edition.decision.item.meeting.on
    published = edition.publication.published_at if edition.publication else None
    notes = ["", "", _day(adopted_on), _day(published)]
    labels = ["Written", "Consulted on", "Adopted", "Published"]
    found = [
        Stage(label, note, "done" if number <= at and number else "now" if number == at else "")
        for number, (label, note) in enumerate(zip(labels, notes, strict=True))
    ]
    found[0] = Stage("Written", "", "now" if at == 0 else "done")
    sent = edition.commissioner_sent_on
    return [*found, Stage("Sent to the commissioner", _day(sent), "done" if sent else "")]


def _day(day: Any) -> str:
    return longdate(day) if day else ""


@dataclass(frozen=True, slots=True)
class Words:
    """One text of an edition, and where it is written."""

    name: str
    label: str
    text: str
    url: str


def words(edition: Edition) -> list[Words]:
    """The texts of an edition; what a refresh changes only where it is one."""
    return [
        Words(name, label, getattr(edition, name), address("edition_words", edition, name))
        for name, (label, _) in WORDS.items()
        if name != "changes" or edition.number > 1
    ]


@dataclass(frozen=True, slots=True)
class File:
    """A PDF of an edition: whether it is ready, how far it is, and whether it is older."""

    file: EditionFile
    url: str
    size: int
    older: bool

    @property
    def ready(self) -> bool:
        """Whether it can be taken away."""
        return self.file.state == Making.READY

    @property
    def failed(self) -> bool:
        """Whether it could not be made."""
        return self.file.state == Making.FAILED


def files(edition: Edition) -> list[File]:
    """The PDFs that were asked for; of a draft, whether it was changed since."""
    found = EditionFile.objects.filter(edition=edition).defer("content__data")
    rows = list(found.select_related("asked_by"))
    sizes = dict(
        Content.objects.filter(pk__in=[each.content_id for each in rows]).values_list("pk", "size")
    )
    changed = None if edition.frozen_at else edition.history.order_by("-history_date").first()
    return [
        File(each, address("edition_file", edition, each.kind), sizes.get(each.content_id, 0),
             bool(changed and changed.history_date > each.asked_at))
        for each in rows
    ]  # fmt: skip
