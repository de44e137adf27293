"""Case reviews in small: a procedure, an application being filled in, one that was sent in."""

import datetime
from types import SimpleNamespace

import pytest

from core import clock
from core.working_days import add_working_days
from figures.models import District, Ward
from membership.models import PartnershipArea, Role, Signature
from tests import world as worlds
from triggers.models import Channel, OnBehalf, RelevantBody
from triggers.workflow import (
    answering,
    applying,
    information,
    panels,
    procedures,
    threshold,
)

DAY = datetime.timedelta(days=1)


@pytest.fixture
def procedure(world):
    """What Dartford has laid down about its reviews, as it is when it has just been set up."""
    return procedures.set_up(world.partnership, by=world.officer)


@pytest.fixture
def wards(world):
    """Two wards of Dartford, and one elsewhere."""
    PartnershipArea.objects.create(
        partnership=world.partnership, gss_code="E07000107", name="Dartford",
        starts_on=datetime.date(2024, 4, 1),
    )  # fmt: skip
    dartford = District.objects.create(code="E07000107", name="Dartford", vintage=2025)
    gravesham = District.objects.create(code="E07000109", name="Gravesham", vintage=2025)
    return [
        Ward.objects.create(code=code, name=name, vintage=2025, district=district)
        for code, name, district in (
            ("E05014201", "Temple Hill", dartford), ("E05014202", "Town", dartford),
            ("E05014301", "Riverside", gravesham),
        )
    ]  # fmt: skip


def body_of(agency):
    return RelevantBody.objects.get(agency=agency)


def add_report(application, body, *, happened, reported, what="Music until three in the night"):
    """One thing that happened so many days ago, and was reported so many days ago."""
    today = clock.today()
    complaint = answering.add_complaint(application)
    return answering.keep_complaint(
        application, number=complaint.number,
        values={
            "what": what, "where": "The stairwell", "happened_on": today - happened * DAY,
            "reported_on": today - reported * DAY, "body": body, "report_reference": "46/1234",
            "response": "Nothing that we saw",
        },
    )  # fmt: skip


def fill_in(application, world, *, reports=3):
    """Answer everything of an application that a victim fills in."""
    answering.keep(
        application,
        answers={
            "application": {"on_behalf": OnBehalf.SELF, "topics": ["noise", "threats"]},
            "speaker": {
                "name": "Fern Aldous", "email": "fern@example.test", "way": "email",
                "times": "Weekdays before noon", "never": "Do not come to the door",
            },
            "impact": {
                "place": "14 Invented Row", "postcode": "DA1 1AA", "feels": ["afraid"],
                "harm": "I sleep badly", "wishes": "That it stops", "voice": "in_person",
            },
        },
    )  # fmt: skip
    for number in range(reports):
        add_report(
            application, body_of(world.police), happened=20 + 30 * number, reported=19 + 30 * number
        )


@pytest.fixture
def application(world, procedure):
    """A draft that somebody fills in online for themselves, with three reports that count."""
    draft = applying.begin(world.partnership, channel=Channel.ONLINE)
    fill_in(draft, world)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def case(application):
    """The same, sent in."""
    return applying.submit(application)


# ---- people around a case, and what bodies are asked --------------------------------------------


@pytest.fixture
def colleague(case, world):
    """An officer of the same secretariat who came after the case, and so is not on it."""
    person = worlds.person("Aspen Rowe")
    worlds.seat(person, world.secretariat, world.council, Role.OFFICER)
    return person


@pytest.fixture
def member(case, world):
    """Somebody of the county council on the case's panel."""
    worlds.seat(world.kent, case.group, world.county)
    return world.kent


@pytest.fixture
def answerer(procedure, world):
    """Somebody of the police on the standing panel, and nowhere else."""
    person = worlds.person("Cedar Whitlock")
    worlds.seat(person, procedure.group, world.police)
    return person


@pytest.fixture
def asked(case, world, answerer):
    """What the police are asked in the case."""
    return information.ask(case, agency=world.police, by=world.officer)


@pytest.fixture
def sent(asked, answerer):
    """The same, answered: one report is held, on another day, and one line more."""
    report = asked.application.complaints.get(number=1)
    information.say_report(
        asked, complaint=report, held=True, reported_on=report.reported_on - DAY,
        done="Went there and spoke to them", source_reference="46/1234", by=answerer,
    )  # fmt: skip
    information.add_entry(
        asked, on=clock.today() - 100 * DAY, what="Call about shouting", done="",
        reported_on=clock.today() - 100 * DAY, by=answerer,
    )  # fmt: skip
    information.save_answer(
        asked, known=True, summary="We went there once", risk="Medium", offers="Patrols",
        withheld="", by=answerer,
    )  # fmt: skip
    return information.send_answer(asked, by=answerer)


@pytest.fixture
def another(case, world):
    """Another application on the same trouble, by a neighbour who knows nothing of the first."""
    draft = applying.begin(world.partnership, channel=Channel.ONLINE)
    fill_in(draft, world)
    return applying.submit(draft)


# ---- panels -------------------------------------------------------------------------------------


@pytest.fixture
def review_case(case, world):
    """The same case, whose threshold is met: a panel is to be held."""
    threshold.decide(
        case, met=True, review=True, reason="Three of your reports count.", by=world.officer
    )
    case.refresh_from_db()
    return case


@pytest.fixture
def pool(procedure, world):
    """Three people of the standing panel: of the fire service, of the county, of the police."""
    fire = worlds.agency("Kent Fire and Rescue", "fire")
    Signature.objects.create(
        agreement=world.agreement, agency=fire, signed_by_name="Clover Bains",
        starts_on=worlds.LONG_AGO,
    )  # fmt: skip
    made = SimpleNamespace(body=fire)
    for name, who, agency in (
        ("fire", worlds.person("Rowan Ferrer"), fire), ("county", world.kent, world.county),
        ("police", worlds.person("Teasel Quinn"), world.police),
    ):  # fmt: skip
        setattr(made, name, worlds.seat(who, procedure.group, agency))
    return made


@pytest.fixture
def panel(review_case, pool, world):
    """The case with its panel: the fire service chairs, the county is a member."""
    for held, role in ((pool.fire, Role.CHAIR), (pool.county, Role.MEMBER)):
        panels.ask_onto_panel(review_case, held=held, role=role, free=True, by=world.officer)
    return review_case


def set_meeting(case, world, *, on=None):
    """The panel's meeting, on the next working day or on this one."""
    return panels.set_meeting(
        case, on=on or add_working_days(clock.today(), 1), starts_at=datetime.time(14),
        ends_at=datetime.time(16), venue="Civic Centre", by=world.officer,
    )  # fmt: skip


@pytest.fixture
def held(panel, world):
    """The same, after its panel sat and heard the victim."""
    review = set_meeting(panel, world)
    panels.record_voice(panel, how="in_writing", words="I want to sleep", by=world.officer)
    return panels.hold(review, on=clock.today(), by=world.officer)


@pytest.fixture
def recommended(held, world):
    """The same, finished: the police and the county council are recommended something."""
    case = held.application
    case.refresh_from_db()
    for agency, text in (
        (world.police, "Name one officer for repeat victims"),
        (world.county, "Mend the lights of the stairwell"),
    ):
        panels.recommend(case, agency=agency, text=text, by=world.officer)
    panels.finish(held, summary="Nobody joined the reports up.", by=world.officer)
    case.refresh_from_db()
    return case


# ---- figures ------------------------------------------------------------------------------------


@pytest.fixture
def early(world):
    """A procedure that was set up some years ago, so that there are years to count."""
    with clock.told_at(clock.london(datetime.date(2024, 5, 2), datetime.time(10))):
        return procedures.set_up(world.partnership, by=world.officer)
