"""Dates: a year of them, one of them moved, one of them cancelled."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django.forms

from core import forms, municipal
from core.dates import longdate
from meetings.models import Meeting
from meetings.workflow import schedule
from meetings.workflow.proposing import Proposal
from membership.models import Group

MEANT = "Meet on this day all the same"
EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the year: what stands already, or a date to be set and its tick."""

    label: str
    meetings: tuple[Meeting, ...] = ()
    day: Any = None
    meant: Any = None


def _period(proposal: Proposal) -> str:
    """1 July to 30 September 2027."""
    first, last = longdate(proposal.first), longdate(proposal.last)
    if proposal.first.year == proposal.last.year:
        first = first.removesuffix(f" {proposal.first.year}")
    return f"{first} to {last}"


class YearForm(forms.Form):
    """The dates of a municipal year for one group, with the times and the place of all of them.

    Beside each quarter that has no meeting yet there is one date more, for a meeting between. A
    date that something speaks against must be ticked before it is taken.
    """

    submit = "Set these dates"
    mark_optional = False

    starts_at = forms.TimeField(label="Starts", help_text="For example, 10am or 14:30")
    ends_at = forms.TimeField(label="Ends")
    venue = django.forms.CharField(label="Where", max_length=200, required=False)
    online = django.forms.BooleanField(label="People may also join online", required=False)

    def __init__(
        self, *args: Any, group: Group, year: int, proposals: list[Proposal], by: Any, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.group, self.year, self.proposals, self.by = group, year, proposals, by
        self.asks: set[str] = set()
        for number, proposal in enumerate(proposals):
            if not proposal.meetings:
                self._add(str(number), _period(proposal), proposal.on, proposal.note)
        self._add(EXTRA, "One meeting more", None, "Leave this empty if four are enough.")
        self.order_fields([name for name in self.fields if name.startswith(("day_", "meant_"))])

    def _add(self, number: str, label: str, initial: datetime.date | None, hint: str) -> None:
        self.fields[f"day_{number}"] = forms.DateField(
            label=label, called="The date", required=False, initial=initial, help_text=hint,
            widget=forms.DateText(attrs={"class": "govuk-input--width-20"}),
        )  # fmt: skip
        self.fields[f"meant_{number}"] = django.forms.BooleanField(label=MEANT, required=False)

    @property
    def rows(self) -> Iterator[Row]:
        """The quarters in order, then a meeting between."""
        for number, proposal in enumerate(self.proposals):
            yield Row(_period(proposal), proposal.meetings, *self._bound(str(number)))
        yield Row("One meeting more", (), *self._bound(EXTRA))

    def _bound(self, number: str) -> tuple[Any, Any]:
        if f"day_{number}" not in self.fields:
            return None, None
        return self[f"day_{number}"], self[f"meant_{number}"] if number in self.asks else None

    def clean(self) -> dict[str, Any]:
        """Each date is in the year and stands once; the time exists on that day."""
        cleaned = super().clean() or {}
        days = self._days(cleaned)
        if not days and not self.errors:
            self.add_error(None, "Give at least one date")
        seen: set[datetime.date] = set()
        for number, day in days.items():
            for message in self._wrong(number, day, seen, cleaned):
                self.add_error(f"day_{number}", message)
            seen.add(day)
        self._check_times(cleaned, days)
        return cleaned

    def _days(self, cleaned: dict[str, Any]) -> dict[str, datetime.date]:
        return {
            name.removeprefix("day_"): day
            for name, day in cleaned.items()
            if name.startswith("day_") and day
        }

    def _wrong(
        self, number: str, day: datetime.date, seen: set[datetime.date], cleaned: dict[str, Any]
    ) -> list[str]:
        first = municipal.year_start(self.year, self.group.partnership.municipal_year_starts)
        after = municipal.year_start(self.year + 1, self.group.partnership.municipal_year_starts)
        if not first <= day < after:
            last = after - datetime.timedelta(days=1)
            return [f"The date must be from {longdate(first)} to {longdate(last)}"]
        if day in seen:
            return [f"{longdate(day)} is there twice"]
        wrong = schedule.wrong_day(self.group, day, meant=True, by=self.by)
        against = [] if wrong else schedule.objections(self.group, day, by=self.by)
        if against:
            self.asks.add(number)
        if against and not cleaned.get(f"meant_{number}"):
            wrong = [f"{' '.join(against)} Choose another day, or tick “{MEANT}”"]
        return wrong

    def _check_times(self, cleaned: dict[str, Any], days: dict[str, datetime.date]) -> None:
        if "starts_at" not in cleaned or "ends_at" not in cleaned or "venue" not in cleaned:
            return
        place = {name: cleaned[name] for name in ("starts_at", "ends_at", "venue")}
        for day in list(days.values()) or [municipal.year_start(self.year)]:
            wrong = schedule.wrong_time(day, online=bool(cleaned.get("online")), **place)
            for name, message in wrong.items():
                if message not in self.errors.get(name, []):
                    self.add_error(name, message)

    @property
    def chosen(self) -> dict[str, Any]:
        """What the workflow is asked to set."""
        days = self._days(self.cleaned_data)
        return {
            "days": list(days.values()),
            "meant": [day for number, day in days.items() if self.cleaned_data[f"meant_{number}"]],
            **{name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "venue")},
            "online": self.cleaned_data["online"],
        }


class MoveForm(forms.Form):
    """Another day, time or place for a meeting, and why."""

    submit = "Move the meeting and tell everybody"

    on = forms.DateField(label="Date", help_text="For example, 9 12 2026")
    meant = django.forms.BooleanField(
        label=MEANT, required=False,
        help_text="Only if it is a bank holiday, at a weekend, or another group meets.",
    )  # fmt: skip
    starts_at = forms.TimeField(label="Starts")
    ends_at = forms.TimeField(label="Ends")
    venue = django.forms.CharField(label="Where", max_length=200, required=False)
    online = django.forms.BooleanField(label="People may also join online", required=False)
    reason = django.forms.CharField(
        label="Why", max_length=schedule.REASON, widget=forms.Textarea({"rows": 3}),
        help_text="It stays with the meeting’s history.",
    )  # fmt: skip
    stamp = django.forms.CharField(widget=django.forms.HiddenInput, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **more: Any) -> None:
        more.setdefault("initial", {})
        for name in ("on", "starts_at", "ends_at", "venue", "online", "stamp"):
            more["initial"].setdefault(name, getattr(meeting, name))
        super().__init__(*args, **more)


class CancelForm(forms.Form):
    """Why a meeting is not held."""

    submit = "Cancel the meeting and tell everybody"
    look = "govuk-button--warning"

    reason = django.forms.CharField(
        label="Why the meeting is cancelled", max_length=schedule.REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text="People on the group read it. Write nothing about a person.",
    )  # fmt: skip


class ListFilter(forms.FilterForm):
    """Whose meetings, of which year."""

    group = django.forms.ChoiceField(label="Group")
    year = django.forms.ChoiceField(label="Year")

    def __init__(
        self, *args: Any, groups: list[tuple[str, str]], years: list[tuple[int, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["group"].choices = [("", "All groups"), *groups]  # type: ignore[attr-defined]
        self.fields["year"].choices = years  # type: ignore[attr-defined]
