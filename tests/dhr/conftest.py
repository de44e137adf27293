"""Death reviews in small: an arrangement, a review that was notified, one that is under way."""

import datetime

import pytest

from core import clock
from dhr.models import DeathKind, InformationKind, KeyEntry, KeyRole, Outcome, Relation
from dhr.workflow import (
    arrangements,
    chairing,
    deciding,
    information,
    life,
    notifying,
    seating,
)
from membership.models import Role, Seat, Signature
from tests import world as worlds

DAY = datetime.timedelta(days=1)
NAMES = "Thistle Canarywharf\nMrs Canarywharf"


def died(pseudonym="Anna", **more):
    """A death as the police tell of it."""
    return {
        "pseudonym": pseudonym, "died_on": clock.today() - 20 * DAY, "kind": DeathKind.HOMICIDE,
        "relation": Relation.FORMER, "elsewhere": "", **more,
    }  # fmt: skip


def take_notification(world, *, pseudonym="Anna", days=10, by=None, **more):
    """A notification that came so many days ago."""
    deaths = more.pop("deaths", None)
    died_on = clock.today() - (days + 10) * DAY
    return notifying.notify(
        more.pop("partnership", world.partnership), pseudonym=pseudonym,
        notified_on=clock.today() - days * DAY, notified_by=world.police,
        circumstances="Killed at home. Her former partner is charged.",
        deaths=deaths or [died(pseudonym, died_on=died_on)], by=by or world.officer, **more,
    )  # fmt: skip


def decide(review, world, outcome=Outcome.REVIEW, *, on=None, because=""):
    """The decision of the board's chair, today or on a day."""
    return deciding.decide(
        review, outcome=outcome, reasons="The definition of the Act is met.",
        decided_by="The chair of the board", decided_on=on or clock.today(),
        reversed_because=because, by=world.officer,
    )  # fmt: skip


@pytest.fixture
def arrangement(world):
    """What Dartford has laid down, as it is when it has just been set up."""
    return arrangements.set_up(world.partnership, by=world.officer)


@pytest.fixture
def review(arrangement, world):
    """A review that was notified ten days ago and that the officer works on; nothing is decided."""
    return take_notification(world)


@pytest.fixture
def independent(arrangement, world):
    """Somebody of a body without a part in anything, who may chair."""
    body = worlds.agency("Independent Reviewers", "voluntary")
    Signature.objects.create(
        agreement=world.agreement, agency=body, signed_by_name="Clover Bains",
        starts_on=worlds.LONG_AGO,
    )  # fmt: skip
    person = worlds.person("Rowan Ferrer")
    worlds.seat(person, arrangement.group, body)
    return person


@pytest.fixture
def running(review, independent, world):
    """The same, decided: with a chair, kent on its panel, terms, and a key of one person.

    On the standing panel sit the chair, kent of the county and somebody of the police.
    """
    decide(review, world)
    worlds.seat(world.kent, review.group.reports_to, world.county)
    worlds.seat(worlds.person("Teasel Quinn"), review.group.reports_to, world.police)
    chairing.appoint_chair(
        review, person=independent, independence="No part in the case nor its agencies",
        starts_on=clock.today(), by=world.officer,
    )  # fmt: skip
    seating.put_on(
        review, person=world.kent, agency=world.county, role=Role.MEMBER, free=True,
        said="Knows nobody of it", by=world.officer,
    )  # fmt: skip
    life.agree_terms(
        review, text="What each agency knew, and what it did.",
        scope_from=clock.today() - 730 * DAY, scope_to=clock.today() - 20 * DAY,
        agreed_on=clock.today(), by=world.officer,
    )  # fmt: skip
    KeyEntry.objects.create(review=review, pseudonym="Anna", role=KeyRole.DIED, names=NAMES)
    review.refresh_from_db()
    return review


# ---- what agencies are asked --------------------------------------------------------------------


@pytest.fixture
def answerer(running):
    """Somebody of the police on the standing panel, and not on the review."""
    return Seat.objects.get(group=running.group.reports_to, person__name="Teasel Quinn").person


@pytest.fixture
def asked(running, answerer, world):
    """The chronology that the police are asked for."""
    return information.ask(
        running, agency=world.police, kind=InformationKind.CHRONOLOGY, by=world.officer
    )


@pytest.fixture
def imr(running, answerer, world):
    """The report that the police are asked for."""
    return information.ask(running, agency=world.police, kind=InformationKind.IMR, by=world.officer)
