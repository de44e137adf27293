"""The words people type, made into safe HTML. Nowhere else is text marked safe.

Plain text is all there is: a blank line ends a paragraph, lines that begin with ``- `` make a list,
``**words**`` are bold. Whatever else is typed shows as it was typed.
"""

import difflib
import re

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

TAGS = {"p", "br", "ul", "li", "strong"}

# A published page: what our own templates make of minutes or a report, and nothing that runs. Its
# title is the page's heading, so its own headings begin at the second level.
PUBLISHED = TAGS | {
    "a", "abbr", "blockquote", "caption", "dd", "div", "dl", "dt", "em", "h2", "h3", "h4", "hr",
    "ol", "section", "span", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr",
}  # fmt: skip
PUBLISHED_ATTRIBUTES = {
    "*": {"class", "id", "role", "aria-label", "aria-labelledby", "data-label", "lang", "tabindex"},
    "a": {"href"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope", "headers"},
    "time": {"datetime"},
}

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_BULLET = re.compile(r"[-*\u2022]\s+")
_BLANK = re.compile(r"\n\s*\n")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_WORD = re.compile(r"(?:\w+(?:['\u2019]\w+)*|[^\s\w])\s*")


def plain(text: str) -> str:
    """Text with one kind of line end, without control characters and reversals of direction."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def paragraphs(text: str) -> SafeString:
    """The HTML of a text: paragraphs, simple lists and bold words, and no more than that."""
    html = "".join(_block(block) for block in _BLANK.split(plain(text)) if block)
    return mark_safe(nh3.clean(html, tags=TAGS, attributes={}))  # noqa: S308


def published_html(html: str) -> SafeString:
    """The page of a publication, as our templates made it, with all that could run taken out."""
    cleaned = nh3.clean(
        html, tags=PUBLISHED, attributes=PUBLISHED_ATTRIBUTES, link_rel=None,
        url_schemes={"http", "https", "mailto"}, strip_comments=True,
    )  # fmt: skip
    return mark_safe(cleaned)  # noqa: S308


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
    """One paragraph, or a list, or a paragraph that leads into a list."""
    html, lines, items = "", [], []
    for line in block.split("\n"):
        bullet = _BULLET.match(line.strip())
        if bullet:
            items.append(line.strip()[bullet.end() :])
        elif items:
            items[-1] += " " + line.strip()
        else:
            lines.append(line.strip())
    if lines:
        html += f"<p>{'<br>'.join(_words(line) for line in lines)}</p>"
    if items:
        html += f"<ul>{''.join(f'<li>{_words(item)}</li>' for item in items)}</ul>"
    return html


def _words(text: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", escape(text))


def _marked(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>" if text else ""
