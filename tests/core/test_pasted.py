"""What is copied out of a word processor is kept as its words."""

import time

import pytest

from core.pasted import from_document, is_document

WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8">'
    "<style>p.MsoNormal {mso-style-name:x}</style><!--[if gte mso 9]><xml><w:WordDocument/></xml>"
    "<![endif]--></head><body>"
)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p class=MsoNormal>One<o:p></o:p></p><p>Two &amp; &lt;three&gt;</p>",
         "One\n\nTwo & <three>"),
        ("<p>Some <b>bold </b>words</p>", "Some **bold** words"),
        ("<ul><li>a</li><li><p>b</p></li></ul><ol><li>c<li>d</ol>", "- a\n- b\n\n1. c\n2. d"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("One<br>two", "One\ntwo"),
        ("<script>alert(1)</script><p onclick=x>Said</p>", "Said"),
        ("<p>\U0001f600 مرحبا</p>", "\U0001f600 مرحبا"),
        ("<p>unclosed <b>bold", "unclosed **bold**"),
    ],
)  # fmt: skip
def test_a_document_becomes_paragraphs_lists_and_bold_words(html, words):
    assert from_document(f"{WORD}{html}</body></html>") == words


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("<!DOCTYPE html><p>x", True),
        ("Version:0.9\nStartHTML:1\n<html>", True),
        ("<p class=MsoNormal>x</p>", True),
        ("<!--StartFragment--><p>x", True),
        ("<b>This</b> was said of tags", False),
        ("The page begins with <html>", False),
        ("", False),
    ],
)
def test_only_documents_are_taken_for_one(text, document):
    assert is_document(text) is document


def test_two_megabytes_of_word_are_read_in_good_time():
    line = "<p class=MsoNormal style='mso-margin:0'><span lang=EN-GB>Words<o:p></o:p></span></p>"
    html = WORD + line * (2_000_000 // len(line))
    begun = time.monotonic()
    assert from_document(html).startswith("Words\n\nWords")
    assert time.monotonic() - begun < 10
