"""The record of how agencies answer equals a count by hand, over three simulated years."""

import datetime
import random

import pytest

from actions.workflow import requests
from core import clock
from dhr.models import InformationKind, Review
from dhr.queries import compliance
from dhr.queries.compliance import Record
from dhr.workflow import arrangements, information
from membership.models import (
    Agency,
    Group,
    Partner,
    Role,
    Seat,
    SharingAgreement,
    SharingProtocol,
    Signature,
)
from tests import world as worlds
from tests.dhr.conftest import decide, take_notification

KINDS = list(InformationKind.values)


def at(day):
    return clock.told_at(datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC))


def answer(asked, by):
    """What the agency answers: that it holds nothing, which any request takes."""
    information.send_answer(information.save_answer(asked, known=False, by=by), by=by)


@pytest.fixture
def simulated(world):
    """Three years of requests to three agencies, and the tally kept by hand beside them."""
    dice = random.Random(20231)
    tally: dict[tuple[str, int], list[int]] = {}
    people = {world.police: world.vice, world.county: world.kent, world.council: world.officer}
    today = clock.today()
    began = today - datetime.timedelta(days=3 * 365)
    for model in (Agency, Group, Partner, Seat, SharingAgreement, SharingProtocol, Signature):
        model.objects.update(starts_on=began - datetime.timedelta(days=365))
    day, waiting = began, []
    with at(began):
        arrangements.set_up(world.partnership, by=world.officer)
        reviews = []
        for name in ("Agnes", "Bertha", "Cora"):
            review = take_notification(world, pseudonym=name)
            decide(review, world)
            worlds.seat(world.chair, review.group, world.council, Role.CHAIR, starts_on=began)
            reviews.append(review)
    todo = [(review, agency, kind) for review in reviews for agency in people for kind in KINDS]
    dice.shuffle(todo)
    while day < today - datetime.timedelta(days=2):
        with at(day):
            if todo and dice.random() < 0.3:
                review, agency, kind = todo.pop()
                due = day + datetime.timedelta(days=dice.randint(5, 40))
                asked = information.ask(
                    review, agency=agency, kind=kind, due_on=due, by=world.officer
                )
                end = dice.choices(["early", "late", "never", "withdrawn"], [5, 4, 2, 1])[0]
                when = {
                    "early": day + datetime.timedelta(days=dice.randint(0, (due - day).days)),
                    "late": due + datetime.timedelta(days=dice.randint(1, 60)),
                    "withdrawn": day + datetime.timedelta(days=dice.randint(0, 5)),
                }.get(end)
                waiting.append([asked, end, when, due, dice.random() < 0.4])
            for each in [each for each in waiting if each[2] == day]:
                asked, end, _, due, back = each
                if end == "withdrawn":
                    requests.withdraw(asked.request, reason="Not needed", by=world.officer)
                    continue
                line = tally.setdefault((asked.agency.name, due.year), [0] * 7)
                line[0] += 1
                if day <= due:
                    line[1] += 1
                else:
                    line[2] += 1
                    line[3] += (day - due).days
                    if back:
                        requests.escalate(asked.request, by=world.officer)
                        line[6] += 1
                answer(asked, people[asked.agency])
                if back:
                    information.check(asked, good=False, missing=["searched"], by=world.officer)
                    answer(asked, people[asked.agency])
                    line[4] += 1
        day += datetime.timedelta(days=1)
    for asked, end, when, due, _ in waiting:
        unanswered = end == "never" or (end != "withdrawn" and when > day)
        if unanswered and due < today:
            line = tally.setdefault((asked.agency.name, due.year), [0] * 7)
            line[0] += 1
            line[5] += 1
    return tally


def test_the_record_of_three_years_equals_the_count_by_hand(simulated, world):
    found = compliance.compliance(world.partnership)
    assert {(each.agency, each.year): each for each in found} == {
        key: Record(*key, *line) for key, line in simulated.items()
    }
    assert sum(each.asked for each in found) > 25
    assert sum(each.never for each in found) > 0
    assert sum(each.late_days for each in found) > 0
    total = {each.agency: each for each in compliance.together(found)}
    for agency in total:
        assert total[agency].asked == sum(
            line[0] for key, line in simulated.items() if key[0] == agency
        )


def test_it_can_be_read_by_agency_and_year(simulated, world):
    (year, *_) = compliance.years(world.partnership)
    found = compliance.compliance(world.partnership, agency="kent-police", year=year)
    assert {(each.agency, each.year) for each in found} <= {("Kent Police", year)}


def test_small_numbers_are_not_shown_outside():
    few = Record("A", 2026, asked=3, on_time=2, late=1, late_days=4)
    assert compliance.banded(few) | {"asked": ""} == dict.fromkeys(compliance.COUNTS, "")
    assert compliance.banded(few)["asked"] == "fewer than 5"
    some = compliance.banded(Record("A", 2026, asked=12, on_time=10, late=2, late_days=9))
    assert (some["asked"], some["on_time"], some["late"], some["never"]) == (
        "12", "not shown", "fewer than 5", "not shown",
    )  # fmt: skip
    assert some["late_days"] == ""
    plain = compliance.banded(Record("A", 2026, asked=12, on_time=7, late=5, late_days=9))
    assert (plain["on_time"], plain["late"], plain["never"], plain["late_days"]) == (
        "7", "5", "0", "9",
    )  # fmt: skip


def test_a_record_starts_without_lines(arrangement, world):
    assert compliance.compliance(world.partnership) == []
    assert compliance.years(world.partnership) == []
    assert not Review.objects.exists()
