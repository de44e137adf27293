"""The record of sharing: kept by officers, narrowed, corrected, handed over."""

import csv
import datetime
import io

import pytest
from django.urls import reverse

from audit.models import Entry
from core import clock
from documents import workflow
from documents.models import SharingRecord
from membership.models import Signature
from membership.workflow.keeping import version
from tests.documents.conftest import CANARY


def url(name="sharing_record", *args, partnership="dartford"):
    return reverse(f"documents:{name}", args=[partnership, *args])


@pytest.fixture
def line(world):
    def line(**more):
        given = {
            "on": datetime.date(2026, 3, 2), "what": "Crime figures", "shared_by": world.police,
            "shared_with": world.council, "lawful_gateway": "CDA 1998 s.115",
            "reason": "Assessment", "by": world.officer,
        } | more  # fmt: skip
        return workflow.record_sharing(world.partnership, **given)

    return line


def typed(world, **more):
    return {
        "version": "0", "on_day": "2", "on_month": "3", "on_year": "2026", "what": "Street crime",
        "shared_by": world.police.pk, "shared_with": world.council.pk, "recipient": "",
        "protocol": "", "lawful_gateway": "Law", "reason": "Assessment", "repeats": "", "group": "",
    } | more  # fmt: skip


@pytest.mark.parametrize(
    "who", ["chair", "kent", "watch", "dvacs", "scrutiny", "stranger", "guest"]
)
def test_the_record_is_for_officers(world, sign_in, line, who):
    made = line(what=CANARY)
    client = sign_in(getattr(world, who))

    for address in (url(), url("sharing_record_add")):
        assert client.get(address).status_code == 403
    for name in ("sharing_record_line", "sharing_record_change"):
        page = client.get(url(name, made.pk))
        assert page.status_code == 404
        assert CANARY.encode() not in page.content


def test_other_officers_of_groups_do_not_see_each_others_lines(world, sign_in, line):
    hidden = line(what=CANARY, by=world.ocg, group=world.ocg_group)
    client = sign_in(world.officer)

    assert CANARY.encode() not in client.get(url()).content
    assert CANARY.encode() not in client.get(url(), {"format": "csv"}).content
    assert client.get(url("sharing_record_line", hidden.pk)).status_code == 404
    assert CANARY.encode() in sign_in(world.ocg).get(url()).content


def test_another_partnership_shows_none_of_it(world, sign_in, line):
    line(what=CANARY)

    page = sign_in(world.stranger).get(url(partnership="gravesham"))

    assert page.status_code == 200
    assert CANARY.encode() not in page.content


def test_an_empty_record_says_what_to_write_down(world, sign_in):
    assert b"Nothing has been written down yet" in sign_in(world.officer).get(url()).content


def test_lines_are_narrowed(world, sign_in, line):
    protocol = world.board.protocols.get()
    line(what="Once", shared_with=world.county)
    line(what="Monthly", repeats="monthly", protocol=protocol)
    line(what="Later", on=datetime.date(2026, 6, 1))
    client = sign_in(world.officer)

    def found(**query):
        page = client.get(url(), query)
        return {each.what for each in page.context["page"]}, page

    assert found()[0] == {"Once", "Monthly", "Later"}
    assert found(agency=world.county.pk)[0] == {"Once"}
    assert found(protocol=protocol.pk)[0] == {"Monthly"}
    assert found(show="repeat")[0] == {"Monthly"}
    assert found(show="once")[0] == {"Once", "Later"}
    assert found(since="1 April 2026")[0] == {"Later"}
    assert found(until="1 April 2026")[0] == {"Once", "Monthly"}
    kept, page = found(agency=world.county.pk, show="once")
    assert kept == {"Once"}
    assert [view.count for view in page.context["views"]] == [1, 1, 0]


@pytest.mark.parametrize(
    "query",
    [{"agency": "x"}, {"protocol": "\x00"}, {"since": "yesterday"}, {"show": "x"}, {"page": "x"}],
)
def test_a_choice_that_cannot_be_read_narrows_nothing(world, sign_in, line, query):
    line()

    page = sign_in(world.officer).get(url(), query)

    assert page.status_code == 200
    assert len(page.context["page"]) == 1


def test_a_regulator_gets_a_csv_with_formulas_disarmed_and_the_download_is_recorded(
    world, sign_in, line
):
    line(what="=cmd|'/c calc'!A1", recipient="@SUM(A1)")

    answer = sign_in(world.officer).get(url(), {"format": "csv", "agency": world.police.pk})

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer["Content-Type"].startswith("text/csv")
    assert rows[1][0] == "2026-03-02"
    assert rows[1][1] == "'=cmd|'/c calc'!A1"
    assert rows[1][4] == "'@SUM(A1)"
    assert rows[1][9] == "once"
    assert Entry.objects.filter(verb="downloaded the record of sharing").exists()


def test_an_officer_writes_a_line_down(world, sign_in):
    client = sign_in(world.officer)
    assert client.get(url("sharing_record_add")).status_code == 200

    answer = client.post(url("sharing_record_add"), typed(world, repeats="monthly"))

    assert answer.status_code == 302
    assert SharingRecord.objects.get().created_by == world.officer


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"what": ""}, "Enter an answer to “What was shared”"),
        ({"shared_with": "police"}, "An agency does not share with itself"),
        ({"on_year": "2999"}, "The date must be today or in the past"),
        ({"on_month": "2", "on_day": "30"}, "must have a day from 1 to 28"),
        ({"shared_by": "00000000-0000-0000-0000-000000000000"}, "Choose from the list"),
        ({"what": "a" * 400}, "300 characters or fewer"),
    ],
)
def test_a_bad_line_is_said_next_to_its_field(world, sign_in, wrong, says):
    if wrong.get("shared_with"):
        wrong = {"shared_with": world.police.pk}

    page = sign_in(world.officer).post(url("sharing_record_add"), typed(world, **wrong))

    assert page.status_code == 200
    assert says in page.content.decode()
    assert not SharingRecord.objects.exists()


def test_only_groups_that_one_serves_are_offered(world, sign_in):
    page = sign_in(world.officer).get(url("sharing_record_add"))

    offered = set(page.context["form"].fields["group"].queryset)
    assert world.board in offered
    assert world.ocg_group not in offered
    assert world.gravesham_board not in offered


def test_a_correction_shows_in_the_history(world, sign_in, line):
    made = line()
    client = sign_in(world.officer)
    assert client.get(url("sharing_record_change", made.pk)).status_code == 200

    answer = client.post(
        url("sharing_record_change", made.pk), typed(world, version=version(made)), follow=True
    )

    words = answer.content.decode()
    assert "<del>Crime figures</del>" in words
    assert "<ins>Street crime</ins>" in words


def test_a_bad_correction_is_said_next_to_its_field(world, sign_in, line):
    made = line()

    page = sign_in(world.officer).post(
        url("sharing_record_change", made.pk),
        typed(world, version=version(made), what="Typed by me", on_year="2999"),
    )

    words = page.content.decode()
    assert "The date must be today or in the past" in words
    assert words.count("Typed by me") == 1
    assert "Crime figures</a>" in words


def test_a_stale_correction_shows_both_and_loses_neither(world, sign_in, line):
    made = line()
    read = version(made)
    workflow.correct_sharing(made, by=world.officer, version=read, what="Saved by a colleague")
    client = sign_in(world.officer)

    page = client.post(
        url("sharing_record_change", made.pk), typed(world, version=read, what="Typed by me")
    )

    words = page.content.decode()
    assert page.status_code == 409
    assert "Saved by a colleague" in words
    assert words.count("Typed by me") == 2
    made.refresh_from_db()
    assert made.what == "Saved by a colleague"

    again = client.post(
        url("sharing_record_change", made.pk),
        typed(world, version=page.context["form"]["version"].value(), what="Typed by me"),
    )
    assert again.status_code == 302
    made.refresh_from_db()
    assert made.what == "Typed by me"


@pytest.mark.parametrize("count", [1, 30, 3000])
def test_the_list_asks_as_many_queries_for_many_lines(
    world, sign_in, count, django_assert_num_queries
):
    SharingRecord.objects.bulk_create(
        SharingRecord(
            partnership=world.partnership, group=world.board, on=clock.today(),
            what=f"Line {number}", shared_by=world.police, shared_with=world.council,
            lawful_gateway="Law", reason="Why",
            protocol=world.board.protocols.get() if number == 0 else None, created_by=world.officer,
        )
        for number in range(count)
    )  # fmt: skip
    client = sign_in(world.officer)
    client.get(url())

    with django_assert_num_queries(8):
        assert client.get(url()).status_code == 200


def test_the_record_never_holds_the_title_of_a_restricted_paper(world, sign_in, opening):
    Signature.objects.filter(agency=world.council).delete()
    officer = sign_in(world.officer)
    line = reverse("documents:sharing_record_line", args=["dartford", opening.record.pk])

    for address in (url(), f"{url()}?format=csv", line):
        answer = officer.get(address)
        assert answer.status_code == 200
        assert CANARY not in answer.content.decode()
