"""Sending in, opening, closing, recording and publishing."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction

from audit.models import Entry, ReadEntry
from core import clock
from core.markings import Marking
from core.permissions import ALLOWED, Refused, can, denied
from core.workflow import Wrong
from documents import queries, workflow
from documents.models import Content, Document, Opening, Publication, SharingRecord
from documents.workflow import papers
from membership.models import Role, Signature
from membership.workflow.keeping import Changed, version
from notices.models import Notice
from tests import world as worlds
from tests.documents import files
from tests.documents.conftest import CANARY

DAY = datetime.timedelta(days=1)


def upload(content=None, name="highlights.pdf"):
    return ContentFile(files.pdf() if content is None else content, name)


# ---- sending in ---------------------------------------------------------------------------------


def test_a_paper_is_kept_with_its_first_version(world, paper):
    document = paper(title="  Highlights  ", handling_note="Do not forward")

    version = document.versions.get()
    assert document.title == "Highlights"
    assert (version.number, version.pages, version.file_name) == (1, 2, "highlights.pdf")
    assert version.content.size == len(version.content.data)
    assert document.history.get().history_user == world.officer
    assert Entry.objects.filter(verb="sent in", subject="Highlights", sensitive=False).exists()


def test_bytes_may_be_handed_over_with_a_name(world):
    document = workflow.add_document(
        world.board, title="Report", marking=Marking.OFFICIAL, content=files.pdf(),
        file_name="report.pdf", content_type="application/pdf", by=world.officer,
    )  # fmt: skip

    assert document.versions.get().content_type == "application/pdf"


def test_a_content_type_that_is_not_true_is_refused(world):
    with pytest.raises(ValidationError) as refused:
        workflow.add_document(
            world.board, title="Report", marking=Marking.OFFICIAL, content=files.pdf(),
            file_name="report.pdf", content_type="text/csv", by=world.officer,
        )  # fmt: skip

    assert "file" in refused.value.message_dict


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"title": "  "}, "title"),
        ({"title": "a" * 201}, "title"),
        ({"marking": "secret"}, "marking"),
        ({"handling_note": "a" * 301}, "handling_note"),
        ({"file": ContentFile(b"", "a.pdf")}, "file"),
        ({"file": ContentFile(b"MZ" + b"\0" * 60, "a.pdf")}, "file"),
    ],
)
def test_bad_input_is_named_by_its_field(paper, fields, named):
    with pytest.raises(ValidationError) as refused:
        paper(**fields)

    assert list(refused.value.message_dict) == [named]
    assert not Document.objects.exists()


@pytest.mark.parametrize("who", ["chair", "kent", "watch", "scrutiny", "stranger", "leaver", "ocg"])
def test_only_officers_of_the_group_send_in(world, paper, who):
    with pytest.raises(Refused):
        paper(by=getattr(world, who))


def test_the_same_bytes_are_kept_once(world, paper):
    same = files.pdf(3)
    paper(file=upload(same))
    paper(title="Another", file=upload(same))

    assert Content.objects.count() == 1


def test_a_newer_version_leaves_the_older(world, paper):
    document = paper()

    newer = workflow.add_version(document, file=upload(files.pdf(5)), by=world.officer)

    assert newer.number == 2
    assert [each.number for each in document.versions.all()] == [2, 1]


def test_the_same_file_again_is_no_newer_version(world, paper):
    same = files.pdf(3)
    document = paper(file=upload(same))

    with pytest.raises(ValidationError, match="same file as version 1"):
        workflow.add_version(document, file=upload(same), by=world.officer)


def test_a_paper_becomes_restricted_with_what_it_belongs_to(world, paper):
    document = paper()

    workflow.restrict(document, by=world.officer)
    again = workflow.restrict(document, by=world.officer)

    assert again.restricted
    assert not can(world.watch, "open", again)
    assert again.history.count() == 2
    assert Entry.objects.filter(verb="restricted", sensitive=True).count() == 1
    with pytest.raises(Refused):
        workflow.restrict(document, by=world.kent)


def test_a_room_above_may_let_others_send_in(world, paper):
    assert paper(by=world.kent, allowed=ALLOWED).created_by == world.kent
    with pytest.raises(Refused):
        paper(allowed=denied("No."))


# ---- opening a file -----------------------------------------------------------------------------


def test_opening_a_restricted_paper_is_written_down_first(world, restricted):
    workflow.open_file(restricted, number=1, by=world.kent)

    read = ReadEntry.objects.get()
    assert (read.actor_name, read.subject_id) == ("Bryony Clarke", str(restricted.pk))
    assert read.group_id == str(world.board.pk)


def test_opening_a_plain_paper_is_not(world, paper):
    workflow.open_file(paper(), number=1, by=world.watch)

    assert not ReadEntry.objects.exists()


def test_nothing_opens_if_it_cannot_be_written_down(world, restricted, monkeypatch):
    def broken(*_, **__):
        raise IntegrityError("no")

    monkeypatch.setattr(papers, "record_read", broken)

    with pytest.raises(IntegrityError):
        workflow.open_file(restricted, number=1, by=world.kent)


# ---- the gate, by signature, protocol and date --------------------------------------------------


def test_the_gate_follows_the_signature(world, restricted):
    assert can(world.kent, "open", restricted)
    assert not can(world.watch, "open", restricted)

    Signature.objects.create(
        agreement=world.agreement,
        agency=world.watch_body,
        signed_by_name="Ash",
        starts_on=clock.today(),
    )
    assert can(world.watch, "open", restricted)

    Signature.objects.filter(agency=world.county).update(ends_on=clock.today())
    assert not can(world.kent, "open", restricted)


def test_the_gate_follows_the_protocol_but_a_review_date_only_warns(world, restricted):
    protocol = world.board.protocols.get()
    protocol.review_on = clock.today() - DAY
    protocol.save()
    assert can(world.kent, "open", restricted)

    protocol.ends_on = clock.today()
    protocol.save()
    verdict = can(world.kent, "open", restricted)
    assert not verdict
    assert "Frequent Sharing Protocol" in verdict.reason


def test_the_gate_follows_the_agreement(world, restricted):
    world.agreement.ends_on = clock.today()
    world.agreement.save()

    assert not can(world.kent, "open", restricted)


def test_a_signature_opens_on_its_first_day_and_shuts_on_its_last(world, restricted, time_machine):
    Signature.objects.create(
        agreement=world.agreement, agency=world.watch_body, signed_by_name="Ash",
        starts_on=datetime.date(2027, 1, 4), ends_on=datetime.date(2027, 3, 1),
    )  # fmt: skip

    opens = []
    for moment in (
        "2027-01-03T23:59Z",
        "2027-01-04T00:01Z",
        "2027-02-28T23:59Z",
        "2027-03-01T00:01Z",
    ):
        time_machine.move_to(datetime.datetime.fromisoformat(moment))
        opens.append(bool(can(world.watch, "open", restricted)))
    assert opens == [False, True, True, False]


# ---- refusals -----------------------------------------------------------------------------------


def test_officers_are_told_of_a_refusal_once_a_day_without_the_title(
    world, restricted, time_machine
):
    time_machine.move_to(datetime.datetime(2027, 1, 4, 12, tzinfo=datetime.UTC))
    verdict = can(world.watch, "open", restricted)
    for _ in range(3):
        workflow.report_refusal(world.board, world.watch, verdict, about=restricted)

    notice = Notice.objects.get()
    assert notice.recipient == world.officer
    assert "Ash Pemberton tried to open a restricted paper of Board" in notice.text
    assert "Neighbourhood Watch has not signed" in notice.text
    assert CANARY not in notice.text + notice.url
    assert Entry.objects.filter(verb="was refused", sensitive=True).count() == 3

    time_machine.shift(DAY)
    workflow.report_refusal(world.board, world.watch, verdict, about=restricted)
    assert Notice.objects.count() == 2


def test_a_refusal_for_want_of_a_protocol_says_so(world, restricted):
    world.board.protocols.update(ends_on=clock.today())

    workflow.report_refusal(world.board, world.kent, can(world.kent, "open", restricted))

    assert "No sharing protocol is in force" in Notice.objects.get().text


def test_a_group_with_its_own_officer_is_told_itself(world):
    watch_seat = worlds.seat(world.watch, world.ocg_group, world.watch_body)
    assert watch_seat

    workflow.report_refusal(world.ocg_group, world.watch, can(world.watch, "open", world.ocg_group))

    assert Notice.objects.get().recipient == world.ocg


# ---- an officer's exception ---------------------------------------------------------------------


def test_an_exception_opens_one_paper_to_one_agency(world, restricted, paper):
    other = paper(title="Another", marking=Marking.SENSITIVE, file=upload(files.pdf(7)))

    workflow.open_to_agency(
        restricted, agency=world.watch_body, reason="A child is at risk", lawful_gateway="Law",
        closes_at=clock.now() + DAY, by=world.officer,
    )  # fmt: skip

    assert can(world.watch, "open", restricted)
    assert not can(world.watch, "open", other)


def test_an_exception_is_a_line_of_the_record_of_sharing(world, opening):
    line = opening.record
    assert (line.shared_by, line.shared_with) == (world.council, world.watch_body)
    assert line.group == world.board
    assert line.reason == "A child is at risk tonight"
    assert line.document == opening.document
    assert line.protocol.group == world.board


def test_other_officers_and_the_agency_are_told_without_the_title(world, restricted):
    colleague = worlds.person("Olive Marsh")
    worlds.seat(colleague, world.secretariat, world.council, Role.OFFICER)

    workflow.open_to_agency(
        restricted, agency=world.watch_body, reason="Risk", lawful_gateway="Law",
        closes_at=clock.now() + DAY, by=world.officer,
    )  # fmt: skip

    told = {notice.recipient: notice.text for notice in Notice.objects.all()}
    assert set(told) == {colleague, world.watch}
    assert "opened a restricted paper of Board to Neighbourhood Watch" in told[colleague]
    assert "is open to you until" in told[world.watch]
    assert CANARY not in "".join(told.values())


def test_an_exception_closes_by_itself(world, restricted, time_machine):
    time_machine.move_to(datetime.datetime(2027, 1, 4, 12, tzinfo=datetime.UTC))
    closes_at = clock.london(datetime.date(2027, 1, 8), datetime.time())
    workflow.open_to_agency(
        restricted, agency=world.watch_body, reason="Risk", lawful_gateway="Law",
        closes_at=closes_at, by=world.officer,
    )  # fmt: skip

    assert "until the end of 7 January 2027" in Notice.objects.get().text
    time_machine.move_to(closes_at - datetime.timedelta(seconds=1))
    assert can(world.watch, "open", restricted)
    time_machine.move_to(closes_at)
    assert not can(world.watch, "open", restricted)


def test_an_officer_closes_an_exception_early_and_once(world, restricted, opening):
    workflow.close_opening(opening, by=world.officer)

    assert not can(world.watch, "open", restricted)
    with pytest.raises(Wrong, match="closed already"):
        workflow.close_opening(opening, by=world.officer)


@pytest.mark.parametrize("who", ["chair", "watch", "kent", "stranger", "ocg", "administrator"])
def test_only_the_groups_officers_make_and_close_exceptions(world, restricted, opening, who):
    with pytest.raises(Refused):
        workflow.close_opening(opening, by=getattr(world, who))
    with pytest.raises(Refused):
        workflow.open_to_agency(
            restricted, agency=world.watch_body, reason="Risk", lawful_gateway="Law",
            closes_at=clock.now() + DAY, by=getattr(world, who),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"closes_at": -DAY}, "closes_at"),
        ({"closes_at": DAY * 32}, "closes_at"),
        ({"reason": " "}, "reason"),
        ({"lawful_gateway": ""}, "lawful_gateway"),
        ({"agency": "county"}, "agency"),
        ({"agency": "pcc_office"}, "agency"),
    ],
)
def test_a_bad_exception_is_named_by_its_field_and_nothing_is_kept(
    world, restricted, fields, named
):
    given = {"agency": "watch_body", "reason": "Risk", "lawful_gateway": "Law", "closes_at": DAY}
    given |= fields

    with pytest.raises(ValidationError) as refused:
        workflow.open_to_agency(
            restricted, agency=getattr(world, given["agency"]), reason=given["reason"],
            lawful_gateway=given["lawful_gateway"], closes_at=clock.now() + given["closes_at"],
            by=world.officer,
        )  # fmt: skip

    assert list(refused.value.message_dict) == [named]
    assert not Opening.objects.exists()
    assert not SharingRecord.objects.exists()


def test_a_plain_paper_needs_no_exception(world, paper):
    with pytest.raises(Wrong, match="not restricted"):
        workflow.open_to_agency(
            paper(), agency=world.watch_body, reason="Risk", lawful_gateway="Law",
            closes_at=clock.now() + DAY, by=world.officer,
        )  # fmt: skip


# ---- the record of sharing ----------------------------------------------------------------------


def line(world, **more):
    given = {
        "on": clock.today(), "what": "Crime figures", "shared_by": world.police,
        "shared_with": world.council, "lawful_gateway": "CDA 1998 s.115", "reason": "Assessment",
        "by": world.officer,
    } | more  # fmt: skip
    return workflow.record_sharing(world.partnership, **given)


def test_a_line_takes_its_group_from_its_protocol(world):
    made = line(world, protocol=world.board.protocols.get())

    assert made.group == world.board
    assert made.history.get().history_user == world.officer
    assert Entry.objects.filter(verb="added to the record of sharing:", sensitive=True).exists()


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"on": datetime.date(2999, 1, 1)}, "on"),
        ({"what": ""}, "what"),
        ({"what": "a" * 301}, "what"),
        ({"shared_with": "police"}, "shared_with"),
        ({"lawful_gateway": ""}, "lawful_gateway"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_bad_line_is_named_by_its_field(world, fields, named):
    if "shared_with" in fields:
        fields = {"shared_with": world.police}

    with pytest.raises(ValidationError) as refused:
        line(world, **fields)

    assert list(refused.value.message_dict) == [named]


def test_a_protocol_of_another_group_is_refused(world):
    with pytest.raises(ValidationError) as refused:
        line(world, group=world.dvacs_group, protocol=world.board.protocols.get())

    assert "protocol" in refused.value.message_dict


def test_a_correction_leaves_what_was_there(world):
    made = line(world)

    workflow.correct_sharing(made, by=world.officer, version=version(made), what="Street crime")

    made.refresh_from_db()
    assert made.what == "Street crime"
    assert [each.what for each in made.history.all()] == ["Street crime", "Crime figures"]


def test_a_stale_correction_is_refused(world):
    made = line(world)
    read = version(made)
    workflow.correct_sharing(made, by=world.officer, version=read, what="First")

    with pytest.raises(Changed):
        workflow.correct_sharing(made, by=world.officer, version=read, what="Second")


def test_a_groups_line_is_its_officers_alone(world):
    of_ocg = line(world, by=world.ocg, group=world.ocg_group)
    of_board = line(world, group=world.board)
    of_all = line(world)

    def seen(who):
        return set(SharingRecord.objects.visible_to(who).of(world.partnership))

    assert seen(world.officer) == {of_board, of_all}
    assert seen(world.ocg) == {of_ocg}
    for who in (world.chair, world.kent, world.scrutiny, world.stranger, world.administrator):
        assert seen(who) == set()
    for each in (of_ocg, of_board, of_all):
        for who in (world.officer, world.ocg, world.chair, world.dvacs, world.stranger):
            assert (each in seen(who)) == bool(can(who, "view", each))


@pytest.mark.parametrize("who", ["chair", "kent", "stranger", "scrutiny", "administrator"])
def test_only_officers_keep_the_record(world, who):
    with pytest.raises(Refused):
        line(world, by=getattr(world, who))


def test_the_secretariat_does_not_write_for_a_group_it_does_not_serve(world):
    with pytest.raises(Refused):
        line(world, group=world.ocg_group)


# ---- publication --------------------------------------------------------------------------------


def test_what_is_published_is_sanitised_hashed_and_recorded(world, publish):
    made = publish(html='<h1>Title</h1><p onclick="x()">Hello<script>alert(1)</script></p>')

    assert made.html == "Title<p>Hello</p>"
    assert made.content.size == len(files.pdf())
    assert Entry.objects.get(verb="published").subject == made.title


@pytest.mark.parametrize(
    "how", ["UPDATE documents_publication SET title = 'x'", "DELETE FROM documents_publication"]
)
def test_the_database_refuses_to_change_a_publication(publish, how):
    publish()

    with (
        pytest.raises(IntegrityError, match="immutable"),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute(how)


def test_the_database_refuses_to_change_bytes(paper):
    paper()

    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
        Content.objects.update(data=b"other")


def test_an_address_is_taken_once(publish):
    publish()

    with pytest.raises(ValidationError, match="already published at this address"):
        publish()


@pytest.mark.parametrize("slug", ["search", "feed", "publications", "Not a slug", ""])
def test_a_bad_address_is_refused(publish, slug):
    with pytest.raises(ValidationError) as refused:
        publish(slug)

    assert "slug" in refused.value.message_dict


def test_a_correction_follows_the_one_it_replaces(publish):
    first = publish()
    second = publish("whatever", replaces=first, correction_note="A name was wrong")
    third = publish("whatever", replaces=second, correction_note="A date was wrong")

    assert [second.slug, third.slug] == ["minutes-june-2", "minutes-june-3"]
    assert queries.newest(first) == third
    assert set(Publication.objects.current()) == {third}
    with pytest.raises(Wrong, match="corrected already"):
        publish("whatever", replaces=first, correction_note="Again")


def test_a_correction_says_what_was_corrected(publish):
    first = publish()

    with pytest.raises(ValidationError) as refused:
        publish("whatever", replaces=first)

    assert "correction_note" in refused.value.message_dict


@pytest.mark.parametrize("who", ["chair", "kent", "stranger", "scrutiny"])
def test_only_officers_publish(world, publish, who):
    with pytest.raises(Refused):
        publish(by=getattr(world, who))


def test_something_that_is_no_pdf_is_not_published(publish):
    with pytest.raises(ValidationError):
        publish(pdf=b"hello")


def test_a_publication_at_the_same_moment_is_said_plainly(publish, monkeypatch):
    publish()
    monkeypatch.setattr(Publication, "full_clean", lambda *_, **__: None)

    with pytest.raises(Wrong, match="same moment"):
        publish()
