"""Tension reports: restricted by default, raised to the board, and read by nobody uncleared."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import TensionReport
from assessments.queries import tensions as queries
from assessments.reminders.powers import tensions_unseen
from assessments.work.powers import tensions_to_show
from assessments.workflow import tensions
from assessments.workflow.taking import Changed
from audit.models import Entry, ReadEntry
from core.markings import Marking
from core.permissions import Refused, can
from core.workflow import Wrong
from meetings.models import BacklogItem
from notices.models import Notice
from tests.assessments import knowing
from tests.assessments.knowing import CANARY, TODAY

URL = "/dartford/assessments/tensions/"


@pytest.fixture(autouse=True)
def on_the_day(world, time_machine):
    time_machine.move_to(knowing.NOON)


def test_a_week_is_its_monday_whatever_day_is_typed(world):
    report = knowing.tension(world, week=datetime.date(2026, 11, 22))

    assert report.week == datetime.date(2026, 11, 16)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"week": TODAY + datetime.timedelta(days=1)}, "week"),
        ({"week": datetime.date(2025, 1, 6)}, "week"),
        ({"community": "  "}, "community"),
        ({"level": 7}, "level"),
        ({"experienced": " ", "evidenced": "", "potential": "\n"}, "experienced"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(world, fields, name):
    with pytest.raises(ValidationError) as wrong:
        knowing.tension(world, **fields)
    assert name in wrong.value.message_dict


def test_nobody_reports_for_another_agency_or_to_a_group_of_others(world):
    with pytest.raises(ValidationError, match="your own agency"):
        knowing.tension(world, agency=world.county)
    with pytest.raises(Refused):
        knowing.tension(world, group=world.dvacs_group)
    with pytest.raises(Refused):
        knowing.tension(world, agency=world.council, by=world.scrutiny)
    assert knowing.tension(world, group=world.dvacs_group, by=world.dvacs).pk


def test_everybody_sees_what_the_rules_say_they_see(world):
    reports = [
        knowing.tension(world),
        knowing.tension(world, marking=Marking.OFFICIAL),
        knowing.tension(world, agency=world.watch_body, by=world.watch),
        knowing.tension(world, group=world.dvacs_group, by=world.dvacs),
        knowing.tension(world, group=world.ocg_group, by=world.ocg),
    ]

    for who in ("officer", "chair", "kent", "watch", "dvacs", "ocg", "scrutiny", "administrator",
                "stranger", "leaver", "guest"):  # fmt: skip
        person = getattr(world, who)
        seen = set(TensionReport.objects.visible_to(person))
        assert seen == {each for each in reports if can(person, "view", each)}, who
    assert len(TensionReport.objects.visible_to(world.watch)) == 2  # the open one and their own
    assert not TensionReport.objects.visible_to(world.scrutiny).exists()


def test_whose_seat_has_ended_no_longer_reads_what_they_reported(world):
    report = knowing.tension(world, agency=world.watch_body, by=world.watch)
    world.watch_seat.ends_on = TODAY
    world.watch_seat.save()

    assert not can(world.watch, "view", report)
    assert not TensionReport.objects.visible_to(world.watch).exists()


def test_from_level_four_chair_and_officers_are_told_without_a_word_of_it(world):
    knowing.tension(world, level=3)
    assert not Notice.objects.filter(kind="tension-raised").exists()

    knowing.tension(world, level=4)

    told = Notice.objects.filter(kind="tension-raised")
    assert {each.recipient for each in told} == {world.officer, world.chair}
    assert not any("Quarry" in f"{each.text}{each.url}" for each in told)


def test_a_level_that_rises_is_told_too(world):
    report = knowing.tension(world, level=2)

    tensions.change(report, level=5, version=report.version, by=world.vice)

    assert Notice.objects.filter(kind="tension-raised").count() == 2


def test_the_board_is_shown_it_once_and_an_item_waits(world):
    report = knowing.tension(world, level=4, group=world.dvacs_group, by=world.dvacs)
    assert not can(world.kent, "view", report)
    assert [each.what for each in tensions_to_show(world.officer, TODAY)] == [
        "Show the board 1 raised tension report"
    ]

    shown = tensions.show_to_board(report, by=world.officer)

    assert can(world.kent, "view", shown)
    assert not can(world.watch, "view", shown)
    item = BacklogItem.objects.get()
    assert item.group == world.board
    assert "Quarry" not in f"{item.title}{item.note}{item.text}"
    assert list(tensions_to_show(world.officer, TODAY)) == []
    with pytest.raises(Wrong, match="already"):
        tensions.show_to_board(shown, by=world.officer)


def test_a_low_one_is_not_shown_and_only_officers_show(world):
    low = knowing.tension(world)
    high = knowing.tension(world, level=6)

    with pytest.raises(Wrong, match="level 4"):
        tensions.show_to_board(low, by=world.officer)
    for who in (world.chair, world.vice, world.watch):
        with pytest.raises(Refused):
            tensions.show_to_board(high, by=who)


def test_one_that_nobody_shows_is_reminded_of(world):
    report = knowing.tension(world, level=4)

    [row] = tensions_unseen(TODAY)

    assert (row["subject"], row["due"]) == (str(report.pk), TODAY)
    assert "Quarry" not in f"{row['text']}{row['url']}"


def test_answering_and_closing_and_opening_again(world):
    report = knowing.tension(world)
    with pytest.raises(ValidationError, match="what was done"):
        tensions.close(report, by=world.officer)
    with pytest.raises(Refused):
        tensions.respond(report, response="We patrol.", by=world.kent)

    tensions.respond(report, response="We patrol.", by=world.chair)
    tensions.close(report, by=world.officer)
    with pytest.raises(Wrong, match="closed"):
        tensions.change(report, level=1, by=world.officer)
    tensions.reopen(report, by=world.officer)

    report.refresh_from_db()
    assert (report.response, report.closed_at) == ("We patrol.", None)


def test_a_stale_change_is_refused(world):
    report = knowing.tension(world)
    tensions.change(report, level=2, version=1, by=world.vice)

    with pytest.raises(Changed):
        tensions.change(report, level=3, version=1, by=world.officer)


def test_both_texts_stand_side_by_side_when_somebody_was_quicker(world, sign_in):
    report = knowing.tension(world)
    tensions.respond(report, response="Theirs was first.", version=1, by=world.officer)

    page = sign_in(world.chair).post(
        f"{URL}{report.pk}/respond/", {"response": "Mine came later.", "version": 1}
    )

    assert page.status_code == 409
    assert "Theirs was first." in page.content.decode()
    assert "Mine came later." in page.content.decode()


def test_no_word_of_it_reaches_who_is_not_cleared(world, sign_in):
    theme = knowing.theme(world)
    report = knowing.tension(world, level=5, theme=theme, source=CANARY, potential=CANARY)
    tensions.respond(report, response=CANARY, by=world.officer)
    own = ["", "?view=all&words=Quarry", "csv/", f"{report.pk}/", "report/"]
    others = ["/", "/notices/", "/dartford/public/", "/dartford/public/search/?q=Quarry"]
    room = [theme.get_absolute_url(), "/dartford/assessments/themes/", "/dartford/assessments/"]
    pages = [*(f"{URL}{each}" for each in own), *room, *others]

    for who in ("watch", "ocg", "dvacs", "scrutiny", "commissioner", "administrator", "stranger"):
        client = sign_in(getattr(world, who))
        for url in pages:
            assert CANARY not in client.get(url).content.decode(), (who, url)
    assert "Quarry" not in repr(list(Entry.objects.values_list("subject", "detail", "verb")))
    assert "Quarry" not in repr(list(Notice.objects.values_list("text", "url")))
    assert CANARY in sign_in(world.kent).get(f"{URL}{report.pk}/").content.decode()


def test_reading_a_restricted_one_is_put_on_record(world, sign_in):
    report = knowing.tension(world)
    opened = knowing.tension(world, marking=Marking.OFFICIAL)
    client = sign_in(world.kent)

    client.get(f"{URL}{report.pk}/")
    client.get(f"{URL}{opened.pk}/")
    client.get(URL)

    reads = ReadEntry.objects.filter(actor_id=str(world.kent.pk))
    assert [each.subject_id for each in reads] == [str(report.pk)] * 2


def test_the_form_sends_a_report_and_keeps_what_was_typed_when_refused(world, sign_in):
    client = sign_in(world.vice)
    typed = {
        "agency": world.police.pk, "week_day": 16, "week_month": 11, "week_year": 2026,
        "community": "Market traders", "level": 2, "group": world.board.pk,
        "marking": "sensitive", "source": "Patrols",
    }  # fmt: skip

    refused = client.post(f"{URL}report/", typed)
    assert "Enter what was experienced" in refused.content.decode()
    assert "Market traders" in refused.content.decode()
    client.post(f"{URL}report/", typed | {"potential": "A quarrel over pitches."})

    report = TensionReport.objects.get()
    assert (report.level, report.restricted, report.reported_by) == (2, True, world.vice)


def test_officers_download_what_they_read(world, sign_in):
    knowing.tension(world, experienced="=1+1")
    text = sign_in(world.officer).get(f"{URL}csv/").content.decode()

    assert "'=1+1" in text
    assert ReadEntry.objects.filter(actor_id=str(world.officer.pk)).count() == 1
    assert sign_in(world.kent).get(f"{URL}csv/").status_code == 403


def test_the_list_narrows_by_level_and_words(world, sign_in):
    knowing.tension(world, level=2, community="Market traders")
    knowing.tension(world, level=4, community="Riverside park")
    client = sign_in(world.kent)

    assert "Market traders" not in client.get(f"{URL}?view=raised").content.decode()
    assert "Riverside park" not in client.get(f"{URL}?level=2").content.decode()
    assert "No reports match" in client.get(f"{URL}?words=zyzzyva").content.decode()
    assert client.get(f"{URL}?view=nonsense&level=99&page=x").status_code == 200


def test_quiet_weeks_stand_in_the_trend(world):
    knowing.tension(world, level=2)
    knowing.tension(world, level=5, week=TODAY - datetime.timedelta(days=14))

    weeks = queries.weeks(TensionReport.objects.visible_to(world.kent), TODAY)

    assert [(each.reports, each.highest) for each in weeks[-3:]] == [(1, 5), (0, 0), (1, 2)]


def test_the_list_asks_as_often_for_many_as_for_one(world, sign_in):
    client = sign_in(world.kent)
    knowing.tension(world)
    client.get(URL)
    counted = []
    for more in (0, 20):
        for _ in range(more):
            knowing.tension(world, level=2)
        with CaptureQueriesContext(connection) as asked:
            client.get(URL)
        counted.append(len(asked))
    assert counted[0] == counted[1]
