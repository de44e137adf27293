"""What a report says of whom, before it is kept: is it about this review at all?"""

from dataclasses import dataclass

from dhr import names
from dhr.models import Death, KeyEntry, Review
from documents.checks import Checked
from documents.checks.words import words


@dataclass(frozen=True, slots=True)
class Reading:
    """Whether a file could be read, and who of the review is in it, by name or by pseudonym."""

    readable: bool
    named: tuple[str, ...] = ()
    by_pseudonym: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Nobody of the review was found in it, or nothing could be read."""
        return not (self.named or self.by_pseudonym)


def reading(review: Review, file: Checked) -> Reading:
    """Look through a file for the names and the pseudonyms of a review."""
    text = words(file.data, file.content_type)
    if text is None:
        return Reading(readable=False)
    return Reading(True, tuple(names.found_in(review, text)), _pseudonyms(review, text))


def _pseudonyms(review: Review, text: str) -> tuple[str, ...]:
    known = {review.pseudonym, review.reference, review.led_reference}
    known |= set(Death.objects.filter(review=review).values_list("pseudonym", flat=True))
    known |= set(KeyEntry.objects.filter(review=review).values_list("pseudonym", flat=True))
    return tuple(sorted(each for each in known if each and names.holds(text, each)))
