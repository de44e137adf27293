"""Text that was copied out of a word processor or a web page: its words, without its tags."""

import re
from html.parser import HTMLParser

import nh3

# A whole document, or what Word and browsers put on the clipboard. Minutes that name a tag are not.
_DOCUMENT = re.compile(
    r"\s*(?:Version:0\.9[^<]*)?<(?:!doctype html|html|head|body|meta|!--\s*StartFragment|\?xml|"
    r"(?:p|div|span|table|h[1-6]|ul|ol)\b[^>]*(?:mso-|Mso|style=|dir=|class=))",
    re.IGNORECASE,
)
_KEPT = {
    "b", "blockquote", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "pre",
    "section", "strong", "table", "td", "th", "tr", "ul",
}  # fmt: skip
_DROPPED = {"head", "script", "style", "title", "xml", "o:p", "w:sdt", "svg", "object", "iframe"}
_BLOCKS = _KEPT - {"b", "br", "li", "strong", "td", "th", "tr"}
_SPACES = re.compile(r"[ \t\r\n\u00a0]+")


def is_document(text: str) -> bool:
    """Whether a text is the source of a document and not words that somebody typed."""
    return bool(_DOCUMENT.match(text[:2000]))


def from_document(html: str) -> str:
    """The words of a document: paragraphs, lists and bold words in our own marks."""
    simple = nh3.clean(
        html, tags=_KEPT, attributes={}, clean_content_tags=_DROPPED - _KEPT, strip_comments=True
    )
    reader = _Reader()
    reader.feed(simple)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Reads simple, well-formed HTML into paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = [""]
        self.lists: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """A block begins anew; a line of a list with its mark."""
        if tag in ("ul", "ol"):
            self.begin()
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self.line(self.mark())
        elif tag in ("tr", "br"):
            self.line()
        elif tag in ("strong", "b"):
            self.blocks[-1] += "\x01"
        elif tag in _BLOCKS and not self.lists:
            self.begin()

    def handle_endtag(self, tag: str) -> None:
        """A block ends; cells of a table stand beside each other."""
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in ("strong", "b"):
            self.blocks[-1] += "\x02"
        elif tag in ("td", "th"):
            self.blocks[-1] += " "
        elif tag in _BLOCKS and not self.lists:
            self.begin()

    def handle_data(self, data: str) -> None:
        """Words, with every run of spaces as one."""
        words = _SPACES.sub(" ", data.translate({1: None, 2: None}))
        at_start = not self.blocks[-1] or self.blocks[-1][-1] in "\n "
        self.blocks[-1] += words.lstrip() if at_start else words

    def begin(self) -> None:
        """The next words are another paragraph."""
        if self.blocks[-1]:
            self.blocks.append("")

    def line(self, mark: str = "") -> None:
        """The next words are another line of the paragraph."""
        if self.blocks[-1]:
            self.blocks[-1] = f"{self.blocks[-1].rstrip(' ')}\n"
        self.blocks[-1] += mark

    def mark(self) -> str:
        """What a line of the innermost list begins with."""
        if not self.lists or self.lists[-1] is None:
            return "- "
        self.lists[-1] += 1
        return f"{self.lists[-1]}. "

    def text(self) -> str:
        """All of it, with our own marks for what was bold."""
        blocks = ("\n".join(map(_bold, block.split("\n"))) for block in self.blocks)
        return "\n\n".join(block.strip() for block in blocks if block.strip())


_SPAN = re.compile(r"\x01(\s*)([^\x01\x02]*?)(\s*)\x02")


def _bold(line: str) -> str:
    marked = _SPAN.sub(lambda found: found[1] + _stars(found[2]) + found[3], line)
    return marked.replace("\x01", "").replace("\x02", "").rstrip()


def _stars(words: str) -> str:
    return f"**{words}**" if words else ""
