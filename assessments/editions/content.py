"""Everything that an edition shows, as texts and numbers that can be kept as they are."""

import datetime
from typing import Any

from django.conf import settings

from assessments.editions.area import area, findings
from assessments.editions.plan import priorities_as_shown
from assessments.models import Edition
from assessments.queries.strategy import changes, editions, plans, progress
from core.dates import longdate
from core.markup import plain
from membership.models import Partner

DEMONSTRATION = "Demonstration: people and plans are invented. Crime figures are real."


def build(edition: Edition, on: datetime.date) -> dict[str, Any]:
    """An edition as it reads on this day; nothing restricted or suppressed is in it."""
    strategy, partnership = edition.strategy, edition.partnership
    begins = datetime.date(edition.year, 4, 1)
    found = findings(edition, on)
    return {
        "partnership": partnership.name,
        "place": partnership.place,
        "title": strategy.title,
        "years": f"{strategy.starts_on.year} to {strategy.ends_on.year}",
        "year": edition.year,
        "year_name": editions.year_name(edition.year),
        "called": called(edition),
        "refresh": edition.number > 1,
        "in_force": f"In force from {longdate(begins)}.",
        "board": edition.strategy.group.name,
        "demonstration": DEMONSTRATION if settings.DEMONSTRATION else "",
        "as_of": longdate(on),
        **{name: plain(getattr(edition, name)) for name in (
            "foreword", "foreword_by", "vision", "about", "resources", "equality", "changes",
        )},
        "consultation": _consultation(edition),
        "assessment": str(edition.assessment or ""),
        "partners": _partners(edition, begins if begins > on else on),
        "police_plan": _police_plan(edition, begins),
        "area": area(partnership, on),
        "findings": found,
        "priorities": priorities_as_shown(edition, on, found.get("months")),
        "different": changes.difference(edition).says if edition.number > 1 else "",
        "last": _last(edition),
        "contact": {
            "email": partnership.contact_email, "telephone": partnership.contact_telephone,
        },
    }  # fmt: skip


def called(edition: Edition) -> str:
    """Refresh for 2026/27; the first edition has the strategy's own name."""
    name = editions.year_name(edition.year)
    return f"Refresh for {name}" if edition.number > 1 else f"First year, {name}"


def of(edition: Edition, on: datetime.date) -> dict[str, Any]:
    """What an edition shows: as it was frozen, or as it stands while it is not adopted."""
    return edition.frozen if edition.frozen_at else build(edition, on)


def adopted(edition: Edition) -> str:
    """When and by what it was adopted, in a sentence; nothing before."""
    if edition.decision_id:
        decision = edition.decision
        assert decision is not None  # noqa: S101 - by its key
        day = longdate(decision.item.meeting.on)
        return f"Adopted by the {decision.group.short_name} on {day}, decision {decision}."
    return f"Adopted on {longdate(edition.adopted_on)}." if edition.adopted_on else ""


def _consultation(edition: Edition) -> dict[str, str]:
    first, last = edition.consulted_from, edition.consulted_until
    when = f"From {longdate(first)} to {longdate(last)}." if first and last else ""
    if first and not last:
        when = f"Since {longdate(first)}."
    return {"when": when, "how": plain(edition.consulted_how),
            "found": plain(edition.consulted_found)}  # fmt: skip


def _partners(edition: Edition, on: datetime.date) -> list[dict[str, Any]]:
    found = Partner.objects.of(edition.partnership).on(on).select_related("agency")
    return [
        {"name": each.agency.name, "statutory": each.statutory}
        for each in found.order_by("-statutory", "agency__name")
    ]  # fmt: skip


def _police_plan(edition: Edition, on: datetime.date) -> dict[str, Any]:
    """The plan that holds when the edition comes into force, and what of ours serves it."""
    plan = plans.plan_on(edition.partnership, on)
    if plan is None:
        return {}
    return {
        "title": plan.title,
        "issued_by": plan.issued_by,
        "matches": [
            {"title": each.priority.title, "served_by": [p.number for p in each.served_by]}
            for each in plans.matches(plan, edition)
        ],
    }


def _last(edition: Edition) -> dict[str, str]:
    """How far the plan before this one was implemented, counted from its actions."""
    earlier = editions.before(edition)
    if earlier is None:
        return {}
    return {
        "title": f"{earlier.strategy.title}, {called(earlier).lower()}",
        "says": progress.delivered(earlier).says,
    }
