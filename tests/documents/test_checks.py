"""What is taken and what is refused, with the sentence and the reason."""

import contextlib
import io
import resource
import time
import zipfile

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from documents.checks import check_upload, in_megabytes, names
from tests.documents import files
from tests.documents.files import EXCEL, POWERPOINT

MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"

TAKEN = [
    ("minutes.pdf", lambda: files.pdf(3), "application/pdf"),
    ("MINUTES.PDF", files.pdf, "application/pdf"),
    ("paper.docx", files.office, "wordprocessingml"),
    ("figures.xlsx", lambda: files.office(EXCEL), "spreadsheetml"),
    ("slides.pptx", lambda: files.office(POWERPOINT), "presentationml"),
    ("paper.odt", files.open_document, "opendocument.text"),
    ("figures.ods", lambda: files.open_document("spreadsheet"), "opendocument.spreadsheet"),
    ("figures.csv", lambda: b"ward,count\r\nTown,12\r\n", "text/csv"),
    ("note.txt", lambda: "Fünf Punkte – fine".encode(), "text/plain"),
    ("windows.txt", lambda: "Fünf Punkte – fine".encode("cp1252"), "text/plain"),
    ("pk.txt", lambda: b"PK stands for Park Keeper\n", "text/plain"),
    ("map.png", files.picture, "image/png"),
    ("photo.jpg", lambda: files.picture("JPEG"), "image/jpeg"),
    ("photo.jpeg", lambda: files.picture("JPEG"), "image/jpeg"),
    (
        "chart.pptx",
        lambda: files.office(
            POWERPOINT, {"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": files.office(EXCEL)}
        ),
        "presentationml",
    ),
    (
        "links.docx",
        lambda: files.office(
            more={
                "word/_rels/document.xml.rels": files.links(
                    ("hyperlink", "https://www.gov.uk"),
                    ("externalLinkPath", "https://example.test/book.xlsx"),
                    ("attachedTemplate", "file:///C:/Templates/Normal.dotm"),
                )
            }
        ),
        "wordprocessingml",
    ),
]

REFUSED = [
    ("empty.pdf", lambda: b"", "empty"),
    ("large.pdf", lambda: b"%PDF-" + b" " * (26 * 1024 * 1024), "too large"),
    # false types
    ("minutes.pdf", lambda: b"MZ\x90\x00" + b"\x00" * 100, "false type"),
    ("minutes.pdf", files.office, "false type"),
    ("minutes.pdf", lambda: b"<html><script>alert(1)</script></html>", "false type"),
    ("minutes.pdf", lambda: b"\n%PDF-1.7 late", "false type"),
    ("minutes.pdf", lambda: b"\x7fELF\x02\x01\x01" + b"\x00" * 50, "false type"),
    ("minutes.pdf", lambda: files.archive({"a.txt": "a"}), "false type"),
    ("paper.docx", files.pdf, "false type"),
    ("paper.docx", lambda: files.office(EXCEL), "false type"),
    ("paper.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "false type"),
    ("paper.docx", lambda: files.archive({"word/document.xml": "<a/>"}), "false type"),
    ("paper.odt", lambda: files.open_document("graphics"), "false type"),
    ("figures.ods", lambda: files.open_document("text"), "false type"),
    ("figures.csv", files.pdf, "false type"),
    ("figures.csv", lambda: "a,b\n1,2".encode("utf-16"), "false type"),
    ("figures.csv", lambda: b"a,b\x00\n1,2", "false type"),
    ("note.txt", lambda: b"\x81\x8d\x8f\x90\x9d", "false type"),
    ("note.txt", lambda: b"<svg onload='alert(1)'/>", "false type"),
    ("note.txt", lambda: b"  <!-- x --> <!DOCTYPE html><p>", "false type"),
    ("note.txt", lambda: b"<?php system($_GET['c']);", "false type"),
    ("note.txt", lambda: b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'x'>]>", "false type"),
    ("note.txt", lambda: b"#!/bin/sh\nrm -rf x", "false type"),
    ("note.txt", lambda: b"{\\rtf1\\ansi hello}", "false type"),
    ("note.txt", lambda: b"", "empty"),
    ("map.png", lambda: files.picture("JPEG"), "false type"),
    ("map.png", lambda: files.picture("GIF"), "false type"),
    ("photo.jpg", files.picture, "false type"),
    ("photo.jpg", lambda: files.archive({"a": "a"}), "false type"),
    ("anything.pdf", lambda: b"L\x00\x00\x00\x01\x14\x02\x00" + b"\x00" * 50, "false type"),
    # kinds that are not taken
    ("virus.exe", lambda: b"MZ", "not taken"),
    ("picture.svg", lambda: b"<svg/>", "not taken"),
    ("page.html", lambda: b"<p>", "not taken"),
    ("old.doc", lambda: b"\xd0\xcf\x11\xe0", "not taken"),
    ("macros.docm", files.office, "not taken"),
    ("all.zip", lambda: files.archive({"a": "a"}), "not taken"),
    ("minutes", files.pdf, "not taken"),
    ("minutes.pdf.exe", files.pdf, "not taken"),
    ("annexe\u202efdp.exe", files.pdf, "not taken"),
    ("minutes.pdf\x00.exe", files.pdf, "not taken"),
    ("minutes.pdf ", lambda: b"MZ", "false type"),
    # PDFs that do things
    ("locked.pdf", files.locked_pdf, "lock"),
    ("locked.pdf", lambda: files.locked_pdf("secret"), "lock"),
    ("script.pdf", lambda: files.pdf_doing("JavaScript", JS="1"), "active"),
    ("launch.pdf", lambda: files.pdf_doing("Launch", F="a"), "active"),
    ("submit.pdf", lambda: files.pdf_doing("SubmitForm", F="a"), "active"),
    ("nested.pdf", files.pdf_with_nested_script, "active"),
    ("enclosure.pdf", files.pdf_with_enclosure, "active"),
    ("xfa.pdf", lambda: files.pdf_with("/AcroForm", pikepdf.Dictionary(XFA="x")), "active"),
    ("none.pdf", lambda: files.pdf(0), "damaged"),
    ("broken.pdf", lambda: b"%PDF-1.7\nnot really", "damaged"),
    ("both.pdf", lambda: files.pdf() + files.archive({"a.txt": "a"}), "two"),
    ("bomb.pdf", files.pdf_bomb, "damaged"),
    # office files that do things
    ("macros.docx", lambda: files.office(more={"word/vbaProject.bin": b"\x01"}), "macros"),
    ("macros.docx", lambda: files.office(main_type=MACROS), "false type"),
    ("old.xlsx", lambda: files.office(EXCEL, {"xl/macrosheets/a.xml": "<a/>"}), "macros"),
    ("basic.odt", lambda: files.open_document(more={"Basic/Standard/A.xml": "<a/>"}), "macros"),
    ("script.ods", lambda: files.open_document("spreadsheet", {"Scripts/a.py": "a"}), "macros"),
    ("locked.odt", lambda: files.open_document(manifest="<m><encryption-data/></m>"), "lock"),
    ("locked.docx", lambda: files.locked_zip(files.office()), "false type"),
    ("object.docx", lambda: files.office(more={"word/e/oleObject1.bin": b"\x01"}), "embedded"),
    (
        "object.odt",
        lambda: files.open_document(more={"Object 1": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}),
        "embedded",
    ),
    ("activex.docx", lambda: files.office(more={"word/activeX/activeX1.xml": "<a/>"}), "embedded"),
    ("program.docx", lambda: files.office(more={"word/media/a.exe": b"MZ"}), "program"),
    ("program.docx", lambda: files.office(more={"word/media/image1.png": b"MZ\x90"}), "program"),
    ("zipped.docx", lambda: files.office(more={"word/a.bin": files.archive({"a": "a"})}), "nested"),
    (
        "nested.docx",
        lambda: files.office(
            more={"word/b.xlsx": files.office(EXCEL, {"xl/c.docx": files.office()})}
        ),
        "nested",
    ),
    ("climbs.docx", lambda: files.office(more={"../../etc/cron.d/a": "a"}), "traversal"),
    ("climbs.docx", lambda: files.office(more={"..\\..\\windows\\a": "a"}), "traversal"),
    ("roots.docx", lambda: files.office(more={"/etc/passwd": "a"}), "traversal"),
    (
        "fetches.docx",
        lambda: files.office(
            more={
                "word/_rels/settings.xml.rels": files.links(
                    ("attachedTemplate", "https://example.test/evil.dotm")
                )
            }
        ),
        "fetches",
    ),
    (
        "fetches.docx",
        lambda: files.office(
            more={"word/_rels/a.xml.rels": files.links(("oleObject", "file:////server/share/a"))}
        ),
        "fetches",
    ),
    (
        "entities.docx",
        lambda: files.office(body='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        "entities",
    ),
    (
        "laughs.docx",
        lambda: files.office(body='<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'),
        "entities",
    ),
    ("torn.docx", lambda: files.office(body="no xml at all"), "damaged"),
    ("torn.docx", lambda: files.office()[:-40], "false type"),
    ("bomb.docx", lambda: files.office(more={"word/a.xml": b" " * 60_000_000}), "bomb"),
    (
        "many.docx",
        lambda: files.office(more={f"word/{number}.txt": "" for number in range(5_001)}),
        "bomb",
    ),
    (
        "types.docx",
        lambda: files.office(more={"word/a.xlsx": files.office(EXCEL, main_type=MACROS)}),
        "macros",
    ),
    ("shape.docx", lambda: files.office(main_type="application/vnd.visio"), "false type"),
    ("long.odt", lambda: files.open_document(more={"META-INF/a.rels": b" " * 9_000_000}), "bomb"),
    # pictures
    ("flood.png", files.pixel_flood, "pixels"),
    ("flood.png", lambda: files.pixel_flood(9_000, 9_000), "pixels"),
    ("torn.png", lambda: files.picture()[:30], "damaged"),
    ("torn.jpg", lambda: b"\xff\xd8\xff\xe0 and no more", "damaged"),
    ("both.png", lambda: files.picture() + files.archive({"a.txt": "a"}), "two"),
    ("both.jpg", lambda: files.picture("JPEG") + files.archive({"a.txt": "a"}), "two"),
]  # fmt: skip


def upload(content: bytes, name: str) -> ContentFile:
    return ContentFile(content, name)


@pytest.mark.parametrize(("name", "make", "kind"), TAKEN, ids=[each[0] for each in TAKEN])
def test_takes_the_files_that_people_work_with(name, make, kind):
    content = make()

    checked = check_upload(upload(content, name))

    assert kind in checked.content_type
    assert checked.data == content
    assert not checked.scanned


@pytest.mark.parametrize(
    ("name", "make", "code"), REFUSED, ids=[f"{name!r}-{code}" for name, _, code in REFUSED]
)
def test_refuses_with_a_sentence(name, make, code):
    started = time.monotonic()

    with pytest.raises(ValidationError) as refused:
        check_upload(upload(make(), name))

    assert refused.value.code == code
    assert len(refused.value.message) > 15
    assert time.monotonic() - started < 10


def test_there_are_enough_bad_files():
    assert len(REFUSED) >= 60


def test_a_false_type_is_told_what_it_really_is():
    with pytest.raises(ValidationError, match=r"“minutes\.pdf” is really a Windows program"):
        check_upload(upload(b"MZ\x90\x00" + b"\x00" * 100, "minutes.pdf"))
    with pytest.raises(
        ValidationError, match=r"really a Word document\. Give it a name that ends in \.docx"
    ):
        check_upload(upload(files.office(), "minutes.pdf"))


def test_the_size_is_said_and_its_bytes_are_not_read():
    class Huge:
        name, size = "paper.pdf", 100 * 1024 * 1024

        def read(self, *_):
            raise AssertionError("read")

    with pytest.raises(ValidationError, match=r"The file is 100 MB\. It can be up to 25 MB"):
        check_upload(Huge())


def test_a_size_just_over_the_limit_does_not_look_as_if_it_were_at_it():
    assert in_megabytes(25 * 1024 * 1024) == "25 MB"
    assert in_megabytes(25 * 1024 * 1024 + 1) == "25.1 MB"


def test_counts_the_pages_of_a_pdf():
    assert check_upload(upload(files.pdf(4), "minutes.pdf")).pages == 4


def test_a_bomb_stays_small_in_memory():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    for bomb, name in ((files.pixel_flood(), "a.png"), (files.pdf_bomb(), "a.pdf")):
        with pytest.raises(ValidationError):
            check_upload(upload(bomb, name))

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kilobytes


def test_two_parts_of_one_name_are_refused():
    buffer = io.BytesIO(files.office())
    with zipfile.ZipFile(buffer, "a") as made, pytest.warns(UserWarning, match="Duplicate name"):
        made.writestr("word/document.xml", "<other/>")

    with pytest.raises(ValidationError) as refused:
        check_upload(upload(buffer.getvalue(), "paper.docx"))

    assert refused.value.code == "damaged"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\boot.pdf", "boot.pdf"),
        ("C:\\Users\\a\\Minutes of June.PDF", "Minutes of June.pdf"),
        ("annexe\u202efdp.txt", "annexefdp.txt"),
        ("zero\u200bwidth.pdf", "zerowidth.pdf"),
        ("line\r\nSet-Cookie: a.pdf", "lineSet-Cookie- a.pdf"),
        ('quote".pdf', "quote-.pdf"),
        (".htaccess.pdf", "htaccess.pdf"),
        ("   .pdf", "pdf"),
        ("Bericht über Dartford.pdf", "Bericht über Dartford.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_names_are_made_harmless(sent, kept):
    assert names.cleaned(sent) == kept


@given(st.text(max_size=400))
def test_any_name_is_made_harmless(sent):
    kept = names.cleaned(sent)

    assert len(kept) <= names.LONGEST
    assert not set(kept) & set('/\\\x00\r\n"\u202e')
    assert not kept.startswith(".")
    assert names.cleaned(kept) == kept


@given(st.binary(max_size=400), st.sampled_from(["pdf", "docx", "odt", "csv", "png", "jpg"]))
def test_any_bytes_are_taken_or_refused_and_never_break(content, ending):
    with contextlib.suppress(ValidationError):
        check_upload(upload(content, f"a.{ending}"))


@given(st.integers(0, 900), st.integers(0, 255))
@pytest.mark.parametrize(
    "make", [files.pdf, files.office, files.picture], ids=["pdf", "docx", "png"]
)
def test_a_file_with_a_wrong_byte_is_taken_or_refused_and_never_breaks(make, at, byte):
    name = {files.pdf: "a.pdf", files.office: "a.docx", files.picture: "a.png"}[make]
    content = bytearray(make())
    content[at % len(content)] = byte
    with contextlib.suppress(ValidationError):
        check_upload(upload(bytes(content), name))


def test_a_picture_that_breaks_its_reader_is_refused_with_a_sentence():
    """One wrong byte in a chunk's length sends Pillow past the end of what it has read."""
    content = bytearray(files.picture())
    content[37] = 32

    with pytest.raises(ValidationError, match="damaged"):
        check_upload(upload(bytes(content), "a.png"))
