"""Filters and tags for every template: dates, states, markings, and the links of a list.

They are built in (settings, ``TEMPLATES``), and cheap enough for a row of a table: what a row shows
is a filter or a simple tag, what a page shows once is an include.
"""

import datetime
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core import clock as clocks
from core import dates, forms, markup
from core.charts import drawing as charts
from core.markings import Marking

register = template.Library()

Day = datetime.date | None

# Who must do something gives the colour; what is done has none.
COLOURS = {
    "late": "red",
    "due": "yellow",
    "waiting": "yellow",
    "busy": "blue",
    "mine": "blue",
    "unsure": "purple",
    "idle": "grey",
    "good": "green",
}

# ---- dates --------------------------------------------------------------------------------------


@register.filter
def longdate(value: Day) -> str:
    """6 January 2027."""
    return dates.longdate(value) if value else ""


@register.filter
def shortdate(value: Day) -> str:
    """2 Dec, in a side list only."""
    return dates.shortdate(value) if value else ""


@register.filter
def daydate(value: Day) -> str:
    """Wednesday 9 December 2026."""
    return dates.daydate(value) if value else ""


@register.filter
def tabledate(value: Day) -> str:
    """9 December, with its year unless it is this one."""
    return dates.tabledate(value, clocks.today()) if value else ""


@register.filter
def clock(value: datetime.datetime | datetime.time | None) -> str:
    """10am, 10.30am, noon."""
    return dates.clock(value) if value is not None else ""


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """6 January 2027, 10.30am."""
    return dates.moment(value) if value else ""


@register.filter
def in_days(value: Day) -> str:
    """In 3 days, or 2 days late."""
    return dates.in_days(value, clocks.today()) if value else ""


@register.filter
def isodate(value: Day) -> str:
    """2027-01-06, for the ``datetime`` of a ``<time>``."""
    return dates.london_date(value).isoformat() if value else ""


@register.filter
def nearness(value: Day) -> dates.Nearness:
    """The tone and the words of a due date: ``{% with near=due|nearness %}``."""
    return dates.nearness(value, clocks.today()) if value else dates.Nearness("", "")


# ---- words --------------------------------------------------------------------------------------


@register.filter
def paragraphs(text: str | None) -> SafeString:
    """Paragraphs, simple lists and bold words of a text that somebody typed."""
    return markup.paragraphs(text or "")


@register.filter
def passages(text: str | None) -> SafeString:
    """The same of a minute, with its restricted passages marked: for those who may read them."""
    return markup.passages(text or "")


@register.filter
def published(html: str) -> SafeString:
    """The page of a publication, with all that could run taken out."""
    return markup.published_html(html)


@register.simple_tag
def diff(old: str, new: str) -> SafeString:
    """The new text, with what was added and what was taken out."""
    return markup.diff(old, new)


@register.filter
def counted(number: int, noun: str) -> str:
    """1 item, 12 items: ``{{ items|length|counted:"item" }}``, or ``"agency,agencies"``."""
    one, _, many = noun.partition(",")
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@register.filter
def number(value: float | None) -> str:
    """1,234; 3.5; a dash for nothing."""
    return charts.number(value)


# ---- states and markings ------------------------------------------------------------------------


# The same few states and markings stand in every row; typed, so that a text that was marked safe is
# never taken for one that was not.
@register.simple_tag
@lru_cache(maxsize=1024, typed=True)
def tag(label: str, tone: str = "") -> str:
    """A state in the colour of its tone; without one it is plain text."""
    if not tone:
        return format_html("{}", label)
    colour = COLOURS[tone]
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, label)


@register.simple_tag
@lru_cache(maxsize=16)
def marking(value: str) -> SafeString:
    """A protective marking: outlined, never filled, so that it is not taken for a state."""
    return format_html('<span class="{}">{}</span>', marking_class(value), Marking(value).label)


@register.filter
def marking_class(value: str) -> str:
    """The class of a marking's outline."""
    return "app-marking app-marking--sensitive" if value == Marking.SENSITIVE else "app-marking"


# ---- forms --------------------------------------------------------------------------------------


@register.filter
def error_links(form: Any) -> list[tuple[str, str]]:
    """Each mistake with the id of the input to mend; nothing for no form."""
    return list(forms.error_links(form)) if form and form.is_bound else []


@register.inclusion_tag("components/post_button.html", takes_context=True)
def post_button(context: Context, url: str, label: str, look: str = "", **hidden: Any) -> Any:
    """A button that does one thing by POST; ``look`` is secondary, warning, inverse or link."""
    return {
        "csrf_token": context.get("csrf_token"),
        "url": url,
        "label": label,
        "look": look,
        "hidden": hidden,
    }


# ---- links of a page and of a list --------------------------------------------------------------


HERE = format_html(' aria-current="{}"', "page")


@register.simple_tag
def nav_items(links: Iterable[dict[str, Any]]) -> SafeString:
    """The items of the main menu, made once for the wide bar and the narrow menu."""
    return format_html_join(
        "",
        '<li><a href="{}"{}>{}</a></li>',
        ((link["url"], HERE if link["current"] else "", link["label"]) for link in links),
    )


@register.simple_tag
def crumbs(*pairs: str) -> SafeString:
    """Breadcrumbs: ``{% crumbs "Meetings" meetings_url meeting.name meeting_url %}``."""
    items = format_html_join(
        "",
        '<li class="govuk-breadcrumbs__list-item">'
        '<a class="govuk-breadcrumbs__link" href="{1}">{0}</a></li>',
        zip(pairs[::2], pairs[1::2], strict=True),
    )
    return format_html(
        '<nav class="govuk-breadcrumbs" aria-label="Breadcrumb">'
        '<ol class="govuk-breadcrumbs__list">{}</ol></nav>',
        items,
    )


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """This page's query with some values set, or left out when empty: ``{% query_with page=2 %}``.

    It begins with a question mark, or is a full stop's worth of nothing: ``?``.
    """
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def sort_url(context: Context, name: str, sort: str = "") -> str:
    """The address that sorts this list by a column, or the other way round if it already is."""
    current = sort or context["request"].GET.get("sort", "")
    return query_with(context, sort=f"-{name}" if current == name else name, page=None)


@register.simple_tag(takes_context=True)
def sort_heading(context: Context, label: str, name: str, css: str = "") -> SafeString:
    """A column's heading that sorts. The view puts the order that holds into ``sort``."""
    current = context.get("sort") or context["request"].GET.get("sort", "")
    order = {name: "ascending", f"-{name}": "descending"}.get(current, "")
    return format_html(
        '<th scope="col" role="columnheader"{}{}><a href="{}">{}</a></th>',
        format_html(' class="{}"', css) if css else "",
        format_html(' aria-sort="{}"', order) if order else "",
        sort_url(context, name, current),
        label,
    )


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Any, label: str = "Pages") -> Any:
    """Links to the other pages of a list, with its filters and its order; nothing for one page."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "label": label,
        "links": [
            (number, query_with(context, page=number) if isinstance(number, int) else "")
            for number in (numbers if page.has_other_pages() else ())
        ],
        "before": query_with(context, page=page.number - 1) if page.has_previous() else "",
        "after": query_with(context, page=page.number + 1) if page.has_next() else "",
    }
