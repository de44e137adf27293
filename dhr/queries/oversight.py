"""Every action plan for those who sit on no review: numbers, and no word of any review.

A plan is known by its number in the year in which it was begun, so that two quarters can be
compared. Once its report is public its numbers are shown whole. Before, each number is one of three
bands and no total goes over both kinds, so that nothing can be worked out.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Min, Q

from core import municipal
from core.dates import count, days_between
from dhr.models import (
    OPEN,
    Difference,
    LearningTheme,
    Milestone,
    PlanItem,
    PublishedReport,
    Recommendation,
    Review,
    Stage,
)
from dhr.queries import compliance, plans
from meetings.models import Meeting, Paper, Status
from membership.models import GroupKind, Partnership

FEW = 5
NONE, SOME, MANY = "none", "fewer than 5", "5 or more"
PUBLIC = (Stage.PUBLISHED, Stage.CLOSED)
OTHERS = "Other bodies"
STATES = {
    "open": "Not due yet", "late": "Overdue", "missing": "Evidence missing",
    "sign": "To sign off", "signed": "Signed off",
}  # fmt: skip
DIFFERENCES = {
    Difference.YES: "Yes", Difference.PARTLY: "Partly", Difference.NO: "No",
    Difference.UNKNOWN: "Not known yet",
}  # fmt: skip


def band(number: int) -> str:
    """A number of a plan that is not public: 1 to 4 are not told apart, nor any from 5 on."""
    return NONE if not number else SOME if number < FEW else MANY


@dataclass(frozen=True, slots=True)
class Line:
    """How far the actions of a plan, of an agency or of all are: whole numbers, or bands."""

    label: str
    counts: dict[str, int]
    whole: bool
    note: str = ""
    url: str = ""

    def _shown(self, name: str) -> int | str:
        return self.counts.get(name, 0) if self.whole else band(self.counts.get(name, 0))

    @property
    def actions(self) -> int | str:
        """How many there are."""
        return self._shown("actions")

    @property
    def states(self) -> list[int | str]:
        """How many are in each of ``STATES``."""
        return [self._shown(name) for name in STATES]

    @property
    def quarter(self) -> int | str:
        """How many were signed off in this quarter."""
        return self._shown("quarter")


@dataclass(frozen=True, slots=True)
class Overdue:
    """An action of a public plan past the date first agreed, or said to be done and not shown."""

    plan: str
    number: str
    body: str
    due_on: datetime.date
    now_on: datetime.date
    late_days: int
    missing: bool


@dataclass(frozen=True, slots=True)
class Oversight:
    """All that the overview, its file and the progress report show."""

    on: datetime.date
    since: datetime.date
    plans: list[Line]
    agencies: list[Line]
    before: list[Line]
    total: Line
    overdue: list[Overdue]
    differences: list[tuple[str, int]]
    checks_late: int
    themes: list[tuple[str, int, int]]
    reviews: list[tuple[str, str]]
    compliance: list[tuple[str, dict[str, str]]]

    @property
    def public(self) -> bool:
        """Whether any plan is shown whole."""
        return any(each.whole for each in self.plans)

    @property
    def says(self) -> str:
        """What is most in need of the board, in one sentence."""
        late, missing = self.total.counts.get("late", 0), self.total.counts.get("missing", 0)
        if not self.plans:
            return "There is no action plan yet"
        if not self.public:
            return "No plan’s report is published yet"
        said = [f"{late} overdue"] if late else []
        said += [f"{missing} without evidence"] if missing else []
        actions = count(self.total.counts.get("actions", 0), "action")
        return f"{actions} of published plans: {', '.join(said) or 'none overdue'}"


@dataclass(frozen=True, slots=True)
class _Plan:
    """A plan that has a part in a partnership, and what it is called there."""

    review: Review
    name: str
    whole: bool
    note: str
    url: str


def oversight(partnership: Partnership, on: datetime.date) -> Oversight:
    """Everything that is counted of all plans, on a day, in a fixed number of queries."""
    since, _ = municipal.quarter(on)
    items = list(plans.items(_items(partnership)))
    known = {each.review.pk: each for each in _plans(partnership, items)}
    rows = [(known[each.recommendation.review_id], plans.row(each, on)) for each in items]
    public = [(plan, row) for plan, row in rows if plan.whole]
    hidden = [(plan, row) for plan, row in rows if not plan.whole]
    return Oversight(
        on=on, since=since,
        plans=_by_plan(known.values(), rows, since),
        agencies=_by_body(public, since, whole=True), before=_by_body(hidden, since, whole=False),
        total=Line("All published plans", _counts((row for _, row in public), since), True),
        overdue=_overdue(public, on), differences=_differences(public),
        checks_late=sum(bool(row.check and row.check.first_due_on < on) for _, row in public),
        themes=_themes({plan.review.pk for plan in known.values() if plan.whole}),
        reviews=_reviews(partnership, on),
        compliance=[
            (each.agency, compliance.banded(each))
            for each in compliance.together(compliance.compliance(partnership, on=on))
        ],
    )  # fmt: skip


def _items(partnership: Partnership) -> Any:
    """Actions of the plans that the partnership holds, and those of others delivered in it."""
    held = Q(recommendation__review__partnership=partnership) | Q(partnership=partnership)
    rows = PlanItem.objects.filter(held, removed_because="", recommendation__removed_because="")
    rows = rows.filter(recommendation__review__erased_on=None)
    return rows.order_by("recommendation__review_id", "recommendation__number", "number")


def _plans(partnership: Partnership, items: Iterable[PlanItem]) -> list[_Plan]:
    """The plans in the order in which they were begun, each named by its number in that year."""
    keys = {each.recommendation.review_id for each in items}
    written = _begun(keys)
    published = {each.review_id: each for each in _reports(keys)}
    reviews = Review.objects.filter(pk__in=keys).select_related("partnership")
    begun = {each.pk: written.get(each.pk, each.created_at) for each in reviews}
    numbers, found = Counter[int](), []
    for review in sorted(reviews, key=lambda each: (begun[each.pk], str(each.pk))):
        year = begun[review.pk].year
        numbers[year] += 1
        report = published.get(review.pk)
        whole = report is not None and review.stage in PUBLIC
        found.append(
            _Plan(review, f"Plan {numbers[year]} of {year}", whole, _note(review, partnership),
                  _url(report) if whole else "")
        )  # fmt: skip
    return found


def _begun(keys: Iterable[Any]) -> dict[Any, datetime.datetime]:
    """When the first recommendation of each review was written down."""
    rows = Recommendation.history.filter(review__in=keys).order_by()
    return dict(rows.values_list("review").annotate(Min("history_date")))


def _reports(keys: Iterable[Any]) -> Any:
    """The newest published report of each review."""
    rows = PublishedReport.objects.filter(review__in=keys).order_by("review_id", "-at")
    return rows.distinct("review_id").select_related("publication__partnership")


def _note(review: Review, partnership: Partnership) -> str:
    """Who leads it, where that is somebody else."""
    if review.partnership_id != partnership.pk:
        return f"Held by {review.partnership}: the actions delivered here"
    return "" if review.led_here else f"Led by {review.led_by}"


def _url(report: PublishedReport | None) -> str:
    """Where the report is read, as long as it is public."""
    if report is None or report.removed_on:
        return ""
    return report.publication.get_absolute_url() if report.publication else report.elsewhere_url


# ---- counted ------------------------------------------------------------------------------------


def _state(row: plans.Row) -> str:
    """Which of ``STATES`` an action is in."""
    if row.item.signed_off_at:
        return "signed"
    if plans.says_done(row.item):
        return "missing" if row.missing else "sign"
    return "late" if row.late else "open"


def _counts(rows: Iterable[plans.Row], since: datetime.date) -> dict[str, int]:
    counted = Counter[str]()
    for row in rows:
        counted.update(["actions", _state(row)])
        signed = row.item.signed_off_at
        counted["quarter"] += bool(signed and signed.date() >= since)
    return counted


def _by_plan(known: Iterable[_Plan], rows: Iterable[Any], since: datetime.date) -> list[Line]:
    of_plan: dict[str, list[plans.Row]] = {}
    for plan, row in rows:
        of_plan.setdefault(plan.name, []).append(row)
    return [
        Line(each.name, _counts(of_plan[each.name], since), each.whole, each.note, each.url)
        for each in known
    ]


def _by_body(rows: list[Any], since: datetime.date, *, whole: bool) -> list[Line]:
    """By agency; bodies of no partnership together, for their names are written by hand."""
    of_body: dict[str, list[plans.Row]] = {}
    for _, row in rows:
        of_body.setdefault(_body(row), []).append(row)
    names = sorted(of_body, key=lambda name: (name == OTHERS, name))
    return [Line(name, _counts(of_body[name], since), whole) for name in names]


def _body(row: plans.Row) -> str:
    return OTHERS if row.item.outside else row.body


def _overdue(rows: list[Any], on: datetime.date) -> list[Overdue]:
    """What the board asks after, by the date first agreed, the oldest first."""
    found = [
        Overdue(
            plan.name, row.number, _body(row), row.item.target_on, row.due_on,
            max(days_between(row.item.target_on, on), 0), row.missing,
        )
        for plan, row in rows
        if row.late or row.missing
    ]  # fmt: skip
    return sorted(found, key=attrgetter("due_on", "plan", "number"))


def _differences(rows: list[Any]) -> list[tuple[str, int]]:
    """What the last check of each action that was signed off found."""
    last = Counter[str]()
    for _, row in rows:
        made = [each for each in row.item.checks.all() if each.checked_on]
        if row.item.signed_off_at and made:
            last[max(made, key=attrgetter("checked_on", "pk")).difference] += 1
    return [(label, last[value]) for value, label in DIFFERENCES.items()] if last else []


def _themes(keys: Iterable[Any]) -> list[tuple[str, int, int]]:
    """Themes of the recommendations of public plans, and how many repeat an earlier lesson."""
    own = Recommendation.objects.filter(review__in=keys, removed_because="")
    counted: dict[str, list[bool]] = {}
    pairs = own.filter(themes__isnull=False).order_by().values_list("themes", "repeats")
    names = dict(LearningTheme.objects.values_list("pk", "name"))
    for theme, repeats in pairs:
        counted.setdefault(names[theme], []).append(repeats is not None)
    found = [(name, len(each), sum(each)) for name, each in counted.items()]
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _reviews(partnership: Partnership, on: datetime.date) -> list[tuple[str, str]]:
    """Reviews that are under way, in bands."""
    own = Review.objects.of(partnership).filter(stage__in=OPEN)
    late = Milestone.objects.filter(
        review__in=own, legal=True, done_on=None, stopped_on=None, first_due_on__lt=on
    )
    counted = Counter(own.order_by().values_list("stage", flat=True))
    before = sum(counted.values()) - counted[Stage.PUBLISHED]
    return [
        ("Reviews under way, not published yet", band(before)),
        ("Of these, with the Quality Assurance Panel", band(counted[Stage.SUBMITTED])),
        ("Reviews past a date by guidance", band(late.values("review").distinct().count())),
    ]


REPORT = "Death reviews: progress of action plans"


def reported_on(
    partnership: Partnership, first: datetime.date, last: datetime.date
) -> Meeting | None:
    """The board's meeting in these days that has the progress report among its papers."""
    papers = Paper.objects.filter(document__title=REPORT).values("item__meeting")
    boards = Meeting.objects.filter(
        group__partnership=partnership, group__kind=GroupKind.BOARD, on__range=(first, last)
    )
    found = boards.filter(pk__in=papers).exclude(status=Status.CANCELLED)
    return found.select_related("group__partnership").order_by("on").first()
