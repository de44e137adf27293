import io
import sys

import page
import pikepdf
import pytest
from django.template import engines

from core import pdf
from tests import pdf_text

TEXT = "There were **588 reports**.\n\nThe board noted:\n- that no earlier year is held\n- a <b>"
SAMPLE = """{% extends "pdf/base.html" %}
{% block marking %}{{ marking }}{% endblock %}
{% block author %}A partnership{% endblock %}
{% block content %}<header class="head"><p class="kicker">A partnership</p>
<h1>{{ title }}</h1></header>
<h2>Who was there</h2>
<table><caption>Attendance by agency</caption><thead><tr><th scope="col">Agency</th>
<th scope="col">Person</th></tr></thead><tbody>{% for row in rows %}
<tr><th scope="row">Council</th><td>Hazel {{ row }}</td></tr>{% endfor %}</tbody></table>
<h2>1. Crime</h2><h3>Figures</h3>{{ text|paragraphs }}
<div class="decision"><p><strong>Decision 1.</strong> Noted, with
<a href="https://example.org/">a link</a>.</p></div>
<figure><svg viewBox="0 0 100 20" role="img"><title>Bar chart: 3 late of 43</title>
<rect width="60" height="20" fill="#0f4650"/></svg></figure>{% endblock %}"""

pytestmark = pytest.mark.pdf


@pytest.fixture
def render(monkeypatch):
    """Render a template that is given as text."""

    def render(template, **context):
        monkeypatch.setattr(
            pdf,
            "render_to_string",
            lambda name, given: engines["django"].from_string(name).render(given),
        )
        return pdf.render(
            template, {"title": "Minutes", "rows": range(60), "text": TEXT, **context}
        )

    return render


def opened(written):
    return pikepdf.open(io.BytesIO(written))


def elements(document, kind):
    return [
        each
        for each in document.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == kind
    ]


def test_a_document_is_accessible_to_the_standard(render):
    report = page.validate_pdf_bytes(render(SAMPLE, marking="OFFICIAL-SENSITIVE"), profile="ua1")
    assert report.is_compliant, [(each.rule_id, each.message) for each in report.failures]


def test_the_headings_of_a_table_say_which_way_they_point(render):
    with opened(render(SAMPLE)) as document:
        scopes = [str(each.A.Scope) for each in elements(document, "/TH")]
    assert scopes.count("/Column") >= 2
    assert scopes.count("/Row") == 60


def test_links_show_on_paper_and_running_lines_are_not_read_out(render):
    with opened(render(SAMPLE, marking="OFFICIAL-SENSITIVE")) as document:
        links = [link for each in document.pages for link in each.get("/Annots", [])]
        assert [int(link.F) for link in links] == [4]
        for each in document.pages:
            content = pikepdf.unparse_content_stream(pikepdf.parse_content_stream(each))
            assert content.count(b"/Artifact") >= 4


def test_a_document_is_marked_on_every_page_and_only_when_it_is(render):
    with opened(render(SAMPLE)) as document:
        pages = len(document.pages)
    assert pages > 1
    marked = pdf_text.pages(render(SAMPLE, marking="OFFICIAL-SENSITIVE"))
    assert [text.count("OFFICIAL-SENSITIVE") for text in marked] == [2] * pages
    assert "OFFICIAL" not in "".join(pdf_text.pages(render(SAMPLE)))


def test_the_foot_says_what_it_is_and_which_page(render):
    text = pdf_text.pages(render(SAMPLE, title="Minutes of 16 September 2026"))
    assert "Minutes of 16 September 2026" in text[1]
    assert f"2 of {len(text)}" in text[1]


def test_it_says_what_it_is_and_nothing_about_this_machine(render):
    written = render(SAMPLE, title="Minutes of 16 September 2026")
    with opened(written) as document:
        assert str(document.docinfo["/Title"]) == "Minutes of 16 September 2026"
        assert str(document.docinfo["/Author"]) == "A partnership"
        assert str(document.Root.Lang) == "en-GB"
        document.save(plain := io.BytesIO(), stream_decode_level=pikepdf.StreamDecodeLevel.all,
                      compress_streams=False)  # fmt: skip
    for path in (str(pdf.Path(pdf.__file__).parents[1]), "assets.invalid", "/home/", "/root/"):
        assert path.encode() not in plain.getvalue()


def test_the_same_words_give_the_same_bytes(render):
    assert render(SAMPLE) == render(SAMPLE)


FOREIGN = [
    "https://example.org/a.png",
    "//example.org/a.png",
    "file:///etc/passwd",
    "../csp/settings.py",
    "missing.png",
    "data:text/plain,x",
]


@pytest.mark.parametrize("address", FOREIGN)
def test_nothing_is_fetched_but_our_own_files(render, address):
    planted = SAMPLE.replace("<h2>1.", f'<img alt="" src="{address}"><h2>1.')
    with pytest.raises(pdf.Foreign):
        render(planted)


def test_a_machine_without_pango_is_told_what_to_type(monkeypatch):
    pdf._engine.cache_clear()
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    def missing(name):
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf.importlib, "import_module", missing)
    with pytest.raises(pdf.PDFUnavailable, match="apt-get install"):
        pdf._engine()
