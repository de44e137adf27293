"""Strategies for tests, brought by the real verbs to wherever a test begins."""

import datetime
from decimal import Decimal

import time_machine

from assessments.models import Edition, Priority
from assessments.workflow import strategy
from core import clock
from figures.models import CrimeType
from tests.assessments import writing

TODAY = datetime.date(2026, 2, 10)
ADOPTED = datetime.date(2026, 3, 18)
DUE = datetime.date(2026, 9, 30)
BASE = "/dartford/assessments/strategy/"
URL = f"{BASE}2026-2029/2026/"


def at(day, hour=11):
    """It is this hour of this day."""
    moment = datetime.datetime.combine(day, datetime.time(hour), tzinfo=datetime.UTC)
    return time_machine.travel(moment, tick=False)


def begun(world, year=2026) -> Edition:
    return strategy.begin(world.partnership, starts_on=datetime.date(year, 4, 1), by=world.officer)


def plan(world):
    return strategy.add_plan(
        world.partnership, title="Police and Crime Plan", issued_by="The commissioner",
        starts_on=datetime.date(2025, 4, 1), priorities="Protecting People\nProtecting Places",
        by=world.officer,
    )  # fmt: skip


def prioritised(world, edition, title="Burglary", **more) -> Priority:
    more = {"owner": world.police, "post": world.commander_post, "aim": "Fewer homes"} | more
    return strategy.add_priority(edition, title=title, by=world.officer, **more)


def measured(world, priority, **more):
    objective = strategy.add_objective(priority, text="Fewer burglaries", by=world.officer)
    fields = {"crime_type": CrimeType.objects.filter(name="Burglary").first(),
              "baseline_from": datetime.date(2025, 1, 1),
              "baseline_until": datetime.date(2025, 3, 1), "target": Decimal(200),
              "target_by": datetime.date(2027, 3, 31)} | more  # fmt: skip
    strategy.add_measure(objective, name="Burglaries", by=world.officer, **fields)
    return objective


def delivered(world, objective, text="Mark bicycles", **more):
    due = max(DUE, clock.today() + datetime.timedelta(days=100))
    fields = {"owner": world.council, "due_on": due, "partners": [world.police]} | more
    return strategy.deliver(objective, text=text, by=world.officer, **fields)


def written(world, edition) -> Edition:
    strategy.write(
        edition, vision="A safer borough.", foreword="Dear residents.", about="We are partners.",
        resources="What we have.", equality="We had due regard.", changes="Nothing much.",
        by=world.officer,
    )  # fmt: skip
    return strategy.consulted(
        edition, starts_on=datetime.date(2025, 11, 1), ends_on=datetime.date(2025, 12, 1),
        how="A survey.", found="People asked for lamps.", by=world.officer,
    )  # fmt: skip


def complete(world, edition=None) -> Edition:
    """Everything that an adoption needs, and two actions."""
    edition = edition or begun(world)
    priority = prioritised(world, edition)
    strategy.add_evidence(priority, words="Street-level figures", by=world.officer)
    objective = measured(world, priority)
    delivered(world, objective)
    delivered(world, objective, text="Fit alarms", owner=world.county)
    return written(world, edition)


def decision(world, **more):
    item = writing.meeting(world, on=ADOPTED, status="held")
    return writing.decision(world, item=item)


def adopted(world, edition=None) -> Edition:
    """Written in February and adopted in March 2026."""
    with at(TODAY):
        edition = complete(world, edition)
    with at(ADOPTED, 15):
        return strategy.adopt(edition, decision=decision(world), by=world.officer)
