"""A plan goes out as a spreadsheet and comes back: nothing is lost, nothing is taken unseen."""

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from dhr.exports import plans as exports
from dhr.models import PlanItem, Recommendation
from dhr.queries import plans as queries
from dhr.workflow import plan_files, plans
from tests.dhr.agencies import NAME
from tests.dhr.conftest import DAY

REC, ACTION, BODY, MILESTONES, TARGET, COMPLETED, OUTCOME = 3, 5, 6, 7, 8, 9, 10


@pytest.fixture
def forty(running, world):
    """Eight recommendations of five actions, awkward texts among them."""
    awkward = ["=SUM(A1)", "+44 is no number", "-5 waits", "@all staff", "Line one\nline two"]
    for one in range(8):
        told = plans.recommend(running, text=f"Recommendation of kind {one}", by=world.officer)
        for two in range(5):
            outside = "Ministry of Justice" if two == 4 else ""
            plans.add_item(
                told, text=f"Do thing {one} {two}", outside=outside,
                agency=None if outside else (world.police, world.county)[two % 2],
                target_on=clock.today() + (30 + two) * DAY, milestones=awkward[two],
                by=world.officer,
            )  # fmt: skip
    return running


def taken(review):
    return exports.workbook(review, queries.plan(review), "Taken by Hazel Okafor")


def edited(data, change):
    book = load_workbook(io.BytesIO(data))
    change(book.worksheets[0])
    kept = io.BytesIO()
    book.save(kept)
    return SimpleUploadedFile("plan back.xlsx", kept.getvalue())


def back(review, world, change=lambda sheet: None):
    return plan_files.receive(review, file=edited(taken(review), change), by=world.officer)


def everything(review):
    return [tuple(line) for line in exports.lines(queries.plan(review), ids=False)]


def test_forty_actions_come_back_as_they_went(forty, world):
    before = everything(forty)
    assert len(before) == 40
    file = back(forty, world)
    assert file.differences == []
    assert plan_files.take_over(file, by=world.officer) == 0
    assert everything(forty) == before


def test_what_was_edited_is_shown_field_by_field_and_taken_over(forty, world):
    before = everything(forty)
    later = clock.today() + 90 * DAY

    def change(sheet):
        sheet.cell(3, ACTION).value = "Do it otherwise"
        sheet.cell(4, BODY).value = "kent police"
        sheet.cell(5, TARGET).value = later
        sheet.cell(6, COMPLETED).value = clock.today().strftime("%d/%m/%Y")
        sheet.cell(6, OUTCOME).value = "In use everywhere"
        for row in range(8, 13):
            sheet.cell(row, REC).value = "The second, better said"
        new = sheet.max_row + 1
        sheet.cell(new, REC).value = "Recommendation of kind 3"
        for column, value in (
            (ACTION, "A new action"), (BODY, "College of Policing"), (TARGET, later),
        ):  # fmt: skip
            sheet.cell(new, column).value = value

    file = back(forty, world, change)
    kinds = [(each["kind"], each["number"]) for each in file.differences]
    assert kinds == [
        ("changed", "1.1"), ("changed", "1.2"), ("changed", "1.3"), ("changed", "1.4"),
        ("changed", "2"), ("added", "4"),
    ]  # fmt: skip
    assert everything(forty) == before
    assert plan_files.take_over(file, by=world.officer) == 6
    first = PlanItem.objects.get(recommendation__number=1, number=1)
    assert first.text == first.action.text == "Do it otherwise"
    assert PlanItem.objects.get(recommendation__number=1, number=2).agency == world.police
    third = PlanItem.objects.get(recommendation__number=1, number=3)
    assert (third.target_on, third.action.due_on) == (clock.today() + 32 * DAY, later)
    fourth = PlanItem.objects.get(recommendation__number=1, number=4)
    assert (fourth.completed_on, fourth.outcome) == (clock.today(), "In use everywhere")
    assert Recommendation.objects.get(review=forty, number=2).text == "The second, better said"
    new = PlanItem.objects.get(recommendation__number=4, number=6)
    assert (new.text, new.outside) == ("A new action", "College of Policing")
    assert everything(forty)[10:15] == before[10:15]
    with pytest.raises(Wrong, match="already"):
        plan_files.take_over(file, by=world.officer)


def test_what_was_changed_here_too_is_a_conflict_and_waits(forty, world):
    data = taken(forty)
    item = PlanItem.objects.get(recommendation__number=1, number=1)
    plans.change_item(item, text="Changed here", agency=world.police, milestones="=SUM(A1)",
                      by=world.officer)  # fmt: skip
    sent = edited(data, lambda sheet: setattr(sheet.cell(3, ACTION), "value", "Changed there"))
    file = plan_files.receive(forty, file=sent, by=world.officer)
    assert [each["kind"] for each in file.differences] == ["conflict"]
    told = file.differences[0]["fields"][0]
    assert (told["before"], told["was"], told["now"]) == (
        "Do thing 0 0", "Changed here", "Changed there",
    )  # fmt: skip
    assert plan_files.take_over(file, by=world.officer) == 0
    item.refresh_from_db()
    assert item.text == "Changed here"
    again = plan_files.receive(forty, file=sent, by=world.officer)
    plan_files.take_over(again, conflicts=True, by=world.officer)
    item.refresh_from_db()
    assert item.text == "Changed there"


def test_a_plan_that_changed_after_the_preview_is_shown_again(forty, world):
    file = back(forty, world, lambda sheet: setattr(sheet.cell(3, ACTION), "value", "There"))
    item = PlanItem.objects.get(recommendation__number=1, number=1)
    plans.change_item(item, text="Here", agency=world.police, milestones="=SUM(A1)",
                      by=world.officer)  # fmt: skip
    with pytest.raises(plan_files.ShownAgain):
        plan_files.take_over(file, by=world.officer)
    file.refresh_from_db()
    assert file.differences[0]["kind"] == "conflict"


def test_rows_that_are_gone_stay_in_the_plan(forty, world):
    file = back(forty, world, lambda sheet: sheet.delete_rows(3))
    assert [each["kind"] for each in file.differences] == ["missing"]
    plan_files.take_over(file, by=world.officer)
    assert PlanItem.objects.filter(removed_because="").count() == 40


def test_what_cannot_be_taken_is_a_problem_with_its_place(forty, world):
    def change(sheet):
        sheet.cell(3, MILESTONES).value = "=1+1"
        sheet.cell(4, TARGET).value = "in spring"
        sheet.cell(5, ACTION).value = f"Speak to {NAME}"
        sheet.cell(6, 1).value = sheet.cell(5, 1).value
        sheet.cell(7, TARGET).value = clock.today() + 400 * DAY
        sheet.cell(8, 1).value = "DR-1999-0001/1v1/1v1"
        sheet.cell(9, TARGET).value = datetime.date(2001, 1, 1)

    file = back(forty, world, change)
    says = [each["says"] for each in file.differences if each["kind"] == "problem"]
    assert len(says) == 7
    for part in (
        "formula", "not a date", "name of Anna", "stands twice", "outside body",
        "none of this review", "today or later",
    ):  # fmt: skip
        assert any(part in each for each in says)
    assert "Canarywharf" not in str(file.differences)
    assert plan_files.take_over(file, by=world.officer) == 0


def test_another_file_is_refused_beside_the_field(forty, world):
    with pytest.raises(ValidationError) as wrong:
        plan_files.receive(
            forty, file=SimpleUploadedFile("a.csv", b"ward,number\nStone,14\n"), by=world.officer
        )
    assert "not an action plan" in wrong.value.message_dict["file"][0]


def test_only_officers_of_the_review_take_a_plan_back(forty, world):
    with pytest.raises(Refused):
        plan_files.receive(forty, file=edited(taken(forty), lambda _: None), by=world.kent)


def test_put_away_nothing_is_changed_and_the_file_is_kept(forty, world):
    file = back(forty, world, lambda sheet: setattr(sheet.cell(3, ACTION), "value", "There"))
    put = plan_files.put_away(file, by=world.officer)
    assert put.put_away_at
    assert bytes(put.content.data)
    assert PlanItem.objects.get(recommendation__number=1, number=1).text == "Do thing 0 0"


def test_no_cell_of_the_file_is_a_formula_and_it_says_who_took_it(forty):
    sheet = load_workbook(io.BytesIO(taken(forty))).worksheets[0]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert "Taken by Hazel Okafor" in sheet.cell(1, 1).value
    assert "OFFICIAL-SENSITIVE" in sheet.cell(1, 1).value
