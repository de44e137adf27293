"""How a decision was taken, in the sentences of the minutes."""

from collections.abc import Iterator

from meetings.models import Decision


def vote_words(decision: Decision) -> Iterator[str]:
    """Who proposed it, the three counts and who dissented, as far as the minutes say so."""
    if decision.moved_by:
        yield f"Proposed by {decision.moved_by}."
    if decision.votes_for is not None:
        yield (
            f"Votes: {decision.votes_for} for, {decision.votes_against} against, "
            f"{decision.votes_abstained} abstained."
        )
    if decision.dissent:
        yield f"Dissent recorded: {decision.dissent}."
