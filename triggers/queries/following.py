"""What who applied may know of their own case: how far it is, its dates, its letters.

A decision shows here once its letter has gone: nobody should learn of it without its reasons.
"""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from core import clock
from core.dates import count, daydate, longdate
from triggers.models import (
    Application,
    Clock,
    ClockSetting,
    ClockStage,
    Consent,
    CountedFrom,
    Letter,
    LetterKind,
    LetterState,
    Review,
    Stage,
    VoiceRecord,
)
from triggers.queries import cases, drafts

LOOKING = "We are looking at whether there must be a review."
STANDS = {
    Stage.RECEIVED: LOOKING,
    Stage.REVIEW: "There will be a review. A panel of the police, the council and others will "
    "look at your case together.",
    Stage.OUTCOME: "The panel has met. We are writing to tell you what it decided.",
    Stage.MONITORING: "The review is done. We check that those who were asked to do something "
    "do it.",
    Stage.NO_REVIEW: "There will be no review. Our letter says why, and what you can do.",
    Stage.WITHDRAWN: "You have withdrawn your application. We have stopped.",
    Stage.CLOSED: "Your case is closed.",
}
SILENT = "We cannot tell you more about this case here just now. You can write to us, or call us."
# The letter that has to have gone before a stage is shown.
TOLD_BY = {Stage.REVIEW: LetterKind.MET, Stage.NO_REVIEW: LetterKind.NOT_MET}

STEPS = {
    ClockStage.ACKNOWLEDGE: "A named person says hello, in the way you chose.",
    ClockStage.INFORMATION: "The police, the council and others tell us what they know.",
    ClockStage.THRESHOLD: "We decide whether there will be a review, and tell you why.",
    ClockStage.PANEL: "If there is a review, the panel meets. You can speak, write, or send "
    "someone.",
    ClockStage.OUTCOME: "We send you what was decided and who will do what.",
    ClockStage.RESPONSES: "Those who were asked to do something answer.",
    ClockStage.APPEAL: "Last day to ask for someone else to look at it again.",
    ClockStage.HEARING: "We tell you what came of what you asked.",
}
SHOWN_AT_FIRST = (ClockStage.ACKNOWLEDGE, ClockStage.THRESHOLD, ClockStage.PANEL)


@dataclass(frozen=True, slots=True)
class Step:
    """One step with its date: the one first set, and beside it a later one with its reason."""

    what: str
    first: datetime.date | None
    now: datetime.date | None = None
    reason: str = ""
    done: datetime.date | None = None
    stopped: bool = False
    late: bool = False
    says: str = ""

    @property
    def by(self) -> str:
        """By Wednesday 4 November 2026."""
        return f"By {daydate(self.first)}" if self.first else self.says


def is_silent(application: Application) -> bool:
    """Whether who applied is told nothing more: the victim refused, and nobody has decided since
    how to go on."""
    return cases.stands_still(application)


def stands(application: Application) -> str:
    """How far a case is, in a sentence for who applied."""
    stage = Stage(application.stage)
    if application.is_open and is_silent(application):
        return SILENT
    kind = TOLD_BY.get(stage)
    if kind is not None and not _gone(application).filter(kind=kind).exists():
        return LOOKING
    return STANDS[stage]


def may_appeal(application: Application) -> bool:
    """Whether there is anything yet that they could be dissatisfied with."""
    if is_silent(application):
        return False
    told = (LetterKind.NOT_MET, LetterKind.OUTCOME)
    return _gone(application).filter(kind__in=told).exists()


def may_write_to_panel(application: Application) -> bool:
    """Whether there is a panel that they know of, and that has not sat yet."""
    if application.stage != Stage.REVIEW or is_silent(application):
        return False
    if Review.objects.filter(application=application, held_on__isnull=False).exists():
        return False
    told = (LetterKind.MET, LetterKind.INVITATION)
    return _gone(application).filter(kind__in=told).exists()


def written_to_panel(application: Application) -> list[str]:
    """On which days they wrote to the panel by the private link; not what."""
    rows = VoiceRecord.objects.filter(application=application, by=None).order_by("on")
    return list(dict.fromkeys(longdate(each.on) for each in rows))


def letters(application: Application) -> QuerySet[Letter]:
    """The letters that went to who holds the link, the newest first."""
    mine = _gone(application).filter(party=drafts.speaker_kind(application))
    return mine.select_related("content").order_by("-number")


def _gone(application: Application) -> QuerySet[Letter]:
    return Letter.objects.filter(application=application, state=LetterState.SENT)


def steps(application: Application) -> list[Step]:
    """Every step that has a clock, in the order of their dates."""
    today = clock.today()
    clocks = application.clocks.exclude(stage=ClockStage.INFORMATION)
    running = clocks.prefetch_related("delays").order_by("first_due_on", "id")
    return [_step(each, today) for each in running]


def _step(each: Clock, today: datetime.date) -> Step:
    delays = list(each.delays.all())
    later = each.due_on if each.due_on != each.first_due_on else None
    return Step(
        what=STEPS[ClockStage(each.stage)], first=each.first_due_on, now=later,
        reason=delays[0].reason if delays else "", done=each.done_on,
        stopped=each.stopped_on is not None,
        late=each.runs and each.stage != ClockStage.APPEAL and each.late(today),
    )  # fmt: skip


def what_comes(application: Application) -> list[Step]:
    """What happens next, as it is said when an application has just come in."""
    clocks = application.clocks.filter(stage__in=SHOWN_AT_FIRST)
    found = [_step(each, clock.today()) for each in clocks.order_by("first_due_on", "id")]
    on = application.received_on or clock.today()
    after = ClockSetting.objects.of(application.partnership).on(on)
    for setting in after.filter(stage=ClockStage.OUTCOME, counted_from=CountedFrom.PANEL):
        unit = "working day" if setting.working else "day"
        says = f"Within {count(setting.days, unit)} of the panel"
        found.append(Step(what=STEPS[ClockStage.OUTCOME], first=None, says=says))
    return found


def consent(application: Application) -> Consent | None:
    """What the victim said last, where somebody else applied."""
    return application.consents.first() if drafts.for_another(application) else None


def until(application: Application) -> str:
    """The last day to appeal, in words; empty where none is set, or it has passed."""
    last = application.clocks.filter(stage=ClockStage.APPEAL, done_on=None, stopped_on=None).first()
    return longdate(last.due_on) if last and last.due_on >= clock.today() else ""
