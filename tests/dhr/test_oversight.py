"""The board's view of all action plans: whole once a report is public, in bands before."""

import io
from types import SimpleNamespace

import pikepdf
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

import actions.workflow
from actions.models import Status
from core import clock
from core.markings import Marking
from core.permissions import Refused
from core.workflow import Wrong
from dhr import duties, renditions
from dhr.models import Difference, LearningTheme
from dhr.queries.oversight import REPORT, band, oversight
from dhr.workflow import life, plans, publishing, reporting, rules
from meetings.workflow import agenda, schedule
from tests.dhr.conftest import DAY, NAMES
from tests.dhr.publishing import clear, prepare, submit
from tests.dhr.test_plans import add, shown
from tests.meetings.held import PLACE
from tests.words_in import words_in

KEPT = "Ask about abuse at each visit"


def signed(item, answerer, world):
    shown(item, world, by=answerer)
    return plans.sign_off(
        item, remark="Seen", completed_on=clock.today(), outcome="In use", by=world.officer
    )


@pytest.fixture
def plan(running, answerer, world):
    """A plan of five actions: signed off, waiting, said to be done, late, of another body."""
    rules.load()
    told = plans.recommend(
        running, text=KEPT, themes=LearningTheme.objects.filter(slug="asking"), by=world.officer
    )
    items = SimpleNamespace(
        signed=signed(add(told, world), answerer, world),
        waits=add(told, world, agency=world.county),
        says=add(told, world), late=add(told, world, target_on=clock.today()),
        outside=add(told, world, outside="The Rosehip surgery"),
    )  # fmt: skip
    actions.workflow.update(items.says.action, text="Done", status=Status.SAYS_DONE, by=answerer)
    return items


@pytest.fixture
def public(plan, running, independent, world):
    """The same, with its report published."""
    clear(submit(running, world.officer), world.officer)
    running.refresh_from_db()
    publishing.publish(prepare(running, world.officer), by=independent)
    running.refresh_from_db()
    return plan


def found(world, days=1):
    return oversight(world.partnership, clock.today() + days * DAY)


def cells(line):
    return [line.actions, *line.states]


def test_numbers_that_are_not_public_are_bands():
    assert [band(each) for each in (0, 1, 4, 5, 90)] == [
        "none", "fewer than 5", "fewer than 5", "5 or more", "5 or more",
    ]  # fmt: skip


def test_before_publication_a_plan_is_bands_and_nothing_else(plan, world):
    seen = found(world)

    [line] = seen.plans
    some = "fewer than 5"
    assert line.label == f"Plan 1 of {clock.today().year}"
    assert cells(line) == ["5 or more", some, some, some, "none", some]
    assert {each.label for each in seen.before} == {
        "Kent Police",
        "Kent County Council",
        "Other bodies",
    }
    assert (seen.agencies, seen.overdue, seen.themes, seen.differences) == ([], [], [], [])
    assert cells(seen.total)[0] == 0


def test_once_published_it_is_whole_by_agency_and_by_the_date_first_agreed(public, world):
    plans.move_target(public.late, due_on=clock.today() + 9 * DAY, reason="Busy", by=world.officer)
    seen = found(world, days=3)

    assert [cells(each) for each in seen.plans] == [[5, 2, 1, 1, 0, 1]]
    police = next(each for each in seen.agencies if each.label == "Kent Police")
    assert cells(police) == [3, 0, 1, 1, 0, 1]
    assert [(each.number, each.late_days, each.missing) for each in seen.overdue] == [
        ("1.4", 3, False), ("1.3", 0, True),
    ]  # fmt: skip
    assert seen.themes == [("Asking about abuse", 1, 0)]
    assert seen.plans[0].quarter == 1
    assert seen.before == []


def test_what_made_a_difference_is_counted_by_its_last_check(public, world):
    for said in (Difference.NO, Difference.YES):
        plans.check_difference(public.signed, difference=said, found="Audit", by=world.officer)

    assert dict(found(world).differences)["Yes"] == 1


def test_opened_again_its_numbers_are_bands_again(public, running, world):
    life.reopen(running, reason="New evidence", by=world.officer)

    assert not found(world).public


def test_no_page_and_no_file_of_it_says_whose_plan_it_is(public, running, world, client):
    client.force_login(world.scrutiny)
    told = ""
    for name in ("oversight", "oversight_csv"):
        answer = client.get(reverse(f"dhr:{name}", args=["dartford"]))
        assert answer.status_code == 200
        told += answer.content.decode()
    for word in (running.reference, KEPT, "Rosehip", "Put the question", *NAMES.split()):
        assert word not in told
    assert "Plan 1 of" in told
    assert client.get(reverse("dhr:oversight_agenda", args=["dartford"])).status_code == 403


def test_without_any_plan_the_page_says_so(arrangement, world, client):
    client.force_login(world.chair)
    page = client.get(reverse("dhr:oversight", args=["dartford"])).content.decode()
    assert "There is no action plan yet" in page
    client.force_login(world.guest)
    assert client.get(reverse("dhr:oversight", args=["dartford"])).status_code == 403


# ---- on an agenda -------------------------------------------------------------------------------


@pytest.fixture
def item(world):
    """An item of the board's next meeting."""
    meeting = schedule.schedule(
        world.board, on=clock.today() + 20 * DAY, **PLACE, meant=True, by=world.officer
    )
    return agenda.add_item(
        meeting, title="Death reviews", marking=Marking.OFFICIAL, minutes_allowed=10,
        by=world.officer,
    )  # fmt: skip


@pytest.mark.pdf
def test_the_officer_puts_the_report_on_the_boards_agenda_once(public, item, running, world):
    owed = {each.what: each.state for each in duties.looked_at(world.partnership, clock.today())}
    assert owed == {duties.LOOKED: "due"}

    paper = reporting.put_on_agenda(
        world.partnership, item=item, says="Two agencies have merged.", by=world.officer
    )

    data = bytes(paper.document.versions.get().content.data)
    words = " ".join(words_in(data))
    assert "Two agencies have merged" in words
    assert running.reference not in words
    assert "Rosehip" not in words
    with pikepdf.open(io.BytesIO(data)) as made:
        assert made.Root.MarkInfo.Marked
    [looked] = duties.looked_at(world.partnership, item.meeting.on)
    assert looked.state == "met"
    assert paper.document.title == REPORT
    with pytest.raises(Wrong, match="already"):
        reporting.put_on_agenda(world.partnership, item=item, by=world.officer)


def test_what_the_officer_adds_names_nobody(running, item, world, monkeypatch):
    monkeypatch.setattr(renditions, "progress", pytest.fail)
    for says in (f"Of {NAMES.splitlines()[0]}", f"See {running.reference}"):
        with pytest.raises(ValidationError) as refused:
            reporting.put_on_agenda(world.partnership, item=item, says=says, by=world.officer)
        assert "anarywharf" not in str(refused.value)
    with pytest.raises(Refused):
        reporting.put_on_agenda(world.partnership, item=item, by=world.chair)


# ---- what is owed -------------------------------------------------------------------------------


def test_what_is_owed_says_how_much_and_not_of_which_review(public, running, world):
    tomorrow = clock.today() + 2 * DAY
    [owed] = duties.delivered(world.partnership, tomorrow)
    assert (owed.state, owed.why) == ("overdue", "1 action overdue and 1 action without evidence.")
    with time_machine.travel(tomorrow, tick=False):
        [dates] = duties.dates(world.partnership, clock.today() + 400 * DAY)
    assert running.reference not in f"{owed} {dates}"


def test_nothing_is_owed_where_no_reviews_are_held(world):
    for each in (duties.dates, duties.delivered, duties.looked_at):
        assert list(each(world.partnership, clock.today())) == []
