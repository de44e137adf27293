"""File names, made harmless: what a person sees is what the file is."""

import re
import unicodedata

LONGEST = 120

# What Windows, shells and addresses give a meaning of their own.
_MEANING = re.compile(r'[<>:"|?*%;\\/]+')
_SPACES = re.compile(r"\s+")


def cleaned(name: str) -> str:
    """The last part of a path, without controls, reversals of direction and hidden characters."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    # Categories C*: control characters, U+202E and its like, private and unassigned code points.
    name = "".join(each for each in name if unicodedata.category(each)[0] != "C" or each == "\t")
    name = _SPACES.sub(" ", _MEANING.sub("-", name)).strip(" .-")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return name[:LONGEST]
    stem = stem.strip(" .") or "paper"
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending.lower()}"


def ending(name: str) -> str:
    """What stands after the last full stop: pdf; nothing where there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""
