"""A plan that comes back, compared with the plan that is kept: row by row, field by field.

Each row of our file says which item it is, and in which version it was taken, so that what was
changed in the file is told from what was changed here meanwhile.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from core import clock
from core.dates import longdate
from core.markup import plain
from dhr.models import PlanItem, Recommendation, Review, Scope
from dhr.names import Key, key_of
from dhr.queries import plans
from dhr.workflow.plan_sheet import LABELS, Told, day, read
from documents.checks import Checked
from membership import succession
from membership.models import Agency

ID = re.compile(
    r"^(?P<review>[\w-]+)/(?P<one>\d{1,9})v(?P<v1>\d{1,9})(?:/(?P<two>\d{1,9})v(?P<v2>\d{1,9}))?$"
)
NUMBER = re.compile(r"^\d{1,9}$")
OF_RECOMMENDATION = ("recommendation", "scope")
OF_ITEM = ("text", "body", "milestones", "target_on", "completed_on", "outcome")
DAYS = ("target_on", "completed_on")
SCOPES = {str(each.label).casefold(): str(each) for each in Scope}


@dataclass(slots=True)
class Difference:
    """One row in which the file differs. ``kind`` is changed, conflict, added, missing, problem."""

    kind: str
    number: str
    where: str = ""
    says: str = ""
    fields: list[dict[str, str]] = field(default_factory=list)


def differences(review: Review, file: Checked) -> list[dict[str, Any]]:
    """What the file would change. Raises ``ValidationError`` where it is no plan of this review."""
    return [asdict(each) for each in Comparison(review).of(read(file))]


class Comparison:
    """The plan as it is now, and as it was when a row was taken."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.today = clock.today()
        self.key: Key = key_of([review])
        rows = Recommendation.objects.filter(review=review).select_related("review")
        self.recommendations = {each.number: each for each in rows}
        items = PlanItem.objects.filter(recommendation__review=review)
        items = items.select_related("recommendation__review", "agency", "action", "partnership")
        self.items = {(each.recommendation.number, each.number): each for each in items}
        self.agencies = _called(review)
        self.seen: dict[str, str] = {}

    def of(self, rows: list[tuple[str, Told, list[str]]]) -> Iterator[Difference]:
        """What differs, in the order of the file, then what is not in it: nobody is named."""
        return map(self._unnamed, self._rows(rows))

    def _rows(self, rows: list[tuple[str, Told, list[str]]]) -> Iterator[Difference]:
        for where, told, wrong in rows:
            if wrong:
                yield Difference("problem", told.get("number", ""), where, ". ".join(wrong))
            elif told.get("id"):
                yield from self._known(where, told)
            else:
                yield self._added(where, told)
        yield from self._missing()

    # -- rows that are ours

    def _known(self, where: str, told: Told) -> Iterator[Difference]:
        match = ID.match(told["id"])
        if match is None or match["review"] != self.review.reference:
            says = "The ID is none of this review. Leave it empty for a new row"
            yield Difference("problem", told.get("number", ""), where, says)
            return
        one, two = int(match["one"]), match["two"]
        number = f"{one}.{two}" if two else str(one)
        if number in self.seen:
            says = "The ID stands twice in the file. Leave it empty for a new action"
            yield Difference("problem", number, where, says)
            return
        self.seen[number] = where
        recommendation = self.recommendations.get(one)
        item = self.items.get((one, int(two))) if two else None
        if recommendation is None or (two and item is None):
            yield Difference("problem", number, where, "There is no such row in the plan")
            return
        if self._off(recommendation, item):
            says = "This was taken off the plan meanwhile. Put it back first, or leave it"
            yield Difference("problem", number, where, says)
            return
        yield from self._of_recommendation(where, told, recommendation, int(match["v1"]))
        if item is not None:
            yield from self._of_item(where, told, item, int(match["v2"]))
        elif told.get("text"):
            yield self._added(where, told | {"number": str(one)})

    def _off(self, recommendation: Recommendation, item: PlanItem | None) -> bool:
        return bool(recommendation.removed_because or (item and item.removed_because))

    def _of_recommendation(
        self, where: str, told: Told, recommendation: Recommendation, version: int
    ) -> Iterator[Difference]:
        was = recommendation.history.filter(version=version).last() or recommendation
        before = {"recommendation": plain(was.text), "scope": str(Scope(was.scope).label)}
        now = {
            "recommendation": plain(recommendation.text),
            "scope": str(Scope(recommendation.scope).label),
        }
        made = self._compared(where, str(recommendation.number), told, before, now)
        if made is not None and asdict(made)["fields"] != self.seen.get(f"f{made.number}"):
            # The same change on each row of a recommendation is one change.
            self.seen[f"f{made.number}"] = asdict(made)["fields"]
            yield made

    def _of_item(
        self, where: str, told: Told, item: PlanItem, version: int
    ) -> Iterator[Difference]:
        was = item.history.filter(version=version).last() or item
        agency = Agency.objects.filter(pk=was.agency_id).first() if was.agency_id else None
        before = self._cells(was, agency)
        now = self._cells(item, item.agency)
        number = f"{item.recommendation.number}.{item.number}"
        told = self._alike(told, now)
        made = self._compared(where, number, told, before, now)
        if made is not None:
            yield self._possible(made, item)

    def _cells(self, item: Any, agency: Agency | None) -> Told:
        body = succession.standing_for(agency, self.today).name if agency else item.outside
        return {
            "text": plain(item.text), "body": body, "milestones": plain(item.milestones),
            "target_on": item.target_on.isoformat(),
            "completed_on": item.completed_on.isoformat() if item.completed_on else "",
            "outcome": plain(item.outcome),
        }  # fmt: skip

    def _alike(self, told: Told, now: Told) -> Told:
        """The same agency by another of its names, and a line that was only broken otherwise."""
        told = dict(told)
        agency = self.agencies.get(_name(told.get("body", "")))
        if agency is not None:
            told["body"] = agency.name
        for name, text in now.items():
            if name in told and told[name].split() == text.split():
                told[name] = text
        return told

    def _compared(
        self, where: str, number: str, told: Told, before: Told, now: Told
    ) -> Difference | None:
        """Field by field: what the file changed, and whether it was changed here as well."""
        made = Difference("changed", number, where)
        for name, was in before.items():
            if name not in told:
                continue
            new = told[name]
            if name in DAYS:
                try:
                    found = day(new)
                except ValueError:
                    says = f"{LABELS[name]}: “{new}” is not a date"
                    return Difference("problem", number, where, says)
                new = found.isoformat() if found else ""
            if new.split() in (was.split(), now[name].split()):
                continue
            conflict = now[name].split() != was.split()
            if conflict:
                made.kind = "conflict"
                made.says = "It was changed here too since the file was taken"
            made.fields.append({
                "name": name, "label": LABELS[name], "was": now[name], "now": new,
                "before": was if conflict else "",
            })  # fmt: skip
        return made if made.fields else None

    def _possible(self, made: Difference, item: PlanItem) -> Difference:
        """What a file cannot do is said beside the row."""
        changed = {each["name"]: each["now"] for each in made.fields}
        says = ""
        if item.signed_off_at:
            says = "This is signed off. Send it back first"
        elif "text" in changed and not changed["text"]:
            says = "The action to take is empty. Take it off the plan by hand, with the reason"
        elif "body" in changed and not changed["body"]:
            says = "The lead agency is empty"
        elif "target_on" in changed and item.action is None:
            says = "The target date first agreed stands with an outside body"
        elif changed.get("target_on") and changed["target_on"] < self.today.isoformat():
            says = "The new target date must be today or later"
        elif "target_on" in changed and not changed["target_on"]:
            says = "The target date is empty"
        elif {"completed_on", "outcome"} & set(changed):
            says = self._completed(item, changed)
        if says:
            return Difference("problem", made.number, made.where, says, made.fields)
        return made

    def _completed(self, item: PlanItem, changed: Told) -> str:
        on = changed.get("completed_on", item.completed_on and "there")
        outcome = changed.get("outcome", item.outcome)
        if not on or not outcome:
            return "What is completed needs both the date and the outcome"
        if changed.get("completed_on", "") > self.today.isoformat():
            return "The date of completion must be today or in the past"
        return ""

    # -- rows that are new, and those that are not there

    def _added(self, where: str, told: Told) -> Difference:
        made = Difference("added", told.get("number", ""), where)
        made.fields = [
            {"name": name, "label": LABELS[name], "was": "", "now": told[name], "before": ""}
            for name in (*OF_RECOMMENDATION, *OF_ITEM)
            if told.get(name)
        ]
        own = self._belongs(told)
        made.number = str(own.number) if own else ""
        made.says = "A new recommendation"
        if own:
            made.says = f"A new action of recommendation {own.number}"
        wrong = self._wrong_new(told, own)
        if wrong:
            return Difference("problem", made.number, where, wrong, made.fields)
        for each in made.fields:
            if each["name"] in DAYS:
                found = day(each["now"])
                each["now"] = found.isoformat() if found else ""
        return made

    def _belongs(self, told: Told) -> Recommendation | None:
        """The recommendation to which a new row belongs: by its text, or by its number."""
        text = told.get("recommendation", "").split()
        for each in self.recommendations.values():
            if text and plain(each.text).split() == text and not each.removed_because:
                return each
        number = told.get("number", "").partition(".")[0]
        found = self.recommendations.get(int(number)) if NUMBER.match(number) else None
        return found if found and not text and not found.removed_because else None

    def _wrong_new(self, told: Told, own: Recommendation | None) -> str:
        if own is None and not told.get("recommendation"):
            return "The row has no recommendation"
        if told.get("scope", "").casefold() not in ("", *SCOPES):
            return "The scope must be local, regional or national"
        if not told.get("text"):
            return "" if own is None else "The row has no action to take"
        if not told.get("body"):
            return "The row has no lead agency"
        try:
            target, completed = day(told.get("target_on", "")), day(told.get("completed_on", ""))
        except ValueError as wrong:
            return f"“{wrong}” is not a date"
        if target is None:
            return "The row has no target date"
        if target < self.today and completed is None:
            return f"The target date, {longdate(target)}, must be today or later"
        if bool(completed) != bool(told.get("outcome")):
            return "What is completed needs both the date and the outcome"
        return ""

    def _missing(self) -> Iterator[Difference]:
        for (one, two), item in sorted(self.items.items()):
            number = f"{one}.{two}"
            if number not in self.seen and not self._off(item.recommendation, item):
                says = "Not in the file. It stays: take it off by hand, with the reason"
                yield Difference("missing", number, "", says, [
                    {"name": "text", "label": LABELS["text"], "was": item.text, "now": "",
                     "before": ""}
                ])  # fmt: skip

    def _unnamed(self, made: Difference) -> Difference:
        texts = (made.says, made.number, made.where)
        found = self.key.found_in(*texts, *(each["now"] for each in made.fields))
        if not found:
            return made
        says = f"This holds a name of {' and '.join(found)}. A plan leaves the panel"
        # Neither the preview nor what is kept of it repeats the name.
        number, where = (
            "" if self.key.found_in(each) else each for each in (made.number, made.where)
        )
        return Difference("problem", number, where, says)


def _called(review: Review) -> dict[str, Agency]:
    """The agencies that may lead something, by every name that they have or had."""
    today = clock.today()
    found: dict[str, Agency] = {}
    partnerships = [review.partnership, *(each.partnership for each in review.parts.all())]
    for partnership in partnerships:
        for agency in plans.agencies_for(partnership):
            found |= dict.fromkeys(map(_name, (agency.name, agency.short_name)), agency)
    keys = succession.lineage({each.pk for each in found.values()}, today)
    for old in Agency.objects.filter(pk__in=keys):
        now = succession.standing_for(old, today)
        for name in (old.name, old.short_name):
            found.setdefault(_name(name), now)
    return found


def _name(text: str) -> str:
    return " ".join(text.casefold().split())


def agency_called(review: Review, text: str) -> Agency | None:
    """The agency of this name that may lead something; nothing for an outside body."""
    return _called(review).get(_name(text))
