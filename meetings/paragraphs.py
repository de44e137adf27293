"""The paragraphs of a minute, which its renditions number and corrections name.

A restricted passage never ends a paragraph, even where it holds blank lines. A minute and its open
part thus have the same paragraphs under the same numbers.
"""

import re

from core.markings import spans
from core.markup import plain

_BLANK = re.compile(r"\n\s*\n")


def paragraphs_of(text: str) -> list[str]:
    """A text cut at its blank lines, but for those within a restricted passage."""
    words = plain(text)
    cuts, start = [], 0
    for found in _BLANK.finditer(_masked(words)):
        cuts.append(words[start : found.start()])
        start = found.end()
    return [part for part in (each.strip() for each in [*cuts, words[start:]]) if part]


def joined(paragraphs: list[str]) -> str:
    """Paragraphs as one text again."""
    return "\n\n".join(part.strip() for part in paragraphs if part.strip())


def _masked(text: str) -> str:
    """The text with every restricted passage made one word of the same length."""
    masked = text
    for start, end in spans(text):
        masked = masked[:start] + "x" * (end - start) + masked[end:]
    return masked
