"""All of a meeting as one archive: what each rendition holds, and what it never does."""

import csv
import hashlib
import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from audit.models import ReadEntry
from core.markings import Marking
from core.pdf import PDFUnavailable
from documents.models import Content
from meetings import dossier
from meetings.models import Declaration, Item, ItemKind, PublicDossier
from meetings.workflow import agenda, minutes, schedule
from tests import pdf_text
from tests.documents import files
from tests.meetings import held as at_hand
from tests.meetings.held import PLACE, SEPTEMBER, at

pytestmark = pytest.mark.pdf

CANARY = "Zwartkop"


@pytest.fixture
def meeting(world):
    """A board meeting with its draft with the partners, and a canary in every restricted place."""
    with at(SEPTEMBER.replace(day=1)):
        made = schedule.schedule(world.board, on=SEPTEMBER, **PLACE, by=world.officer)
        for kind, title, more in [
            (ItemKind.FUNDING, "Bids for members", {}),
            (ItemKind.HORIZON, "Law for all", {"public": True}),
            (ItemKind.PERFORMANCE, f"{CANARY} hidden", {"marking": Marking.SENSITIVE}),
            (ItemKind.CASE_REVIEWS, f"{CANARY} reviews", {"marking": Marking.SENSITIVE}),
        ]:
            agenda.add_paper(
                at_hand.item(made, kind), title=title, **{"marking": Marking.OFFICIAL} | more,
                file=ContentFile(files.pdf(len(title)), f"{CANARY}.pdf"), by=world.officer,
            )  # fmt: skip
        agenda.publish(made, by=world.officer)
    with at(SEPTEMBER):
        minutes.open(made, chaired_by=world.chair, by=world.officer)
        shown, closed = at_hand.performance(made), at_hand.reviews(made)
        at_hand.write(shown, "Shop theft fell.", world.officer)
        at_hand.write(closed, f"{CANARY} minute", world.officer)
        at_hand.decided(shown, "To fund patrols.", world.officer)
        at_hand.decided(shown, f"{CANARY} decision", world.officer, restricted=True)
        at_hand.asked(shown, "=Order lamps", world.police, world.officer)
        at_hand.asked(closed, f"{CANARY} action", world.police, world.officer, restricted=True)
        sent = minutes.send_to_chair(made, acknowledged=True, by=world.officer)
        yield minutes.clear(sent, by=world.chair)


def opened(meeting, rendition, user=None):
    with zipfile.ZipFile(dossier.archive(meeting, rendition, user)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words(held):
    """Every word of an archive: its names, its texts and the words of its PDFs."""
    found = "\n".join(held)
    for name, data in held.items():
        if name.endswith(".pdf") and not name.startswith("papers/"):
            found += "\n".join(pdf_text.pages(data)) + data.decode("latin-1")
        else:
            found += data.decode("latin-1")
    return found


def rows(held, name):
    return list(csv.DictReader(io.StringIO(held[name].decode("utf-8-sig"))))


def test_members_get_what_everybody_on_the_group_may_read(world, meeting):
    held = opened(meeting, "partner", world.watch)
    assert set(held) == {
        "agenda.pdf", "papers/paper-a-law-for-all.pdf", "papers/paper-b-bids-for-members.pdf",
        "attendance.csv", "actions.csv", "decisions.csv", "minutes.pdf", "README.txt",
    }  # fmt: skip
    assert CANARY not in words(held)
    assert [each["Decision"] for each in rows(held, "decisions.csv")] == ["To fund patrols."]
    assert [each["Action"] for each in rows(held, "actions.csv")] == ["'=Order lamps"]
    assert {each["Agency"] for each in rows(held, "attendance.csv")} >= {"Kent Police"}
    assert "Shop theft fell." in words(held)


def test_the_restricted_one_holds_all_and_names_nothing(world, meeting):
    held = opened(meeting, "restricted", world.kent)
    assert "papers/paper-c-official-sensitive.pdf" in held
    assert "papers/paper-d-official-sensitive.pdf" in held
    assert not any(CANARY.lower() in name.lower() for name in held)
    decisions = rows(held, "decisions.csv")
    assert (f"{CANARY} decision", "OFFICIAL-SENSITIVE") in {
        (each["Decision"], each["Marking"]) for each in decisions
    }  # fmt: skip
    assert f"{CANARY} minute" in words(held)


def test_the_public_one_waits_for_published_minutes(world, meeting):
    held = opened(meeting, "public")
    assert set(held) == {"agenda.pdf", "papers/paper-a-law-for-all.pdf", "README.txt"}
    text = words(held)
    for hidden in (CANARY, "members", "SENSITIVE", "Hazel Okafor"):
        assert hidden not in text


def test_the_list_tells_that_each_file_is_unchanged(world, meeting):
    held = opened(meeting, "partner", world.kent)
    listed = held["README.txt"].decode()
    for name, data in held.items():
        if name != "README.txt":
            assert f"{hashlib.sha256(data).hexdigest()}  {name}" in listed


def test_who_withdrew_gets_nothing_of_the_item(world, meeting):
    shown = at_hand.performance(meeting)
    Declaration.objects.create(
        meeting=meeting, item=shown, person=world.kent, text="My firm sells lamps.", recused=True,
        declared_by=world.officer,
    )  # fmt: skip
    for rendition in ("partner", "restricted"):
        text = words(opened(meeting, rendition, world.kent))
        assert f"{CANARY} hidden" not in text
        for hidden in ("Shop theft fell.", "To fund patrols.", "Order lamps", f"{CANARY} decision"):
            assert hidden not in text
    assert "Shop theft fell." in words(opened(meeting, "partner", world.vice))


def test_papers_too_large_together_are_refused(world, meeting, sign_in, monkeypatch):
    monkeypatch.setattr(dossier, "MOST_BYTES", 10)
    answer = sign_in(world.kent).get(address(meeting, "partner"), follow=True)
    assert "Download them one by one" in answer.content.decode()
    public = reverse("meetings:public_dossier", args=["dartford", meeting.slug])
    assert sign_in(world.kent).get(public).status_code == 404


def address(meeting, rendition):
    return reverse("meetings:dossier", args=["dartford", meeting.slug, rendition])


def test_archives_open_for_whom_they_are_and_reading_is_kept(world, meeting, sign_in, client):
    expected = {
        world.kent: (200, 200, 200), world.watch: (200, 200, 403), world.stranger: (404, 404, 404)
    }  # fmt: skip
    for person, statuses in expected.items():
        got = tuple(
            sign_in(person).get(address(meeting, each)).status_code
            for each in ("public", "partner", "restricted")
        )
        assert got == statuses
    assert set(ReadEntry.objects.values_list("actor_name", flat=True)) == {world.kent.name}
    answer = client.get(reverse("meetings:public_dossier", args=["dartford", meeting.slug]))
    name = "dartford-board-2026-09-16-files-public.zip"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).testzip() is None
    assert sign_in(world.kent).get(address(meeting, "secret")).status_code == 404


def test_before_the_agenda_is_out_there_are_no_files(world, sign_in, client):
    with at(SEPTEMBER.replace(day=1)):
        made = schedule.schedule(world.board, on=SEPTEMBER, **PLACE, by=world.officer)
        answer = sign_in(world.kent).get(address(made, "partner"), follow=True)
    assert "there are no files" in answer.content.decode()
    public = reverse("meetings:public_dossier", args=["dartford", made.slug])
    assert client.get(public).status_code == 404


def asked(client, meeting):
    url = reverse("meetings:public_dossier", args=["dartford", meeting.slug])
    return b"".join(client.get(url).streaming_content)


def test_the_public_archive_is_made_once_until_something_in_it_changes(
    world, meeting, client, monkeypatch
):
    made = []
    agenda_pdf = dossier.front.agenda
    monkeypatch.setattr(dossier.front, "agenda", lambda book: made.append(book) or agenda_pdf(book))
    first = asked(client, meeting)
    assert asked(client, meeting) == first
    assert (len(made), PublicDossier.objects.count()) == (1, 1)

    shown = at_hand.item(meeting, ItemKind.HORIZON)
    Item.objects.filter(pk=shown.pk).update(marking=Marking.SENSITIVE)
    second = asked(client, meeting)
    assert "papers/paper-a-law-for-all.pdf" in zipfile.ZipFile(io.BytesIO(first)).namelist()
    assert "papers/paper-a-law-for-all.pdf" not in zipfile.ZipFile(io.BytesIO(second)).namelist()
    digests = {hashlib.sha256(first).hexdigest(), hashlib.sha256(second).hexdigest()}
    kept = PublicDossier.objects.get().content_id
    assert set(Content.objects.filter(pk__in=digests).values_list("pk", flat=True)) == {kept}


def test_an_archive_that_lacks_a_pdf_is_not_kept(world, meeting, client, monkeypatch):
    def unavailable(book):
        raise PDFUnavailable

    monkeypatch.setattr(dossier.front, "agenda", unavailable)
    names = zipfile.ZipFile(io.BytesIO(asked(client, meeting))).namelist()
    assert "agenda.pdf" not in names
    assert not PublicDossier.objects.exists()
