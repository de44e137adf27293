"""The combined chronology: planted contradictions are found, and nothing else."""

import pytest
from django.core.exceptions import ValidationError

from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from dhr.models import InformationKind, KeyEntry, Misfit
from dhr.queries import combined as queries
from dhr.workflow import fitting, information, life
from membership.models import Role, Seat, Signature
from tests import world as worlds
from tests.dhr.conftest import DAY

NAME = "Thistle Canarywharf"


@pytest.fixture
def agencies(running, world):
    """The police, the county and a health trust, each with somebody on the standing panel."""
    trust = worlds.agency("Estuary Health Trust", "health")
    Signature.objects.create(
        agreement=world.agreement, agency=trust, signed_by_name="Clover Bains",
        starts_on=worlds.LONG_AGO,
    )  # fmt: skip
    nurse = worlds.person("Sorrel Hart")
    worlds.seat(nurse, running.group.reports_to, trust, Role.MEMBER)
    police = Seat.objects.get(group=running.group.reports_to, agency=world.police).person
    return {world.police: police, world.county: world.kent, trust: nurse}


def send(review, world, agencies, agency, lines):
    """A chronology as it was sent. A line is a day of the scope and what stands in it."""
    start = review.terms.get().scope_from
    asked = information.ask(
        review, agency=agency, kind=InformationKind.CHRONOLOGY, by=world.officer
    )
    who = agencies[agency]
    made = [
        information.add_line(
            asked, on=start + day * DAY, what=more.pop("what", f"Seen on day {day}"), by=who, **more
        )
        for day, more in lines
    ]
    information.send_answer(information.save_answer(asked, known=True, by=who), by=who)
    return made


def quiet(until=720, step=20):
    """Lines that leave no gap."""
    return [(day, {}) for day in range(0, until, step)]


def kinds(review):
    found = queries.combined(review).misfits
    return sorted((str(each.kind), tuple(sorted(each.lines))) for each in found)


def test_chronologies_that_fit_hold_no_misfit(running, world, agencies):
    police, county, _ = agencies
    send(running, world, agencies, police, [
        *quiet(), (101, {"contact_with": county, "risk": "high", "source_reference": "R 1"}),
        (200, {"contact_with": county}), (200, {"contact_with": county}),
    ])  # fmt: skip
    send(running, world, agencies, county, [
        *quiet(), (101, {"contact_with": police, "risk": "high", "source_reference": "r1"}),
        (200, {"contact_with": police}),
    ])  # fmt: skip
    found = queries.combined(running)
    assert found.misfits == []
    assert len(found.lines) == 36 * 2 + 5
    assert [each.on for each in found.lines] == sorted(each.on for each in found.lines)


def test_planted_contradictions_of_each_kind_are_found_and_no_others(running, world, agencies):
    """Two chronologies with one contradiction of each kind, and lines around them that fit."""
    police, county, _ = agencies
    theirs = send(running, world, agencies, police, [
        *quiet(400),
        (50, {"contact_with": county, "what": "Told the county"}),
        (101, {"contact_with": county, "what": "Told it again"}),
        (150, {"contact_with": county, "what": "Met it", "risk": "high"}),
        (203, {"source_reference": "CAD 7", "what": "An assault"}),
        (250, {"contact_with": county, "what": "Rang it"}),
        (399, {"risk": "high", "what": "A report"}), (440, {}), (460, {}),
        *[(day, {}) for day in range(480, 720, 20)],
        (-5, {"what": "Long before"}),
    ])  # fmt: skip
    ours = send(running, world, agencies, county, [
        *quiet(), (104, {"contact_with": police, "what": "The police told us"}),
        (150, {"contact_with": police, "what": "The police met us", "risk": "medium"}),
        (217, {"source_reference": "cad7", "what": "Told of an assault"}),
        (250, {"contact_with": police, "what": "The police rang"}),
    ])  # fmt: skip
    of = {each.what: each.pk for each in [*theirs, *ours]}
    assert kinds(running) == sorted([
        ("contact", (of["Told the county"],)),
        ("date", tuple(sorted((of["Told it again"], of["The police told us"])))),
        ("date", tuple(sorted((of["An assault"], of["Told of an assault"])))),
        ("risk", tuple(sorted((of["Met it"], of["The police met us"])))),
        ("silent", (of["A report"],)),
        ("outside", (of["Long before"],)),
    ])  # fmt: skip


def test_days_around_the_limits(running, world, agencies):
    """Seven days is near, eight is not; 28 days of silence are not over 28."""
    police, county, _ = agencies
    send(running, world, agencies, police, [
        (0, {"contact_with": county}), (100, {"contact_with": county}), (101, {"risk": "high"}),
        (129, {"risk": "high"}), (158, {"contact_with": county}),
        *[(day, {}) for day in range(170, 720, 20)],
    ])  # fmt: skip
    send(running, world, agencies, county, [
        (7, {"contact_with": police}), (20, {}), (92, {"contact_with": police}), (110, {}),
        (158, {"contact_with": police}), *[(day, {}) for day in range(170, 720, 20)],
    ])  # fmt: skip
    found = [each.kind for each in queries.combined(running).misfits]
    assert found.count("date") == 1
    assert found.count("contact") == 2
    silent = [each.says for each in queries.combined(running).misfits if each.kind == "silent"]
    assert len(silent) == 2
    assert "Kent Police assessed the risk as high" in silent[1]
    assert "29 days" in silent[1]


def test_an_agency_that_has_not_sent_contradicts_nobody_and_is_named(running, world, agencies):
    police, county, trust = agencies
    send(running, world, agencies, police, [*quiet(), (50, {"contact_with": county})])
    information.ask(running, agency=county, kind=InformationKind.CHRONOLOGY, by=world.officer)
    asked = information.ask(
        running, agency=trust, kind=InformationKind.CHRONOLOGY, by=world.officer
    )
    information.send_answer(
        information.save_answer(asked, known=False, by=agencies[trust]), by=agencies[trust]
    )
    found = queries.combined(running)
    assert found.misfits == []
    assert [(each.agency, each.says) for each in found.without] == [
        (trust, "It says that it holds nothing"),
        (county, "It has not sent its chronology yet"),
    ]  # fmt: skip
    assert found.sources == [police]


def test_what_is_shown_names_nobody(running, world, agencies):
    police = next(iter(agencies))
    send(running, world, agencies, police, [
        (10, {"what": f"{NAME.upper()} rang, as Mrs Canarywharf’s sister had", "who": "thistle",
              "done": "Told Thistle\nCanarywharf", "contact_other": "Canarywharf Clinic"}),
    ])  # fmt: skip
    found = queries.combined(running)
    (line,) = found.lines
    assert line.what == "Anna rang, as Anna’s sister had"
    assert (line.who, line.done, line.contact) == ("Anna", "Told Anna", "Anna Clinic")
    assert queries.names_left(running, found) == []
    KeyEntry.objects.create(review=running, pseudonym="Child 1", role="child", names="Anna")
    assert queries.names_left(running, found) == ["Child 1"]


def test_a_misfit_is_settled_by_who_keeps_the_review_and_can_be_opened_again(
    running, world, agencies, independent
):
    police, county, _ = agencies
    send(running, world, agencies, police, [*quiet(), (50, {"contact_with": county})])
    send(running, world, agencies, county, quiet())
    (found,) = queries.combined(running).misfits
    told = {"kind": found.kind, "key": found.key}
    with pytest.raises(Refused):
        fitting.settle(running, **told, settled="It was a call", by=world.kent)
    with pytest.raises(ValidationError):
        fitting.settle(running, **told, settled=" ", by=independent)
    with pytest.raises(Wrong):
        fitting.settle(running, kind="contact", key="0", settled="Nothing", by=independent)
    fitting.settle(running, **told, settled="It was a call", by=independent)
    fitting.settle(running, **told, settled="It was a letter", by=independent)
    (found,) = queries.combined(running).misfits
    assert found.settled.settled == "It was a letter"
    assert queries.combined(running).open_misfits == []
    fitting.unsettle(running, **told, by=independent)
    assert not Misfit.objects.exists()


def test_new_terms_change_what_is_outside(running, world, agencies):
    police = next(iter(agencies))
    send(running, world, agencies, police, quiet())
    life.agree_terms(
        running, text="Later", scope_from=clock.today() - 100 * DAY,
        scope_to=clock.today() - 20 * DAY, agreed_on=clock.today(), changed_because="Narrower",
        by=world.officer,
    )  # fmt: skip
    outside = [each for each in queries.combined(running).misfits if each.kind == "outside"]
    assert len(outside) == len([each for each in quiet() if each[0] < 630])
