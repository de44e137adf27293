"""The questions of an application, in their order."""

from triggers.forms.applying import about, effect, happened
from triggers.forms.applying.asking import Question
from triggers.queries.drafts import Draft

# The questions of the first and the third part, and those of what happened in all; each by the
# last part of its address.
ABOUT: tuple[type[Question], ...] = about.QUESTIONS
EFFECT: tuple[type[Question], ...] = effect.QUESTIONS
TOPICS: tuple[type[Question], ...] = (happened.Topics,)
BY_SLUG = {each.slug: each for each in (*ABOUT, *TOPICS, *EFFECT)}

# The questions about one report.
REPORT: tuple[type[Question], ...] = happened.QUESTIONS
REPORT_BY_SLUG = {each.slug: each for each in REPORT}


def part_of(question: type[Question]) -> tuple[type[Question], ...]:
    """The questions among which this one stands."""
    return next(each for each in (ABOUT, TOPICS, EFFECT, REPORT) if question in each)


def beside(
    question: type[Question], draft: Draft, step: int, complaint: object = None
) -> type[Question] | None:
    """The question after (1) or before (-1) this one, without those that need not be asked."""
    asked = [
        each for each in part_of(question) if each is question or each.applies(draft, complaint)
    ]
    place = asked.index(question) + step
    return asked[place] if 0 <= place < len(asked) else None


__all__ = ["ABOUT", "BY_SLUG", "EFFECT", "REPORT", "REPORT_BY_SLUG", "TOPICS", "Question", "beside"]
