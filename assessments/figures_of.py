"""Every figure of an assessment, by its key, as plain JSON: read as it stands, or frozen.

Page, PDF, CSV and both editions are made of what this gives, so they cannot disagree. The public
edition's figures are asked for as the public may see them, and are frozen apart from the others:
reading them never loads a restricted one.
"""

import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from assessments.drafting import draft
from assessments.models import Assessment
from assessments.queries import horizon
from assessments.queries.indicators import indicator_figures
from assessments.queries.strategy import editions, progress
from core import clock
from core.markings import Marking
from figures.models import District, Indicator
from figures.queries import comparing, months
from figures.queries.comparing import chance, hot_places, ranks, residents, year_before
from figures.queries.counts import Count, Selection, counts, of_partnership
from figures.queries.held import Held, held
from figures.queries.provenance import sources

PUBLIC, RESTRICTED = "public", "restricted"
EDITIONS = (PUBLIC, RESTRICTED)
RESTRICTED_NOW = ArraySubquery(
    Indicator.objects.filter(partnership=OuterRef("partnership"), marking=Marking.SENSITIVE)
    .order_by()
    .values("slug")
)
PLACES = 10


def figures_of(assessment: Assessment, edition: str) -> dict[str, Any]:
    """The figures of an edition: as frozen, or as they stand now."""
    if assessment.frozen:
        rows = Assessment.objects.filter(pk=assessment.pk)
        figures, closed = rows.values_list(f"figures__{edition}", RESTRICTED_NOW).get()
        return _as_marked_now(figures, edition, set(closed))
    return frozen_for(assessment, edition)


def _as_marked_now(figures: dict[str, Any], edition: str, closed: set[str]) -> dict[str, Any]:
    """Frozen figures, without those that have been restricted since they were fixed."""
    own = figures["indicators"]
    if edition == RESTRICTED:
        marked = {slug: {**own[slug], "restricted": True} for slug in closed & own.keys()}
        return {**figures, "indicators": {**own, **marked}}
    said = {
        key: [each for each in sentences if each["facts"].get("indicator") not in closed]
        for key, sentences in figures["sentences"].items()
    }
    kept = {slug: each for slug, each in own.items() if slug not in closed}
    return {**figures, "indicators": kept, "sentences": said}


def frozen_for(assessment: Assessment, edition: str) -> dict[str, Any]:
    """The figures as they stand now, with the sentences that they allow."""
    figures = _crime(assessment)
    figures["indicators"] = indicator_figures(
        assessment.partnership, assessment.starts_on, assessment.ends_on, audience=edition
    )
    figures["horizon"] = _horizon(assessment)
    figures["progress"] = _progress(assessment)
    figures["sentences"] = draft(figures)
    return figures


def selection_of(assessment: Assessment) -> Selection:
    """The street crimes that an assessment is about."""
    last = months.later(assessment.ends_on, -1)
    return of_partnership(assessment.partnership, assessment.starts_on, last)


def sources_of(assessment: Assessment) -> list[dict[str, Any]]:
    """The files that its street-crime figures come from, with their hashes, as they stand now."""
    chosen = selection_of(assessment)
    whose = _forces(held(chosen))
    return [
        {
            "name": each.name, "sha256": each.sha256, "force": each.force,
            "month": months.key(each.month), "read_on": each.read_at.date().isoformat(),
            "by": each.by_name,
        }
        for each in sources(chosen, assessment.partnership)
        if each.force in whose
    ]  # fmt: skip


# ---- what else is fixed with figures -----------------------------------------------------------


def _horizon(assessment: Assessment) -> list[dict[str, Any]]:
    """Changes of law and policy that are followed today."""
    levels = horizon.annex(assessment.partnership, clock.today())
    return [
        {
            "title": each.title, "level": level, "stage": each.stage, "begins": each.begins,
            "touches": each.touches, "source": each.source, "verified": each.verified,
        }
        for level, changes in levels.items()
        for each in changes
    ]  # fmt: skip


def _progress(assessment: Assessment) -> dict[str, Any] | None:
    """How much is done of the plan that held when the twelve months ended."""
    last = assessment.ends_on - datetime.timedelta(days=1)
    edition = editions.holding(assessment.partnership, min(last, clock.today()))
    if edition is None:
        return None
    found = progress.delivered(edition)
    return {
        "plan": f"{edition.strategy.title}, {editions.year_name(edition.year)}",
        "done": found.done, "of": found.of, "dropped": found.dropped,
    }  # fmt: skip


# ---- street crime -------------------------------------------------------------------------------


def _crime(assessment: Assessment) -> dict[str, Any]:
    chosen = selection_of(assessment)
    known = held(chosen)
    whose = _forces(known)
    steady = chosen.but(forces=whose)
    by = counts(steady, ("month", "type", "ward_code", "ward")) if whose else []
    return {
        "period": _period(chosen, known, whose),
        "total": sum(each.n for each in by),
        "by_month": {**dict.fromkeys(map(months.key, known.months), 0), **_summed(by, 0)},
        "by_type": _summed(by, 1),
        "type_month": _nested(by, 1, 0),
        "type_ward": _nested([each for each in by if each.key[2]], 1, 2),
        "by_ward": _wards(chosen, by),
        "without_ward": sum(each.n for each in by if not each.key[2]),
        "before": _before(steady, known, whose),
        "rate": _rate(steady, known, sum(each.n for each in by)),
        "rank": _rank(chosen, known),
        "places": _places(steady) if whose else [],
    }


def _forces(known: Held) -> tuple[str, ...]:
    """Forces held in every month that is held at all: others would make months unlike."""
    every = set(known.months)
    return tuple(sorted(name for name, each in known.by_force.items() if every and each >= every))


def _period(chosen: Selection, known: Held, whose: tuple[str, ...]) -> dict[str, Any]:
    names = District.objects.filter(code__in=chosen.districts).order_by("name")
    return {
        "first": months.key(chosen.first), "last": months.key(chosen.last),
        "months": [months.key(each) for each in chosen.months],
        "held": [months.key(each) for each in known.months],
        "missing": [months.key(each) for each in known.missing],
        "unusual": [[months.key(month), why] for month, why in known.unusual],
        "forces": list(whose),
        "partly": sorted(
            name for name, each in known.by_force.items() if each and name not in whose
        ),
        "area": months.joined(list(names.values_list("name", flat=True))),
    }  # fmt: skip


def _summed(by: list[Count], part: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in by:
        found[each.key[part]] = found.get(each.key[part], 0) + each.n
    return dict(sorted(found.items()))


def _nested(by: list[Count], outer: int, inner: int) -> dict[str, dict[str, int]]:
    groups: dict[str, list[Count]] = {}
    for each in by:
        groups.setdefault(each.key[outer], []).append(each)
    return {name: _summed(group, inner) for name, group in sorted(groups.items())}


def _wards(chosen: Selection, by: list[Count]) -> list[dict[str, Any]]:
    """Each ward of the districts, also one without a record, with its residents."""
    wards = District.objects.filter(code__in=chosen.districts, wards__isnull=False)
    names = dict(wards.values_list("wards__code", "wards__name").order_by("wards__name"))
    totals = _summed(by, 2)
    people = residents(tuple(names))
    return [
        {"code": code, "name": name, "n": totals.get(code, 0),
         "residents": people.by_area.get(code), "source": people.source}
        for code, name in names.items()
    ]  # fmt: skip


def _before(steady: Selection, known: Held, whose: tuple[str, ...]) -> dict[str, Any]:
    """The same months a year before, where both years are held whole."""
    if not whose:
        return {"total": None, "why_not": "no month of this year is held", "by_type": {}}
    found = year_before(steady)
    if found.before is None:
        return {"total": None, "why_not": found.why_not, "by_type": {}}
    forces = found.forces
    now = _summed(counts(steady.but(forces=forces), ("type",)), 0)
    then = _summed(counts(steady.moved(-12).but(forces=forces), ("type",)), 0)
    by_type = {
        name: [n, then.get(name, 0), chance(n, then.get(name, 0))] for name, n in now.items()
    }
    return {
        "total": found.before, "now": found.now, "verdict": found.verdict, "why_not": "",
        "by_type": by_type,
    }  # fmt: skip


def _rate(steady: Selection, known: Held, total: int) -> dict[str, Any] | None:
    """Records for each 1,000 residents over twelve months; of fewer there is no yearly rate."""
    if known.missing or not known.months:
        return None
    found = comparing.rated(total, residents(steady.districts), steady)
    if found.per_1000 is None:
        return None
    return {
        "n": total, "residents": found.residents, "per_1000": f"{found.per_1000:.1f}",
        "source": found.population_source,
    }  # fmt: skip


def _rank(chosen: Selection, known: Held) -> dict[str, Any] | None:
    """The place among the districts of the police force area, in the months held if in one run."""
    runs = months.runs(list(known.months))
    if len(runs) != 1 or len(chosen.districts) != 1:
        return None
    first, last = runs[0]
    found = ranks(chosen.but(first=first, last=last))
    own = [row for row in found.rows if row.here]
    if len(own) != 1 or len(found.rows) < 2:
        return None
    rows = [
        {"place": row.place, "name": row.name, "n": row.n, "residents": row.residents,
         "per_1000": f"{row.per_1000:.1f}", "here": row.here}
        for row in found.rows
    ]  # fmt: skip
    among = found.among.partition(" of the ")[2] or found.among
    return {
        "place": own[0].place, "of": len(rows), "among": f"the {among}",
        "source": found.population_source, "rows": rows,
    }  # fmt: skip


def _places(steady: Selection) -> list[list[Any]]:
    return [[each.location, each.ward, each.n] for each in hot_places(steady, most=PLACES)]
