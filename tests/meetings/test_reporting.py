"""A subgroup's report to the board, and the board's steer that comes back."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse

from audit.models import Entry, ReadEntry
from core.markings import Marking
from core.permissions import Refused
from core.workflow import Wrong
from meetings import work_beforehand as work
from meetings.models import Answer, BacklogItem, Declaration, ItemKind, Status, SubgroupReport
from meetings.workflow import agenda, minutes, offers, reporting, schedule
from membership.models import GroupKind, Role
from notices.models import Notice
from tests import world as worlds
from tests.documents import files
from tests.meetings.held import DECEMBER, MARCH, NOVEMBER, PLACE, at

OPEN, SECRET = Marking.OFFICIAL, Marking.SENSITIVE
CANARY = "CANARYreport"


@pytest.fixture(autouse=True)
def november():
    with at(NOVEMBER, 9):
        yield


@pytest.fixture
def meeting(world):
    world.dvacs_seat.role = Role.CHAIR
    world.dvacs_seat.save()
    return schedule.schedule(world.board, on=DECEMBER, **PLACE, by=world.officer)


def write(world, meeting, by=None, **more):
    words = {"marking": SECRET, "highlights": CANARY, "version": 0}
    return reporting.write(world.dvacs_group, meeting, **(words | more), by=by or world.dvacs)


def fresh(report):
    return SubgroupReport.objects.get(pk=report.pk)


def update(meeting, kind=ItemKind.DVACS):
    item = meeting.items.get(kind=kind)
    item.meeting = meeting
    return item


# ---- written and sent ---------------------------------------------------------------------------


def test_a_report_becomes_the_agendas_item_on_that_subgroup(world, meeting):
    report = write(world, meeting)
    before = meeting.items.count()
    item = reporting.send(report, by=world.dvacs)
    assert (item, meeting.items.count()) == (update(meeting), before)
    assert (item.marking, item.paper_expected) == (SECRET, False)
    assert fresh(report).sent_by == world.dvacs
    said = Notice.objects.get(kind="report-sent", recipient=world.officer).text
    assert said == "DVACS sent its report for the Board meeting of 9 December 2026."


def test_a_restricted_report_takes_an_open_item_into_the_restricted_part(world, meeting):
    item = update(meeting)
    agenda.change_item(item, title=item.title, marking=OPEN, minutes_allowed=5, by=world.officer)
    agenda.add_paper(
        update(meeting), title="Open", marking=OPEN, file=ContentFile(files.pdf(1), "a.pdf"),
        by=world.officer,
    )  # fmt: skip
    item = reporting.send(write(world, meeting), by=world.dvacs)
    assert item.marking == SECRET
    assert item.papers.get().document.marking == SECRET
    numbers = list(meeting.items.order_by("marking", "position").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_an_open_report_leaves_a_restricted_item_restricted(world, meeting):
    assert reporting.send(write(world, meeting, marking=OPEN), by=world.dvacs).marking == SECRET


def test_a_subgroup_that_the_terms_do_not_name_gets_an_item_of_its_own(world, meeting):
    wardens = worlds.group(world.partnership, "Wardens", GroupKind.SUBGROUP, reports_to=world.board)
    worlds.seat(world.kent, wardens, world.county, Role.CHAIR)
    report = reporting.write(
        wardens, meeting, marking=OPEN, highlights="Rounds", version=0, by=world.kent
    )
    item = reporting.send(report, by=world.kent)
    assert (item.title, item.kind, item.marking) == ("Wardens update", ItemKind.OTHER, OPEN)


def test_it_is_taken_back_and_sent_again_while_the_agenda_is_a_draft(world, meeting):
    report = write(world, meeting)
    reporting.send(report, by=world.dvacs)
    with pytest.raises(Wrong, match="Take it back"):
        write(world, meeting, version=1)
    with pytest.raises(Wrong, match="sent already"):
        reporting.send(report, by=world.dvacs)
    reporting.take_back(report, by=world.dvacs)
    assert (fresh(report).sent_at, update(meeting).paper_expected) == (None, True)
    again = write(world, meeting, version=1, risks="None")
    assert reporting.send(again, by=world.dvacs) == update(meeting)


def test_once_the_agenda_is_out_it_is_a_late_addition_that_stays(world, meeting):
    agenda.publish(meeting, by=world.officer)
    report = write(world, meeting)
    reporting.send(report, by=world.dvacs)
    assert "a late one" in Notice.objects.get(kind="report-late", recipient=world.kent).text
    with pytest.raises(Wrong, match="agenda is out"):
        reporting.take_back(report, by=world.dvacs)


def test_once_the_agenda_is_out_an_open_item_keeps_its_part(world, meeting):
    item = update(meeting)
    agenda.change_item(item, title=item.title, marking=OPEN, minutes_allowed=5, by=world.officer)
    agenda.publish(meeting, by=world.officer)
    made = reporting.send(write(world, meeting), by=world.dvacs)
    assert made.pk != item.pk
    assert (made.marking, made.number) == (SECRET, meeting.items.count())
    assert update(meeting).marking == OPEN


def test_an_item_that_was_removed_lets_the_report_be_sent_again(world, meeting):
    report = write(world, meeting)
    reporting.send(report, by=world.dvacs)
    agenda.remove_item(update(meeting), by=world.officer)
    assert fresh(report).item is None
    assert reporting.send(report, by=world.dvacs).kind == ItemKind.DVACS


def test_two_writers_never_overwrite_one_another(world, meeting):
    write(world, meeting)
    write(world, meeting, version=1, highlights="By one")
    with pytest.raises(reporting.Stale) as stale:
        write(world, meeting, version=1, highlights="By another", by=world.officer)
    assert stale.value.current.highlights == "By one"


@pytest.mark.parametrize(("wrong", "field"), [
    ({"highlights": " "}, "highlights"), ({"risks": "x" * 10_001}, "risks"),
    ({"marking": "x"}, "marking"),
])  # fmt: skip
def test_what_cannot_be_reported_is_said_by_field(world, meeting, wrong, field):
    with pytest.raises(ValidationError) as refused:
        write(world, meeting, **wrong)
    assert set(refused.value.message_dict) == {field}


def test_nothing_is_reported_to_a_past_or_cancelled_meeting_or_to_another_group(world, meeting):
    report = write(world, meeting)
    theirs = schedule.schedule(
        world.dvacs_group, on=DECEMBER, meant=True, **PLACE, by=world.officer
    )
    with pytest.raises(Wrong, match="does not report"):
        write(world, theirs)
    schedule.cancel(meeting, reason="Snow", by=world.officer)
    with pytest.raises(Wrong, match="cancelled"):
        reporting.send(report, by=world.dvacs)


def test_officers_and_the_chair_of_the_subgroup_report_and_nobody_else(world, meeting):
    report = write(world, meeting, by=world.officer)
    world.dvacs_seat.role = Role.MEMBER
    world.dvacs_seat.save()
    for who in (world.dvacs, world.chair, world.kent, world.ocg, world.stranger):
        with pytest.raises(Refused):
            write(world, meeting, version=1, by=who)
        with pytest.raises(Refused):
            reporting.send(report, by=who)


def test_no_record_and_no_notice_holds_its_words(world, meeting):
    reporting.send(write(world, meeting), by=world.dvacs)
    assert all(CANARY not in notice.text for notice in Notice.objects.all())
    assert all(CANARY not in f"{each.verb} {each.subject} {each.detail}"
               for each in Entry.objects.all())  # fmt: skip


# ---- the steer ----------------------------------------------------------------------------------


def minuting(world, meeting):
    agenda.publish(meeting, by=world.officer)
    with at(DECEMBER, 10):
        return minutes.open(meeting, chaired_by=world.chair, by=world.officer)


def dvacs_draft(world, on=MARCH):
    return schedule.schedule(world.dvacs_group, on=on, meant=True, **PLACE, by=world.officer)


def test_a_steer_goes_onto_the_next_draft_agenda_of_the_subgroup(world, meeting):
    draft = dvacs_draft(world)
    held = minuting(world, meeting)
    with at(DECEMBER, 11):
        waiting, item = reporting.steer(
            update(held), text="Name three places", marking=OPEN, by=world.officer
        )
    assert item.meeting == draft
    assert (item.title, item.note) == ("Steer of the Board, 9 December 2026", "Name three places")
    assert (item.marking, item.thread) == (SECRET, update(held).thread)
    assert waiting.carried_from == update(held)
    assert Notice.objects.filter(kind="steer", recipient=world.dvacs).exists()


def test_a_steer_waits_for_an_agenda_that_is_drafted_later(world, meeting):
    held = minuting(world, meeting)
    with at(DECEMBER, 11):
        waiting, item = reporting.steer(
            update(held, ItemKind.OCG), text="Look at the docks", by=world.officer
        )
        assert item is None
        draft = schedule.schedule(world.ocg_group, on=MARCH, meant=True, **PLACE, by=world.ocg)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.item.meeting) == (Answer.TAKEN, draft)


def test_a_steer_is_taken_back_until_their_agenda_is_out(world, meeting):
    draft = dvacs_draft(world)
    held = minuting(world, meeting)
    with at(DECEMBER, 11):
        waiting, _ = reporting.steer(update(held), text="One", by=world.officer)
        reporting.remove_steer(waiting, by=world.officer)
        assert not draft.items.filter(title__startswith="Steer").exists()
        waiting, _ = reporting.steer(update(held), text="Two", by=world.officer)
        agenda.publish(draft, by=world.officer)
        with pytest.raises(Wrong, match="is out with this steer"):
            reporting.remove_steer(waiting, by=world.officer)


def test_a_steer_that_is_declined_tells_who_recorded_it(world, meeting):
    held = minuting(world, meeting)
    with at(DECEMBER, 11):
        waiting, _ = reporting.steer(update(held, ItemKind.OCG), text="Look", by=world.officer)
        offers.decline(waiting, answer="Done in June", by=world.ocg)
    said = Notice.objects.filter(kind="offer-answered", recipient=world.officer).get().text
    assert said == "A steer to OCG was not taken up. Read why."


def test_only_items_on_a_subgroup_are_steered_from(world, meeting):
    held = minuting(world, meeting)
    with pytest.raises(Wrong, match="not about a subgroup"):
        reporting.steer(update(held, ItemKind.FUNDING), text="One", by=world.officer)
    with pytest.raises(ValidationError):
        reporting.steer(update(held), text=" ", by=world.officer)
    with pytest.raises(Refused):
        reporting.steer(update(held), text="One", by=world.kent)


# ---- my work ------------------------------------------------------------------------------------


def test_the_subgroup_is_asked_for_its_report_until_it_is_sent(world, meeting):
    what = "Report of DVACS to the Board meeting of 9 December 2026"
    assert [each.what for each in work.reports_to_send(world.dvacs, NOVEMBER)] == [what]
    reporting.send(write(world, meeting), by=world.dvacs)
    assert list(work.reports_to_send(world.dvacs, NOVEMBER)) == []
    assert list(work.reports_to_send(world.kent, NOVEMBER)) == []


# ---- pages --------------------------------------------------------------------------------------


def to(name, *args):
    return reverse(f"meetings:{name}", args=["dartford", *args])


def test_the_chair_of_the_subgroup_writes_sends_and_takes_back(world, meeting, sign_in):
    client = sign_in(world.dvacs)
    page = client.get(to("reports", "dvacs")).content.decode()
    assert "Write the report" in page
    url = to("report_write", "dvacs", meeting.slug)
    words = {"marking": SECRET, "highlights": "Two places closed", "version": 0}
    assert "Enter highlights" in client.post(url, words | {"highlights": ""}).content.decode()
    client.post(url, words)
    report = SubgroupReport.objects.get()
    stale = client.post(url, words | {"highlights": "Mine"})
    assert stale.status_code == 409
    page = stale.content.decode()
    assert "Two places closed" in page
    assert "Mine" in page
    client.post(to("report_send", report.pk))
    assert fresh(report).item == update(meeting)
    assert "Take it back" in client.get(to("report", report.pk)).content.decode()
    client.post(to("report_take_back", report.pk))
    assert fresh(report).sent_at is None
    assert sign_in(world.kent).get(url).status_code == 403
    assert sign_in(world.stranger).get(url).status_code == 404


def test_who_may_read_a_restricted_report(world, meeting, sign_in):
    report = write(world, meeting)
    url, item = to("report", report.pk), update(meeting)
    assert sign_in(world.kent).get(url).status_code == 404
    reporting.send(report, by=world.dvacs)
    reads = ReadEntry.objects.count()
    for who in (world.kent, world.officer, world.dvacs):
        assert CANARY in sign_in(who).get(url).content.decode()
    assert ReadEntry.objects.count() == reads + 3
    assert CANARY in sign_in(world.kent).get(to("item", meeting.slug, item.pk)).content.decode()
    for who, status in ((world.watch, 403), (world.ocg, 404), (world.stranger, 404)):
        answer = sign_in(who).get(url)
        assert (answer.status_code, CANARY in answer.content.decode()) == (status, False)
    Declaration.objects.create(
        meeting=meeting, item=item, person=world.kent, recused=True, text="Shares",
        declared_by=world.kent,
    )  # fmt: skip
    for address in (url, to("item", meeting.slug, item.pk)):
        answer = sign_in(world.kent).get(address)
        assert (answer.status_code, CANARY in answer.content.decode()) == (403, False)


def test_the_officer_steers_while_minuting_and_both_groups_read_it(world, meeting, sign_in):
    report = write(world, meeting)
    reporting.send(report, by=world.dvacs)
    held = minuting(world, meeting)
    item = update(held)
    with at(DECEMBER, 11):
        officer = sign_in(world.officer)
        page = officer.get(to("item", held.slug, item.pk)).content.decode()
        assert "Steer to DVACS" in page
        url = to("steer_add", held.slug, item.number)
        assert "Enter what they are to do" in officer.post(url, {"text": ""}).content.decode()
        officer.post(url, {"text": CANARY + "steer", "marking": SECRET})
        assert CANARY + "steer" in officer.get(url).content.decode()
        for who in (world.kent, world.dvacs):
            page = sign_in(who).get(to("report", report.pk)).content.decode()
            assert CANARY + "steer" in page
        page = sign_in(world.watch).get(to("reports", "dvacs")).content.decode()
        assert CANARY not in page
        steer = BacklogItem.objects.get()
        officer.post(to("steer_remove", held.slug, item.number), {"steer": steer.pk})
    assert not BacklogItem.objects.exists()


def test_words_for_a_cancelled_meeting_begin_the_next_report(world, meeting, sign_in):
    write(world, meeting)
    schedule.cancel(meeting, reason="Snow", by=world.officer)
    later = schedule.schedule(world.board, on=MARCH, meant=True, **PLACE, by=world.officer)
    page = sign_in(world.dvacs).get(to("report_write", "dvacs", later.slug)).content.decode()
    assert CANARY in page
    assert later.status == Status.SCHEDULED


def test_a_report_closes_with_its_item_when_that_is_restricted(world, meeting, sign_in):
    report = write(world, meeting, marking=OPEN)
    words = {"title": "DVACS", "minutes_allowed": 5}
    agenda.change_item(update(meeting), **words, marking=OPEN, by=world.officer)
    item = reporting.send(report, by=world.dvacs)
    client = sign_in(world.watch)
    page = reverse("meetings:report", args=["dartford", report.pk])
    assert CANARY in client.get(page).content.decode()
    agenda.change_item(item, **words, marking=SECRET, by=world.officer)
    assert CANARY not in client.get(page).content.decode()
    listed = client.get(reverse("meetings:reports", args=["dartford", world.dvacs_group.slug]))
    assert "OFFICIAL-SENSITIVE" in listed.content.decode()
