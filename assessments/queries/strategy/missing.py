"""What an edition still lacks before it can be adopted, each with the page on which it is given."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from assessments.models import Edition, Measure, Priority, PriorityEvidence
from assessments.queries.strategy import editions
from core.markings import Marking
from figures.models import Indicator


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is missing, and where it is given. ``needed`` ones stop the adoption."""

    says: str
    url: str
    needed: bool = True


def missing(edition: Edition, priorities: list[Priority] | None = None) -> list[Missing]:
    """Everything that stands in the way of adoption, in the order of the task list."""
    if priorities is None:
        priorities = editions.priorities_of(edition)
    found = list(_words(edition))
    if not priorities:
        url = address("priority_add", edition)
        found.append(Missing("There is no priority yet.", url))
    for priority in priorities:
        found += of_priority(priority, edition)
    found += [
        Missing(f"“{name}” has been restricted, so no measure or evidence can show it.",
                address("edition", edition))
        for name in restricted_since(edition)
    ]  # fmt: skip
    return found


def restricted_since(edition: Edition) -> list[str]:
    """Indicators that it measures or rests on, and that have been restricted since it chose them.

    What is published shows no restricted figure.
    """
    measured = Q(measures__objective__priority__edition=edition)
    evidence = PriorityEvidence.objects.filter(priority__edition=edition).values("indicator")
    found = Indicator.objects.filter(measured | Q(pk__in=evidence), marking=Marking.SENSITIVE)
    return sorted(found.values_list("name", flat=True).distinct())


def stops(found: list[Missing]) -> list[Missing]:
    """Those without which it cannot be adopted."""
    return [each for each in found if each.needed]


def address(name: str, edition: Edition, *args: object) -> str:
    """A page of an edition."""
    strategy = edition.strategy
    parts = [strategy.partnership.slug, strategy.slug, edition.year, *args]
    return reverse(f"assessments:{name}", args=parts)


def _words(edition: Edition) -> list[Missing]:
    found = []
    asked = [("vision", "The vision has not been written.", True)]
    if edition.number > 1:
        asked.append(("changes", "Nothing says what this refresh changes, and why.", True))
    asked += [
        ("equality", "There is no equality note (Equality Act 2010, section 149).", True),
        ("foreword", "There is no foreword.", False),
        ("about", "Nothing says who the partnership is.", False),
        ("resources", "Nothing says what money and people there are.", False),
    ]
    for name, says, needed in asked:
        if not getattr(edition, name):
            found.append(Missing(says, address("edition_words", edition, name), needed))
    if not edition.consulted_how:
        says = "How communities were consulted has not been recorded."
        found.append(Missing(says, address("edition_consulted", edition)))
    if edition.assessment_id is None:
        says = "It rests on no Strategic Assessment."
        found.append(Missing(says, address("edition_assessment", edition), False))
    return found


def of_priority(priority: Priority, edition: Edition) -> list[Missing]:
    """What one priority lacks."""
    url = address("priority", edition, priority.pk)
    name = f"Priority {priority.number}, {priority.title},"
    measures = [m for each in priority.objectives.all() for m in each.measures.all()]
    found = []
    if priority.owner_id is None:
        found.append(Missing(f"{name} has no agency that answers for it.", url))
    if not priority.evidence.all():
        found.append(Missing(f"{name} has no evidence.", url))
    if not measures:
        found.append(Missing(f"{name} has no measure.", url))
    found += [
        Missing(f"“{each}” has neither a target nor a reason why there is none.", url)
        for each in measures
        if _aimless(each)
    ]
    if not any(each.delivery.all() for each in priority.objectives.all()):
        found.append(Missing(f"{name} has no action that delivers it.", url, False))
    return found


def _aimless(measure: Measure) -> bool:
    return measure.target is None and not measure.why_no_target
