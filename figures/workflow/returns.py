"""Returns of figures: asked of each agency, drafted by it, sent, recorded.

Each agency is asked by the end of the period after the one that its figures are about (Crime and
Disorder Act 1998 s.17A; SI 2007/1831).
"""

import datetime
from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

import audit.workflow
import notices.workflow
from actions.models import WAITING, RequestStatus
from actions.queries.requests import askers
from actions.workflow import requests
from core import clock, dates, history, working_days
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from figures.models import FiguresReturn, Indicator, KnownGap, Observation, Standing
from figures.queries import periods
from figures.queries import returns as queries
from figures.queries.periods import Period
from membership.models import Agency, Group, GroupKind, Partner, Partnership
from membership.queries import officers_of

LINE = 300
Draft = dict[str, dict[str, str]]


class Stale(Exception):
    """Somebody else saved the draft after this person opened it; ``current`` is it now."""

    def __init__(self, current: FiguresReturn) -> None:
        super().__init__("The draft has changed")
        self.current = current


# ---- asking -------------------------------------------------------------------------------------


@transaction.atomic
def ask(
    partnership: Partnership, *, on: datetime.date, frequency: str = "quarter",
    agency: Agency | None = None, by: Any,
) -> list[FiguresReturn]:  # fmt: skip
    """Ask for the figures of the last period of this length that was over on a day.

    Each agency that supplies some is asked once; whoever has been asked already is passed over.
    """
    require(can(by, "ask for figures", partnership))
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    time = periods.before(on, frequency)
    there = FiguresReturn.objects.of(partnership).filter(
        starts_on=time.starts_on, ends_on=time.ends_on
    )
    asked = set(there.values_list("agency", flat=True))
    partners = Partner.objects.of(partnership).on(clock.today()).select_related("agency")
    return [
        _ask(partnership, each.agency, time, by)
        for each in partners
        if each.agency_id not in asked
        and (agency is None or each.agency_id == agency.pk)
        and queries.asked_of(partnership, each.agency, time).exists()
    ]


def _ask(partnership: Partnership, agency: Agency, time: Period, by: Any) -> FiguresReturn:
    group = _asking_group(partnership)
    made = FiguresReturn(
        partnership=partnership, agency=agency, starts_on=time.starts_on, ends_on=time.ends_on
    )
    made.request = requests.ask(
        group, agency=agency, kind="figures", subject=f"Figures for {time.words}",
        detail="Give each figure, or say that it is not available, why, and when it will be.",
        due_on=max(time.due_on, clock.today()),
        answer_url=reverse("figures:return", args=[partnership.slug, made.pk]),
        raised_url=reverse("figures:indicators", args=[partnership.slug]), by=by,
    )  # fmt: skip
    history.save(made, by=by)
    return made


def _asking_group(partnership: Partnership) -> Group:
    """The board; the secretariat while there is none."""
    groups = Group.objects.of(partnership).on(clock.today())
    kinds = (GroupKind.BOARD, GroupKind.SECRETARIAT)
    found = groups.filter(kind__in=kinds, administered_by__isnull=False).first()
    return found or groups.get(kind=GroupKind.SECRETARIAT)


def ask_everybody(at: datetime.datetime) -> int:
    """From the first working day after a period, ask for its figures; how many were asked now.

    In the name of an officer of the secretariat. Asking again changes nothing.
    """
    on = dates.london_date(at)
    asked = 0
    for partnership in Partnership.objects.filter(indicators__isnull=False).distinct():
        officer = officers_of(partnership, on).first()
        used = set(
            Indicator.objects.of(partnership).on(on).order_by().values_list("frequency", flat=True)
        )
        for frequency in sorted(used) if officer else ():
            over = periods.before(on, frequency).ends_on
            if working_days.next_working_day(over) <= on and _unasked(partnership, on, frequency):
                asked += len(ask(partnership, on=on, frequency=frequency, by=officer))
    return asked


def _unasked(partnership: Partnership, on: datetime.date, frequency: str) -> bool:
    """Whether there is an agency that supplies figures of the last period and was not asked."""
    time = periods.before(on, frequency)
    asked = FiguresReturn.objects.of(partnership).filter(
        starts_on=time.starts_on, ends_on=time.ends_on
    )
    partners = Partner.objects.of(partnership).on(on)
    current = Indicator.objects.of(partnership).filter(
        frequency=frequency, starts_on__lt=time.ends_on, source_agency__in=partners.values("agency")
    )
    current = current.not_over(time.ends_on - datetime.timedelta(days=1))
    return current.exclude(source_agency__in=asked.values("agency")).exists()


# ---- drafting -----------------------------------------------------------------------------------


@transaction.atomic
def save_draft(
    figures_return: FiguresReturn, *, draft: Draft, by: Any, version: int | None = None
) -> FiguresReturn:
    """Keep what was typed, right or wrong, for this agency's people alone."""
    own = opened(figures_return, by, version)
    own.draft = _cleaned(own, draft)
    own.saved_at, own.saved_by = clock.now(), by
    own.version += 1
    history.save(own, by=by, fields=["draft", "saved_at", "saved_by", "version"])
    return own


def opened(figures_return: FiguresReturn, by: Any, version: int | None) -> FiguresReturn:
    """The return, locked, if this person may fill it in as it now stands."""
    rows = FiguresReturn.objects.select_for_update(of=("self",))
    own = rows.select_related("partnership", "agency", "request__group").get(pk=figures_return.pk)
    require(can(by, "fill in", own))
    if own.request.status == RequestStatus.WITHDRAWN:
        raise Wrong("These figures are no longer asked for.")
    if version is not None and version != own.version:
        raise Stale(own)
    return own


def _cleaned(own: FiguresReturn, draft: Draft) -> Draft:
    """Only what the return asks for, and no more of a text than could be meant."""
    known = {
        key
        for section in queries.sections(own, clock.today())
        for key in (section.indicator.slug, *(row.key for row in section.rows))
    }
    typed = {key: _typed(said) for key, said in draft.items() if key in known}
    return {key: said for key, said in typed.items() if said}


def _typed(said: dict[str, str]) -> dict[str, str]:
    found = {name: plain(str(value))[:400] for name, value in said.items()}
    return {name: text for name, text in found.items() if text}


# ---- sending ------------------------------------------------------------------------------------


@transaction.atomic
def send(figures_return: FiguresReturn, *, by: Any, version: int | None = None) -> FiguresReturn:
    """Record the drafted figures, note what is missing, and answer the request.

    Sent again once it has been answered, it corrects or adds figures, and officers are told.
    Raises ``ValidationError`` by the key of each row that is wrong.
    """
    own = opened(figures_return, by, version)
    sections = queries.sections(own, clock.today())
    wrong = what_is_wrong(sections)
    if wrong:
        raise ValidationError(wrong)
    for section in sections:
        if section.missing:
            _note_gap(section, own, by)
        else:
            _record(section, own, by)
    own.sent_at, own.sent_by = clock.now(), by
    own.version += 1
    history.save(own, by=by, fields=["sent_at", "sent_by", "version"])
    given = sum(not each.missing for each in sections)
    words = f"{dates.count(given, 'indicator')} given"
    if given < len(sections):
        words += f", {len(sections) - given} not available"
    if own.request.status in WAITING:
        requests.answer(own.request, text=f"{words}. The page of the return shows them.", by=by)
    else:
        _tell_of_correction(own, by)
    return own


def _tell_of_correction(own: FiguresReturn, by: Any) -> None:
    notices.workflow.tell(
        askers(own.request), kind="figures-corrected", about=own, occurrence=str(own.version),
        text=f"{own.agency} has corrected or added figures for {queries.period(own).words}",
        url=reverse("figures:return", args=[own.partnership.slug, own.pk]),
        partnership=own.partnership, but=by,
    )  # fmt: skip


def what_is_wrong(sections: list[queries.Section]) -> dict[str, list[str]]:
    """What stands in the way of sending, by the key of the row or the slug of the indicator."""
    wrong: dict[str, list[str]] = defaultdict(list)
    for section in sections:
        if section.missing:
            _wrong_gap(section, wrong)
            continue
        values = _values(section, wrong)
        _wrong_sums(section, values, wrong)
        if len(section.note) > LINE:
            wrong[section.indicator.slug].append(f"The note must be {LINE} characters or fewer")
        if section.standing not in Standing.values:
            wrong[section.indicator.slug].append("Choose whether it is provisional or audited")
    return dict(wrong)


def _wrong_gap(section: queries.Section, wrong: dict[str, list[str]]) -> None:
    slug = section.indicator.slug
    if not section.reason:
        wrong[slug].append("Say why it is not available")
    if len(section.reason) > LINE:
        wrong[slug].append(f"The reason must be {LINE} characters or fewer")
    try:
        expected = expected_on(section)
    except ValueError:
        wrong[slug].append("Give the date as 10 March 2027")
        return
    if expected is None:
        wrong[slug].append("Say when it will come, as 10 March 2027")
    elif expected < clock.today():
        wrong[slug].append("The day on which it will come must be today or later")
    if any(row.drafted for row in section.rows):
        wrong[slug].append("You give figures and say that they are not available. Take one away")


def expected_on(section: queries.Section) -> datetime.date | None:
    """The day on which a missing figure is to come. Raises ``ValueError``."""
    return dates.parse_date(section.expected) if section.expected else None


def _values(
    section: queries.Section, wrong: dict[str, list[str]]
) -> dict[tuple[str, str], Decimal]:
    values = {}
    for row in section.rows:
        if not row.drafted:
            wrong[row.key].append("Enter the figure, 0 if there were none")
            continue
        try:
            values[row.area, row.part] = queries.parse(row.drafted, section.indicator.unit)
        except ValueError as not_one:
            wrong[row.key].append(str(not_one))
    return values


def _wrong_sums(
    section: queries.Section, values: dict[tuple[str, str], Decimal], wrong: dict[str, list[str]]
) -> None:
    """Parts that add up come to the whole; wards come to no more (some have no known place)."""
    if section.indicator.unit == "percent" or len(values) < len(section.rows):
        return
    slug, whole = section.indicator.slug, values["", ""]
    parts = [value for (_, part), value in values.items() if part]
    areas = [value for (area, _), value in values.items() if area]
    if parts and section.indicator.adds_up and sum(parts) != whole:
        wrong[slug].append(f"The parts come to {sum(parts):.0f}, the whole is {whole:.0f}")
    if areas and sum(areas) > whole:
        wrong[slug].append(f"The wards come to {sum(areas):.0f}, the whole is {whole:.0f}")
    if any(part > whole for part in parts):
        wrong[slug].append("A part cannot be more than the whole")


def _note_gap(section: queries.Section, own: FiguresReturn, by: Any) -> None:
    KnownGap.objects.update_or_create(
        indicator=section.indicator, starts_on=own.starts_on,
        defaults={
            "reason": section.reason, "expected_on": expected_on(section), "said_by": by,
            "said_at": clock.now(),
        },
    )  # fmt: skip


def _record(section: queries.Section, own: FiguresReturn, by: Any) -> None:
    """Keep each figure that is new or different. What it replaces stays, marked as replaced."""
    at = clock.now()
    held = {
        (each.area_code, each.breakdown): each
        for each in Observation.objects.select_for_update()
        .filter(indicator=section.indicator, starts_on=own.starts_on)
        .holding()
    }
    replaced, new = [], []
    for row in section.rows:
        value = queries.parse(row.drafted, section.indicator.unit)
        old = held.get((row.area, row.part))
        if old and (old.value, old.standing, old.note) == (value, section.standing, section.note):
            continue
        if old:
            replaced.append(old.pk)
        new.append(
            Observation(
                indicator=section.indicator, starts_on=own.starts_on, ends_on=own.ends_on,
                area_code=row.area, breakdown=row.part, value=value, standing=section.standing,
                note=section.note, returned_in=own, recorded_at=at, recorded_by=by,
            )
        )  # fmt: skip
    Observation.objects.filter(pk__in=replaced).update(replaced_at=at, replaced_by=by)
    Observation.objects.bulk_create(new)
    section.indicator.gaps.filter(starts_on=own.starts_on).delete()
    audit.workflow.record(
        "gave figures of", section.indicator, by=by, partnership=own.partnership,
        sensitive=section.indicator.restricted,
        detail={"from": own.starts_on.isoformat(), "new": len(new), "replaced": len(replaced)},
    )  # fmt: skip
