"""Names of the key in texts: found however they are written, and no part of another word is."""

import string
import unicodedata
from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dhr import names
from dhr.models import KeyRole


def entry(spellings, pseudonym="Adult A", role=KeyRole.DIED):
    return SimpleNamespace(pseudonym=pseudonym, role=role, names=spellings)


def found(spellings, text, role=KeyRole.DIED):
    return bool(names.key([entry(spellings, role=role)]).found_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "Zinnia Marrow-O'Quince came in.", "ZINNIA MARROW O’QUINCE", "zinnia", "Zínnïa’s sister",
        "Marrow's flat", "the Marrow\u2011OQuince family", "Zinnia\n   Marrow", "Zin-\n nia",
        "Zin\u00adnia", "(O`Quince)", "o quince", "ZinniaMarrowOQuince", "Ms_Marrow_called",
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(text):
    assert found("Zinnia Marrow-O'Quince", text)


@pytest.mark.parametrize(
    "text", ["Zinniaceae", "Marrows were sold", "tomarrow", "A quincetree", "O", "", "zinn ia-s"]
)
def test_part_of_another_word_is_no_name(text):
    assert not found("Zinnia Marrow-O'Quince", text)


def test_words_under_three_letters_are_found_with_the_whole_name_only():
    assert not found("Bo Li", "Bo went home. Li stayed.")
    assert found("Bo Li", "It was Bo Li who called.")
    assert names.too_short("Jo\nBo Li") == ["Jo"]


def test_daily_words_are_found_with_a_capital_only_unless_they_are_a_line_of_their_own():
    assert not found("Will Greeb", "They will call in again.")
    assert found("Will Greeb", "When Will called again")
    assert found("Will Greeb", "will greeb")
    assert found("Will", "they will call")
    assert not found("May Greeb", "On 3 May 2026 and in May 2026")
    assert found("May Greeb", "May said so")
    assert names.daily("Will Greeb\nGreeb") == ["Will"]


def test_a_place_is_found_by_its_street_and_postcode_but_not_by_the_word_road():
    assert found("14 Invented Row, DA1 1ZZ", "behind invented row", KeyRole.PLACE)
    assert found("14 Invented Row, DA1 1ZZ", "at da11zz", KeyRole.PLACE)
    assert not found("14 Invented Row, DA1 1ZZ", "a row of houses", KeyRole.PLACE)


def test_names_are_replaced_by_pseudonyms_the_longest_first():
    key = names.key([
        entry("Zinnia Marrow\nZinni"), entry("Teasel Marrow", "Child 1", KeyRole.CHILD),
    ])  # fmt: skip
    shown = key.anonymised("ZINNIA\nMarrow’s son Teasel Marrow told Zinni.")
    assert shown == "Adult A’s son Child 1 told Adult A."
    assert key.found_in(shown) == []


# ---- for any name -------------------------------------------------------------------------------

LETTERS = string.ascii_letters + "éèüñçøłœæßÅŠžïô"
WORD = st.text(LETTERS, min_size=3, max_size=10)
NAME = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
CASES = st.sampled_from([str.lower, str.upper, str.title, str.swapcase, str])
BREAK = st.sampled_from([" ", "\n", "  ", "\u00a0", "-", "’", "'", "\u2010", "\r\n\t"])
ACCENTS = st.sampled_from(["NFC", "NFD", "none"])
AFTER = st.sampled_from(["", "'s", "’s", "’", ".", ",", ")", "\n", "_x", " went"])
TEXT = st.text(string.ascii_letters + " .,\n-'’", max_size=30)


def without(text):
    return "".join(
        each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each)
    )


def written(name, case, gap, accents):
    text = case(name).replace(" ", gap)
    return without(text) if accents == "none" else unicodedata.normalize(accents, text)


@given(NAME, CASES, BREAK, ACCENTS, AFTER, TEXT, TEXT)
def test_any_name_is_found_and_replaced_wherever_it_stands(
    name, case, gap, accents, after, before, behind
):
    text = f"{before} {written(name, case, gap, accents)}{after} {behind}"
    key = names.key([entry(name, "9")])
    assert key.found_in(text) == ["9"]
    assert key.found_in(key.anonymised(text)) == []


@given(WORD, st.integers(1, 9), CASES)
def test_any_word_that_a_line_end_breaks_is_found(word, at, case):
    assume(0 < at < len(word))
    assert found(word, f"told {case(word[:at])}-\n  {case(word[at:])}.")


@given(WORD, st.text(string.ascii_letters, min_size=1, max_size=5), st.booleans())
def test_no_word_that_only_holds_a_name_is_found(word, more, before):
    text = more + word if before else word + more
    assume(names._plain(text) != names._plain(word))
    assert not found(word, text)
