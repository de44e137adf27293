"""How many rows of what are removed of a case, in the words of an officer."""

from collections.abc import Mapping

from core import removal_words
from core.removal_words import Removed, csv_lines, total

__all__ = ["csv_lines", "lines", "total"]

CALLED = {
    "triggers.Party": "Victim and applicant", "triggers.Impact": "How it hurts",
    "triggers.Complaint": "Incidents", "triggers.ComplaintTest": "Tests of incidents",
    "triggers.Misfit": "What did not fit", "triggers.Application": "The case",
    "triggers.ApplicantMessage": "Messages of the applicant",
}  # fmt: skip


def lines(counted: Mapping[str, int]) -> list[Removed]:
    """The counts of a removal, by kind of record; the most first."""
    return removal_words.lines(counted, CALLED)
