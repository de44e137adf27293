import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import markup

ROOT = Path(__file__).parents[2]
OURS = {"core/markup.py"}
SKIPPED = {".venv", ".local", "node_modules", "tests", ".git"}


def test_blank_lines_make_paragraphs_and_single_ones_lines():
    assert markup.paragraphs("One\r\ntwo\r\n\r\nThree") == "<p>One<br>two</p><p>Three</p>"


def test_dashes_make_a_list_also_below_a_line():
    assert markup.paragraphs("Noted:\n- one\n- two\n  goes on") == (
        "<p>Noted:</p><ul><li>one</li><li>two goes on</li></ul>"
    )


def test_stars_make_words_bold_and_nothing_else_does():
    assert markup.paragraphs("**588 reports**, 2 ** 3 and *this*") == (
        "<p><strong>588 reports</strong>, 2 ** 3 and *this*</p>"
    )


def test_numbers_make_a_numbered_list_that_goes_on_from_its_first():
    assert markup.paragraphs("1. one\n2. two") == "<ol><li>one</li><li>two</li></ol>"
    assert markup.paragraphs("Next:\n4) four\n- dash") == (
        '<p>Next:</p><ol start="4"><li>four</li></ol><ul><li>dash</li></ul>'
    )
    assert markup.paragraphs("2026. A year") == "<p>2026. A year</p>"


def test_words_from_right_to_left_run_so():
    assert markup.paragraphs("مرحبا") == '<p dir="auto">مرحبا</p>'
    assert markup.paragraphs("- שלום") == '<ul><li dir="auto">שלום</li></ul>'


def test_emoji_and_joiners_stay():
    family = "\U0001f468\u200d\U0001f469"
    assert family in markup.paragraphs(f"{family} zero\u200bwidth")


OPEN = '<span class="app-passage"><span class="govuk-visually-hidden">restricted: </span>'
SHUT = '<span class="govuk-visually-hidden"> end of restricted</span></span>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A [[b]] c", f"<p>A {OPEN}b{SHUT} c</p>"),
        ("[[a\n\nb]]", f"<p>{OPEN}a{SHUT}</p><p>{OPEN}b{SHUT}</p>"),
        ("[[- a\n- b]]", f"<ul><li>{OPEN}a{SHUT}</li><li>{OPEN}b{SHUT}</li></ul>"),
        ("[[<i>&", f"<p>{OPEN}&lt;i&gt;&amp;{SHUT}</p>"),
        ("None ]] here", "<p>None ]] here</p>"),
    ],
)
def test_restricted_passages_are_marked_for_those_who_may_read_them(text, html):
    assert markup.passages(text) == html


def test_html_shows_as_it_was_typed():
    assert markup.paragraphs("<b onclick=x>&</b>") == "<p>&lt;b onclick=x&gt;&amp;&lt;/b&gt;</p>"


def test_nothing_makes_nothing():
    assert markup.paragraphs("") == markup.paragraphs(" \n\n ") == ""


def test_letters_that_reverse_the_line_are_dropped():
    assert markup.plain("paper\u202efdp.exe\x00") == "paperfdp.exe"


@given(st.text(alphabet=st.sampled_from("ab<>&\"'*- \n/script=onx:"), max_size=80))
def test_only_a_handful_of_bare_tags_ever_come_out(text):
    tags = set(re.findall(r"<[^>]*>", markup.paragraphs(text)))
    assert "[[" not in markup.passages(text + "[[")
    assert tags <= {
        "<p>",
        "</p>",
        "<br>",
        "<ul>",
        "</ul>",
        "<li>",
        "</li>",
        "<strong>",
        "</strong>",
    }


def test_a_difference_marks_words_that_came_and_went():
    shown = markup.diff("fewer security staff", "fewer staff & <b>")
    assert shown == "fewer <del>security </del>staff <ins>&amp; &lt;b&gt;</ins>"


@given(st.text("ab <&\n", max_size=40), st.text("ab <&\n", max_size=40))
def test_what_is_kept_and_added_is_the_new_text(old, new):
    shown = re.sub(r"<del>.*?</del>|</?ins>", "", markup.diff(old, new))
    plain = shown.replace("<br>", "\n").replace("&lt;", "<").replace("&amp;", "&")
    assert plain == markup.plain(new)


@pytest.mark.parametrize("ending", ["py", "html"])
def test_text_is_marked_safe_in_one_place_only(ending):
    banned = re.compile(
        r"mark_safe|SafeString\(|\|\s*safe\b|autoescape off|format_html\(f|\|safeseq"
    )
    found = [
        str(path.relative_to(ROOT))
        for path in ROOT.rglob(f"*.{ending}")
        if not SKIPPED & set(path.relative_to(ROOT).parts) and banned.search(path.read_text())
    ]
    assert set(found) <= OURS


# ---- drawings on published pages ----------------------------------------------------------------

DRAWN = (
    '<svg class="app-svg" viewBox="0 0 10 20" role="img" aria-labelledby="a-t a-d" font-size="15">'
    '<title id="a-t">Reports</title><desc id="a-d">Most in July</desc>'
    '<g stroke-width="1.5"><path fill="#0f4650" stroke="none" d="M0 0L1 1Z"></path>'
    '<rect fill="#fff" x="1" y="2" width="3" height="4"></rect></g>'
    '<text text-anchor="end" x="1" y="2">1,301</text></svg>'
)


def test_a_drawing_of_ours_is_published_as_it_is():
    assert markup.published_html(DRAWN) == DRAWN


@pytest.mark.parametrize(
    "bad",
    [
        "<script>CANARY</script>",
        '<image href="https://CANARY.example/x.png"/>',
        '<use href="https://CANARY.example/x.svg#y"/>',
        "<style>path { fill: url(CANARY) }</style>",
        '<animate attributeName="href" values="CANARY"/>',
        '<set attributeName="onload" to="CANARY"/>',
        '<path onload="CANARY" d="M0 0"/>',
        '<path fill="url(https://CANARY.example/x.svg#y)" d="M0 0"/>',
        '<path stroke="url(#CANARY)" style="fill: CANARY" d="M0 0"/>',
        '<foreignObject><iframe src="https://CANARY.example"></iframe></foreignObject>',
        '<a href="javascript:CANARY"><text>words</text></a>',
        '<title><img src="CANARY" onerror="CANARY"></title>',
    ],
)
def test_nothing_that_runs_or_fetches_hides_in_a_drawing(bad):
    made = markup.published_html(f"<svg>{bad}<text>stays</text></svg><p>after</p>")

    assert "CANARY" not in made
    assert "stays" in made
    assert "<p>after</p>" in made
