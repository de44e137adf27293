"""What a refresh changed: one edition set against the one before it, computed and never typed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from assessments.models import Edition, Measure, Priority
from assessments.queries.strategy import editions
from core.dates import count
from figures.queries.months import joined

TEXTS = (("vision", "Vision"), ("about", "About the partnership"), ("resources", "Resources"))
FIELDS = (("title", "Priority"), ("why", "Why it is a priority"), ("aim", "What will be different"))


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that reads otherwise than it did."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Carried:
    """A priority of this edition, what it comes from and what is different about it."""

    priority: Priority
    before: Priority | None
    changed: list[Changed] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    taken_out: list[str] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Carried on as it was."""
        return self.before is not None and not (self.changed or self.added or self.taken_out)


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different between two editions."""

    before: Edition | None
    texts: list[Changed]
    priorities: list[Carried]
    ended: list[Priority]

    @property
    def says(self) -> str:
        """The whole in a sentence."""
        if self.before is None:
            return "There is no earlier edition to compare with."
        counted = [
            (sum(each.before is None for each in self.priorities), "new"),
            (sum(bool(each.before) and not each.same for each in self.priorities), "changed"),
            (sum(each.same for each in self.priorities), "as before"),
        ]
        parts = [f"{number} {word}" for number, word in counted if number]
        ended = f" {count(len(self.ended), 'earlier one')} ended." if self.ended else ""
        if not parts:
            return f"It has no priorities.{ended}"
        return f"Of its {len(self.priorities)} priorities: {joined(parts)}.{ended}"


def difference(edition: Edition) -> Difference:
    """An edition set against the one before it: last year's, or the last strategy's."""
    earlier = editions.before(edition)
    if earlier is None:
        return Difference(None, [], [], [])
    old = {each.pk: each for each in editions.priorities_of(earlier)}
    new = editions.priorities_of(edition)
    carried = [_carried(each, old.get(each.descends_from_id)) for each in new]  # type: ignore[arg-type]
    kept = {each.descends_from_id for each in new}
    return Difference(
        before=earlier,
        texts=_texts(earlier, edition, TEXTS),
        priorities=carried,
        ended=[each for key, each in old.items() if key not in kept],
    )


def _texts(old: object, new: object, names: Iterable[tuple[str, str]]) -> list[Changed]:
    pairs = [(label, str(getattr(old, name) or ""), str(getattr(new, name) or ""))
             for name, label in names]  # fmt: skip
    return [Changed(label, was, now) for label, was, now in pairs if was != now]


def _carried(priority: Priority, old: Priority | None) -> Carried:
    if old is None:
        return Carried(priority, None)
    changed = _texts(old, priority, FIELDS)
    owners = [", ".join(filter(None, [str(each.owner or ""), str(each.post or "")]))
              for each in (old, priority)]  # fmt: skip
    if owners[0] != owners[1]:
        changed.append(Changed("Who answers for it", *owners))
    added, taken_out = _lines(old, priority)
    return Carried(priority, old, changed, added, taken_out)


def _lines(old: Priority, new: Priority) -> tuple[list[str], list[str]]:
    """Objectives, measures and actions that are new, and those that are gone."""
    was, now = _held(old), _held(new)
    return [each for each in now if each not in was], [each for each in was if each not in now]


def _held(priority: Priority) -> list[str]:
    lines = []
    for objective in priority.objectives.all():
        lines.append(f"Objective: {objective.text}")
        lines += [f"Measure: {_measured(each)}" for each in objective.measures.all()]
        lines += [f"Action {each.action.reference}: {each.action.text}"
                  for each in objective.delivery.all()]  # fmt: skip
    return lines


def _measured(measure: Measure) -> str:
    if measure.target is not None and measure.target_by:
        return f"{measure.name}, to {measure.target.normalize():f} by {measure.target_by:%-d %B %Y}"
    return f"{measure.name}, no target"
