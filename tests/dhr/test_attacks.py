"""What nobody may bring about: names that leave, lists that are guessed at, pages that break."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actions.models import Update
from core import clock
from core.workflow import Wrong
from dhr.names import found_in
from dhr.queries import keeping
from dhr.views import frame
from dhr.workflow import (
    arrangements,
    information,
    key,
    life,
    plan_files,
    plans,
    publishing,
    retention,
)
from membership.queries import panels
from tests import world as worlds
from tests.dhr import test_learning as lessons
from tests.dhr.agencies import docx, refused, upload
from tests.dhr.conftest import DAY
from tests.dhr.publishing import clear, prepare, submit
from tests.dhr.test_plan_files import ACTION, BODY, REC, TARGET, back

NAME = "Canarywharf"


@pytest.fixture
def told(running, world):
    return plans.recommend(running, text="Ask about abuse", by=world.officer)


def add(told, world, **more):
    return plans.add_item(
        told, text="Put it on the form", target_on=clock.today() + 60 * DAY, by=world.officer,
        **{"agency": world.police, **more},
    )  # fmt: skip


# ---- a plan that comes back ---------------------------------------------------------------------


@pytest.mark.parametrize("number", ["²", "9" * 5000, "٣"])
def test_a_number_that_is_none_is_a_problem_of_its_row(told, world, number):
    add(told, world)

    def change(sheet):
        sheet.cell(4, 2).value = number
        sheet.cell(4, ACTION).value = "Do more"

    assert back(told.review, world, change).differences[0]["kind"] == "problem"


def test_an_identity_beyond_all_numbers_is_a_problem_of_its_row(told, world):
    add(told, world)

    def change(sheet):
        sheet.cell(3, 1).value = f"{told.review.reference}/{'1' * 5000}v1/1v1"

    assert back(told.review, world, change).differences[0]["kind"] == "problem"


@pytest.mark.parametrize("column", [2, ACTION, BODY, TARGET])
def test_a_row_that_cannot_be_taken_over_repeats_no_name(told, world, column):
    add(told, world)

    def change(sheet):
        sheet.cell(4, REC).value = "Something new"
        sheet.cell(4, ACTION).value = "Do more"
        sheet.cell(4, column).value = f"Of Mrs {NAME}"

    kept = back(told.review, world, change).differences
    assert [each["kind"] for each in kept] == ["problem"]
    assert NAME.casefold() not in str(kept).casefold()


def test_a_date_that_is_a_name_is_not_repeated(told, world):
    add(told, world)
    kept = back(
        told.review, world, lambda sheet: setattr(sheet.cell(3, TARGET), "value", NAME)
    ).differences
    assert [each["kind"] for each in kept] == ["problem"]
    assert NAME not in str(kept)


def test_a_plan_that_comes_back_is_a_spreadsheet(told, world):
    text = f"ID (leave as it is),Recommendation,Action to take\n{told.review.reference}/1v1,New,\n"
    file = SimpleUploadedFile("plan.csv", text.encode())
    assert "XLSX" in str(refused(plan_files.receive, told.review, file=file, by=world.officer))


# ---- evidence -----------------------------------------------------------------------------------


def test_evidence_goes_to_the_register_under_a_name_that_tells_nothing(told, world):
    item = add(told, world)
    file = SimpleUploadedFile(f"Mrs {NAME}.docx", docx("Staff are trained"))
    plans.complete(item, completed_on=clock.today(), outcome="Trained", file=file, by=world.officer)
    paper = Update.objects.get(action=item.action_id, evidence__isnull=False).evidence
    assert NAME not in paper.title + paper.versions.get().file_name
    assert paper.versions.get().file_name.endswith(".docx")


def test_evidence_that_names_somebody_of_the_key_is_refused(told, world):
    item = add(told, world)
    file = SimpleUploadedFile("training.docx", docx(f"What was done for Mrs {NAME}"))
    said = refused(
        plans.complete, item, completed_on=clock.today(), outcome="Trained", file=file,
        by=world.officer,
    )  # fmt: skip
    assert "Anna" in str(said["file"])
    assert NAME not in str(said)


# ---- a part of another partnership --------------------------------------------------------------


@pytest.fixture
def part(running, world):
    agreement = worlds.SharingAgreement.objects.create(
        partnership=world.gravesham, name="Agreement", short_name="K-MISA",
        starts_on=worlds.LONG_AGO, review_on=clock.today() + 900 * DAY,
    )  # fmt: skip
    worlds.Signature.objects.create(
        agreement=agreement, agency=world.gravesham_council, signed_by_name="Clover Bains",
        starts_on=worlds.LONG_AGO,
    )  # fmt: skip
    arrangements.set_up(world.gravesham, by=world.stranger)
    return life.hand_part(running, world.gravesham, purpose="For housing", by=world.officer)


def test_who_sits_on_a_part_is_not_told_whose_name_was_found(told, part, world):
    item = add(told, world, partnership=world.gravesham, agency=None, outside="Housing charity")
    for verb, texts in (
        (plans.complete, {"completed_on": clock.today(), "outcome": f"For {NAME}"}),
        (plans.outside_answered,
         {"outside_said": f"For {NAME}", "outside_said_on": clock.today()}),
    ):  # fmt: skip
        said = str(refused(verb, item, **texts, by=world.stranger))
        assert "must name nobody" in said
        assert "Anna" not in said
        assert "Anna" in str(refused(verb, item, **texts, by=world.officer))


def test_who_reads_from_elsewhere_stands_in_the_record_of_the_review(told, part, world, client):
    item = add(told, world, partnership=world.gravesham, agency=None, outside="Housing charity")
    client.force_login(world.officer)
    before = panels.reads_of(told.review.group).count()

    url = reverse("dhr:plan_item", args=[world.gravesham.slug, item.pk])
    assert client.get(url).status_code == 200
    request = SimpleNamespace(user=world.officer, partnership=world.gravesham)
    frame.read_all(request, [told.review])
    assert panels.reads_of(told.review.group).count() == before + 2


def test_nothing_is_said_of_a_part_that_has_ended(part, world):
    life.end_part(part, on=clock.today(), by=world.officer)
    with pytest.raises(Wrong):
        life.change_part(part, purpose="More", by=world.officer)


# ---- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize("hidden", ["\u034f", "\u061c", "\u180e", "\u2061", "\ufe0f", "\U000e0061"])
def test_a_name_is_found_with_what_is_not_seen_within_it(running, hidden):
    assert found_in(running, f"Of Canary{hidden}wharf, often") == ["Anna"]


# ---- what was read is what goes out -------------------------------------------------------------


def test_what_was_changed_after_the_page_was_opened_is_not_taken_as_read(running, world, client):
    made = lessons.write(world)
    lessons.workflow.change(made, **(lessons.TOLD | {"practice": "Otherwise."}), by=world.officer)
    client.force_login(world.kent)
    url = reverse("dhr:learning_check", args=["dartford", made.pk])

    client.post(url, {"version": made.version})
    made.refresh_from_db()
    assert made.checked_by is None
    client.post(url, {"version": made.version})
    made.refresh_from_db()
    assert made.checked_by == world.kent


def test_another_report_than_the_one_that_was_read_is_not_published(
    running, independent, world, client
):
    clear(submit(running, world.officer), world.officer)
    read = prepare(running, world.officer)
    publishing.put_away(read, because="Another one follows", by=world.officer)
    other = prepare(running, world.officer)
    client.force_login(independent)
    url = reverse("dhr:report_publish", args=["dartford", running.reference])

    client.post(url, {"rendition": read.pk})
    other.refresh_from_db()
    assert other.ended_at is None
    client.post(url, {"rendition": other.pk})
    other.refresh_from_db()
    assert other.ended_at


# ---- a legal hold -------------------------------------------------------------------------------


def test_nothing_is_taken_off_for_good_while_a_legal_hold_lasts(imr, answerer, running, world):
    information.send_report(imr, file=upload("Of Anna"), by=answerer)
    hold = retention.put_hold(running, reason="The inquest", by=world.officer)
    for by in (answerer, world.officer):
        with pytest.raises(Wrong, match="legal hold"):
            information.take_off(imr, reason="Wrong one", by=by)
    entry = running.key.get()
    with pytest.raises(Wrong, match="hold"):
        key.remove(entry, by=world.officer)
    retention.lift_hold(hold, because="It is over", by=world.officer)
    key.remove(entry, by=world.officer)
    imr.refresh_from_db()
    information.take_off(imr, reason="Wrong one", by=world.officer)


def test_an_action_that_was_given_to_another_body_is_silenced_with_the_rest(told, world):
    item = add(told, world)
    was = item.action_id
    plans.change_item(
        item, text="Write to them", outside="Ministry", reason="Theirs", by=world.officer
    )
    assert was in keeping.actions_of(told.review)
