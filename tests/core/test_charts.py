"""Drawings: what they show, what they say, and that both are the same."""

import pytest
from defusedxml import ElementTree
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from core import pdf
from core.charts import Bar, Line, MapArea, area_map, bar_chart, control_chart, line_chart
from core.charts.drawing import lines_of, number, ticks
from core.charts.maps import FILLS, step_of, steps
from core.charts.plot import NARROW

LABELS = ["Jan", "Feb", "Mar", "Apr"]
SVG = "{http://www.w3.org/2000/svg}"


def square(code, at, n, size=0.1):
    west = at * size
    ring = [[west, 51], [west + size, 51], [west + size, 51 + size], [west, 51 + size], [west, 51]]
    return MapArea(code, f"Area {code}", [[ring]], n, str(at + 1))


def drawn(template, **context):
    """The SVGs of a component, read as XML."""
    html = render_to_string(f"components/{template}.html", context)
    found = []
    rest = html
    while "<svg" in rest:
        rest = rest[rest.index("<svg") :]
        end = rest.index("</svg>") + 6
        found.append(ElementTree.fromstring(rest[:end].replace("&nbsp;", " ")))
        rest = rest[end:]
    return found


def texts(svg):
    return [each.text for each in svg.iter("text")]


def test_a_line_breaks_where_nothing_is_known():
    chart = line_chart("c", title="Reports", labels=LABELS, lines=[Line("All", [5, None, 7, 8])])

    assert chart.wide.strokes[0].runs.count("M") == 2
    assert chart.wide.strokes[0].dots.count("M") == 3
    assert "1 of 4 are missing" in chart.desc
    assert chart.table.rows[1] == ("Feb", "–")


def test_the_table_says_what_the_chart_shows():
    chart = line_chart(
        "c", title="Reports", labels=LABELS, groups=["2025"] * 4,
        lines=[Line("A", [1, 2, 3, 4]), Line("B", [1000, 2, 3, 4])],
    )  # fmt: skip

    assert chart.table.headings == ("Month", "A", "B")
    assert chart.table.rows[0] == ("Jan 2025", "1", "1,000")
    assert chart.desc.startswith("A: 1 in Jan 2025, highest 4 in Apr 2025, lowest 1 in Jan 2025")


def test_a_drawing_has_a_title_a_description_and_ids_of_its_own():
    chart = line_chart("trend", title="<Reports> & more", labels=LABELS, lines=[Line("A", [1] * 4)])

    wide, narrow = drawn("chart_line", chart=chart)

    assert wide.find("title").text == "<Reports> & more"
    assert wide.get("aria-labelledby") == "trend-wide-t trend-wide-d"
    assert narrow.get("aria-labelledby") == "trend-narrow-t trend-narrow-d"
    assert "A" in texts(wide)
    assert len(drawn("chart_line", chart=chart, paper=True)) == 1


@pytest.mark.parametrize("values", [[], [0], [None, None], [0, 0, 0], [10**9, 1]])
def test_a_line_of_any_values_can_be_drawn(values):
    labels = [str(at) for at in range(len(values))]

    chart = line_chart("c", title="T", labels=labels, lines=[Line("A", values)])

    assert len(drawn("chart_line", chart=chart)) == 2


def test_months_beyond_the_limits_are_marked_and_named():
    chart = control_chart(
        "c", title="T", labels=LABELS, mean=5, lower=2, upper=8,
        line=Line("A", [5, 9, 4, 6], [False, True, False, False]),
    )  # fmt: skip

    assert chart.wide.strokes[0].marked.count("M") == 1
    assert {"Usual highest 8", "Average 5", "Usual lowest 2"} <= set(
        texts(drawn("chart_control", chart=chart)[0])
    )


def test_on_a_phone_fewer_labels_are_written_and_the_last_always_is():
    labels = [f"M{at}" for at in range(36)]
    chart = line_chart("c", title="T", labels=labels, lines=[Line("A", [1] * 36)])

    shown = [text.words for text in chart.narrow.texts if text.words.startswith("M")]

    assert shown[-1] == "M35"
    assert len(shown) <= NARROW.width // NARROW.label


def test_bars_have_a_mark_where_they_stood_before():
    chart = bar_chart("b", title="Types", bars=[Bar("Burglary", 10, 20), Bar("Robbery", 5, 0)])

    assert float(chart.wide.bars[0].mark) > float(chart.wide.bars[0].width)
    assert chart.table.rows == (("Burglary", "10", "20"), ("Robbery", "5", "0"))
    assert len(drawn("chart_bars", chart=chart)) == 2
    assert bar_chart("b", title="T", bars=[]).table.rows == ()


def test_a_map_has_a_path_for_each_area_and_a_legend():
    areas = [square(f"E{at}", at, n) for at, n in enumerate([3, 40, 55, 70, 120, 400, 900])]
    found = area_map("m", title="Wards", areas=areas)

    picture = drawn("map", map=found)[0]

    assert len(list(picture.iter("path"))) == 7
    assert texts(picture) == ["1", "2", "3", "4", "5", "6", "7"]
    assert 2 <= len(found.legend) <= len(FILLS)
    assert found.desc.startswith("Most: Area E6 900")
    assert found.table.rows[0] == ("7", "Area E6", "900")


def test_what_is_not_known_is_no_nought():
    found = area_map(
        "m", title="T", areas=[square("A", 0, 5), square("B", 1, None), square("C", 2, 0)]
    )

    assert [step.words for step in found.legend] == ["0", "5", "not known"]
    assert found.table.rows[-1] == ("2", "Area B", "–")


def test_neighbours_share_their_border():
    one, two = area_map("m", title="T", areas=[square("A", 0, 1), square("B", 1, 2)]).areas

    assert set(one.path.strip("MZ").split("L")) & set(two.path.strip("MZ").split("L"))


def test_a_small_area_has_no_number_that_would_cover_it():
    areas = [square("A", 0, 1), square("B", 1000, 2, size=0.001)]

    assert area_map("m", title="T", areas=areas).areas[1].label == ""


def test_a_map_of_nothing_can_be_drawn():
    assert area_map("m", title="T", areas=[]).areas == ()


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=80))
def test_every_value_has_its_step_and_every_step_a_value(values):
    breaks = steps(values)
    used = {step_of(value, breaks) for value in values}

    assert breaks == sorted(set(breaks))
    assert used == set(range(len(breaks)))
    assert len(breaks) <= len(FILLS)


@given(st.floats(0, 10**9))
def test_a_scale_reaches_its_highest_value(most):
    scale = ticks(most)

    assert scale[0] == 0
    assert scale[-1] >= most
    assert len(scale) <= 8


def test_words_and_numbers():
    assert lines_of("Violence and sexual offences", 18) == ["Violence and", "sexual offences"]
    assert [number(value) for value in (1234, 3.14159, None, 0)] == ["1,234", "3.1", "–", "0"]


@pytest.mark.pdf
def test_charts_and_maps_are_accessible_in_a_pdf(monkeypatch):
    import page
    from django.template import engines

    template = engines["django"].from_string(
        '{% extends "pdf/base.html" %}{% block title %}Charts{% endblock %}{% block content %}'
        '<h1>Charts</h1>{% include "components/chart_line.html" with chart=line paper=True only %}'
        '{% include "components/chart_bars.html" with chart=bars paper=True only %}'
        '{% include "components/map.html" with map=map paper=True only %}'
        '{% include "components/figure_table.html" with table=line.table paper=True only %}'
        "{% endblock %}"
    )
    context = {
        "line": line_chart("c", title="Reports", labels=LABELS, lines=[Line("A", [1, 2, 3, 4])]),
        "bars": bar_chart("b", title="Types", bars=[Bar("Burglary", 10)]),
        "map": area_map("m", title="Wards", areas=[square("A", 0, 1), square("B", 1, 2)]),
    }

    monkeypatch.setattr(pdf, "render_to_string", lambda given, context: given.render(context))
    made = pdf.render(template, context)

    assert page.validate_pdf_bytes(made, profile="ua1").is_compliant
