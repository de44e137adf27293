import datetime
from pathlib import Path

import pytest
import time_machine
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory

from core.components import Event, Fact, Link, Stage, View
from core.history import Change
from core.registries import Work

TEMPLATES = Path(__file__).parents[2] / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
D = datetime.date


def show(source, path="/list/", **context):
    context["request"] = RequestFactory().get(path)
    return Template(source).render(Context(context))


def component(name, **context):
    return get_template(f"components/{name}.html").render(context)


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(name):
    assert get_template(name)


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
def test_pages_for_when_all_else_fails_need_nothing(name):
    assert "<h1" in get_template(name).render({})


# ---- filters ------------------------------------------------------------------------------------


@time_machine.travel("2026-11-24 09:00Z", tick=False)
def test_dates_in_a_template():
    day = D(2026, 12, 9)
    names = ("longdate", "shortdate", "daydate", "tabledate", "in_days", "isodate")
    source = "/".join(f"{{{{ d|{name} }}}}" for name in names)
    assert show(source, d=day) == (
        "9 December 2026/9 Dec/Wednesday 9 December 2026/9 December/in 15 days/2026-12-09"
    )
    assert show(source, d=None) == "/////"
    now = datetime.datetime(2026, 7, 1, 9, 30, tzinfo=datetime.UTC)
    assert show("{{ t|clock }}, {{ t|moment }}", t=now) == "10.30am, 1 July 2026, 10.30am"
    assert show("{{ t|clock }}{{ t|moment }}{{ t|nearness }}", t=None).startswith("Nearness")
    assert show("{{ t|clock }}", t=datetime.time(0)) == "midnight"


def test_counts_agree_with_their_noun():
    source = '{{ n|counted:"item" }}, {{ n|counted:"agency,agencies" }}'
    assert show(source, n=1) == "1 item, 1 agency"
    assert show(source, n=1200) == "1,200 items, 1,200 agencies"


def test_a_state_has_the_colour_of_its_tone_and_none_when_done():
    assert (
        show('{% tag "Late" "late" %}') == '<strong class="govuk-tag govuk-tag--red">Late</strong>'
    )
    assert show("{% tag label %}", label="<Met>") == "&lt;Met&gt;"
    with pytest.raises(KeyError):
        show('{% tag "Late" "crimson" %}')


def test_a_marking_is_outlined():
    assert show('{% marking "official" %}') == '<span class="app-marking">OFFICIAL</span>'
    assert show('{% marking "sensitive" %}') == (
        '<span class="app-marking app-marking--sensitive">OFFICIAL-SENSITIVE</span>'
    )


def test_a_text_and_a_difference_in_a_template():
    assert show("{{ t|paragraphs }}", t="a\n\n<b>") == "<p>a</p><p>&lt;b&gt;</p>"
    assert show("{{ t|paragraphs }}", t=None) == ""
    assert show("{% diff a b %}", a="one", b="two") == "<del>one</del><ins>two</ins>"


# ---- links --------------------------------------------------------------------------------------


def test_breadcrumbs_lead_up():
    html = show('{% crumbs "Meetings" "/m/" name "/m/1/" %}', name="<Board>")
    assert html.count("<li") == 2
    assert '<a class="govuk-breadcrumbs__link" href="/m/1/">&lt;Board&gt;</a>' in html


def test_a_query_keeps_what_it_does_not_change():
    assert show("{% query_with page=2 %}", "/l/?q=a%26b&page=1") == "?q=a%26b&amp;page=2"
    assert show("{% query_with q=None %}", "/l/?q=a") == "?"


def test_a_heading_sorts_one_way_and_then_the_other():
    source = '{% sort_heading "Due" "due" "date" %}'
    assert (
        show(source)
        == '<th scope="col" role="columnheader" class="date"><a href="?sort=due">Due</a></th>'
    )
    up = show(source, "/l/?sort=due&page=3&q=a")
    assert 'aria-sort="ascending"' in up
    assert 'href="?sort=-due&amp;q=a"' in up
    down = show(source, sort="-due")
    assert 'aria-sort="descending"' in down
    assert 'href="?sort=due"' in down


def test_pages_keep_the_filters_and_one_page_shows_none():
    pages = Paginator(range(500), 50)
    html = show("{% pagination page %}", "/l/?q=a&page=5", page=pages.page(5))
    assert 'href="?q=a&amp;page=6" rel="next"' in html
    assert 'href="?q=a&amp;page=4" rel="prev"' in html
    assert html.count("⋯") == 2
    assert 'aria-label="Page 5" aria-current="page"' in html
    assert show("{% pagination page %}", page=Paginator(range(5), 50).page(1)).strip() == ""


def test_a_button_that_does_one_thing_sends_its_token_and_its_values():
    html = show('{% post_button "/do/" "Do it" "secondary" version=3 %}', csrf_token="token")
    assert 'action="/do/"' in html
    assert 'value="token"' in html
    assert '<input type="hidden" name="version" value="3">' in html
    assert "govuk-button--secondary" in html
    assert "app-link-button" in show('{% post_button "/do/" "Do it" "link" %}')


# ---- components ---------------------------------------------------------------------------------


@time_machine.travel("2026-11-24 09:00Z", tick=False)
def test_work_says_how_late_it_is_and_when_it_was_due():
    html = component(
        "work_list",
        work=[
            Work(None, "Chase", "/a/", "Asked once", D(2026, 11, 20)),
            Work(None, "Answer", "/b/", "", D(2026, 11, 27)),
            Work(None, "Publish", "/c/", "", D(2026, 12, 2)),
            Work(None, "Ask", "/d/"),
        ],
    )
    assert (
        '<strong class="govuk-tag govuk-tag--red">4 days late</strong><div>was due 20 November'
        in html
    )
    assert '<strong class="govuk-tag govuk-tag--yellow">In 3 days</strong><div>27 November' in html
    assert "<strong>2 December</strong>" in html
    assert "no date set" in html


def test_stages_say_where_it_has_got_to():
    html = component(
        "stages",
        stages=[Stage("Set", "17 June", "done"), Stage("Held", "", "late"), Stage("Agreed")],
    )
    assert '<li class="is-done"><strong>Set</strong><span>17 June</span></li>' in html
    assert '<li class="is-now is-late" aria-current="step"><strong>Held</strong></li>' in html
    assert "<li><strong>Agreed</strong></li>" in html


def test_a_history_says_who_changed_what():
    at = datetime.datetime(2026, 7, 1, 9, 30, tzinfo=datetime.UTC)
    html = component(
        "history", history=[Change(at, "Hazel", "Changed", [("Venue", "Hall", "<x>")])]
    )
    assert "Hazel, <time" in html
    assert "1 July 2026, 10.30am" in html
    assert "<del>Hall</del>" in html
    assert "<ins>&lt;x&gt;</ins>" in html
    assert "Nothing has been changed" in component("history", history=[])


def test_a_timeline_is_in_the_order_given():
    html = component(
        "timeline",
        events=[Event("Sent", D(2026, 11, 19), "Linden", "Two\n\nparts"), Event("Made", url="/x/")],
    )
    assert html.index("Sent") < html.index("Made")
    assert '<time datetime="2026-11-19">19 November 2026</time>' in html
    assert "<p>Two</p><p>parts</p>" in html


def test_facts_lead_to_their_forms():
    facts = [Fact("Owner", "Kent Police", "/p/", "/p/change/"), Fact("Note", "")]
    html = component("summary_list", facts=facts)
    assert 'href="/p/change/">Change<span class="govuk-visually-hidden"> owner</span>' in html
    assert "Not given" in html
    assert (
        '<a class="govuk-link govuk-link--no-visited-state" href="/p/">Kent Police</a>'
        in component("facts", facts=facts)
    )


EXAMPLES = [
    ("tally", {"views": [View("Late", 6, "?late", current=True)]}, ' aria-current="true">Late 6<'),
    ("next_panel", {"heading": "Next", "stops": ["A paper"]}, "<li>A paper</li>"),
    ("next_panel", {"heading": "Next", "url": "/x/", "label": "Go"}, 'href="/x/">Go</a>'),
    ("refusal", {"reason": "Not signed", "ask": "Ask"}, "<p>Not signed</p><p>Ask</p>"),
    ("marking_bar", {"says": "Five can"}, "<strong>OFFICIAL-SENSITIVE.</strong> Five can"),
    ("empty", {"says": "None yet", "url": "/x/", "label": "Begin"}, 'href="/x/">Begin</a>'),
    ("toolbar", {"says": "43", "csv_url": "?format=csv"}, 'href="?format=csv" download>'),
    ("side_menu", {"links": [Link("A", "/a/", current=True)]}, ' aria-current="page">A<'),
    ("back", {"url": "/a/"}, '<a class="govuk-back-link" href="/a/">Back</a>'),
    ("conflict", {"theirs": "one", "yours": "two"}, "<p>one</p>"),
]


@pytest.mark.parametrize(("name", "context", "expected"), EXAMPLES)
def test_a_component_shows_what_it_is_given(name, context, expected):
    assert expected in component(name, **context)
