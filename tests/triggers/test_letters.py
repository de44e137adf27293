"""Letters: drafted from the case, to the safe contact only, sent once, and what they set off."""

import datetime
import logging

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from audit.models import Entry
from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from documents.models import Content
from notices.models import Notice, SentMail
from notices.workflow import ticking
from notices.workflow.carriers import Down, Later
from notices.workflow.carriers import Refused as MailRefused
from tests.triggers.conftest import fill_in
from triggers import links
from triggers.models import (
    Application,
    Channel,
    Clock,
    ClockStage,
    Letter,
    LetterKind,
    LetterState,
    PartyKind,
    Stage,
    Way,
)
from triggers.queries import following
from triggers.queries import letters as queries
from triggers.workflow import (
    answering,
    applying,
    casework,
    letters,
    listing,
    postbox,
    threshold,
)

DAY = datetime.timedelta(days=1)


@pytest.fixture
def for_another(world, procedure):
    """A neighbour applies for a victim, who is safely reached by letter."""
    draft = applying.begin(world.partnership, channel=Channel.ONLINE)
    answering.keep(draft, answers={"application": {"on_behalf": "known"}})
    fill_in(draft, world)
    answering.keep(draft, answers={
        "application": {"on_behalf": "known"},
        "victim": {
            "name": "Ivy Harkness", "way": "post", "address": "3 Quiet Lane\nDartford",
            "postcode": "DA1 9ZZ",
        },
        "consent": {"given": True, "how": "She said so", "said_on": clock.today()},
    })  # fmt: skip
    return applying.submit(draft)


def send(case, kind, by, **more):
    """Write a letter and let it go."""
    letter = letters.draft(case, kind, by=by, **more)
    letter = letters.ready(letter, by=by)
    if letter.state == LetterState.WAITING:
        postbox.send_waiting(clock.now(), durable=False)
    else:
        letters.told(letter, how="Posted", by=by)
    letter.refresh_from_db()
    case.refresh_from_db()
    return letter


def decide(case, officer, *, review):
    """Decide the threshold of a case with three qualifying complaints, or with none."""
    if not review:
        case.complaints.update(reported_on=None, told_nobody=True)
    threshold.work_out(case, by=officer)
    return threshold.decide(
        case, met=review, review=review, reason="Because of what you told us", persistence="Seldom",
        harm="Little", response="Enough", by=officer,
    )  # fmt: skip


# ---- writing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in LetterKind if kind != LetterKind.CONSENT])
def test_every_kind_can_be_begun_at_once_and_leaves_gaps_for_what_is_not_known(case, world, kind):
    letter = letters.draft(case, kind, by=world.officer)

    assert letter.state == LetterState.DRAFT
    assert letter.party == PartyKind.VICTIM
    assert "{" not in letter.body.replace("{appeal_by}", "")
    assert "Fern Aldous" not in letter.body


def test_a_draft_is_filled_from_the_case(case, world):
    letter = letters.draft(case, LetterKind.ACKNOWLEDGEMENT, by=world.officer)

    assert case.reference in letter.body
    assert "an ASB case review (Community Trigger)" in letter.body
    assert "safety@example.test" in letter.body
    assert queries.letter_places.known(case)["threshold_by"] in letter.body
    assert "[fill in" not in letter.body


def test_a_letter_with_a_gap_does_not_go(case, world):
    letter = letters.draft(case, LetterKind.OUTCOME, by=world.officer)

    with pytest.raises(ValidationError) as refused:
        letters.ready(letter, by=world.officer)

    assert "the day on which the panel meets" in refused.value.message_dict["body"][0]


def test_only_the_officers_of_the_case_write_letters(case, world, member, colleague):
    letter = letters.draft(case, LetterKind.ACKNOWLEDGEMENT, by=world.officer)
    for person in (member, colleague, world.chair):
        with pytest.raises(Refused):
            letters.draft(case, LetterKind.ACKNOWLEDGEMENT, by=person)
        with pytest.raises(Refused):
            letters.ready(letter, by=person)


def test_two_who_change_a_draft_lose_nothing(case, world):
    letter = letters.draft(case, LetterKind.OTHER, by=world.officer)
    letters.change(letter, heading="One", body="First", version=1, by=world.officer)

    with pytest.raises(letters.Changed) as clash:
        letters.change(letter, heading="Two", body="Second", version=1, by=world.officer)

    assert clash.value.now.body == "First"


def test_a_draft_can_be_thrown_away_and_a_letter_that_went_cannot_be_changed(case, world):
    letters.remove(letters.draft(case, LetterKind.OTHER, by=world.officer), by=world.officer)
    assert not case.letters.exists()

    gone = send(case, LetterKind.ACKNOWLEDGEMENT, world.officer)
    for verb in (
        lambda: letters.change(gone, heading="Other", body="Words", by=world.officer),
        lambda: letters.remove(gone, by=world.officer),
        lambda: letters.ready(gone, by=world.officer),
        lambda: letters.take_back(gone, by=world.officer),
        lambda: letters.told(gone, how="Again", by=world.officer),
    ):
        with pytest.raises(Wrong):
            verb()


# ---- to the safe contact only -------------------------------------------------------------------


def test_without_a_safe_way_no_letter_goes(case, world):
    case.parties.update(way="")

    with pytest.raises(Wrong, match="no safe way"):
        letters.draft(case, LetterKind.ACKNOWLEDGEMENT, by=world.officer)


@pytest.mark.parametrize(
    ("way", "fields", "to"),
    [
        (Way.POST, {"address": "3 Quiet Lane", "postcode": "DA1 9ZZ"}, "3 Quiet Lane\nDA1 9ZZ"),
        (Way.TELEPHONE, {"telephone": "01632 960 001"}, "01632 960 001"),
        (Way.TEXT, {"telephone": "07700 900 001"}, "07700 900 001"),
        (Way.OTHER, {"way_detail": "Her sister"}, "Her sister"),
    ],
)
def test_what_does_not_go_by_email_waits_for_an_officers_hand(case, world, way, fields, to):
    case.parties.update(way=way, **fields)
    letter = letters.draft(case, LetterKind.ACKNOWLEDGEMENT, by=world.officer)

    letter = letters.ready(letter, by=world.officer)
    assert (letter.state, letter.way, letter.to) == (LetterState.TO_POST, way, to)
    assert postbox.send_waiting(clock.now(), durable=False) == 0
    assert mail.outbox == []

    with pytest.raises(ValidationError):
        letters.told(letter, how=" ", by=world.officer)
    with pytest.raises(ValidationError):
        letters.told(letter, how="Posted", on=clock.today() + DAY, by=world.officer)
    letter = letters.told(letter, how="Posted, second class", by=world.officer)
    assert letter.state == LetterState.SENT
    case.refresh_from_db()
    assert case.acknowledged_on == clock.today()


def test_an_email_names_nobody_and_its_subject_says_nothing(case, world):
    letter = send(case, LetterKind.ACKNOWLEDGEMENT, world.officer)

    sent = mail.outbox[-1]
    assert letter.state == LetterState.SENT
    assert sent.to == ["fern@example.test"]
    assert sent.subject == "Message from the community safety team"
    whole = sent.message().as_string()
    assert "Fern" not in whole.replace("fern@example.test", "")
    assert links.link(case) in sent.body
    assert "List-Unsubscribe" not in sent.extra_headers


def test_who_did_not_apply_is_not_sent_the_private_link(for_another, world):
    for_another.parties.filter(kind="victim").update(way="email", email="ivy@example.test")
    letter = letters.draft(for_another, LetterKind.MET, party=PartyKind.VICTIM, by=world.officer)

    assert letter.body.startswith("This is about the case CR-")
    assert "for you on" in letter.body.split("\n")[0]
    shown = queries.mail_of(letter, clock.today())
    assert shown.link == ""
    assert links.token(for_another) not in shown.text


def test_the_letters_of_two_people_are_kept_apart(for_another, world):
    letters.draft(for_another, LetterKind.ACKNOWLEDGEMENT, by=world.officer)
    other = letters.draft(
        for_another, LetterKind.ACKNOWLEDGEMENT, party=PartyKind.VICTIM, by=world.officer
    )
    other = letters.ready(other, by=world.officer)
    letters.told(other, how="Posted", by=world.officer)

    assert other.to == "3 Quiet Lane\nDartford\nDA1 9ZZ"
    assert list(following.letters(for_another)) == []


def test_a_letter_that_names_the_other_person_is_pointed_out(for_another, world):
    letter = letters.draft(for_another, LetterKind.OTHER, by=world.officer)
    letter = letters.change(
        letter, heading="About it", body="Ivy Harkness of DA1 9ZZ", by=world.officer
    )

    assert queries.names_another(letter) == ["the name of the victim", "the postcode of the victim"]


def test_after_a_refusal_who_applied_learns_nothing_of_what_becomes_of_it(for_another, world):
    casework.record_consent(for_another, given=False, how="By telephone", by=world.officer)

    with pytest.raises(Wrong, match="refused consent"):
        letters.draft(for_another, LetterKind.MET, by=world.officer)
    assert letters.draft(for_another, LetterKind.CLOSED, by=world.officer)


def test_a_victim_who_refused_is_written_to_only_as_they_wish(for_another, world):
    casework.record_consent(for_another, given=False, how="By telephone", by=world.officer)
    letter = letters.draft(for_another, LetterKind.CLOSED, party=PartyKind.VICTIM, by=world.officer)

    with pytest.raises(ValidationError) as refused:
        letters.ready(letter, by=world.officer)
    assert "wished" in refused.value.message_dict
    assert letters.ready(letter, wished=True, by=world.officer).state == LetterState.TO_POST


def test_a_contact_that_changed_meanwhile_holds_the_letter_back(case, world):
    letter = letters.draft(case, LetterKind.ACKNOWLEDGEMENT, by=world.officer)
    letter = letters.ready(letter, by=world.officer)
    casework.change_contact(
        case.parties.get(), checked_on=clock.today(), how="Called her", email="new@example.test",
        by=world.officer,
    )  # fmt: skip

    assert postbox.send_waiting(clock.now(), durable=False) == 0

    letter.refresh_from_db()
    assert letter.state == LetterState.DRAFT
    assert "has changed" in letter.problem
    assert mail.outbox == []
    assert Notice.objects.filter(recipient=world.officer, kind="case-review-letter").exists()


def test_a_consent_refused_meanwhile_holds_the_letter_back(for_another, world):
    decide(for_another, world.officer, review=True)
    for_another.refresh_from_db()
    letter = letters.ready(
        letters.draft(for_another, LetterKind.MET, by=world.officer), by=world.officer
    )
    assert letter.state == LetterState.WAITING
    casework.record_consent(for_another, given=False, how="She called", by=world.officer)

    assert postbox.send_waiting(clock.now(), durable=False) == 0
    letter.refresh_from_db()
    assert letter.state == LetterState.DRAFT


# ---- sending ------------------------------------------------------------------------------------


class Server:
    """A carrier that answers as it was told, one answer a letter."""

    def __init__(self, *answers):
        self.answers, self.carried = list(answers), []

    def carry(self, envelope):
        self.carried.append(envelope)
        if self.answers and (answer := self.answers.pop(0)):
            raise answer

    def close(self):
        pass


@pytest.fixture
def waiting(case, world):
    letter = letters.draft(case, LetterKind.ACKNOWLEDGEMENT, by=world.officer)
    return letters.ready(letter, by=world.officer)


def test_what_the_server_cannot_take_now_goes_later_under_the_same_identity(waiting):
    server = Server(Later("451 try again"))
    assert postbox.send_waiting(clock.now(), server, durable=False) == 0
    waiting.refresh_from_db()
    assert (waiting.attempts, waiting.problem) == (1, "451 try again")
    assert postbox.send_waiting(clock.now(), server, durable=False) == 0

    with clock.told_at(clock.now() + datetime.timedelta(minutes=2)):
        assert postbox.send_waiting(clock.now(), server, durable=False) == 1
        assert postbox.send_waiting(clock.now(), server, durable=False) == 0

    first, second = server.carried
    assert first.message_id == second.message_id
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts, waiting.problem) == (LetterState.SENT, 2, "")


def test_what_the_server_refuses_comes_back_to_the_officers(waiting, case, world):
    server = Server(MailRefused("550 no such mailbox"))
    assert postbox.send_waiting(clock.now(), server, durable=False) == 0

    waiting.refresh_from_db()
    assert (waiting.state, waiting.problem) == (LetterState.REFUSED, "550 no such mailbox")
    told = Notice.objects.get(kind="case-review-letter", recipient=world.officer)
    assert "example.test" not in told.text
    case.refresh_from_db()
    assert case.acknowledged_on is None
    back = letters.take_back(waiting, by=world.officer)
    assert (back.state, back.content) == (LetterState.DRAFT, None)


def test_a_server_that_is_down_stops_the_round_and_loses_nothing(waiting, case, world):
    second = letters.ready(
        letters.draft(case, LetterKind.CLOSED, by=world.officer), by=world.officer
    )
    server = Server(Down("cannot be reached"))
    assert postbox.send_waiting(clock.now(), server, durable=False) == 0
    assert len(server.carried) == 1
    second.refresh_from_db()
    assert (second.state, second.attempts) == (LetterState.WAITING, 0)


def test_a_letter_whose_sender_died_goes_when_the_lease_is_over(waiting):
    assert postbox.claim(durable=False).pk == waiting.pk
    assert postbox.claim(durable=False) is None
    with clock.told_at(clock.now() + datetime.timedelta(minutes=6)):
        assert postbox.claim(durable=False).pk == waiting.pk


def test_the_tick_sends_letters(waiting):
    server = Server()
    ticking.tick(clock.now(), server, durable=False)
    waiting.refresh_from_db()
    assert waiting.state == LetterState.SENT


# ---- what they set off --------------------------------------------------------------------------


def test_the_reasons_told_the_time_to_appeal_runs(case, world):
    decide(case, world.officer, review=False)
    case.refresh_from_db()
    letter = letters.draft(case, LetterKind.NOT_MET, by=world.officer)
    assert "{appeal_by}" in letter.body
    letter = letters.ready(letter, by=world.officer)
    assert "{appeal_by}" not in letter.body
    postbox.send_waiting(clock.now(), durable=False)

    appeal = Clock.objects.get(application=case, stage=ClockStage.APPEAL)
    assert appeal.starts_on == clock.today()
    assert f"{appeal.due_on:%-d %B %Y}" in letter.body
    case.refresh_from_db()
    assert case.stage == Stage.NO_REVIEW
    assert following.may_appeal(case)


def test_the_outcome_told_the_case_is_watched(case, world):
    decide(case, world.officer, review=True)
    Application.objects.filter(pk=case.pk).update(stage=Stage.OUTCOME)
    case.refresh_from_db()
    letter = letters.draft(case, LetterKind.OUTCOME, by=world.officer)
    letter = letters.change(
        letter, heading="What the panel decided", body="It did. Ask us by {appeal_by}.",
        by=world.officer,
    )  # fmt: skip
    letters.ready(letter, by=world.officer)
    postbox.send_waiting(clock.now(), durable=False)

    case.refresh_from_db()
    assert case.stage == Stage.MONITORING
    assert Clock.objects.filter(application=case, stage=ClockStage.APPEAL).exists()


def test_the_list_sent_may_be_corrected(case, world):
    decide(case, world.officer, review=True)
    case.refresh_from_db()
    letter = send(case, LetterKind.LIST, world.officer)

    assert "1. " in letter.body
    assert case.list_sent_on == clock.today()
    assert listing.correct(case, text="One is missing")


def test_a_case_that_was_withdrawn_meanwhile_still_gets_its_letter(waiting, case, world):
    applying.withdraw(case, reason="", by=world.officer)
    assert postbox.send_waiting(clock.now(), durable=False) == 1
    case.refresh_from_db()
    assert (case.stage, case.acknowledged_on) == (Stage.WITHDRAWN, None)


# ---- which are due ------------------------------------------------------------------------------


def kinds(case):
    return [each.kind for each in queries.suggested(case)]


def test_what_the_case_asks_for_is_suggested_once(case, world):
    assert kinds(case) == [LetterKind.ACKNOWLEDGEMENT]
    send(case, LetterKind.ACKNOWLEDGEMENT, world.officer)
    assert kinds(case) == []

    from triggers.workflow import clocks

    late = Clock.objects.get(application=case, stage=ClockStage.THRESHOLD)
    clocks.put_off(late, due_on=late.due_on + 7 * DAY, reason="A week more", by=world.officer)
    assert kinds(case) == [LetterKind.DELAY]
    assert "A week more" in send(case, LetterKind.DELAY, world.officer).body
    assert kinds(case) == []

    decide(case, world.officer, review=True)
    case.refresh_from_db()
    assert kinds(case) == [LetterKind.MET, LetterKind.LIST]


def test_a_victim_who_was_not_asked_yet_is(for_another, world):
    casework.record_consent(for_another, given=None, how="Away", by=world.officer)

    assert LetterKind.CONSENT in kinds(for_another)
    letter = letters.draft(for_another, LetterKind.CONSENT, by=world.officer)
    assert letter.party == PartyKind.VICTIM
    with pytest.raises(Wrong):
        letters.draft(for_another, LetterKind.CONSENT, party="applicant", by=world.officer)


# ---- nothing leaks ------------------------------------------------------------------------------


def test_a_letters_words_reach_no_subject_log_notice_or_audit(case, world, caplog):
    canary = "Quillwort"
    letter = letters.draft(case, LetterKind.OTHER, by=world.officer)
    letter = letters.change(letter, heading=f"{canary} one", body=f"{canary} two", by=world.officer)
    with caplog.at_level(logging.DEBUG):
        letters.ready(letter, by=world.officer)
        postbox.send_waiting(clock.now(), Server(Down("gone")), durable=False)
        with clock.told_at(clock.now() + DAY):
            postbox.send_waiting(clock.now(), durable=False)

    sent = mail.outbox[-1]
    assert canary in sent.body
    assert canary not in f"{sent.subject} {sent.extra_headers} {sent.from_email}"
    assert canary not in caplog.text
    assert "fern@example.test" not in caplog.text
    for model in (Entry, Notice, SentMail):
        for row in model.objects.values():
            assert canary not in str(row)
            assert "Fern" not in str(row)


@pytest.mark.pdf
def test_the_paper_is_accessible_and_kept(case, world):
    import pikepdf  # noqa: F401

    from tests.pdf_text import pages

    case.parties.update(way=Way.POST, address="3 Quiet Lane", postcode="DA1 9ZZ")
    letter = send(case, LetterKind.ACKNOWLEDGEMENT, world.officer)

    data = bytes(Content.objects.get(pk=letter.content_id).data)
    text = " ".join(pages(data))
    assert "Dear Fern Aldous" in text
    assert "3 Quiet Lane" in text
    assert "Dartford Community Safety Partnership" in text
    assert case.reference in text
    import page as page_validation

    assert page_validation.validate_pdf_bytes(data, profile="ua1").is_compliant
    assert Letter.objects.get(pk=letter.pk).content_id == letter.content_id
