"""Protective markings (Government Security Classifications Policy, August 2024)."""

import re
from typing import Any

from django.db import models
from django.db.models import F, Func, Value


class Marking(models.TextChoices):
    """Who may read: OFFICIAL is for all who sit on the group; SENSITIVE needs the sharing gate."""

    OFFICIAL = "official", "OFFICIAL"
    SENSITIVE = "sensitive", "OFFICIAL-SENSITIVE"


class Marked:
    """Mix into a model with a ``marking``."""

    marking: Any

    @property
    def restricted(self) -> bool:
        """Whether the sharing gate stands before it."""
        return bool(self.marking == Marking.SENSITIVE)


def highest(markings: list[str]) -> Marking:
    """The marking that a whole takes from its parts: the highest of them."""
    return Marking.SENSITIVE if Marking.SENSITIVE in markings else Marking.OFFICIAL


# ---- restricted passages within a text ----------------------------------------------------------
#
# Words between [[ and ]] are restricted. In doubt, more is: a passage that is never closed goes on
# to the end, and whatever a ]] still follows was within.

WITHHELD = "[passage withheld]"

_PASSAGES = (
    (r"\[\[.*?(\]\]|$)", "\x01"),
    (r"\x01[^\x01]*\]\]", "\x01"),
    (r"\x01", WITHHELD),
)

# Both steps in one, for Python alone.
_PASSAGE = re.compile(r"\[\[.*?(?:\]\]|\Z)(?:(?:(?!\[\[).)*\]\])?", re.DOTALL)
_BRACKETS = re.compile(r"\[\[|\]\]")
_BULLET = re.compile(r"\s*(?:[-*\u2022]|\d{1,3}[.)])\s+")


def OpenPart(field: str) -> Func:  # noqa: N802
    """A database expression: the text of ``field`` with every restricted passage taken out."""
    part: Any = F(field)
    for pattern, instead in _PASSAGES:
        arguments = (part, Value(pattern), Value(instead), Value("g"))
        part = Func(*arguments, function="REGEXP_REPLACE", output_field=models.TextField())
    return part


def open_part(text: str) -> str:
    """The same in Python, word for word what the database makes of ``text``."""
    for pattern, instead in _PASSAGES:
        text = re.sub(pattern.replace("$", r"\Z"), instead, text, flags=re.DOTALL)
    return text


def holds_passage(text: str) -> bool:
    """Whether any part of a text is restricted."""
    return "[[" in text


def by_line(text: str) -> str:
    """The same text, but each line closes its own passages, so that lines may be taken apart."""
    lines: list[str] = []
    for words, restricted in passages(text):
        for number, line in enumerate(words.split("\n")):
            if not lines or number:
                lines.append("")
            lines[-1] += _closed(line) if restricted else line
    return "\n".join(lines)


def _closed(line: str) -> str:
    """A restricted line between brackets; its bullet, which makes it a list, stands before them."""
    begins = _BULLET.match(line)
    bullet = begins.group() if begins else ""
    words = line[len(bullet) :]
    return f"{bullet}[[{words}]]" if words.strip() else line


def passages(text: str) -> list[tuple[str, bool]]:
    """A text in pieces, in order, each with whether it is restricted; brackets are in neither."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for found in _PASSAGE.finditer(text):
        pieces += [(text[end : found.start()], False), (_BRACKETS.sub("", found.group()), True)]
        end = found.end()
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def spans(text: str) -> list[tuple[int, int]]:
    """Where each restricted passage begins and ends, with its brackets."""
    return [found.span() for found in _PASSAGE.finditer(text)]
