"""A paper's pages: for those who may open it, those who may not, and those who may not know."""

import datetime
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audit.models import Entry, ReadEntry
from core import clock
from core.markings import Marking
from core.permissions import Refused, denied
from documents import workflow
from documents.models import Document, Opening, SharingRecord, Version
from documents.refusal import refused
from membership.models import Signature
from membership.workflow.keeping import version
from notices.models import Notice
from tests import world as worlds
from tests.documents import files
from tests.documents.conftest import CANARY

DAY = datetime.timedelta(days=1)


def url(name, *args):
    return reverse(f"documents:{name}", args=["dartford", *args])


# ---- the page of a paper ------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["officer", "chair", "vice", "kent", "watch"])
def test_everybody_on_the_group_reads_the_page_of_a_plain_paper(world, sign_in, paper, who):
    document = paper()

    page = sign_in(getattr(world, who)).get(url("detail", document.pk))

    assert page.status_code == 200
    assert b"Highlights and risks" in page.content
    assert b"No virus scanner is set up here" in page.content


@pytest.mark.parametrize(
    "who",
    ["dvacs", "ocg", "scrutiny", "commissioner", "administrator", "leaver", "guest", "stranger"],
)
def test_for_others_there_is_no_such_paper(world, sign_in, paper, who):
    document = paper(title=CANARY)
    client = sign_in(getattr(world, who))

    for address in (url("detail", document.pk), url("file", document.pk, 1)):
        page = client.get(address)
        assert page.status_code == 404
        assert CANARY.encode() not in page.content


def test_another_partnership_does_not_have_it(world, sign_in, paper):
    document = paper()

    for who in (world.officer, world.stranger):
        address = reverse("documents:detail", args=["gravesham", document.pk])
        assert sign_in(who).get(address).status_code == 404


def test_one_must_be_signed_in(paper):
    assert Client().get(url("detail", paper().pk)).status_code == 302


def test_a_paper_that_is_not_there_is_not_found(world, sign_in):
    assert sign_in(world.officer).get(url("detail", uuid.uuid4())).status_code == 404


def test_who_may_not_open_it_learns_only_that_it_is_there(world, sign_in, restricted):
    page = sign_in(world.watch).get(url("detail", restricted.pk))

    assert page.status_code == 200
    assert CANARY.encode() not in page.content
    assert b"A restricted paper of Board" in page.content
    assert b"Neighbourhood Watch has no current signature" in page.content
    assert not Notice.objects.exists()


def test_an_officer_sees_who_can_open_it_and_who_has(world, sign_in, restricted, opening):
    sign_in(world.kent).get(url("file", restricted.pk, 1))

    page = sign_in(world.officer).get(url("detail", restricted.pk)).content.decode()

    assert "by an officer’s exception" in page
    assert "A child is at risk tonight" in page
    assert "Bryony Clarke <span" in page
    assert "OFFICIAL-SENSITIVE" in page


def test_a_partner_sees_neither_exceptions_nor_who_has_opened_it(
    world, sign_in, restricted, opening
):
    page = sign_in(world.kent).get(url("detail", restricted.pk)).content.decode()

    assert "A child is at risk tonight" not in page
    assert "Who has opened it" not in page
    assert "Send in a newer version" not in page
    assert "Open it to one agency" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_as_many_queries_for_many_versions(
    world, sign_in, restricted, count, django_assert_num_queries
):
    first = restricted.versions.get()
    Version.objects.bulk_create(
        Version(
            document=restricted, number=number, content=first.content, file_name="a.pdf",
            content_type="application/pdf", created_by=world.officer,
        )
        for number in range(2, count + 1)
    )  # fmt: skip
    for number in range(count):
        who = worlds.person(f"Reader {number}")
        worlds.seat(who, world.board, world.county)
        ReadEntry.objects.create(
            actor_id=str(who.pk),
            actor_name=who.name,
            kind="document",
            subject_id=str(restricted.pk),
        )
    client = sign_in(world.officer)
    client.get(url("detail", restricted.pk))

    with django_assert_num_queries(13):
        assert client.get(url("detail", restricted.pk)).status_code == 200


# ---- the file -----------------------------------------------------------------------------------


def test_a_file_is_saved_and_never_run(world, sign_in, paper):
    answer = sign_in(world.watch).get(url("file", paper().pk, 1))

    assert answer.content == files.pdf(2)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="highlights.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    assert not ReadEntry.objects.exists()


def test_a_restricted_file_carries_its_marking_and_its_reading_is_recorded(
    world, sign_in, restricted
):
    answer = sign_in(world.kent).get(url("file", restricted.pk, 1))

    assert (
        answer["Content-Disposition"] == 'attachment; filename="OFFICIAL-SENSITIVE highlights.pdf"'
    )
    assert ReadEntry.objects.get().actor_name == "Bryony Clarke"


def test_a_name_with_letters_of_all_kinds_is_sent_by_rfc_6266(world, sign_in, paper):
    document = paper(file=SimpleUploadedFile("Überblick €.pdf", files.pdf()))

    answer = sign_in(world.kent).get(url("file", document.pk, 1))

    assert "filename*=utf-8''%C3%9Cberblick%20%E2%82%AC.pdf" in answer["Content-Disposition"]


def test_a_version_that_is_not_there_is_not_found(world, sign_in, paper):
    client = sign_in(world.officer)
    document = paper()

    assert client.get(url("file", document.pk, 2)).status_code == 404
    assert client.get(url("file", document.pk, 999_999_999_999)).status_code == 404


def test_the_refusal_says_what_is_missing_and_whom_to_ask(world, sign_in, restricted):
    world.officer.telephone = "01322 496 0000"
    world.officer.save()

    page = sign_in(world.watch).get(url("file", restricted.pk, 1))

    words = page.content.decode()
    assert page.status_code == 403
    assert "You cannot open this paper yet" in words
    assert "Kent and Medway Information Sharing Agreement (K-MISA)" in words
    assert "Neighbourhood Watch has no current signature" in words
    assert "Hazel Okafor, Community Safety Manager, has been told that you tried" in words
    assert "01322 496 0000" in words
    assert CANARY not in words
    assert Notice.objects.get().recipient == world.officer
    assert not ReadEntry.objects.exists()


def test_the_refusal_for_want_of_a_protocol(world, sign_in, restricted):
    world.board.protocols.update(ends_on=clock.today())

    page = sign_in(world.kent).get(url("file", restricted.pk, 1))

    assert page.status_code == 403
    assert (
        "Frequent Sharing Protocol in force. <strong>There is none today" in page.content.decode()
    )


def test_an_exception_lets_the_agency_read_and_ends(
    world, sign_in, restricted, opening, time_machine
):
    client = sign_in(world.watch)
    assert client.get(url("file", restricted.pk, 1)).status_code == 200

    time_machine.move_to(opening.closes_at + datetime.timedelta(minutes=1))
    assert sign_in(world.watch).get(url("file", restricted.pk, 1)).status_code == 403


def test_an_ended_seat_opens_nothing_at_the_next_request(world, sign_in, restricted):
    client = sign_in(world.kent)
    assert client.get(url("file", restricted.pk, 1)).status_code == 200

    world.kent_seat.ends_on = clock.today()
    world.kent_seat.save()
    assert client.get(url("file", restricted.pk, 1)).status_code == 404


# ---- another title ------------------------------------------------------------------------------


def test_an_officer_gives_a_paper_another_title_and_it_is_on_record(world, sign_in, paper):
    document = paper(title="Higlights")
    client = sign_in(world.officer)
    assert url("change", document.pk) in client.get(document.get_absolute_url()).content.decode()
    page = client.get(url("change", document.pk)).content.decode()
    assert "Higlights" in page

    sent = {"title": "Highlights", "handling_note": "Do not forward", "read": version(document)}
    page = client.post(url("change", document.pk), sent, follow=True).content.decode()

    assert "The paper is changed." in page
    assert "Changed the title or handling" in page
    document.refresh_from_db()
    assert (document.title, document.handling_note) == ("Highlights", "Do not forward")
    assert document.history.earliest().title == "Higlights"


def test_a_paper_is_not_left_without_a_title(world, sign_in, paper):
    document = paper()
    for title, says in (("  ", "Enter the title"), ("x" * 201, "200 characters or fewer")):
        sent = {"title": title, "read": version(document)}
        page = sign_in(world.officer).post(url("change", document.pk), sent)
        assert says in page.content.decode()
    document.refresh_from_db()
    assert document.title == "Highlights and risks"


def test_two_who_give_a_title_at_once_see_both(world, sign_in, paper):
    document = paper()
    read = version(document)
    workflow.retitle(document, title="Theirs", read=read, by=world.officer)

    page = sign_in(world.officer).post(url("change", document.pk), {"title": "Mine", "read": read})

    assert page.status_code == 409
    assert "Theirs" in page.content.decode()
    assert "Mine" in page.content.decode()
    document.refresh_from_db()
    assert document.title == "Theirs"


def test_the_same_title_is_no_change(world, paper):
    document = paper()

    workflow.retitle(document, title=" Highlights  and risks ", by=world.officer)

    assert document.history.count() == 1
    assert not Entry.objects.filter(verb__startswith="changed the title").exists()


def test_a_restricted_title_is_changed_by_those_who_may_open_it(world, sign_in, restricted):
    lapsed = Signature.objects.filter(agency=world.council)
    assert sign_in(world.officer).get(url("change", restricted.pk)).status_code == 200
    workflow.retitle(restricted, title=f"{CANARY} again", by=world.officer)
    entry = Entry.objects.get(verb__startswith="changed the title")
    assert entry.sensitive
    assert CANARY not in str(entry.detail)
    lapsed.update(ends_on=clock.today())
    for who in (world.officer, world.kent, world.watch):
        page = sign_in(who).get(url("change", restricted.pk))
        assert page.status_code == 403
        assert CANARY not in page.content.decode()
    assert sign_in(world.stranger).get(url("change", restricted.pk)).status_code == 404


# ---- a newer version ----------------------------------------------------------------------------


def test_an_officer_sends_in_a_newer_version(world, sign_in, paper):
    document = paper()
    client = sign_in(world.officer)
    assert client.get(url("version_add", document.pk)).status_code == 200

    answer = client.post(
        url("version_add", document.pk), {"file": SimpleUploadedFile("new.pdf", files.pdf(9))}
    )

    assert answer.status_code == 302
    assert document.versions.count() == 2


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (lambda: SimpleUploadedFile("a.pdf", b""), "The file is empty"),
        (lambda: SimpleUploadedFile("a.pdf", b"MZ" + b"\0" * 80), "is really a Windows program"),
        (
            lambda: SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 80),
            "Files ending in .exe are not taken",
        ),
        (lambda: SimpleUploadedFile("a.pdf", files.pdf(2)), "same file as version 1"),
    ],
)
def test_a_bad_file_has_its_sentence_next_to_the_field(world, sign_in, paper, file, says):
    document = paper()

    page = sign_in(world.officer).post(url("version_add", document.pk), {"file": file()})

    words = page.content.decode()
    assert page.status_code == 200
    assert words.count(says) == 2
    assert "There is a problem" in words
    assert document.versions.count() == 1


def test_a_file_of_100_mb_is_refused_without_being_kept(world, sign_in, paper, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    document = paper()
    large = tmp_path / "large.pdf"
    with large.open("wb") as sparse:
        sparse.write(b"%PDF-1.7")
        sparse.truncate(100 * 1024 * 1024)

    with large.open("rb") as sent:
        page = sign_in(world.officer).post(url("version_add", document.pk), {"file": sent})

    assert "The file is 100 MB. It can be up to 25 MB" in page.content.decode()
    assert document.versions.count() == 1


def test_no_file_at_all_is_asked_for(world, sign_in, paper):
    page = sign_in(world.officer).post(url("version_add", paper().pk), {"x": "y"})

    assert b"Choose a file" in page.content


@pytest.mark.parametrize("method", ["get", "post"])
def test_others_on_the_group_may_not_send_in_versions(world, sign_in, paper, method):
    document = paper()

    for who in (world.chair, world.kent, world.watch):
        assert getattr(sign_in(who), method)(url("version_add", document.pk)).status_code == 403
    assert sign_in(world.dvacs).get(url("version_add", document.pk)).status_code == 404


# ---- an officer's exception ---------------------------------------------------------------------


def in_days(days):
    day = clock.today() + days * DAY
    return {"closes_at_day": day.day, "closes_at_month": day.month, "closes_at_year": day.year}


def test_an_officer_opens_a_paper_to_an_agency(world, sign_in, restricted):
    client = sign_in(world.officer)
    page = client.get(url("open_to", restricted.pk)).content.decode()
    assert "Neighbourhood Watch" in page
    assert "Kent County Council" not in page

    answer = client.post(
        url("open_to", restricted.pk),
        {"agency": world.watch_body.pk, "reason": "A child", "lawful_gateway": "Law", **in_days(2)},
    )

    assert answer.status_code == 302
    made = Opening.objects.get()
    assert made.closes_at == clock.london(clock.today() + 3 * DAY, datetime.time())
    assert SharingRecord.objects.get().opening == made


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"reason": ""}, "Enter"),
        (in_days(-3), "The end must be later than now"),
        (in_days(40), "30 days at most"),
        ({"closes_at_year": "2999"}, "30 days at most"),
        ({"closes_at_month": "13"}, "The last day must have a month from 1 to 12"),
        ({"agency": ""}, "Choose"),
    ],
)
def test_a_bad_exception_is_said_next_to_its_field(world, sign_in, restricted, typed, says):
    given = {"agency": world.watch_body.pk, "reason": "A", "lawful_gateway": "Law", **in_days(2)}

    page = sign_in(world.officer).post(url("open_to", restricted.pk), given | typed)

    assert page.status_code == 200
    assert says in page.content.decode()
    assert not Opening.objects.exists()


def test_there_may_be_nobody_to_open_it_to(world, sign_in, restricted):
    world.watch_seat.ends_on = clock.today()
    world.watch_seat.save()

    page = sign_in(world.officer).get(url("open_to", restricted.pk))

    assert b"can open the paper already" in page.content


def test_closing_an_exception(world, sign_in, opening):
    address = url("opening_close", opening.pk)
    assert sign_in(world.kent).post(address).status_code == 403
    assert sign_in(world.dvacs).post(address).status_code == 404
    assert sign_in(world.officer).get(address).status_code == 405

    client = sign_in(world.officer)
    assert client.post(address).status_code == 302
    again = client.post(address, follow=True)
    assert b"closed already" in again.content


def test_an_officer_whose_own_agency_has_not_signed_does_not_see_the_title(
    world, sign_in, restricted
):
    world.agreement.signatures.filter(agency=world.council).delete()

    page = sign_in(world.officer).get(url("open_to", restricted.pk)).content.decode()

    assert CANARY not in page
    assert "A restricted paper" in page


def test_the_form_says_whether_files_are_scanned(world, sign_in, paper, settings):
    document = paper()
    client = sign_in(world.officer)
    assert b"No virus scanner is set up here" in client.get(url("version_add", document.pk)).content

    settings.SCANNER = "clamav://127.0.0.1:3310"
    words = client.get(url("version_add", document.pk)).content.decode()
    assert "No virus scanner" not in words
    assert "Not scanned for viruses" in client.get(url("detail", document.pk)).content.decode()


def test_only_what_the_gate_refuses_is_the_gates_to_explain(world, rf):
    request = rf.get("/")
    request.user = world.kent

    with pytest.raises(Refused):
        refused(request, denied("For another reason."), group=world.board)


# ---- canaries -----------------------------------------------------------------------------------


def test_the_words_of_a_restricted_paper_reach_nobody_who_may_not_open_it(
    world, sign_in, restricted
):
    """Titles and names: on every page of this room, in notices, and in the public search."""
    sign_in(world.watch).get(url("file", restricted.pk, 1))
    pages = [
        sign_in(world.watch).get(url("detail", restricted.pk)),
        sign_in(world.watch).get(url("file", restricted.pk, 1)),
        sign_in(world.officer).get(reverse("notices:list")),
        Client().get(reverse("documents:publications", args=["dartford"])),
        Client().get(
            reverse("dashboards:public_search", args=["dartford"]), {"q": CANARY.lower()[:9]}
        ),
    ]

    for page in pages:
        assert CANARY.encode() not in page.content
        assert CANARY not in str(page.headers)
    assert Document.objects.get().title == f"Paper about {CANARY}"
    assert restricted.marking == Marking.SENSITIVE
