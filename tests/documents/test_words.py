"""The words of a file, as somebody who opens it could read them."""

import io
import zipfile

import pikepdf
import pytest
from openpyxl import Workbook

from documents.checks.words import words
from tests.dhr.agencies import docx

PDF = "application/pdf"


def pdf(*drawn, **more):
    """A PDF of one page with a standard font, drawn by these operators."""
    with pikepdf.Pdf.new() as made:
        page = made.add_blank_page(page_size=(300, 300))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
            **more,
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = made.make_stream(f"BT /F1 12 Tf {' '.join(drawn)} ET".encode("latin-1"))
        kept = io.BytesIO()
        made.save(kept)
    return kept.getvalue()


def test_a_word_document_puts_its_runs_together_and_keeps_paragraphs_apart():
    found = words(docx("Thistle went home", "And stayed"), "application/docx")
    assert found.split("\n")[:2] == ["Thistle went home", "And stayed"]


def test_an_open_document_reads_within_paragraphs():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("content.xml", (
            '<office:d xmlns:office="urn:o" xmlns:text="urn:t"><text:p>'
            "Thist<text:span>le</text:span>"
            " went<text:s/>home</text:p></office:d>"
        ))  # fmt: skip
    assert "Thistle went home" in words(kept.getvalue(), "application/odt")


def test_a_spreadsheet_and_plain_text():
    book, kept = Workbook(), io.BytesIO()
    book.worksheets[0].append(["Thistle", 3])
    book.save(kept)
    assert "Thistle" in words(kept.getvalue(), "application/xlsx")
    assert words("Thistle’s".encode(), "text/plain; charset=utf-8") == "Thistle’s"


def test_a_pdf_reads_by_its_encoding_and_by_moves_along_the_line():
    assert words(pdf("(Thist) Tj (le) Tj 0 -14 Td (home) Tj"), PDF).split("\n")[:2] == [
        "Thistle", "home",
    ]  # fmt: skip
    assert "Thistle home" in words(pdf("[(Thi) -20 (stle) -300 (home)] TJ"), PDF)
    named = pikepdf.Dictionary(
        Type=pikepdf.Name.Encoding, Differences=[1, pikepdf.Name.T, pikepdf.Name.eacute]
    )
    assert "Té" in words(pdf("<0102> Tj", Encoding=named), PDF)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n", b"PK broken", b"%PDF-1.7 broken"])
def test_what_cannot_be_read_has_no_words(content):
    kind = PDF if content.startswith(b"%PDF") else "image/png"
    assert words(content, kind) is None


def test_a_page_without_words_has_none():
    assert words(pdf("() Tj"), PDF) is None
