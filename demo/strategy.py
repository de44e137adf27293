"""The strategy in the story: three years, one refresh adopted at the first told meeting, one begun.

Themes follow what the partnership has published; the words, people and plans are invented. Crime
figures are counted from what the story imports, and nothing is claimed where none are held.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from actions import workflow as actions
from actions.models import Action, Status
from assessments.models import Assessment, Edition, Objective, Priority
from assessments.queries.strategy import plans
from assessments.queries.strategy.editions import plan_year
from assessments.workflow import strategy
from core import clock, working_days
from demo import strategy_words as words
from demo.partnership import Cast
from demo.telling import on
from figures.models import CrimeType
from meetings.models import Decision, Meeting
from membership.models import Theme
from notices.models import Turn

DAY = datetime.timedelta(days=1)
FIRST_YEAR, LENGTH = 2025, 3
EARLIER = datetime.date(2022, 3, 23)
PROVED = ("strategy-refresh", "strategy-to-pcc", "public-summary")
NO_FIGURES = "Set in the first refresh, when a year’s street-level figures are held"


@dataclass(frozen=True, slots=True)
class Years:
    """Which strategy holds when the first told meeting adopts, and for which of its years."""

    start: int
    year: int

    @classmethod
    def of(cls, day: datetime.date) -> "Years":
        """A meeting from January on adopts for the coming April, others for the year that runs."""
        year = day.year if day.month < 4 else plan_year(day)
        return cls(FIRST_YEAR + (year - FIRST_YEAR) // LENGTH * LENGTH, year)


def answers(turn: Turn, meeting: datetime.date) -> bool:
    """Whether this turn of a duty asks for the edition that the first told meeting adopts."""
    return turn.cycle.key in PROVED and turn.first_due_on.year == Years.of(meeting).year


def prepare(cast: Cast, meeting: Meeting) -> Edition:
    """Before the first told meeting: the last strategy, this one, and the refresh to adopt."""
    years, hazel = Years.of(meeting.on), cast.people["hazel"]
    began = datetime.date(years.start, 2, 3)
    with on(min(began, meeting.on - 70 * DAY), 11):
        _earlier(cast, years.start)
        _police_plan(cast, years.start)
        edition = strategy.begin(
            cast.partnership, starts_on=datetime.date(years.start, 4, 1), by=hazel
        )
        _first(cast, edition)
    while edition.year < years.year:
        adopted = datetime.date(edition.year, 3, 19)
        with on(max(adopted + DAY, began + DAY), 11):
            strategy.take_over(
                edition, on=adopted, where="Minutes of the board, on the council’s website",
                by=hazel,
            )  # fmt: skip
        last = edition.year + 1 == years.year
        with on(meeting.on - 60 * DAY if last else datetime.date(edition.year + 1, 2, 2), 11):
            edition = strategy.refresh(edition.strategy, by=hazel)
    with on(meeting.on - 30 * DAY, 11):
        _refresh(cast, edition)
    return edition


def adopt(cast: Cast, meeting: Meeting, edition: Edition, assessment: Assessment) -> None:
    """The meeting has adopted it: it is frozen, published and sent to the commissioner."""
    hazel = cast.people["hazel"]
    decision = Decision.objects.get(
        item__meeting=meeting, text__contains="refreshed delivery plan"
    )  # fmt: skip
    with on(meeting.on + 2 * DAY, 10):
        edition = strategy.rest_on(edition, assessment=assessment, by=hazel)
        edition = strategy.adopt(edition, decision=decision, by=hazel)
        strategy.make_waiting(edition)
    with on(working_days.add_working_days(meeting.on, 8), 10):
        edition = strategy.publish(edition, by=hazel)
    with on(working_days.add_working_days(meeting.on, 10), 10):
        strategy.sent_to_commissioner(
            edition, on=working_days.add_working_days(meeting.on, 10), by=hazel,
            how="By email to the commissioner’s office, with the leaflet",
        )  # fmt: skip


def follow(cast: Cast, edition: Edition, today: datetime.date) -> None:
    """What became of its actions, and the next edition, begun some days ago."""
    hazel = cast.people["hazel"]
    for number, (text, who, said) in enumerate(words.DONE):
        action = Action.objects.filter(text=text).first()
        day = today - (60 - 9 * number) * DAY
        if action is None or action.made_on >= day:
            continue
        with on(day, 15):
            action = actions.update(action, text=said, status=Status.SAYS_DONE, by=cast.people[who])
        with on(day + 2 * DAY, 10):
            actions.confirm_done(action, by=hazel)
    with on(today - 12 * DAY, 11):
        draft = _next(cast, edition)
        _link_registered(cast, draft)


# ---- what stands in the editions ----------------------------------------------------------------


def _earlier(cast: Cast, start: int) -> None:
    """The strategy before this one, from which priorities come."""
    hazel = cast.people["hazel"]
    earlier = strategy.begin(
        cast.partnership, starts_on=datetime.date(start - LENGTH, 4, 1), by=hazel
    )
    for title, why in words.EARLIER:
        strategy.add_priority(earlier, title=title, why=why, by=hazel)
    strategy.take_over(
        earlier, on=EARLIER.replace(year=start - LENGTH), by=hazel,
        where="Published on the council’s website",
    )  # fmt: skip


def _police_plan(cast: Cast, start: int) -> None:
    strategy.add_plan(
        cast.partnership, title=f"Kent Police and Crime Plan {start} to {start + 4}",
        issued_by="Kent Police and Crime Commissioner", starts_on=datetime.date(start, 4, 1),
        ends_on=datetime.date(start + 4, 4, 1), source_url="https://www.kent-pcc.gov.uk/",
        priorities=words.POLICE_PLAN, by=cast.people["hazel"],
    )  # fmt: skip


def _first(cast: Cast, edition: Edition) -> None:
    hazel = cast.people["hazel"]
    strategy.write(
        edition, foreword=words.FOREWORD, foreword_by="Cllr Sage Holloway, chair of the board",
        vision=words.VISION, about=words.ABOUT, resources=words.RESOURCES,
        equality=words.EQUALITY, by=hazel,
    )  # fmt: skip
    earlier = {each.number: each for each in Priority.objects.filter(
        edition__strategy=edition.strategy.follows_id)}  # fmt: skip
    begins = datetime.date(edition.year, 4, 1)
    serves = {each.number: each for each in plans.choices(cast.partnership, begins)}
    for told in words.PRIORITIES:
        priority = strategy.add_priority(
            edition, title=told.title, why=told.why, aim=told.aim, owner=cast.bodies[told.body],
            post=cast.post(told.body, told.post), descends_from=earlier.get(told.before),
            theme=Theme.objects.filter(partnership=cast.partnership, slug=told.theme).first(),
            lineage=told.lineage, plan_priorities=[serves[each] for each in told.serves],
            by=hazel,
        )  # fmt: skip
        for evidence in told.evidence:
            strategy.add_evidence(priority, words=evidence, by=hazel)
        for text, measures, _ in told.objectives:
            objective = strategy.add_objective(priority, text=text, by=hazel)
            for measure in measures:
                _measure(objective, measure, None, cast)
    strategy.consulted(
        edition, starts_on=begins - 120 * DAY, ends_on=begins - 60 * DAY,
        how=words.CONSULTED_HOW, found=words.CONSULTED_FOUND, by=hazel,
    )  # fmt: skip


def _measure(objective: Objective, measure: words.Measured, year: int | None, cast: Cast) -> None:
    """A measure; in the first year without baseline and target, since no figures were held."""
    hazel = cast.people["hazel"]
    kind = CrimeType.objects.filter(name=measure.crime).first() if measure.crime else None
    fields: dict[str, object] = {"crime_type": kind, "source": measure.source, "unit": measure.unit,
                                 "better": measure.better}  # fmt: skip
    if year is None or (measure.target is None):
        fields["why_no_target"] = measure.why_no_target or NO_FIGURES
    else:
        fields |= {"target": Decimal(measure.target), "target_by": datetime.date(year + 1, 3, 31)}
    if measure.typed is not None and year is not None:
        fields |= {"baseline": Decimal(measure.typed), "baseline_period": measure.period}
    elif kind and year is not None:
        fields |= {"baseline_from": datetime.date(2025, measure.months[0], 1),
                   "baseline_until": datetime.date(2025, measure.months[1], 1)}  # fmt: skip
    strategy.add_measure(objective, name=measure.name, by=hazel, **fields)


def _refresh(cast: Cast, edition: Edition) -> None:
    """Baselines and targets are set, actions are made, and people are asked."""
    hazel = cast.people["hazel"]
    strategy.write(edition, changes=words.CHANGES, equality=words.EQUALITY_REFRESH, by=hazel)
    for told, priority in zip(words.PRIORITIES, edition.priorities.order_by("number"), strict=True):
        objectives = priority.objectives.order_by("number")
        for (_, measures, tasks), objective in zip(told.objectives, objectives, strict=True):
            for old in objective.measures.all():
                strategy.remove_measure(old, by=hazel)
            for measure in measures:
                _measure(objective, measure, edition.year, cast)
            for task in tasks:
                _deliver(cast, objective, task, edition.year)
    strategy.consulted(
        edition, starts_on=None, ends_on=None, how=words.ASKED_AGAIN, found=words.FOUND_AGAIN,
        by=hazel,
    )  # fmt: skip


def _deliver(cast: Cast, objective: Objective, task: words.Step, year: int) -> None:
    month, day = task.due
    due = datetime.date(year + (month < 4), month, day)
    strategy.deliver(
        objective, text=task.text, owner=cast.bodies[task.body],
        post=cast.post(task.body, task.post), due_on=max(due, clock.today() + 90 * DAY),
        resources=task.resources, partners=[cast.bodies[each] for each in task.partners],
        by=cast.people["hazel"],
    )  # fmt: skip


def _next(cast: Cast, edition: Edition) -> Edition:
    """The next year's refresh; in the last year of a strategy, the next strategy."""
    hazel = cast.people["hazel"]
    if datetime.date(edition.year + 1, 4, 1) < edition.strategy.ends_on:
        return strategy.refresh(edition.strategy, by=hazel)
    return strategy.begin(cast.partnership, starts_on=edition.strategy.ends_on, by=hazel)


def _link_registered(cast: Cast, draft: Edition) -> None:
    """Actions that the board made since are found in the register and put into the draft."""
    for words_of, number in words.LINKED:
        action = Action.objects.filter(text__startswith=words_of).first()
        objective = Objective.objects.filter(
            priority__edition=draft, priority__number=number
        ).first()  # fmt: skip
        if action and action.is_open and objective:
            strategy.deliver(objective, action=action, by=cast.people["hazel"])
