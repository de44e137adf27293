"""Personal names that stand in restricted text and in the public minutes too.

Nobody can tell by machine whether a name may be read there; a person is shown each, with where. Too
many are shown rather than too few: known people, whatever follows a title, and capitalised words.
"""

import re
from collections.abc import Iterator
from typing import Any

from core.dates import DAYS, MONTHS
from core.markings import passages
from meetings.models import Attendance, Meeting
from meetings.renditions.shapes import Minutes
from membership.models import Agency, Group, Post, Seat

TITLES = {
    "mr", "mrs", "ms", "miss", "mx", "dr", "cllr", "councillor", "pc", "pcso", "sgt", "sergeant",
    "inspector", "insp", "superintendent", "supt", "chief", "dc", "ds", "di", "sir", "dame",
    "lady", "lord", "rev", "reverend", "prof", "professor",
}  # fmt: skip
COMMON = {
    "a", "action", "actions", "agenda", "all", "an", "and", "any", "apologies", "april", "as", "at",
    "board", "both", "but", "by", "case", "chair", "council", "councils", "decision", "decisions",
    "each", "for", "four", "from", "government", "he", "her", "his", "i", "if", "in", "it", "item",
    "its", "lead", "leader", "manager", "meeting", "members", "minutes", "no", "not", "of",
    "officer", "on", "one", "or", "our", "paper", "paragraph", "police", "present", "report",
    "she", "six", "some", "that", "the", "their", "there", "these", "they", "this", "three", "to",
    "two", "was", "we", "when", "with",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_GAP = re.compile(r"\.?[ \t\n]{1,2}")
_SENTENCE = re.compile(r"(?:^|[.!?:]\s+|\n\s*(?:[-*•]\s+|\d+[.)]\s+)?|[“\"(]\s*)$")


def on_both_sides(
    meeting: Meeting, full: Minutes, public: Minutes
) -> list[tuple[str, list[str]]]:  # fmt: skip
    """Each name in the restricted text of the minutes that the public reads too, with where."""
    secret = "\n\n".join(_restricted(full))
    if not secret.strip():
        return []
    places = list(_public(public))
    found = []
    for name in sorted(_names(meeting, secret)):
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        where = list(dict.fromkeys(place for place, text in places if pattern.search(text)))
        if where:
            found.append((name, where))
    return found


def _names(meeting: Meeting, text: str) -> set[str]:
    """The personal names of a text, as far as a machine can tell."""
    known = _known(meeting)
    named = {name for name in known if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)}
    bodies = _bodies(meeting)
    return named | {name for name in capitalised(text) if not _is_body(name, bodies)}


def capitalised(text: str) -> set[str]:
    """Runs of capitalised words, and single ones that do not begin a sentence."""
    lower = {word for word in _WORD.findall(text) if word.islower()}
    found = set()
    for run, begins in _runs(text):
        words = run
        while words and words[0].lower() in COMMON:
            words, begins = words[1:], False
        titled = bool(words) and words[0].lower() in TITLES
        if titled:
            words = [word for word in words if word.lower() not in TITLES]
        if len(words) > 1:
            found.add(" ".join(words))
        elif words and (titled or not begins) and words[0].lower() not in COMMON | lower:
            found.add(words[0])
    calendar = {*MONTHS, *DAYS}
    return {name for name in found if name not in calendar and len(name) > 2}


def _runs(text: str) -> Iterator[tuple[list[str], bool]]:
    """Capitalised words that follow one another, and whether the first begins a sentence."""
    run: list[str] = []
    begins, end = False, 0
    for match in _WORD.finditer(text):
        word, upper = match.group(), match.group()[0].isupper() and not match.group().isupper()
        joined = bool(run) and _GAP.fullmatch(text[end : match.start()]) is not None
        stopped = "." in text[end : match.start()] and (not run or run[-1].lower() not in TITLES)
        if run and not (upper and joined and not stopped):
            yield run, begins
            run = []
        if upper:
            if not run:
                begins = _SENTENCE.search(text[: match.start()][-12:]) is not None
            run.append(word.removesuffix("’s").removesuffix("'s"))
            end = match.end()
    if run:
        yield run, begins


def _known(meeting: Meeting) -> set[str]:
    seats = Seat.objects.filter(group__partnership=meeting.partnership)
    people = set(seats.order_by().values_list("person__name", flat=True))
    there = Attendance.objects.filter(meeting=meeting).order_by()
    return {name for name in people | set(there.values_list("name", flat=True)) if name}


def _bodies(meeting: Meeting) -> str:
    """The names of bodies, groups, posts and places, which are nobody’s own."""
    partnership = meeting.partnership
    theirs = {"partners__partnership": partnership}
    words = [partnership.name, partnership.place]
    agencies = Agency.objects.filter(**theirs).distinct().order_by()
    words += [name for pair in agencies.values_list("name", "short_name") for name in pair]
    groups = Group.objects.filter(partnership=partnership).order_by()
    words += [name for pair in groups.values_list("name", "short_name") for name in pair]
    posts = Post.objects.filter(agency__in=agencies.values("pk")).order_by()
    words += posts.values_list("title", flat=True)
    return " | ".join(words).lower()


def _is_body(name: str, bodies: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", bodies) is not None


# ---- the texts ----------------------------------------------------------------------------------


def _restricted(full: Minutes) -> Iterator[str]:
    """Every word that the public does not read."""
    yield from (each.text for each in full.notes if each.restricted)
    for item in full.items:
        whole = item.restricted
        if whole:
            yield item.title
        for paragraph in item.paragraphs:
            pieces = passages(paragraph.text)
            yield paragraph.text if whole else " … ".join(text for text, inside in pieces if inside)
        lines: tuple[Any, ...] = (
            *item.decisions, *item.actions, *item.arising, *item.declared, *item.left, *item.notes
        )  # fmt: skip
        yield from (each.text for each in lines if whole or each.restricted)


def _public(public: Minutes) -> Iterator[tuple[str, str]]:
    """Every word that the public reads, with where it stands."""
    for agency in public.agencies:
        for person in (*agency.present, *agency.apologies, *agency.absent):
            yield "who was there", str(person)
    yield from (("in attendance", str(person)) for person in public.in_attendance)
    yield "who was in the chair", public.chair
    yield from (("a later note", each.text) for each in public.notes)
    for item in public.items:
        yield f"the title of item {item.number}", item.title
        yield from ((f"paragraph {each.number}", each.text) for each in item.paragraphs)
        for decision in item.decisions:
            yield f"decision {decision.reference}", " ".join((decision.text, *decision.vote))
        for action in (*item.actions, *item.arising):
            yield f"action {action.reference}", f"{action.text} {action.owner}"
        more: tuple[Any, ...] = (*item.declared, *item.left, *item.notes)
        yield from ((f"item {item.number}", each.text) for each in more)
