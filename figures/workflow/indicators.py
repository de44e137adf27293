"""Indicators: the set to begin with, added, changed, ended, and broken in their series."""

import csv
import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

import audit.workflow
from core import clock, history
from core.dates import longdate
from core.permissions import can, require
from core.workflow import Wrong
from figures.models import Break, Indicator
from figures.queries import periods
from membership.models import Agency, Partner, Partnership, Theme

FACTS = Path(__file__).parent.parent / "facts" / "indicators.csv"
LINE = 300

# What may be said of an indicator, and changed.
FIELDS = (
    "name", "definition", "unit", "source", "source_agency", "theme", "frequency", "by_ward",
    "breakdowns", "adds_up", "marking", "suppress_below", "better",
)  # fmt: skip


# What figures are given under, so that it stands while some are held.
ASKED = {
    "marking": "marking", "suppress_below": "limit", "adds_up": "understanding",
    "frequency": "period",
}  # fmt: skip
MOST_PARTS = 50


@transaction.atomic
def set_up_default_indicators(partnership: Partnership, *, by: Any) -> list[Indicator]:
    """Add those of the usual ones that are not there yet and that a partner can supply.

    They begin with the quarter before, or the year, so that the first figures can be asked for.
    """
    require(can(by, "manage indicators", partnership))
    today = clock.today()
    agencies: dict[str, Agency] = {}
    for partner in Partner.objects.of(partnership).on(today).select_related("agency"):
        agencies.setdefault(partner.agency.kind, partner.agency)
    agencies.setdefault("district", agencies.get("unitary", agencies.get("district")))  # type: ignore[arg-type]
    there = set(Indicator.objects.of(partnership).values_list("slug", flat=True))
    themes = {each.slug: each for each in Theme.objects.of(partnership).on(today)}
    with FACTS.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["slug"] not in there]
    return [
        _from_row(partnership, row, agencies[row["agency_kind"]], themes, today, by)
        for row in rows
        if agencies.get(row["agency_kind"])
    ]


def _from_row(
    partnership: Partnership, row: dict[str, str], agency: Agency, themes: dict[str, Theme],
    today: datetime.date, by: Any,
) -> Indicator:  # fmt: skip
    return add(
        partnership, slug=row["slug"], name=row["name"], definition=row["definition"],
        unit=row["unit"], source=row["source"], source_agency=agency,
        theme=themes.get(row["theme"]), frequency=row["frequency"], by_ward=row["by_ward"] == "yes",
        breakdowns=[each for each in row["breakdowns"].split("|") if each],
        adds_up=row["adds_up"] == "yes", marking=row["marking"], better=row["better"],
        suppress_below=int(row["suppress_below"]),
        starts_on=periods.before(today, row["frequency"]).starts_on, by=by,
    )  # fmt: skip


@transaction.atomic
def add(
    partnership: Partnership, *, name: str, definition: str, source_agency: Agency,
    starts_on: datetime.date, slug: str = "", used_for: str = "", by: Any, **more: Any,
) -> Indicator:  # fmt: skip
    """Add an indicator. ``more`` are fields of it; ``used_for`` is the word of a room above.

    Raises ``ValidationError`` by field and ``Refused``.
    """
    require(can(by, "manage indicators", partnership))
    slug = slug or _slug(partnership, name)
    indicator = Indicator(
        partnership=partnership, slug=slug, name=name.strip(), definition=definition.strip(),
        source_agency=source_agency, starts_on=starts_on, used_for=used_for,
        position=more.pop("position", Indicator.objects.of(partnership).count() + 1),
    )  # fmt: skip
    return _keep(indicator, more, "added the indicator", by)


def _slug(partnership: Partnership, name: str) -> str:
    """A word for its address that no other has."""
    wish = slugify(name)[:70] or "indicator"
    taken = set(Indicator.objects.of(partnership).values_list("slug", flat=True))
    numbered = (f"{wish}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (wish, *numbered) if each not in taken)


@transaction.atomic
def change(indicator: Indicator, *, by: Any, **changes: Any) -> Indicator:
    """Change what is said of an indicator. Figures already held stay as they are.

    What was given in confidence stays in confidence: while figures are held, nothing is changed
    that would show more of them, or tell their periods from one another no longer.
    """
    indicator = _locked(indicator)
    require(can(by, "change", indicator))
    wrong = _given_otherwise(indicator, changes)
    if wrong and indicator.observations.exists():
        raise ValidationError(wrong)
    return _keep(indicator, changes, "changed the indicator", by)


def _given_otherwise(indicator: Indicator, changes: dict[str, Any]) -> dict[str, str]:
    """What cannot be changed of an indicator for which figures were given, by field."""
    now = {name: changes.get(name, getattr(indicator, name)) for name in FIELDS}
    otherwise = {
        "marking": indicator.restricted and now["marking"] != indicator.marking,
        "suppress_below": (now["suppress_below"] or 0) < indicator.suppress_below,
        "adds_up": indicator.adds_up and not now["adds_up"],
        "frequency": now["frequency"] != indicator.frequency,
    }
    message = "Figures were given under this {}. End it and add another indicator instead"
    return {name: message.format(ASKED[name]) for name, changed in otherwise.items() if changed}


def _keep(indicator: Indicator, fields: dict[str, Any], verb: str, by: Any) -> Indicator:
    for name, value in fields.items():
        if name not in FIELDS:
            raise ValueError(f"An indicator has no {name} to be changed")
        setattr(indicator, name, value.strip() if isinstance(value, str) else value)
    indicator.breakdowns = [" ".join(each.split()) for each in indicator.breakdowns if each.strip()]
    _check(indicator)
    history.save(indicator, by=by)
    _record(verb, indicator, by)
    return indicator


def _check(indicator: Indicator) -> None:
    wrong: dict[str, str] = {}
    if len(set(indicator.breakdowns)) < len(indicator.breakdowns):
        wrong["breakdowns"] = "Two parts have the same name"
    if any("|" in each or len(each) > 60 for each in indicator.breakdowns):
        wrong["breakdowns"] = "A part’s name is at most 60 characters, without |"
    if len(indicator.breakdowns) > MOST_PARTS:
        wrong["breakdowns"] = f"An indicator has {MOST_PARTS} parts or fewer"
    if not 0 <= (indicator.suppress_below or 0) <= 100:
        wrong["suppress_below"] = "Enter a number from 0 to 100"
    theme = indicator.theme
    if theme and theme.partnership_id != indicator.partnership_id:
        wrong["theme"] = "Choose a theme of this partnership"
    partners = Partner.objects.of(indicator.partnership).on(clock.today())
    if not partners.filter(agency=indicator.source_agency_id).exists():
        wrong["source_agency"] = f"{indicator.source_agency} is not a partner today"
    if wrong:
        raise ValidationError(wrong)
    indicator.full_clean(exclude=["partnership", "source_agency", "theme"])


@transaction.atomic
def end(indicator: Indicator, *, on: datetime.date, by: Any) -> Indicator:
    """Ask for it no longer, from a day. Its figures stay."""
    indicator = _locked(indicator)
    require(can(by, "change", indicator))
    if indicator.ends_on:
        raise Wrong(f"It has ended on {longdate(indicator.ends_on)} already.")
    if on <= indicator.starts_on:
        message = f"It began on {longdate(indicator.starts_on)}: the end must be later"
        raise ValidationError({"on": message})
    indicator.ends_on = on
    history.save(indicator, by=by, fields=["ends_on"])
    _record("ended the indicator", indicator, by, on=on.isoformat())
    return indicator


@transaction.atomic
def resume(indicator: Indicator, *, by: Any) -> Indicator:
    """Take back that it ended."""
    indicator = _locked(indicator)
    require(can(by, "change", indicator))
    if not indicator.ends_on:
        raise Wrong("It has not ended.")
    indicator.ends_on = None
    history.save(indicator, by=by, fields=["ends_on"])
    _record("resumed the indicator", indicator, by)
    return indicator


@transaction.atomic
def break_series(indicator: Indicator, *, since: datetime.date, because: str, by: Any) -> Break:
    """Say that figures from a day on cannot be compared with those before, and why."""
    indicator = _locked(indicator)
    require(can(by, "change", indicator))
    because = " ".join(because.split())
    start = periods.holding(since, indicator.frequency).starts_on
    wrong: dict[str, str] = {}
    if not because or len(because) > LINE:
        wrong["because"] = f"Say why, in at most {LINE} characters"
    if since > clock.today():
        wrong["since"] = "The day cannot be in the future"
    if since != start:
        wrong["since"] = (
            f"Figures are given for whole periods. This one begins on {longdate(start)}"
        )
    if indicator.breaks.filter(since=since).exists():
        wrong["since"] = "A break is noted on this day already"
    if wrong:
        raise ValidationError(wrong)
    made = Break.objects.create(indicator=indicator, since=since, because=because, said_by=by)
    _record("noted a break in the series of", indicator, by, since=since.isoformat())
    return made


@transaction.atomic
def remove_break(noted: Break, *, by: Any) -> None:
    """Take back that the series breaks."""
    require(can(by, "change", noted.indicator))
    _record("took back a break of", noted.indicator, by, since=noted.since.isoformat())
    noted.delete()


def _locked(indicator: Indicator) -> Indicator:
    rows = Indicator.objects.select_for_update(of=("self",)).select_related("partnership")
    return rows.get(pk=indicator.pk)


def _record(verb: str, indicator: Indicator, by: Any, **detail: str) -> None:
    audit.workflow.record(verb, indicator, by=by, partnership=indicator.partnership, detail=detail)
