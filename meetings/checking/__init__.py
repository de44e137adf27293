"""What somebody looks at before minutes go out to everybody, and who must agree to it.

Everything restricted stays out by itself: the public rendition never loads it. What a machine
cannot judge is listed here, and a person ticks it off: names that stand on both sides, what hides
in public papers, and what was restricted once and is open now.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from meetings import renditions
from meetings.checking import names, papers
from meetings.models import Meeting
from meetings.queries.opened import ever_bracketed, opened
from meetings.queries.redactions import Withheld, log
from meetings.renditions.shapes import Minutes


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at and tick off; ``url`` leads to where it is, or can be mended."""

    key: str
    says: str
    where: str = ""
    url: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """All that is to be looked at before publication."""

    full: Minutes
    public: Minutes
    withheld: tuple[Withheld, ...]
    left_out: tuple[str, ...]
    names: tuple[Finding, ...]
    papers: tuple[Finding, ...]
    opened: tuple[Finding, ...]
    two_people: bool

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is to be ticked."""
        return (*self.names, *self.papers, *self.opened)

    @property
    def without_reason(self) -> list[Withheld]:
        """What is withheld without a reason so far."""
        return [each for each in self.withheld if not each.reason]

    @property
    def digest(self) -> str:
        """The SHA-256 of what the public would read."""
        return digest_of(self.public)


def check(meeting: Meeting) -> Check:
    """Look through a meeting's minutes. Its words are for those who may read all of them."""
    full = renditions.build(meeting, renditions.RESTRICTED)
    public = renditions.build(meeting, renditions.PUBLIC)
    again = opened(meeting)
    return Check(
        full, public, tuple(log(meeting)), tuple(_besides(full)),
        tuple(_names(meeting, full, public)), tuple(_papers(meeting)),
        tuple(
            Finding(each.key, each.says, "", f"#item-{each.item}", f"Read item {each.item}")
            for each in again
        ),
        two_people=full.restricted or bool(again) or ever_bracketed(meeting),
    )  # fmt: skip


def digest_of(public: Minutes) -> str:
    """The SHA-256 of a public rendition, as its page shows it."""
    return hashlib.sha256(renditions.page(public).encode()).hexdigest()


def _besides(full: Minutes) -> Iterator[str]:
    """What stays out without a line in the log: restricted notes, and actions from before."""
    for item in full.items:
        arising = sum(each.restricted for each in item.arising)
        if arising and not item.restricted:
            yield f"Restricted actions open from before, in item {item.number}: {arising}"
        declared = sum(each.restricted for each in (*item.declared, *item.left))
        if declared and not item.restricted:
            yield f"Restricted words on interests, in item {item.number}: {declared}"
        notes = sum(each.restricted for each in item.notes)
        if notes and not item.restricted:
            yield f"Restricted notes on item {item.number}: {notes}"
    notes = sum(each.restricted for each in full.notes)
    if notes:
        yield f"Restricted notes on the minutes as a whole: {notes}"


def _names(meeting: Meeting, full: Minutes, public: Minutes) -> Iterator[Finding]:
    for name, places in names.on_both_sides(meeting, full, public):
        yield Finding(
            f"name:{hashlib.sha256(name.encode()).hexdigest()[:16]}",
            f"“{name}” stands in restricted text and in the public minutes", ", ".join(places),
            "#public", "Read the public minutes",
        )  # fmt: skip


def _papers(meeting: Meeting) -> Iterator[Finding]:
    for found in papers.hidden_things(meeting):
        yield Finding(found.key, found.says, found.where, found.url, "Send a newer version")
