"""The second part of the story: a year of meetings, and what became of their actions."""

import datetime
from dataclasses import dataclass

from actions import workflow as actions
from actions.models import Action, Status
from core import working_days
from core.dates import longdate
from demo import (
    assessments,
    beforehand,
    duties,
    interests,
    live,
    packs,
    papers,
    registers,
    reminders,
    returns,
    reviewing,
    strategy,
)
from demo.minutes import JUNE, MARCH, NEXT, SEPTEMBER, Said, Task
from demo.partnership import Cast
from demo.telling import on
from meetings.models import Item, ItemKind, Meeting, Presence
from meetings.queries.attendance import roll
from meetings.workflow import agenda, attendance, minutes, reviews, schedule, writing

DAY = datetime.timedelta(days=1)
WEEK = 7 * DAY
TEN, NOON = datetime.time(10), datetime.time(12)
VENUE = "Council Chamber, Civic Centre, Home Gardens"


@dataclass(frozen=True, slots=True)
class Year:
    """The board's dates: three past meetings, the next one and the one after it."""

    first: datetime.date
    second: datetime.date
    third: datetime.date
    next: datetime.date
    later: datetime.date

    @classmethod
    def around(cls, today: datetime.date) -> "Year":
        """Wednesdays a quarter apart; the next one is a fortnight to three weeks away."""
        coming = today + 14 * DAY
        coming += (2 - coming.weekday()) % 7 * DAY
        days = [coming - 38 * WEEK, coming - 25 * WEEK, coming - 12 * WEEK, coming,
                coming + 13 * WEEK]  # fmt: skip
        return cls(*[working_day(day) for day in days])


def working_day(day: datetime.date) -> datetime.date:
    """This Wednesday, or the week after where it is a bank holiday."""
    while not working_days.is_working_day(day):
        day += WEEK
    return day


AWAY = {
    "first": {"iris": Presence.APOLOGIES},
    "second": {"heather": Presence.APOLOGIES, "basil": Presence.ABSENT},
    "third": {
        "sage": Presence.APOLOGIES,
        "alder": Presence.APOLOGIES,
        "basil": Presence.ABSENT,
    },
}


def tell_year(cast: Cast, today: datetime.date) -> None:
    """Tell the meetings one after another, each on its own days."""
    year = Year.around(today)
    board = cast.groups["board"]
    duties.tell_duties(cast, year.first - 70 * DAY, today)
    first = _set(cast, board, year.first, year.first - 60 * DAY)
    assessment = assessments.write(cast, first)
    edition = strategy.prepare(cast, first)
    _hold(cast, first, "first", MARCH, [papers.performance(0), papers.HORIZON], year.second)
    assessments.adopt(cast, assessment, first)
    strategy.adopt(cast, first, edition, assessment)
    second = _set(cast, board, year.second, year.first + 9 * DAY)
    _hold(cast, second, "second", JUNE, [papers.performance(1), papers.DVACS], year.third, first)
    third = _set(cast, board, year.third, year.second + 9 * DAY)
    _follow_up(cast, year)
    beforehand.keep_templates(cast, year.second + 12 * DAY)
    _hold(cast, third, "third", SEPTEMBER, [papers.performance(2)], year.next, second)
    reviewing.review(cast, third)
    _after_the_third(cast, year, today)
    _prepare(cast, year, third)
    _subgroup(cast, today)
    returns.tell(cast, today)
    assessments.begin_next(cast, today)
    strategy.follow(cast, edition, today)
    registers.follow_decisions(cast)
    registers.remind(cast, today)
    registers.subscribe(cast, today)
    reviewing.note(cast, first, today)
    duties.change_a_date(cast, today)
    reminders.wake_lately(today)


# ---- one meeting --------------------------------------------------------------------------------


def _set(
    cast: Cast, group: object, day: datetime.date, told: datetime.date, by: str = "hazel"
) -> Meeting:
    with on(told):
        return schedule.schedule(
            group, on=day, starts_at=TEN, ends_at=NOON, venue=VENUE, online=True,
            meant=True, by=cast.people[by],
        )  # fmt: skip


def _hold(
    cast: Cast, meeting: Meeting, name: str, said: dict[str, Said], sent: list[papers.Paper],
    following: datetime.date, before: Meeting | None = None,
) -> None:  # fmt: skip
    """From the agenda to the draft minutes; the minutes of ``before`` are agreed on the way."""
    hazel = cast.people["hazel"]
    with on(meeting.on - 8 * DAY):
        _lead(cast, meeting)
        if name == "third":
            beforehand.raise_lighting(cast, meeting)
        _add_papers(cast, meeting, sent)
        if name == "first":
            assessments.put_before(cast, meeting)
        agenda.publish(meeting, by=hazel)
    reminders.wake(meeting.on - 7 * DAY)
    if name == "third":
        packs.send_late(cast, meeting)
    with on(meeting.on - 3 * DAY, 16):
        for key, presence in AWAY[name].items():
            if presence == Presence.APOLOGIES:
                attendance.say(meeting, presence=presence, by=cast.people[key])
    if name == "third":
        interests.withdraw(cast, meeting)
    with on(meeting.on, 10, 4):
        _attend(cast, meeting, AWAY[name])
        away = AWAY[name].get("sage")
        minutes.open(meeting, chaired_by=cast.people["linden" if away else "sage"], by=hazel)
    with on(meeting.on, 11):
        _minute(cast, meeting, said, following)
        if name == "third":
            live.come_and_go(cast, meeting)
            live.vote(cast, meeting)
            beforehand.steer_dvacs(cast, meeting)
        _review_chairs(cast, meeting)
        if before:
            minutes.agree(before, agreed_in=meeting, by=hazel)
    with on(meeting.on + 5 * DAY, 15):
        minutes.send_to_chair(meeting, acknowledged=True, by=hazel)
        if before:
            reviewing.publish(cast, before)
    reminders.wake(meeting.on + 6 * DAY)
    with on(meeting.on + 9 * DAY, 9):
        minutes.clear(meeting, chair_away=bool(away), by=cast.people["linden" if away else "sage"])
    reminders.wake(meeting.on + 12 * DAY)


LEADS = {
    ItemKind.APOLOGIES: "sage", ItemKind.MINUTES: "sage", ItemKind.MATTERS_ARISING: "hazel",
    ItemKind.CHAIR_REVIEW: "hazel", ItemKind.PERFORMANCE: "rowan", ItemKind.STRATEGY: "hazel",
    ItemKind.FUNDING: "hazel", ItemKind.THEMES: "bryony", ItemKind.TENSIONS: "linden",
    ItemKind.POWERS: "clover", ItemKind.COUNTYWIDE: "hazel", ItemKind.HORIZON: "rowan",
    ItemKind.DVACS: "reed", ItemKind.OCG: "linden", ItemKind.ANY_OTHER_BUSINESS: "sage",
}  # fmt: skip


def _lead(cast: Cast, meeting: Meeting) -> None:
    """Each item gets the person who speaks to it."""
    for item in meeting.items.all():
        who = cast.people[LEADS.get(ItemKind(item.kind), "hazel")]
        if item.lead_words or item.lead_id == who.pk or item.kind == ItemKind.OTHER:
            continue
        agenda.change_item(
            item, title=item.title, marking=item.marking, minutes_allowed=item.minutes_allowed,
            lead=who, paper_expected=item.paper_expected, note=item.note, by=cast.people["hazel"],
        )  # fmt: skip


def _add_papers(cast: Cast, meeting: Meeting, sent: list[papers.Paper]) -> None:
    for paper in sent:
        agenda.add_paper(
            meeting.items.get(kind=paper.kind), title=paper.title, marking=paper.marking,
            file=papers.file_of(paper, longdate(meeting.on)), public=paper.public,
            by=cast.people["hazel"],
        )  # fmt: skip


def _attend(cast: Cast, meeting: Meeting, away: dict[str, str]) -> None:
    """Everybody is here but those who are away; Dr Adeyemi sends her substitute each time."""
    hazel = cast.people["hazel"]
    names = {cast.people[key].name: presence for key, presence in away.items()}
    sends = next(
        (each for each in roll(meeting).people if each.person == cast.people["olive"].pk), None
    )
    if sends:
        attendance.add_substitute(
            meeting, key=sends.key, substitute=cast.people["marigold"], by=hazel
        )
    attendance.record(
        meeting,
        presences={
            each.key: names.get(each.name, Presence.PRESENT)
            for each in roll(meeting).people
            if not (sends and each.key == sends.key)
        },
        by=hazel,
    )


def _minute(cast: Cast, meeting: Meeting, said: dict[str, Said], following: datetime.date) -> None:
    for item in meeting.items.all():
        words = said.get(item.kind) or _otherwise(item, following)
        if words is None:
            continue
        if words.text:
            writing.write(item, text=words.text, version=item.version, by=cast.people["hazel"])
        for text in words.decisions:
            minutes.decide(item, text=text, marking=item.marking, by=cast.people["hazel"])
        for task in words.tasks:
            _task(cast, item, task, following)


def _otherwise(item: Item, following: datetime.date) -> Said | None:
    """What is always minuted of an item on which nothing in particular was said."""
    if item.kind == ItemKind.NEXT_DATE:
        return Said(f"The next meeting is on {longdate(following)} at 10am.")
    if item.kind == ItemKind.ANY_OTHER_BUSINESS:
        return Said("There was no other business.")
    if item.kind in (ItemKind.MINUTES, ItemKind.CHAIR_REVIEW):
        return None
    return Said("The board noted the position. There was nothing to report since the last meeting.")


def _task(cast: Cast, item: Item, task: Task, following: datetime.date) -> Action:
    due = following if task.due == NEXT else item.meeting.on + int(task.due) * DAY
    return minutes.make_action(
        item, text=task.text, owner=cast.bodies[task.body], post=cast.post(task.body, task.post),
        due_on=due, marking=task.marking, by=cast.people["hazel"],
    )  # fmt: skip


def _review_chairs(cast: Cast, meeting: Meeting) -> None:
    """The first meeting of a municipal year reviews its chair and vice-chair."""
    item = meeting.items.filter(kind=ItemKind.CHAIR_REVIEW).first()
    if item is None:
        return
    for office, key in (("chair", "sage"), ("vice_chair", "linden")):
        reviews.review(item, office=office, seat=cast.seats[key, "board"], by=cast.people["hazel"])


# ---- what became of the actions -----------------------------------------------------------------


def _action(text: str) -> Action:
    return Action.objects.get(text__startswith=text)


def _done(cast: Cast, text: str, said: str, who: str, day: datetime.date) -> None:
    with on(day, 14):
        action = actions.update(
            _action(text), text=said, status=Status.SAYS_DONE, by=cast.people[who]
        )
    with on(day + 3 * DAY, 9):
        actions.confirm_done(action, by=cast.people["hazel"])


def _follow_up(cast: Cast, year: Year) -> None:
    """Between the second meeting and the third."""
    _done(
        cast, "Show street-level figures by ward", "In the report to the June meeting.", "rowan",
        year.second - 5 * DAY,
    )  # fmt: skip
    _done(
        cast, "Draft business cases", "All four were approved by the board.", "hazel",
        year.second + 2 * DAY,
    )  # fmt: skip
    _done(
        cast, "Agree which agency leads", "Agreed at the group’s meeting.", "linden",
        year.second + 3 * DAY,
    )  # fmt: skip
    with on(year.second + 40 * DAY):
        actions.move_due_date(
            _action("Publish the domestic abuse service directory"),
            due_on=year.third + 14 * DAY, reason="Two services are changing their opening hours",
            by=cast.people["bryony"],
        )  # fmt: skip
    with on(year.second + 50 * DAY):
        actions.update(
            _action("Agree patrol times for Hythe Street"), status=Status.IN_PROGRESS,
            text="Six of 22 lamps at the car park are out. Repairs are ordered; patrols will be "
            "set when they work.", by=cast.people["linden"],
        )  # fmt: skip


def _after_the_third(cast: Cast, year: Year, today: datetime.date) -> None:
    """From the third meeting until today, so that the register shows every state."""
    people = cast.people
    _done(
        cast, "Brief members on what the Act changes", "Briefing sent to all members.", "clover",
        year.third + 5 * DAY,
    )  # fmt: skip
    with on(year.third + 8 * DAY):
        actions.move_due_date(
            _action("Publish the domestic abuse service directory"), due_on=year.next + 6 * DAY,
            reason="The printer needs three weeks", by=people["bryony"],
        )  # fmt: skip
        actions.move_due_date(
            _action("Agree patrol times for Hythe Street"), due_on=year.next,
            reason="The rota for next month is already fixed", by=people["linden"],
        )  # fmt: skip
    with on(year.third + 20 * DAY):
        actions.drop(
            _action("Share hospital violence data"), by=people["hazel"],
            reason="The county’s violence reduction unit now sends the same figures to every "
            "district.",
        )  # fmt: skip
    with on(today - 9 * DAY, 15):
        actions.update(
            _action("Home safety visits"), status=Status.SAYS_DONE,
            text="All visits made. Eleven homes had new alarms fitted.", by=people["juniper"],
        )  # fmt: skip
    with on(today - 4 * DAY, 11):
        actions.update(
            _action("Bring repeat domestic abuse figures"), status=Status.IN_PROGRESS,
            text="Figures drawn; they are with the analyst for checking.", by=people["linden"],
        )  # fmt: skip


# ---- what is coming -----------------------------------------------------------------------------


def _prepare(cast: Cast, year: Year, third: Meeting) -> None:
    """The next meeting's draft agenda, and who has said that they come."""
    coming = _set(cast, cast.groups["board"], year.next, third.on + 9 * DAY)
    _set(cast, cast.groups["board"], year.later, third.on + 9 * DAY)
    beforehand.carry_on(cast, third)
    with on(year.next - 19 * DAY):
        _lead(cast, coming)
        _add_papers(cast, coming, [papers.STRATEGY, papers.POWERS, papers.HORIZON, papers.DVACS])
        for key in ("linden", "bryony", "juniper", "basil", "iris", "reed", "heather"):
            attendance.say(coming, presence=Presence.COMING, by=cast.people[key])
        attendance.say(coming, presence=Presence.APOLOGIES, by=cast.people["sage"])
    beforehand.wait_for_an_agenda(cast, coming)
    interests.register(cast, coming)
    interests.note(cast, coming)


def _subgroup(cast: Cast, today: datetime.date) -> None:
    """DVACS meets on the last working day, and its minutes are still being taken."""
    day = working_days.add_working_days(today + DAY, -1)
    meeting = _set(cast, cast.groups["dvacs"], day, day - 30 * DAY)
    hazel = cast.people["hazel"]
    with on(day - 6 * DAY):
        agenda.publish(meeting, by=hazel)
    with on(day, 10, 2):
        attendance.record(
            meeting, by=hazel,
            presences={each.key: Presence.PRESENT for each in roll(meeting).people},
        )  # fmt: skip
        minutes.open(meeting, chaired_by=cast.people["reed"], by=hazel)
        item = meeting.items.get(kind=ItemKind.APOLOGIES)
        writing.write(
            item, text="The Chair welcomed everybody. All members were present.",
            version=item.version, by=hazel,
        )  # fmt: skip
