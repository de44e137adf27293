"""The pages on which members review a draft, and officers see who has."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import ReadEntry
from core.permissions import Refused
from core.workflow import Wrong
from meetings import work
from meetings.models import Correction, ItemAgreement, Meeting, Review, Status
from meetings.queries.reviews import reviewers
from meetings.workflow import corrections, minutes, reviewing
from membership.models import Signature
from notices.models import Notice
from tests.meetings import held as at_hand
from tests.meetings.held import DECEMBER, SEPTEMBER, address, at
from tests.meetings.reviewed import (
    CANARY,
    FIRST,
    SECOND,
    fresh,
    meeting,
    suggested,
    text_of,
    withdrew,
)

__all__ = ["meeting"]


# ---- looking, agreeing, being done --------------------------------------------------------------


def test_looking_at_the_draft_is_noted_and_being_done_is_said(sign_in, world, meeting):
    kent = sign_in(world.kent)
    page = text_of(kent.get(address("draft_minutes", meeting)))
    assert "I have read these minutes" in page
    review = Review.objects.get(person=world.kent)
    assert review.finished_at is None
    kent.post(address("reviewed", meeting))
    page = text_of(kent.get(address("draft_minutes", meeting)))
    assert "You have read these minutes" in page
    kent.post(address("reviewed", meeting), {"undo": 1})
    assert Review.objects.get(person=world.kent).finished_at is None


def test_a_review_begins_again_when_the_minutes_come_back(world, meeting):
    reviewing.finish(meeting, by=world.kent)
    with at(SEPTEMBER, 17):
        returned = minutes.return_to_officers(meeting, note="Item 3.", by=world.chair)
        sent = minutes.send_to_chair(returned, acknowledged=True, by=world.officer)
        again = minutes.clear(sent, by=world.chair)
    with at(SEPTEMBER, 18):
        states = {each.name: each.state for each in reviewers(again)}
        assert states["Bryony Clarke"] == "Has not looked"
        reviewing.look(again, by=world.kent)
        states = {each.name: each.state for each in reviewers(again)}
        assert states["Bryony Clarke"] == "Has looked"


def test_an_agreement_lapses_when_the_text_changes(sign_in, world, meeting):
    item = fresh(at_hand.performance(meeting))
    kent, url = sign_in(world.kent), address("item_agree", meeting, item.number)
    kent.post(url, {"version": item.version})
    assert "You agree with this item" in text_of(kent.get(address("draft_minutes", meeting)))
    corrections.accept(suggested(item, world.vice), by=world.officer)
    page = text_of(kent.get(address("draft_minutes", meeting)))
    assert "Changed since you agreed" in page
    stale = text_of(kent.post(url, {"version": item.version}, follow=True))
    assert "was changed since you opened the page" in stale
    kent.post(url, {"undo": 1})
    assert not ItemAgreement.objects.exists()
    for version in ("", "x", "9" * 30):
        assert kent.post(url, {"version": version}).status_code == 302


def test_officers_and_chair_see_who_has_not_looked_and_remind_them_once_a_day(
    sign_in, world, meeting
):
    reviewing.finish(meeting, by=world.kent)
    reviewing.look(meeting, by=world.watch)
    url, officer = address("reviews", meeting), sign_in(world.officer)
    page = text_of(officer.get(url))
    for words in ("Has read them", "Has looked", "Has not looked", "Kent County Council"):
        assert words in page
    assert sign_in(world.chair).get(url).status_code == 200
    assert sign_in(world.kent).get(url).status_code == 403
    officer.post(url)
    told = Notice.objects.filter(kind="minutes-reminder")
    assert {each.recipient for each in told} == {world.chair, world.vice, world.watch}
    assert "reminded today already" in text_of(officer.post(url, follow=True))
    with at(SEPTEMBER + datetime.timedelta(days=1), 9):
        assert reviewing.remind(meeting, by=world.chair) == 3  # the officer too, not the chair


def test_only_the_group_reviews(world, meeting):
    for who in (world.dvacs, world.stranger, world.guest, world.scrutiny):
        with pytest.raises(Refused):
            reviewing.finish(meeting, by=who)


# ---- correcting on the page ---------------------------------------------------------------------


def test_a_member_corrects_a_paragraph_in_place(sign_in, world, meeting):
    item = fresh(at_hand.performance(meeting))
    kent, url = sign_in(world.kent), address("correct", meeting, item.number, 1)
    assert url in text_of(kent.get(address("draft_minutes", meeting)))
    assert FIRST in text_of(kent.get(url))
    same = kent.post(url, {"suggestion": FIRST, "version": item.version})
    assert "Change something in the paragraph" in text_of(same)
    sent = {"suggestion": "Shop theft rose.", "reason": "Figures", "version": item.version}
    assert kent.post(url, sent).status_code == 302
    page = text_of(sign_in(world.watch).get(address("draft_minutes", meeting)))
    assert "<ins>" in page
    assert "<del>" in page
    missing = kent.get(address("correct", meeting, item.number, 9), follow=True)
    assert "has no paragraph 9" in text_of(missing)
    assert kent.get(address("correct", meeting, 99, 1)).status_code == 404


def test_what_was_typed_is_kept_when_the_paragraph_changed_meanwhile(sign_in, world, meeting):
    item = fresh(at_hand.performance(meeting))
    corrections.accept(suggested(item, world.vice), by=world.officer)
    url = address("correct", meeting, item.number, 1)
    answer = sign_in(world.kent).post(url, {"suggestion": "Mine.", "version": item.version})
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Shop theft rose." in page
    assert "Mine." in page
    sent = {"suggestion": "Mine.", "version": fresh(item).version}
    assert sign_in(world.kent).post(url, sent).status_code == 302


def test_a_member_adds_a_paragraph(sign_in, world, meeting):
    item = fresh(at_hand.performance(meeting))
    url, watch = address("correct_add", meeting, item.number), sign_in(world.watch)
    assert "At the beginning" in text_of(watch.get(url))
    sent = {"suggestion": "More.", "paragraph": 2, "version": item.version}
    assert "Choose from the list" in text_of(watch.post(url, sent | {"paragraph": 7}))
    assert watch.post(url, sent).status_code == 302
    assert Correction.objects.get().paragraph == 2


def test_restricted_items_and_passages_are_not_the_uncleareds_to_correct(sign_in, world, meeting):
    item, closed = fresh(at_hand.performance(meeting)), at_hand.reviews(meeting)
    corrections.accept(
        suggested(item, world.kent, suggestion=f"Open [[{CANARY}]] end."), by=world.officer
    )
    suggested(closed, world.kent, original=f"{CANARY} one.", suggestion=f"{CANARY} nought.")
    watch = sign_in(world.watch)
    for name in ("draft_minutes", "corrections"):
        page = watch.get(address(name, meeting))
        assert CANARY not in text_of(page), name
    assert CANARY not in text_of(watch.get(address("corrections", meeting) + "?format=csv"))
    assert watch.get(address("correct", meeting, item.number, 1)).status_code == 403
    assert CANARY not in text_of(watch.get(address("correct_add", meeting, item.number)))
    assert watch.get(address("correct", meeting, closed.number, 1)).status_code == 403
    for each in Correction.objects.all():
        answer = watch.get(address("correction", meeting, each.pk))
        assert CANARY not in text_of(answer)
        assert answer.status_code == (403 if each.item_id == closed.pk else 200)
    assert not ReadEntry.objects.filter(actor_name=str(world.watch)).exists()
    kent = sign_in(world.kent)
    assert CANARY in text_of(kent.get(address("corrections", meeting)))
    assert ReadEntry.objects.filter(actor_name=str(world.kent)).exists()


def test_who_withdrew_from_an_item_meets_none_of_its_corrections(sign_in, world, meeting):
    item = fresh(at_hand.performance(meeting))
    made = suggested(item, world.vice, suggestion="Quagga theft rose.")
    withdrew(world.kent, item, world.officer)
    kent = sign_in(world.kent)
    for name in ("draft_minutes", "corrections"):
        assert "Quagga" not in text_of(kent.get(address(name, meeting))), name
    assert kent.get(address("correction", meeting, made.pk)).status_code == 403
    assert kent.get(address("correct", meeting, item.number, 1)).status_code == 403
    assert kent.post(address("item_agree", meeting, item.number)).status_code == 403
    assert not Correction.objects.filter(person=world.kent).exists()


def test_the_discussion_and_the_answer_on_their_pages(sign_in, world, meeting):
    item = at_hand.performance(meeting)
    made = suggested(item, world.kent)
    page, kent = address("correction", meeting, made.pk), sign_in(world.kent)
    assert "Enter what you want to say" in text_of(kent.post(page, {"text": ""}))
    kent.post(page, {"text": "It rose."})
    assert "It rose." in text_of(sign_in(world.watch).get(page))
    answer, officer = address("correction_answer", meeting, made.pk), sign_in(world.officer)
    assert kent.get(answer).status_code == 403
    sent = {"adopted": "Shop theft rose a bit.", "answer": "", "version": fresh(item).version}
    declined = text_of(officer.post(answer, sent | {"decline": "1"}))
    assert "Say why it is declined" in declined
    assert officer.post(answer, sent).status_code == 302
    assert fresh(item).minute == f"Shop theft rose a bit.\n\n{SECOND}"
    assert "Adopted as" in text_of(kent.get(page))
    assert "by Hazel Okafor already" in text_of(officer.post(answer, sent, follow=True))


def test_the_officer_says_where_a_correction_goes_that_finds_its_words_no_more(
    sign_in, world, meeting
):
    item = at_hand.performance(meeting)
    one, two = suggested(item, world.kent), suggested(item, world.vice, suggestion="It halved.")
    corrections.accept(one, by=world.officer)
    url, officer = address("correction_answer", meeting, two.pk), sign_in(world.officer)
    page = text_of(officer.get(url))
    for words in (FIRST, "Shop theft rose.", "It halved.", "Instead of paragraph"):
        assert words in page
    sent = {"adopted": "It halved.", "place": 1, "version": fresh(item).version}
    stale = officer.post(url, sent | {"version": 0})
    assert stale.status_code == 409
    assert "It halved." in text_of(stale)
    assert officer.post(url, sent).status_code == 302
    assert fresh(item).minute.startswith("It halved.")


def test_an_uncleared_officer_answers_without_reading_the_passages_beside_it(
    sign_in, world, meeting
):
    item = at_hand.performance(meeting)
    hidden = suggested(item, world.kent, paragraph=2, original=SECOND, suggestion=f"[[{CANARY}]]")
    first, second = suggested(item, world.kent), suggested(item, world.vice, suggestion="Half.")
    for each in (hidden, first):
        corrections.accept(each, by=world.officer)
    Signature.objects.filter(agency=world.council).update(ends_on=SEPTEMBER)
    officer = sign_in(world.officer)
    page = officer.get(address("correction_answer", meeting, second.pk))
    assert page.status_code == 200
    assert CANARY not in text_of(page)
    beside = suggested(item, world.kent, paragraph=2, original=f"[[{CANARY}]]", suggestion="No.")
    assert officer.get(address("correction_answer", meeting, beside.pk)).status_code == 403
    sent = {"adopted": "Half.", "place": 2, "version": fresh(item).version}
    url = address("correction_answer", meeting, second.pk)
    assert officer.post(url, sent).status_code == 403
    assert officer.post(url, sent | {"place": 1}).status_code == 302
    assert fresh(item).minute == f"Half.\n\n[[{CANARY}]]"


def test_all_corrections_by_state_and_as_csv(sign_in, world, meeting):
    item = at_hand.performance(meeting)
    made = suggested(item, world.kent)
    suggested(item, world.vice, paragraph=2, original=SECOND, suggestion="=1+1")
    url, officer = address("corrections", meeting), sign_in(world.officer)
    empty = text_of(officer.get(f"{url}?state=declined"))
    assert "There are none here" in empty
    corrections.decline(made, answer="No", by=world.officer)
    shown = text_of(officer.get(f"{url}?state=declined"))
    assert "Shop theft" in shown
    assert "1 correction to answer" in shown
    rows = text_of(officer.get(f"{url}?format=csv"))
    assert "'=1+1" in rows
    kent = sign_in(world.kent)
    assert kent.post(address("correction_reopen", meeting, made.pk)).status_code == 403
    officer.post(address("correction_reopen", meeting, made.pk))
    kent.post(address("correction_withdraw", meeting, made.pk))
    assert Correction.objects.get(pk=made.pk).state == "withdrawn"


def test_as_many_queries_for_thirty_corrections_as_for_one(sign_in, world, meeting):
    item = at_hand.performance(meeting)
    corrections.remark(suggested(item, world.vice), text="No", by=world.kent)
    kent = sign_in(world.kent)
    urls = [address("draft_minutes", meeting), address("corrections", meeting)]
    for url in urls:
        kent.get(url)
    first = [_queries(kent, url) for url in urls]
    for number in range(30):
        made = suggested(item, world.vice, suggestion=f"Words {number}.")
        corrections.remark(made, text="Yes", by=world.kent)
    reviewing.agree_item(item, version=fresh(item).version, by=world.vice)
    assert [_queries(kent, url) for url in urls] == first


def _queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


# ---- my work ------------------------------------------------------------------------------------


def test_work_lists_what_is_to_answer_and_what_is_to_read(world, meeting):
    suggested(at_hand.performance(meeting), world.kent)
    on = SEPTEMBER
    theirs = [each.what for each in work.minutes_work(world.officer, on)]
    assert theirs == ["1 correction to answer in the Board minutes of 16 September 2026"]
    assert [each.what for each in work.minutes_work(world.kent, on)] == [
        "Read the Board minutes of 16 September 2026 in draft"
    ]
    reviewing.finish(meeting, by=world.kent)
    assert list(work.minutes_work(world.kent, on)) == []


# ---- agreed -------------------------------------------------------------------------------------


def test_corrections_are_settled_where_the_minutes_are_agreed(sign_in, world, meeting):
    item = at_hand.performance(meeting)
    made = suggested(item, world.kent)
    at_hand.held(world, DECEMBER)
    with at(DECEMBER, 11):
        officer, url = sign_in(world.officer), address("agree", meeting)
        page = text_of(officer.get(url))
        assert "First settle 1 correction" in page
        assert address("correction_answer", meeting, made.pk) in page
        assert "not answered yet" in text_of(officer.post(url, {"corrections": ""}))
        corrections.decline(made, answer="No", by=world.officer)
        here = address("correct_here", meeting, item.number, 1)
        assert here in text_of(officer.get(url))
        sent = {"suggestion": "Shop theft fell by 84.", "version": fresh(item).version}
        assert officer.post(here, sent).status_code == 302
        assert "Corrected at this meeting" in text_of(officer.get(url))
        assert officer.post(url, {"corrections": ""}).status_code == 302
        assert sign_in(world.kent).get(here).status_code == 403
        assert "in the meeting that agrees them" in text_of(officer.get(here, follow=True))
    assert fresh(item).minute.startswith("Shop theft fell by 84.")


AFTERWARDS = {
    "suggest": lambda w, m, i: corrections.suggest(
        i, paragraph=1, original=FIRST, suggestion="x", version=i.version, by=w.kent
    ),
    "correct here": lambda w, m, i: corrections.correct_here(
        i, paragraph=1, original=FIRST, text="x", version=i.version, by=w.officer
    ),
    "accept": lambda w, m, i: corrections.accept(w.made, by=w.officer),
    "decline": lambda w, m, i: corrections.decline(w.made, answer="x", by=w.officer),
    "reopen": lambda w, m, i: corrections.reopen(w.made, by=w.officer),
    "withdraw": lambda w, m, i: corrections.withdraw(w.made, by=w.kent),
    "remark": lambda w, m, i: corrections.remark(w.made, text="x", by=w.kent),
    "agree item": lambda w, m, i: reviewing.agree_item(i, version=i.version, by=w.kent),
    "finish": lambda w, m, i: reviewing.finish(m, by=w.kent),
    "write": lambda w, m, i: minutes.write(i, text="x", version=i.version, by=w.officer),
    "decide": lambda w, m, i: minutes.decide(i, text="x", by=w.officer),
    "change decision": lambda w, m, i: minutes.change_decision(
        i.decisions.get(), text="x", marking="official", by=w.officer
    ),
    "remove decision": lambda w, m, i: minutes.remove_decision(i.decisions.get(), by=w.officer),
    "make action": lambda w, m, i: minutes.make_action(
        i, text="x", owner=w.police, due_on=DECEMBER, by=w.officer
    ),
    "return": lambda w, m, i: minutes.return_to_officers(m, note="x", by=w.chair),
    "clear": lambda w, m, i: minutes.clear(m, by=w.chair),
    "send to chair": lambda w, m, i: minutes.send_to_chair(m, acknowledged=True, by=w.officer),
    "change chair": lambda w, m, i: minutes.change_chair(m, chaired_by=w.vice, by=w.officer),
}


def test_once_agreed_no_verb_changes_the_minutes(world):
    made = at_hand.held(world)
    with at(SEPTEMBER, 11):
        at_hand.write(at_hand.performance(made), FIRST, world.officer)
        at_hand.decided(at_hand.performance(made), "To go on", world.officer)
        sent = minutes.send_to_chair(made, acknowledged=True, by=world.officer)
        cleared = minutes.clear(sent, by=world.chair)
        item = fresh(at_hand.performance(made))
        world.made = suggested(item, world.kent)
        corrections.decline(world.made, answer="No", by=world.officer)
    later = at_hand.held(world, DECEMBER)
    with at(DECEMBER, 11):
        minutes.agree(cleared, agreed_in=later, by=world.officer)
        before = (fresh(item).minute, item.history.count(), item.decisions.get().text)
        current = Meeting.objects.get(pk=made.pk)
        for name, verb in AFTERWARDS.items():
            with pytest.raises(Wrong, match=r"cannot be done now|already|agrees them"):
                verb(world, current, fresh(item))
            assert fresh(item).minute == FIRST, name
    after = (fresh(item).minute, item.history.count(), item.decisions.get().text)
    assert after == before
    assert Meeting.objects.get(pk=made.pk).status == Status.AGREED
