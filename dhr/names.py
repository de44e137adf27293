"""Whether a text names somebody of a review: every text that is kept or leaves is looked through.

A name is found however it is written: in capitals, without its accents, with another hyphen or
apostrophe, as a possessive, run together or over the end of a line. Part of another word is none.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dhr.models import KeyEntry, KeyRole, Review

SHORT = 3  # a word of fewer letters is not looked for by itself
NO_NAMES = frozenset({
    "the", "and", "for", "from", "with", "her", "his", "our", "who", "née", "nee", "aka", "also",
    "known", "mrs", "miss", "master", "doctor", "sir", "lady", "van", "von", "den", "der", "del",
    "dos", "bin",
})  # fmt: skip
# Names that are daily words too: by themselves they are found only with a capital letter.
DAILY = frozenset((Path(__file__).parent / "facts" / "daily_words.txt").read_text().split())
NEVER = r"(?!)"
MONTHS = frozenset({"may", "april", "june", "august"})

_SPECIAL = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i",
    "ħ": "h", "ŧ": "t",
})  # fmt: skip
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e01ef]"
)
_BROKEN = re.compile("(?<=\\w)[-\u2010\u2011][^\\S\n]*\n\\s*(?=\\w)")
_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?\s*$")
_YEAR_AFTER = re.compile(r"\s*\d")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the key as it is looked for, and the pseudonym that stands for it."""

    pseudonym: str
    pattern: re.Pattern[str]
    length: int
    daily: bool = False
    month: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """A text as it is compared: small letters without accents, each with its place in the text."""

    words: str
    places: list[int]


@dataclass(frozen=True, slots=True)
class Key:
    """The names of one review, or of several, ready to be looked for."""

    names: tuple[Name, ...]
    any: re.Pattern[str]

    def found_in(self, *texts: str) -> list[str]:
        """The pseudonyms of those who are named in these texts."""
        found = {name.pseudonym for text in texts for name, _, _ in self._spans(text)}
        return sorted(found)

    def anonymised(self, text: str) -> str:
        """The text with each name replaced by its pseudonym."""
        shown, end = [], 0
        for name, start, stop in self._apart(text):
            shown += [text[end:start], name.pseudonym]
            end = stop
        return "".join([*shown, text[end:]])

    def _apart(self, text: str) -> list[tuple[Name, int, int]]:
        """What was found, none within another: the longest counts."""
        kept: list[tuple[Name, int, int]] = []
        for found in sorted(self._spans(text), key=lambda each: (each[1], -each[2])):
            if not kept or found[1] >= kept[-1][2]:
                kept.append(found)
        return kept

    def _spans(self, text: str) -> Iterator[tuple[Name, int, int]]:
        if not any(self.any.search(each) for each in _briefly(text)):
            return
        for plain in _readings(text):
            for name in self.names:
                for match in name.pattern.finditer(plain.words):
                    start = plain.places[match.start()]
                    stop = plain.places[match.end() - 1] + 1
                    if not name.daily or _is_name(text, name, start, stop):
                        yield name, start, stop


def found_in(review: Review, *texts: str) -> list[str]:
    """The pseudonyms of those of the review who are named in these texts; no name is given."""
    return key_of([review]).found_in(*texts)


def found_in_all(reviews: Iterable[Review], *texts: str) -> list[str]:
    """The same over the keys of several reviews, for what is published."""
    return key_of(reviews).found_in(*texts)


def key_of(reviews: Iterable[Review]) -> Key:
    """The names of these reviews."""
    return key(KeyEntry.objects.filter(review__in=list(reviews)))


def key(entries: Iterable[KeyEntry]) -> Key:
    """The names of these entries of a key, the longest first."""
    names = {
        (entry.pseudonym, pattern): Name(entry.pseudonym, re.compile(pattern), length, daily, month)
        for entry in entries
        for pattern, length, daily, month in _looked_for(entry)
    }
    longest = sorted(names.values(), key=lambda each: -each.length)
    together = "|".join(each.pattern.pattern for each in longest) or NEVER
    return Key(tuple(longest), re.compile(together))


def too_short(names: str) -> list[str]:
    """Lines of an entry that nothing would ever be found by: fewer than three letters."""
    return [line for line in _lines(names) if _length(_pieces(line)) < SHORT]


def daily(names: str) -> list[str]:
    """Names of an entry that are daily words, and so are found with a capital letter only."""
    found = {word for line in _lines(names) for word in line.split() if _plain(word) in DAILY}
    return sorted(found - set(_lines(names)))


# ---- what is looked for -------------------------------------------------------------------------


def _looked_for(entry: KeyEntry) -> Iterator[tuple[str, int, bool, bool]]:
    """Each line as it stands, and its parts: the words of a name, a place without its number."""
    for line in _lines(entry.names):
        whole = _pieces(line)
        if _length(whole) >= SHORT:
            yield _pattern(whole), _length(whole), False, False
        for part in _place(line) if entry.role == KeyRole.PLACE else _parts(line):
            pieces = _pieces(part)
            word = "".join(pieces)
            if _length(pieces) >= SHORT and word not in NO_NAMES and pieces != whole:
                yield _pattern(pieces), _length(pieces), word in DAILY, word in MONTHS


def _lines(names: str) -> list[str]:
    return [line.strip() for line in names.splitlines() if line.strip()]


def _parts(line: str) -> set[str]:
    """Each word of a name, and each half of a double one. “Mrs” and “van” are none."""
    words = re.split(r"[\s,;()/]+", line)
    halves = [half for word in words for half in re.split("[-\u2010-\u2015]", word)]
    return {*words, *halves} - {""}


def _place(line: str) -> set[str]:
    """An address without the number of its house: a street of two words or more, a postcode."""
    found = set()
    for part in line.split(","):
        street = re.sub(r"^\s*(?:flat\s+)?\d+\w?\s+", "", part, flags=re.IGNORECASE).strip()
        if len(street.split()) > 1 or any(each.isdigit() for each in street):
            found.add(street)
    return found


def _pieces(words: str) -> list[str]:
    return re.findall(r"[^\W_]+", _plain(words))


def _length(pieces: list[str]) -> int:
    return sum(map(len, pieces))


def _pattern(pieces: list[str]) -> str:
    together = r"[\W_]*".join(map(re.escape, pieces))
    return rf"(?<![^\W_]){together}(?![^\W_])"


# ---- where it is looked for ---------------------------------------------------------------------


def _plain(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL))
    return "".join(each for each in split if not unicodedata.combining(each)).casefold()


def _briefly(text: str) -> Iterator[str]:
    """The same readings, without the places: to see at once that nobody is named."""
    text = _INVISIBLE.sub("", text)
    yield _plain(text)
    if _BROKEN.search(text):
        yield _plain(_BROKEN.sub("", text))


def _readings(text: str) -> Iterator[Plain]:
    """A text as it stands, and with the words put together that the end of a line breaks."""
    gone = {at for found in _INVISIBLE.finditer(text) for at in range(*found.span())}
    yield _as_read(text, gone)
    broken = {at for found in _BROKEN.finditer(text) for at in range(*found.span())}
    if broken:
        yield _as_read(text, gone | broken)


def _as_read(text: str, gone: set[int]) -> Plain:
    words, places = [], []
    for at, letter in enumerate(text):
        if at in gone:
            continue
        plain = letter.lower() if letter.isascii() else _plain(letter)
        words.append(plain)
        places += [at] * len(plain)
    return Plain("".join(words), places)


def _is_name(text: str, name: Name, start: int, stop: int) -> bool:
    """Whether a daily word stands there as a name: “Will”, not “will”, nor the month of May."""
    if not text[start].isupper():
        return False
    of_a_date = _DAY_BEFORE.search(text[:start][-12:]) or _YEAR_AFTER.match(text[stop : stop + 6])
    return not (name.month and of_a_date)


def holds(text: str, words: str) -> bool:
    """Whether these words stand in a text, by themselves, however they are written."""
    pieces = _pieces(words)
    pattern = re.compile(_pattern(pieces))
    return bool(pieces) and any(pattern.search(each.words) for each in _readings(text))
