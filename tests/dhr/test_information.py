"""What agencies are asked for a review: each sees and answers its own, and nobody else's."""

import datetime
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actions.models import Request, RequestStatus
from actions.workflow import requests
from audit.models import Entry
from core import clock, remember, reminders
from core.permissions import Refused, can
from core.workflow import Wrong
from dhr.models import (
    ChronologyLine,
    InformationKind,
    InformationRequest,
    KeyEntry,
    Milestone,
    QualityCheck,
    Step,
)
from dhr.queries import information as queries
from dhr.workflow import information, milestones
from documents.models import Content, Document
from figures.sheets import chronology
from membership.models import Agency, Signature
from membership.workflow import succeed_agency
from notices.models import Notice
from notices.workflow import ledger
from tests import world as worlds
from tests.dhr.agencies import NAME, ask, line, refused, upload
from tests.dhr.conftest import DAY, decide, take_notification

# ---- asked --------------------------------------------------------------------------------------


def test_an_agency_is_asked_through_the_one_list_of_requests(asked, running, answerer, world):
    request = asked.request
    assert (request.kind, request.detail, request.restricted) == ("death-review", "", True)
    assert str(request) == request.reference
    assert running.pseudonym not in request.subject
    assert request.through == running.group.reports_to
    notice = Notice.objects.get(recipient=answerer, kind="request-made")
    assert running.reference not in notice.text


def test_only_its_people_on_the_standing_panel_may_know(asked, answerer, world):
    """Others of the police learn nothing, nor does who sits on the standing panel for another."""
    known, own = Request.objects.filter(pk=asked.request_id), type(asked).objects
    assert known.visible_to(answerer).exists()
    assert own.visible_to(answerer).filter(pk=asked.pk).exists()
    assert can(answerer, "answer", asked)
    for who in (world.vice, world.dvacs, world.chair, world.administrator, world.stranger):
        assert not known.visible_to(who).exists()
        assert not own.visible_to(who).filter(pk=asked.pk).exists()
        assert not can(who, "view", asked)
    assert not can(answerer, "view", asked.review)


def test_records_are_secured_first_and_all_else_waits_for_the_decision(review, world):
    wrong = refused(ask, review, world)
    assert "secure their records only" in wrong["kind"][0]
    secure = ask(review, world, InformationKind.SECURE)
    assert secure.anybody
    assert wrong.keys() == {"kind"}
    asked = information.save_answer(secure, known=True, by=world.vice)
    assert refused(information.send_answer, asked, by=world.vice).keys() == {"secured_on"}
    information.save_answer(
        secure, known=True, secured_on=clock.today(), text="Paper files too", by=world.vice
    )
    assert information.send_answer(secure, by=world.vice).sent_on == clock.today()


def test_nobody_is_asked_twice_or_who_is_none_of_ours(asked, running, world):
    assert "asked for this already" in refused(ask, running, world)["agency"][0]
    other = worlds.agency("Far Away Council", "district")
    assert "neither a partner" in refused(ask, running, world, agency=other)["agency"][0]
    assert ask(running, world, InformationKind.IMR).pk != asked.pk


def test_questions_that_name_somebody_are_refused_without_saying_the_name(running, world):
    wrong = refused(ask, running, world, questions="What did THISTLE tell you?")
    assert wrong["questions"] == ["A name of Anna is in it. Use the pseudonym"]


def test_only_officers_of_the_review_ask(running, independent, world):
    for who in (world.kent, independent, world.chair, world.administrator):
        with pytest.raises(Refused):
            information.ask(running, agency=world.police, kind="chronology", by=who)


def test_an_agency_that_ended_is_asked_and_answered_for_by_its_successor(asked, running, world):
    new = succeed_agency(
        world.police, name="Kent and Medway Police", short_name="KMP", on=clock.today(),
        by=world.officer,
    )  # fmt: skip
    heir = worlds.person("Larch Novak")
    worlds.seat(heir, running.group.reports_to, new)
    Signature.objects.create(
        agreement=world.agreement, agency=new, signed_by_name="Clover Bains",
        starts_on=worlds.LONG_AGO,
    )  # fmt: skip
    assert can(heir, "answer", asked)
    assert Request.objects.visible_to(heir).filter(pk=asked.request_id).exists()
    line(asked, heir, "Called about shouting")
    assert information.send_answer(asked, by=heir).sent_on
    assert asked.agency == world.police
    assert ask(running, world, InformationKind.IMR).agency == new
    assert [each.instead_of for each in queries.asked_in(running, kind="chronology")] == [new.name]


# ---- chronologies -------------------------------------------------------------------------------


def test_a_draft_is_the_agencys_own_until_it_is_sent(asked, running, answerer, world):
    information.save_answer(asked, known=True, text="A draft", by=answerer)
    asked.refresh_from_db()
    assert queries.read_by(answerer, asked)
    assert not queries.read_by(world.officer, asked)
    with pytest.raises(Refused):
        information.save_answer(asked, known=True, by=world.officer)
    wrong = refused(information.send_answer, asked, by=answerer)
    assert "at least one line" in wrong["known"][0]
    made = line(asked, answerer, "Call about shouting", who="Anna", risk="high")
    information.change_line(made, what="Call about noise", by=answerer)
    information.send_answer(asked, by=answerer)
    asked.refresh_from_db()
    assert queries.read_by(world.kent, asked)
    with pytest.raises(Wrong):
        line(asked, answerer, "Too late")


def test_an_officer_writes_down_what_came_another_way(asked, answerer, world):
    information.save_answer(asked, known=False, by=world.officer)
    information.send_answer(asked, by=world.officer)
    asked.refresh_from_db()
    assert asked.taken_by == world.officer


def test_somebody_elses_words_are_not_lost(asked, answerer):
    information.save_answer(asked, known=True, text="First", version=1, by=answerer)
    with pytest.raises(information.Changed):
        information.save_answer(asked, known=True, text="Second", version=1, by=answerer)


def test_a_line_must_be_of_the_past_and_say_what_happened(asked, answerer, world):
    wrong = refused(
        information.add_line, asked, on=clock.today() + DAY, what="", risk="purple",
        contact_with=world.police, by=answerer,
    )  # fmt: skip
    assert wrong.keys() == {"on", "what", "risk", "contact_with"}


def test_a_table_is_read_with_bodies_and_risks(asked, answerer, world):
    text = "\n".join([
        "Date\tTime\tWhat happened\tWhat was done\tReference\tWho\tAgency contacted\tRisk",
        "3/5/2025\t22:30\tCall about shouting\tWent there\t46/1\tAnna\tkent county council\tHIGH",
        "4/5/2025\t\tReferred on\t\t46/2\tAnna\tThe Orchard Charity\tlow",
        "5/5/2025\t\tSeen again\t\t\tAnna\t\tpurple",
        "someday\t\tNo date\t\t\t\t\t",
    ])  # fmt: skip
    read = information.read_lines(asked, chronology.of_text(text, today=clock.today()))
    assert [(each["risk"], each["contact_with"], each["contact_other"]) for each in read.lines] == [
        ("high", world.county, ""), ("standard", None, "The Orchard Charity"),
    ]  # fmt: skip
    assert [each for each in read.problems if "“purple” is not a risk" in each]
    assert [each for each in read.problems if "“someday” is not a date" in each]
    assert information.add_lines(asked, lines=read.lines, by=answerer) == 2
    assert information.add_lines(asked, lines=read.lines, by=answerer) == 0
    first = asked.lines.first()
    assert (first.at, first.who, first.source_reference) == (datetime.time(22, 30), "Anna", "46/1")


# ---- reports ------------------------------------------------------------------------------------


def test_a_report_becomes_a_restricted_paper_under_a_name_that_tells_nothing(imr, answerer, world):
    sent = information.send_report(imr, file=upload(f"{NAME} called in May."), by=answerer)
    document = sent.document
    assert document.restricted
    assert document.group == imr.review.group
    version = document.versions.get()
    assert version.file_name == f"{imr.request.reference}-imr.docx"
    assert "Thistle" not in document.title
    assert not can(answerer, "open", document)
    assert information.open_report(sent, by=answerer) == version
    assert sent.request.status == RequestStatus.ANSWERED


def test_a_report_about_nobody_of_the_review_is_kept_only_when_confirmed(imr, answerer):
    with pytest.raises(information.Doubtful) as doubt:
        information.send_report(imr, file=upload("Somebody else altogether"), by=answerer)
    assert doubt.value.found.readable
    assert not Document.objects.filter(group=imr.review.group).exists()
    sent = information.send_report(
        imr, file=upload("Somebody else altogether"), confirmed=True, by=answerer
    )
    assert sent.document


def test_pseudonyms_do_as_well_as_names(imr, answerer):
    assert information.send_report(imr, file=upload("We knew Anna."), by=answerer).document


def test_a_report_in_another_form_is_refused(imr, answerer):
    sheet = SimpleUploadedFile("report.csv", b"Anna,1\n")
    wrong = refused(information.send_report, imr, file=sheet, by=answerer)
    assert "Choose a PDF" in wrong["file"][0]


def test_a_report_in_the_wrong_review_is_moved_and_gone_for_good(imr, answerer, world):
    second = take_notification(world, pseudonym="Bertha")
    decide(second, world)
    right = ask(second, world, InformationKind.IMR)
    information.save_answer(imr, known=True, text="As asked", by=answerer)
    sent = information.send_report(imr, file=upload("A report about Bertha"), confirmed=True,
                                   by=answerer)  # fmt: skip
    old, key = sent.document, sent.document.versions.get().content_id
    information.check(sent, good=True, remark="", by=world.officer)
    assert queries.right_places(sent, answerer) == [right]
    moved = information.move_to_right_review(
        sent, to=right, reason="It is about another person", by=answerer
    )
    assert moved == right
    assert moved.document.group == second.group
    assert moved.document.versions.get().content_id == key
    assert (moved.text, moved.request.status) == ("As asked", RequestStatus.ANSWERED)
    imr.refresh_from_db()
    assert (imr.document, imr.text, imr.sent_on) == (None, "", None)
    assert imr.request.status == RequestStatus.SENT_BACK
    assert imr.request.closed_at is None
    assert not Document.objects.filter(pk=old.pk).exists()
    assert not Document.history.filter(id=old.pk).exists()
    assert not imr.history.filter(text="As asked").exists()
    assert imr.request.returns.first().remark == "It is about another person"


def test_a_report_is_taken_off_by_an_officer_with_its_bytes(imr, answerer, world):
    sent = information.send_report(imr, file=upload("We knew Anna."), by=answerer)
    key = sent.document.versions.get().content_id
    assert "reason" in refused(information.take_off, sent, reason=" ", by=world.officer)
    with pytest.raises(Refused):
        information.take_off(sent, reason="Wrong", by=world.kent)
    information.take_off(sent, reason="Wrong", by=world.officer)
    assert not Content.objects.filter(pk=key).exists()
    assert Entry.objects.filter(verb="took an answer off", sensitive=True).exists()


def test_an_officer_moves_nothing_into_a_review_they_are_not_on(imr, answerer, world):
    colleague = worlds.person("Aspen Rowe")
    second = take_notification(world, pseudonym="Bertha")
    decide(second, world)
    right = ask(second, world, InformationKind.IMR)
    worlds.seat(colleague, imr.review.group, world.council, "officer")
    sent = information.send_report(imr, file=upload("We knew Anna."), by=answerer)
    assert queries.right_places(sent, colleague) == []
    with pytest.raises(ValidationError):
        information.move_to_right_review(sent, to=right, reason="Wrong", by=colleague)


# ---- the check ----------------------------------------------------------------------------------


def test_what_is_not_met_goes_back_in_words_and_is_mended(imr, answerer, world):
    sent = information.send_report(imr, file=upload("We knew Anna."), by=answerer)
    assert "missing" in refused(information.check, sent, good=False, by=world.officer)
    wrong = refused(
        information.check, sent, good=False, remark="Mrs canarywharf’s calls", by=world.officer
    )
    assert wrong["remark"] == ["A name of Anna is in it. Use the pseudonym"]
    information.check(
        sent, good=False, missing=["lessons", "signed_off"], remark="See us", by=world.officer
    )
    imr.refresh_from_db()
    assert imr.request.status == RequestStatus.SENT_BACK
    remark = imr.request.returns.first().remark
    assert "- It says what is to be learned" in remark
    assert "See us" in remark
    assert imr.sent_on
    information.save_answer(imr, known=True, by=answerer)
    imr.refresh_from_db()
    assert imr.sent_on is None
    information.send_report(imr, file=upload("Anna, with lessons"), by=answerer)
    imr.refresh_from_db()
    assert "missing" in refused(
        information.check, imr, good=True, missing=["terms"], by=world.officer
    )
    information.check(imr, good=True, by=world.officer)
    assert QualityCheck.objects.filter(information=imr).count() == 2
    (row,) = queries.asked_in(imr.review)
    assert row.sent_back == 1


def test_the_step_is_done_when_every_answer_is_taken(asked, imr, running, answerer, world):
    milestones.plan(running, step=Step.INFORMATION, due_on=clock.today() + 30 * DAY,
                    by=world.officer)  # fmt: skip
    step = Milestone.objects.get(review=running, step=Step.INFORMATION)
    line(asked, answerer, "Call about shouting")
    information.send_answer(information.save_answer(asked, known=True, by=answerer), by=answerer)
    information.check(asked, good=True, by=world.officer)
    step.refresh_from_db()
    assert step.done_on is None
    requests.withdraw(imr.request, reason="Not needed", by=world.officer)
    step.refresh_from_db()
    assert step.done_on == clock.today()


def test_nothing_of_an_answer_stands_in_notices_or_the_record(asked, running, answerer, world):
    line(asked, answerer, f"{NAME} called", who=NAME)
    information.send_answer(information.save_answer(asked, known=True, text=NAME, by=answerer),
                            by=answerer)  # fmt: skip
    information.check(asked, good=False, missing=["scope"], by=world.officer)
    told = [each.text for each in Notice.objects.all()]
    told += [f"{each.subject} {each.detail}" for each in Entry.objects.all()]
    told = " ".join(told).casefold()
    for word in ("thistle", "canarywharf", "anna"):
        assert word not in told


def test_somebody_without_a_login_at_all_is_still_asked(running, world):
    """An agency that has not signed is asked; nobody of it can open it, and officers see that."""
    new = Agency.objects.create(
        name="Orchard Trust", short_name="Orchard", slug="orchard", kind="voluntary",
        starts_on=worlds.LONG_AGO,
    )  # fmt: skip
    worlds.seat(worlds.person("Sorrel Hart"), running.group.reports_to, new)
    asked = ask(running, world, agency=new)
    assert InformationRequest.objects.filter(pk=asked.pk).exists()
    assert not ChronologyLine.objects.exists()
    assert KeyEntry.objects.exists()


# ---- reminded -----------------------------------------------------------------------------------


def told_on(day, kind):
    """Who has been told of this kind once the ledger was filled on a day, by name and text."""
    with clock.told_at(clock.london(day, datetime.time(12))), remember.during():
        ledger.write(reminders.reminders[kind], clock.now())
    return {(each.recipient.name, each.text) for each in Notice.objects.filter(kind=kind)}


def test_the_agency_and_then_the_officers_and_the_chair_are_reminded(
    asked, running, answerer, world, independent
):
    due = asked.request.due_on
    agency = told_on(due, "death-review-answer-due")
    assert agency == {("Teasel Quinn", "An answer for a death review is due.")}
    late = told_on(due + 30 * DAY, "death-review-answer-late")
    assert {name for name, _ in late} == {world.officer.name, independent.name}
    assert {says for _, says in late} == {f"An agency has not answered in {running.reference}."}


def test_the_list_of_all_requests_neither_names_anybody_nor_checks_without_points(
    imr, answerer, world
):
    for verb, field in (
        (requests.chase, "text"), (requests.withdraw, "reason"),
    ):  # fmt: skip
        wrong = refused(verb, imr.request, **{field: "About Thistle"}, by=world.officer)
        assert wrong[field] == ["A name of Anna is in it. Use the pseudonym"]
    wrong = refused(
        requests.move_due_date, imr.request, due_on=imr.request.due_on + DAY,
        reason="Mrs Canarywharf", by=world.officer,
    )  # fmt: skip
    assert wrong.keys() == {"reason"}
    information.send_report(imr, file=upload("We knew Anna."), by=answerer)
    with pytest.raises(Wrong, match="point by point"):
        requests.accept(imr.request, by=world.officer)
    wrong = refused(information.take_off, imr, reason="Thistle is somebody else", by=world.officer)
    assert wrong.keys() == {"reason"}


def test_a_paper_of_the_review_is_stamped_wherever_it_is_taken(imr, answerer, world, sign_in):
    sent = information.send_report(imr, file=upload("We knew Anna."), by=answerer)
    file = sign_in(world.kent).get(
        reverse("documents:file", args=["dartford", sent.document.pk, 1])
    )
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        assert "Taken by Bryony Clarke" in archive.read("word/document.xml").decode()
