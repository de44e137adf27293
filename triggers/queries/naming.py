"""Whether a text that others will read names the people of a case, or where they live."""

import re

from triggers.models import Application, Impact, Party

SHORT = 3  # a word of fewer letters is no name by which somebody is known


def found_in(case: Application, *texts: str) -> list[str]:
    """What of the people of a case stands in these texts: a name, an address, a postcode."""
    text, town = "\n".join(texts), case.partnership.place
    found = []
    for party in Party.objects.filter(application=case):
        who = party.get_kind_display().lower()
        if any(_has_word(text, name) for name in _names(party.name)):
            found.append(f"the name of the {who}")
        if _has_place(text, party.address, town):
            found.append(f"the address of the {who}")
        if _has_postcode(text, party.postcode):
            found.append(f"the postcode of the {who}")
        if party.email and party.email.casefold() in text.casefold():
            found.append(f"the email address of the {who}")
        if _digits(party.telephone) and _digits(party.telephone) in _digits(text):
            found.append(f"the telephone number of the {who}")
    impact = Impact.objects.filter(application=case).first()
    if impact and _has_place(text, impact.place, town):
        found.append("where the trouble is")
    if impact and _has_postcode(text, impact.postcode):
        found.append("the postcode of where the trouble is")
    return found


def _names(name: str) -> list[str]:
    return [part for part in re.split(r"[\s,]+", name) if len(part) >= SHORT]


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) is not None


def _has_place(text: str, place: str, town: str) -> bool:
    """Whether the street of an address is there, with its number or without."""
    for line in re.split(r"[\n,]+", place)[:2]:
        street = re.sub(r"^\s*(flat\s+)?\d+\w?\s*", "", line, flags=re.IGNORECASE).strip()
        known = street.casefold() == town.casefold()
        if len(street) > SHORT and not known and _has_word(text, street):
            return True
    return False


def _has_postcode(text: str, postcode: str) -> bool:
    told = re.sub(r"\W", "", postcode).casefold()
    return len(told) > SHORT and told in re.sub(r"\W", "", text).casefold()


def _digits(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    return digits if len(digits) > 6 else ""
