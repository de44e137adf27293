"""From the Quality Assurance Panel to the public: never before clearance, never with a name."""

import pikepdf
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

import documents.workflow
from audit.models import Entry
from core import clock, reminders
from core.permissions import Refused
from core.workflow import Wrong
from dhr.models import (
    About,
    Feedback,
    Lead,
    PublishedReport,
    Stage,
    Step,
    Submission,
    Whom,
)
from dhr.queries import publishing as queries
from dhr.workflow import deciding, life, publishing, rules, submitting
from documents.models import Publication
from notices.models import Notice
from tests.dhr.conftest import DAY, decide, take_notification
from tests.dhr.publishing import clear, paper, pdf, prepare, submit, upload


@pytest.fixture
def law():
    rules.load()


@pytest.fixture
def cleared(running, law, world):
    """A review whose report the panel has cleared."""
    clear(submit(running, world.officer), world.officer)
    running.refresh_from_db()
    return running


@pytest.fixture
def published(cleared, independent, world):
    """The same, published: made ready by the officer, published by the chair."""
    made = publishing.publish(prepare(cleared, world.officer), by=independent)
    cleared.refresh_from_db()
    return made


def step(review, name):
    return review.milestones.filter(step=name).order_by("-occurrence").first()


# ---- the Quality Assurance Panel ----------------------------------------------------------------


def test_what_is_sent_is_known_by_its_hash_and_a_newer_version_does_not_change_it(running, world):
    document = paper(running, world.officer)
    made = submit(running, world.officer, document=document)

    assert made.sha256 == document.versions.get().content_id
    running.refresh_from_db()
    assert running.stage == Stage.SUBMITTED
    assert step(running, Step.REPORT).done_on == clock.today()


def test_a_file_that_was_sent_becomes_a_restricted_paper_and_later_its_next_version(running, world):
    told = {"submitted_on": clock.today(), "by": world.officer}
    first = submitting.submit(running, file=upload("First", name="Thistle.pdf"), **told)
    version = first.document.versions.get()
    assert (first.document.group, first.document.marking) == (running.group, "sensitive")
    assert (version.file_name, first.sha256) == (
        f"{running.reference}-report.pdf", version.content_id,
    )  # fmt: skip
    clear(first, world.officer, Feedback.CHANGES, "Say more")
    running.refresh_from_db()
    with pytest.raises(ValidationError, match="not both"):
        submitting.submit(
            running, file=upload("Second"), document=first.document, changes="More", **told
        )

    second = submitting.submit(running, file=upload("Second"), changes="More", **told)

    assert second.document == first.document
    assert first.document.versions.count() == 2
    first.refresh_from_db()
    assert first.sha256 != second.sha256


def test_only_a_restricted_paper_of_this_review_is_sent(running, world):
    other = take_notification(world, pseudonym="Beatrice")

    with pytest.raises(ValidationError, match="of this review"):
        submit(running, world.officer, document=paper(other, world.officer))
    with pytest.raises(ValidationError, match="Choose the overview report"):
        submitting.submit(running, submitted_on=clock.today(), by=world.officer)
    with pytest.raises(ValidationError, match="today or in the past"):
        submit(running, world.officer, on=clock.today() + DAY)


def test_sent_back_it_is_changed_and_sent_again(running, world):
    first = submit(running, world.officer)
    with pytest.raises(ValidationError, match="asks to be changed"):
        clear(first, world.officer, Feedback.CHANGES)
    clear(first, world.officer, Feedback.CHANGES, "Say more of the children")
    running.refresh_from_db()
    assert running.stage == Stage.RETURNED

    with pytest.raises(ValidationError, match="what was changed"):
        submit(running, world.officer)
    second = submit(running, world.officer, changes="More of the children")
    with pytest.raises(Wrong, match="already"):
        clear(first, world.officer)
    clear(second, world.officer)

    running.refresh_from_db()
    first.refresh_from_db()
    assert (second.number, running.stage) == (2, Stage.CLEARED)
    assert first.feedback == Feedback.CHANGES


def test_an_answer_written_down_by_mistake_is_taken_back_until_something_rests_on_it(
    cleared, world
):
    submission = cleared.submissions.get()
    waiting = prepare(cleared, world.officer)
    with pytest.raises(Wrong, match="Put it away"):
        submitting.take_back_feedback(submission, reason="Another review", by=world.officer)
    publishing.put_away(waiting, because="Not cleared", by=world.officer)

    submitting.take_back_feedback(submission, reason="Another review", by=world.officer)

    cleared.refresh_from_db()
    submission.refresh_from_db()
    assert (cleared.stage, submission.feedback) == (Stage.SUBMITTED, Feedback.WAITING)


@pytest.mark.parametrize("who", ["kent", "chair", "vice", "stranger", "guest"])
def test_only_officers_of_the_review_write_down_what_goes_to_the_panel(running, world, who):
    with pytest.raises(Refused):
        submit(running, getattr(world, who), document=paper(running, world.officer))


# ---- never before clearance ---------------------------------------------------------------------


def test_before_clearance_no_verb_makes_ready_or_publishes(running, world):
    with pytest.raises(Wrong, match="cannot be done now"):
        prepare(running, world.officer)
    submit(running, world.officer)
    with pytest.raises(Wrong, match="cannot be done now"):
        prepare(running, world.officer)


def test_what_waits_is_not_published_once_the_review_is_opened_again(cleared, independent, world):
    waiting = prepare(cleared, world.officer)
    life.reopen(cleared, reason="New evidence", by=world.officer)

    with pytest.raises(Wrong, match="cannot be done now"):
        publishing.publish(waiting, by=independent)
    clear(submit(cleared, world.officer, changes="The new evidence"), world.officer)
    with pytest.raises(Wrong, match="before the last clearance"):
        publishing.publish(waiting, by=independent)
    assert not Publication.objects.exists()


def test_the_database_refuses_a_published_report_without_clearance(running, world):
    submission = submit(running, world.officer)

    with pytest.raises(IntegrityError, match="after its clearance"), transaction.atomic():
        PublishedReport.objects.create(
            review=running, submission=submission, elsewhere_url="https://www.example.gov.uk",
            published_on=clock.today(), remove_on=clock.today() + DAY, by=world.officer,
        )  # fmt: skip


def test_the_database_keeps_the_clearance_on_which_something_was_published(published):
    with pytest.raises(IntegrityError, match="published on this clearance"), transaction.atomic():
        Submission.objects.filter(pk=published.submission_id).update(
            feedback="waiting", feedback_on=None
        )


def test_no_other_room_publishes_a_paper_of_a_review_that_is_not_cleared(running, world):
    document = paper(running, world.officer)
    told = {
        "kind": "minutes", "slug": "minutes", "title": "Minutes", "summary": "", "html": "<p>a</p>",
        "text": "a", "pdf": bytes(document.versions.get().content.data), "file_name": "a.pdf",
        "by": world.officer,
    }  # fmt: skip

    with pytest.raises(Wrong, match="has not cleared"):
        documents.workflow.publish(world.partnership, **told)
    sent = submit(running, world.officer, document=document)
    with pytest.raises(Wrong, match="has not cleared"):
        documents.workflow.publish(world.partnership, **told)
    assert not Publication.objects.exists()

    clear(sent, world.officer)
    assert queries.not_to_publish(sent.sha256) == ""
    answer = paper(running, world.officer, "What an agency answered").versions.get().content_id
    assert "has not cleared" in queries.not_to_publish(answer)


# ---- two people, no names -----------------------------------------------------------------------


def test_one_makes_it_ready_and_another_publishes_it(cleared, independent, law, world):
    waiting = prepare(cleared, world.officer)
    with pytest.raises(Wrong, match="Somebody else"):
        publishing.publish(waiting, by=world.officer)
    with pytest.raises(Refused):
        publishing.publish(waiting, by=world.kent)
    assert Notice.objects.filter(recipient=independent, kind="death-review-to-publish").exists()

    made = publishing.publish(waiting, by=independent)

    cleared.refresh_from_db()
    assert cleared.stage == Stage.PUBLISHED
    assert made.remove_on == clock.today().replace(year=clock.today().year + 3)
    page = Client().get(made.publication.get_absolute_url()).content.decode()
    assert "What the review found." in page
    assert cleared.reference not in page
    assert made.summary.title.endswith("executive summary")
    with pytest.raises(Wrong, match="cannot be done now"):
        publishing.publish(waiting, by=independent)


@pytest.mark.parametrize("field", ["title", "about"])
def test_a_name_in_the_words_of_the_page_is_refused_beside_them(cleared, world, field):
    with pytest.raises(ValidationError) as refused:
        prepare(cleared, world.officer, **{field: "Of Mrs CANARYWHARF"})

    said = refused.value.message_dict[field][0]
    assert "Anna" in said
    assert "anarywharf" not in said.lower()


@pytest.mark.parametrize("field", ["report", "summary"])
def test_a_name_in_a_file_is_refused_beside_it(cleared, world, field):
    with pytest.raises(ValidationError) as refused:
        prepare(cleared, world.officer, **{field: upload("Thistle Canarywharf died")})

    assert "name of Anna" in refused.value.message_dict[field][0]
    assert not Publication.objects.exists()


def test_a_file_must_be_a_pdf_with_words_and_nothing_hidden(cleared, world):
    def hide(made):
        made.attachments["a.txt"] = b"hello"

    def author(made):
        made.docinfo["/Author"] = "Thistle"

    for file, says in (
        (upload(change=hide), "other file"),
        (upload(change=author), "name of Anna"),
        (upload(""), "cannot be read"),
    ):
        with pytest.raises(ValidationError) as refused:
            prepare(cleared, world.officer, report=file)
        assert says in refused.value.message_dict["report"][0]
    assert pikepdf.open(upload())


def test_with_an_empty_key_nothing_is_made_ready(cleared, world):
    cleared.key.all().delete()

    with pytest.raises(ValidationError, match="key of this review is empty"):
        prepare(cleared, world.officer)


def test_a_name_that_came_into_the_key_since_stops_it(cleared, independent, world):
    waiting = prepare(cleared, world.officer, report=upload("Briar was a friend"))
    cleared.key.create(pseudonym="Friend", role="family", names="Briar Oakes")

    with pytest.raises(Wrong, match="in the key by now"):
        publishing.publish(waiting, by=independent)


def test_nothing_of_it_stands_in_the_record_or_in_notices(published):
    for each in Entry.objects.exclude(verb="published"):
        assert "What the review found" not in f"{each.subject} {each.detail}"
    assert not Notice.objects.filter(text__icontains="Anna").exists()


# ---- copies, again, off the site ----------------------------------------------------------------


def test_the_copies_that_the_law_asks_for_are_owed_until_they_are_written_down(published, world):
    review = published.review
    assert queries.copies_left(review) == [Whom.COMMISSIONER]
    assert step(review, Step.COPIES).runs

    told = deciding.tell(
        review, whom=Whom.COMMISSIONER, about=About.PUBLICATION, on=clock.today(), by=world.officer
    )
    assert step(review, Step.COPIES).done_on == clock.today()
    deciding.take_back_told(told, by=world.officer)
    assert step(review, Step.COPIES).runs


def test_opened_again_it_is_cleared_again_and_the_correction_replaces_it(
    published, independent, world
):
    review = published.review
    life.reopen(review, reason="New evidence", by=world.officer)
    with pytest.raises(ValidationError, match="what was changed"):
        submit(review, world.officer)
    clear(submit(review, world.officer, changes="The new evidence"), world.officer)
    review.refresh_from_db()
    with pytest.raises(ValidationError, match="what was corrected"):
        prepare(review, world.officer)
    waiting = prepare(
        review, world.officer, correction_note="The new evidence", report=upload("New"),
        summary=None,
    )  # fmt: skip

    made = publishing.publish(waiting, by=independent)

    assert made.publication.replaces == published.publication
    published.refresh_from_db()
    assert published.removed_on == clock.today()
    assert queries.shown_of(review) == made
    assert Client().get(published.publication.get_absolute_url()).status_code == 200
    assert Client().get(published.summary.get_absolute_url()).status_code == 410


def test_when_its_time_is_over_officers_are_reminded_and_take_it_off(published, world):
    review = published.review
    [row] = reminders.reminders["death-review-remove"].ask(published.remove_on)
    assert row["due"] == published.remove_on
    with time_machine.travel(published.remove_on, tick=False):
        assert queries.shown(review, world.officer)["over"]
        with pytest.raises(ValidationError, match="why it is taken off"):
            publishing.take_off_site(published, because="", by=world.officer)
        publishing.take_off_site(published, because="Its time is over", by=world.officer)

    for each in (published.publication, published.summary):
        assert Client().get(each.get_absolute_url()).status_code == 410
    assert Publication.objects.count() == 2
    assert not step(review, Step.REMOVE).runs
    assert not list(reminders.reminders["death-review-remove"].ask(published.remove_on))
    with pytest.raises(Wrong, match="already"):
        publishing.take_off_site(published, because="Again", by=world.officer)


def test_a_report_of_another_leader_is_written_down_by_its_address(arrangement, law, world):
    review = take_notification(world, lead=Lead.ELSEWHERE, led_by="Kent")
    decide(review, world)
    submission = submitting.submit(review, submitted_on=clock.today(), by=world.officer)
    clear(submission, world.officer)
    review.refresh_from_db()
    with pytest.raises(Wrong, match="Kent publishes"):
        prepare(review, world.officer)
    told = {"published_on": clock.today(), "by": world.officer}
    url = "https://www.example.gov.uk/r"
    with pytest.raises(ValidationError, match="address of the page"):
        publishing.publish_elsewhere(review, elsewhere_url="javascript:alert(1)", **told)

    made = publishing.publish_elsewhere(review, elsewhere_url=url, **told)

    assert made.publication is None
    assert queries.copies_left(review) == []
    publishing.take_off_site(made, because="Gone from there", by=world.officer)
    assert pdf()
