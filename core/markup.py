"""The words people type, made into safe HTML. Nowhere else is text marked safe.

Plain text is all there is: a blank line ends a paragraph, lines that begin with ``- `` make a list
and those with ``1. `` a numbered one, ``**words**`` are bold. In minutes, ``[[words]]`` are
restricted. Whatever else is typed shows as it was typed.
"""

import difflib
import re
import unicodedata

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.markings import by_line

TAGS = {"p", "br", "ul", "ol", "li", "strong"}
ATTRIBUTES = {"p": {"dir"}, "li": {"dir"}, "ol": {"start"}}
PASSAGE = "app-passage"
HIDDEN = "govuk-visually-hidden"

# A published page: what our own templates make of minutes or a report, and nothing that runs. Its
# title is the page's heading, so its own headings begin at the second level. Of drawings, no more
# than the shapes, words and plain colours of our charts and maps: nothing that points elsewhere.
PUBLISHED = TAGS | {
    "a", "abbr", "blockquote", "caption", "dd", "details", "div", "dl", "dt", "em", "figcaption",
    "figure", "h2", "h3", "h4", "hr", "section", "span", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "time", "tr",
    "svg", "title", "desc", "g", "path", "rect", "text",
}  # fmt: skip
PAINT = {"fill", "stroke", "stroke-width", "stroke-linejoin", "stroke-dasharray"}
LETTERING = {"font-family", "font-size", "font-weight", "text-anchor"}
PUBLISHED_ATTRIBUTES = {
    "*": {
        "class",
        "id",
        "role",
        "aria-label",
        "aria-labelledby",
        "data-label",
        "dir",
        "lang",
        "tabindex",
    },
    "a": {"href"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope", "headers"},
    "time": {"datetime"},
    "svg": {"viewBox", "width", "height", "aria-hidden", "focusable", *LETTERING},
    "g": PAINT | LETTERING,
    "path": PAINT | {"d"},
    "rect": PAINT | {"x", "y", "width", "height"},
    "text": PAINT | LETTERING | {"x", "y"},
}

_COLOUR = re.compile(r"none|#[0-9a-fA-F]{3,8}")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_BULLET = re.compile(r"[-*\u2022]\s+")
_NUMBER = re.compile(r"(\d{1,3})[.)]\s+")
_PASSAGE = re.compile(r"\[\[(.*?)\]\]")
_BLANK = re.compile(r"\n\s*\n")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_WORD = re.compile(r"(?:\w+(?:['\u2019]\w+)*|[^\s\w])\s*")


def plain(text: str) -> str:
    """Text with one kind of line end, without control characters and reversals of direction."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def paragraphs(text: str) -> SafeString:
    """The HTML of a text: paragraphs, simple lists and bold words, and no more than that."""
    html = "".join(_block(block) for block in _BLANK.split(plain(text)) if block)
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES))  # noqa: S308


def passages(text: str) -> SafeString:
    """The same of a minute, for those who may read its restricted passages: each is marked."""
    blocks = _BLANK.split(plain(by_line(text)))
    html = _PASSAGE.sub(_passage, "".join(_block(block) for block in blocks if block))
    allowed = {**ATTRIBUTES, "span": {"class"}}
    return mark_safe(nh3.clean(html, tags=TAGS | {"span"}, attributes=allowed))  # noqa: S308


def _passage(found: re.Match[str]) -> str:
    return (
        f'<span class="{PASSAGE}"><span class="{HIDDEN}">restricted: </span>{found[1]}'
        f'<span class="{HIDDEN}"> end of restricted</span></span>'
    )


def published_html(html: str) -> SafeString:
    """The page of a publication, as our templates made it, with all that could run taken out."""
    cleaned = nh3.clean(
        html, tags=PUBLISHED, attributes=PUBLISHED_ATTRIBUTES, link_rel=None,
        url_schemes={"http", "https", "mailto"}, strip_comments=True,
        attribute_filter=_plain_colour,
    )  # fmt: skip
    return mark_safe(cleaned)  # noqa: S308


def _plain_colour(tag: str, attribute: str, value: str) -> str | None:
    """What is drawn is filled with a colour, never with something fetched."""
    if attribute in ("fill", "stroke") and not _COLOUR.fullmatch(value):
        return None
    return value


def diff(old: str, new: str) -> SafeString:
    """The new text with what was added in ``<ins>`` and what was taken out in ``<del>``."""
    before, after = _WORD.findall(plain(old)), _WORD.findall(plain(new))
    parts: list[str] = []
    # Words are compared without the space that follows them, and shown with it.
    bare = [[word.strip() for word in text] for text in (before, after)]
    matcher = difflib.SequenceMatcher(None, bare[0], bare[1], autojunk=False)
    for how, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if how == "equal":
            parts.append(escape("".join(after[from_new:to_new])))
            continue
        parts.append(_marked("del", "".join(before[from_old:to_old])))
        parts.append(_marked("ins", "".join(after[from_new:to_new])))
    html = "".join(parts).replace("\n", "<br>")
    return mark_safe(nh3.clean(html, tags={"ins", "del", "br"}, attributes={}))  # noqa: S308


def _block(block: str) -> str:
    """One paragraph, or lists, or a paragraph that leads into lists."""
    lines: list[str] = []
    lists: list[tuple[str, list[str]]] = []
    for line in map(str.strip, block.split("\n")):
        tag, words = _entry(line)
        if tag:
            if not lists or _kind(lists[-1][0]) != _kind(tag):
                lists.append((tag, []))
            lists[-1][1].append(words)
        elif lists:
            lists[-1][1][-1] += f" {line}"
        else:
            lines.append(line)
    html = f"<p{_direction(block)}>{'<br>'.join(map(_words, lines))}</p>" if lines else ""
    return html + "".join(_list(tag, items) for tag, items in lists)


def _entry(line: str) -> tuple[str, str]:
    """What kind of list a line belongs to, if to any, and its words."""
    bullet, number = _BULLET.match(line), _NUMBER.match(line)
    if bullet:
        return "ul", line[bullet.end() :]
    return (f"ol {int(number[1])}", line[number.end() :]) if number else ("", line)


def _kind(tag: str) -> str:
    return tag[:2]


def _list(tag: str, items: list[str]) -> str:
    kind, _, start = tag.partition(" ")
    begins = f' start="{start}"' if start not in ("", "1") else ""
    entries = "".join(f"<li{_direction(item)}>{_words(item)}</li>" for item in items)
    return f"<{kind}{begins}>{entries}</{kind}>"


def _direction(text: str) -> str:
    """Words of a script that runs from right to left are let run so."""
    runs_left = any(unicodedata.bidirectional(each) in ("R", "AL") for each in text)
    return ' dir="auto"' if runs_left else ""


def _words(text: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", escape(text))


def _marked(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>" if text else ""
