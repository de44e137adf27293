"""What bodies are asked for a case: each sees and answers its own, and nobody else's."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actions.models import Request, RequestStatus
from actions.workflow import requests
from audit.models import ReadEntry
from core import clock
from core.permissions import Refused, can
from core.workflow import Wrong
from membership.models import Agency, Signature
from notices.models import Notice
from tests import world as worlds
from triggers.models import InformationRequest, RelevantBody, Stage
from triggers.queries import cases
from triggers.queries import information as queries
from triggers.workflow import information

DAY = datetime.timedelta(days=1)


def url(name, asked, *more):
    return reverse(f"triggers:{name}", args=["dartford", asked.pk, *more])


# ---- asked --------------------------------------------------------------------------------------


def test_a_body_is_asked_through_the_one_list_of_requests(case, world, asked, answerer):
    request = asked.request
    assert request.kind == "case-review"
    assert (request.detail, request.restricted) == ("", True)
    assert str(request) == request.reference
    assert request.due_on == case.clocks.get(stage="information").due_on
    notice = Notice.objects.get(recipient=answerer)
    assert "Fern" not in notice.text
    assert case.reference not in notice.text


def test_only_its_people_on_the_standing_panel_may_know(asked, answerer, world, sign_in):
    """Others of the police, on the board or on DVACS, learn nothing of it."""
    known = Request.objects.filter(pk=asked.request_id)
    assert known.visible_to(answerer).exists()
    assert known.visible_to(world.officer).exists()
    for who in (world.vice, world.dvacs, world.chair, world.kent, world.administrator):
        assert not known.visible_to(who).exists()
        assert not can(who, "view", asked.request)
        assert sign_in(who).get(url("information", asked)).status_code == 404
    assert not Notice.objects.filter(recipient__in=[world.vice, world.dvacs]).exists()


def test_a_body_with_nobody_on_the_panel_is_asked_through_the_board(case, world, sign_in):
    asked = information.ask(case, agency=world.police, by=world.officer)
    assert asked.anybody
    assert sign_in(world.vice).get(url("information", asked)).status_code == 200
    assert sign_in(world.kent).get(url("information", asked)).status_code == 404


def test_nobody_is_asked_twice_or_who_takes_no_part(case, world, asked):
    with pytest.raises(ValidationError, match="asked already"):
        information.ask(case, agency=world.police, by=world.officer)
    with pytest.raises(ValidationError, match="not one of the bodies"):
        information.ask(case, agency=world.county, by=world.officer)
    requests.withdraw(asked.request, reason="A mistake", by=world.officer)
    assert information.ask(case, agency=world.police, by=world.officer).pk != asked.pk


def test_only_officers_of_the_case_ask(case, colleague, member, world):
    for who in (colleague, member, world.chair):
        with pytest.raises(Refused):
            information.ask(case, agency=world.police, by=who)


def test_those_named_in_complaints_are_ticked(case, world, sign_in):
    offered = queries.offered(case)
    assert [(each.agency, each.named) for each in offered] == [
        (world.police, True), (world.council, False),
    ]  # fmt: skip
    client, here = sign_in(world.officer), f"{case.get_absolute_url()}information/ask/"
    seen = client.get(here).content.decode()
    assert "Kent Police" in seen
    due = clock.today() + 14 * DAY
    told = {"agencies": [str(world.police.pk), str(world.council.pk)], "due_on_day": due.day,
            "due_on_month": due.month, "due_on_year": due.year}  # fmt: skip
    assert client.post(here, told).status_code == 302
    assert InformationRequest.objects.filter(application=case).count() == 2
    assert "has been asked" in client.get(here).content.decode()


def test_a_body_that_was_dissolved_is_asked_in_its_successor(case, world):
    new = Agency.objects.create(
        name="Kent and Medway Police", short_name="KMP", slug="kmp", kind="police",
        starts_on=clock.today(), succeeds=world.police,
    )  # fmt: skip
    (offered,) = [each for each in queries.offered(case) if each.named]
    assert (offered.agency, offered.instead_of) == (new, "Kent Police")
    asked = information.ask(case, agency=world.police, by=world.officer)
    assert asked.agency == new
    assert [each.number for each in queries.reported_to(asked)] == [1, 2, 3]


def test_a_body_that_has_not_signed_is_shown_as_such_and_its_answer_written_down(
    case, world, sign_in
):
    Signature.objects.filter(agency=world.police).update(ends_on=clock.today())
    (offered,) = [each for each in queries.offered(case) if each.named]
    assert "not signed" in offered.stops
    asked = information.ask(case, agency=world.police, by=world.officer)
    client = sign_in(world.officer)
    assert "Nobody of it can open this" in client.get(url("information", asked)).content.decode()
    told = {"known": "yes", "summary": "By letter: they went there", "version": "1"}
    assert client.post(url("information", asked), told).status_code == 302
    assert "Written down for it" in client.get(url("information", asked)).content.decode()
    assert client.post(url("information_send", asked)).status_code == 302
    asked.request.refresh_from_db()
    assert asked.request.status == RequestStatus.ANSWERED


# ---- answered -----------------------------------------------------------------------------------


def test_a_body_sees_who_it_is_about_and_what_was_reported_to_it_only(
    case, world, asked, answerer, sign_in
):
    other = case.complaints.get(number=3)
    other.body = RelevantBody.objects.get(agency=world.council)
    other.what = "Told to the council only"
    other.save()
    before = ReadEntry.objects.count()
    seen = sign_in(answerer).get(url("information", asked)).content.decode()
    assert "Fern Aldous" in seen
    assert "14 Invented Row" in seen
    assert "Told to the council only" not in seen
    assert "fern@example.test" not in seen
    assert "I sleep badly" not in seen
    assert ReadEntry.objects.count() == before + 1


def test_a_draft_is_the_bodys_alone(case, asked, answerer, world, member, sign_in):
    information.save_answer(asked, known=True, summary="Our own secret draft", by=answerer)
    assert "secret draft" in sign_in(answerer).get(url("information", asked)).content.decode()
    seen = sign_in(world.officer).get(url("information", asked)).content.decode()
    assert "secret draft" not in seen
    assert "has not sent its answer yet" in seen
    with pytest.raises(Refused):
        information.save_answer(asked, summary="Mine", by=world.officer)
    assert sign_in(member).get(url("information", asked)).status_code == 404


def test_an_answer_is_sent_accepted_and_stops_the_clock(case, sent, world, sign_in):
    assert sent.sent_on == clock.today()
    assert case.clocks.get(stage="information").done_on == clock.today()
    seen = sign_in(world.officer).get(url("information", sent)).content.decode()
    assert "We went there once" in seen
    assert "Accept the answer" in seen
    (row,) = cases.asked_for(case, world.officer)
    assert (row.entries, row.shown) == (2, True)
    requests.accept(sent.request, by=world.officer)
    assert "Accepted" in sign_in(world.officer).get(case.get_absolute_url()).content.decode()


def test_an_answer_without_content_is_not_sent(asked, answerer):
    with pytest.raises(ValidationError, match="whether you know"):
        information.send_answer(asked, by=answerer)
    information.save_answer(asked, known=True, by=answerer)
    with pytest.raises(ValidationError, match="what you did"):
        information.send_answer(asked, by=answerer)
    information.save_answer(asked, known=False, by=answerer)
    assert information.send_answer(asked, by=answerer).sent_on


def test_one_button_saves_and_sends_and_says_what_is_missing(asked, answerer, sign_in):
    client, here = sign_in(answerer), url("information", asked)
    told = {"known": "yes", "summary": "", "risk": "High", "version": "1", "send": "1"}
    lacking = client.post(here, told).content.decode()
    assert "Enter what you did" in lacking
    asked.refresh_from_db()
    assert (asked.risk, asked.sent_on) == ("High", None)  # saved all the same
    again = told | {"summary": "We went there", "version": str(asked.version)}
    assert client.post(here, again).status_code == 302
    asked.refresh_from_db()
    assert asked.sent_on == clock.today()


def test_what_was_sent_is_not_changed_unless_it_was_sent_back(sent, answerer, world, sign_in):
    with pytest.raises(Wrong):
        information.add_entry(sent, on=clock.today(), what="Later", by=answerer)
    requests.send_back(sent.request, remark="Which crew went?", by=world.officer)
    assert "Which crew went?" in sign_in(answerer).get(url("information", sent)).content.decode()
    assert (
        "We went there once"
        in sign_in(world.officer).get(url("information", sent)).content.decode()
    )  # as it was sent, until they begin to change it
    information.save_answer(sent, summary="Crew four went there", by=answerer)
    seen = sign_in(world.officer).get(url("information", sent)).content.decode()
    assert "Crew four" not in seen
    information.send_answer(sent, by=answerer)
    assert "Crew four" in sign_in(world.officer).get(url("information", sent)).content.decode()


def test_two_people_of_a_body_do_not_overwrite_each_other(asked, answerer, sign_in):
    client, here = sign_in(answerer), url("information", asked)
    assert client.post(here, {"summary": "First", "version": "1"}).status_code == 302
    late = client.post(here, {"summary": "Second", "version": "1"})
    assert late.status_code == 409
    assert "First" in late.content.decode()
    assert "Second" in late.content.decode()


def test_lines_reports_and_mistakes_on_their_pages(asked, answerer, sign_in):
    client = sign_in(answerer)
    assert client.get(url("information_report", asked, 1)).status_code == 200
    assert client.get(url("information_report", asked, 9)).status_code == 404
    lacking = client.post(url("information_report", asked, 1), {"held": "yes"})
    assert "Enter the day" in lacking.content.decode()
    tomorrow = clock.today() + DAY
    when = {"on_day": tomorrow.day, "on_month": tomorrow.month, "on_year": tomorrow.year}
    future = client.post(url("information_line_add", asked), {"what": "Noise", **when})
    assert "today or in the past" in future.content.decode()
    day = clock.today() - DAY
    when = {"on_day": day.day, "on_month": day.month, "on_year": day.year}
    told = {"what": "Call", "at": "22:30", **when}
    assert client.post(url("information_line_add", asked), told).status_code == 302
    line = asked.entries.get()
    change = url("information_line_change", asked, line.pk)
    assert client.post(change, told | {"what": "Call about noise"}).status_code == 302
    assert asked.entries.get().what == "Call about noise"
    assert client.post(url("information_line_remove", asked, line.pk)).status_code == 302
    assert not asked.entries.exists()


def test_saying_no_takes_back_that_a_report_is_held(asked, answerer):
    first = asked.application.complaints.get(number=1)
    information.say_report(
        asked, complaint=first, held=True, reported_on=clock.today(), by=answerer
    )
    information.say_report(asked, complaint=first, held=False, by=answerer)
    assert not asked.entries.exists()


# ---- from a file --------------------------------------------------------------------------------


def test_a_chronology_is_pasted_shown_and_only_then_kept(asked, answerer, sign_in):
    client, here = sign_in(answerer), url("information_import", asked)
    assert client.get(here).status_code == 200
    assert "one of the two" in client.post(here, {"text": ""}).content.decode()
    text = "Date\tWhat happened\tReference\n3/5/2026\tShouting\t46/1\n31/2/2026\tNever\t46/2"
    preview = client.post(here, {"text": text}).content.decode()
    assert "1 line can be taken over" in preview
    assert "is not a date" in preview
    assert not asked.entries.exists()
    assert client.post(here, {"text": text, "keep": "1"}).status_code == 302
    assert asked.entries.get().source_reference == "46/1"
    client.post(here, {"text": text, "keep": "1"})
    assert asked.entries.count() == 1  # what is there already is left out


def test_a_csv_file_is_read_and_a_wrong_one_refused(asked, answerer, sign_in):
    client, here = sign_in(answerer), url("information_import", asked)
    file = SimpleUploadedFile("c.csv", b"Date,Time,What happened\n2026-05-03,22:30,Music\n")
    assert "1 line can be taken over" in client.post(here, {"file": file}).content.decode()
    wrong = SimpleUploadedFile("c.pdf", b"Date,What happened\n")
    assert client.post(here, {"file": wrong}).status_code == 200
    empty = SimpleUploadedFile("c.csv", b"")
    assert client.post(here, {"file": empty}).status_code == 200


# ---- never answered -----------------------------------------------------------------------------


def test_one_that_never_answers_is_taken_further_or_gone_on_without(
    case, asked, answerer, world, sign_in
):
    assert sign_in(world.vice).get(url("information", asked)).status_code == 404
    with pytest.raises(ValidationError, match="reason"):
        information.take_further(asked, reason="", by=world.officer)
    information.take_further(asked, reason="Ten days late", by=world.officer)
    assert sign_in(world.vice).get(url("information", asked)).status_code == 200
    asked.refresh_from_db()
    with pytest.raises(Wrong, match="already"):
        information.take_further(asked, reason="Again", by=world.officer)
    requests.withdraw(asked.request, reason="Goes on without it", by=world.officer)
    assert case.clocks.get(stage="information").done_on == clock.today()
    assert case.notes.filter(kind="information").count() == 2
    assert sign_in(world.officer).get(case.get_absolute_url()).status_code == 200


def test_a_case_that_is_over_asks_nobody(case, world):
    case.stage, case.closed_on = Stage.CLOSED, clock.today()
    case.save()
    with pytest.raises(Wrong):
        information.ask(case, agency=world.police, by=world.officer)


def test_an_officer_of_the_body_who_is_no_answerer_gets_404(asked, world, sign_in):
    adviser = worlds.person("Ivy Thorne")
    worlds.seat(adviser, asked.application.partnership.case_review_procedure.group, world.police,
                role="adviser")  # fmt: skip
    assert sign_in(adviser).get(url("information", asked)).status_code == 404


def test_a_body_dissolved_after_it_was_asked_is_answered_for_by_its_successor(
    asked, world, sign_in
):
    after = Agency.objects.create(
        name="Kent and Medway Police", short_name="K&M Police", slug="km-police", kind="police",
        starts_on=clock.today(), succeeds=world.police,
    )  # fmt: skip
    Signature.objects.create(
        agreement=world.agreement, agency=after, signed_by_name="Clover Bains",
        starts_on=clock.today(),
    )  # fmt: skip
    person = worlds.person("Tamsin Orme")
    worlds.seat(person, asked.request.through, after, starts_on=clock.today())
    assert sign_in(person).get(url("information", asked)).status_code == 200
    information.save_answer(asked, known=True, summary="We took it over", by=person)
    information.send_answer(asked, by=person)
    asked.refresh_from_db()
    assert asked.sent_on
