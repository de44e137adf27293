"""The pages of reports, learning, the overview and what is kept, for the table of every page."""

from core import clock
from core.dates import months_after
from dhr.models import Feedback, KeyEntry, Learning, PublishedReport, Review, Stage
from dhr.workflow import learning, retention
from tests.browser.death_pages import (
    CHAIR,
    ELSEWHERE,
    EMPTY_OFFICER,
    MEMBER,
    OFFICER,
    decide,
    told,
)
from tests.dhr.publishing import clear, prepare, submit

NOBODY = ""
LESSON = {
    "kind": "lesson", "happened": "Questions were asked with others in the room.",
    "matters": "Nobody could answer.", "practice": "Ask alone, each time.",
}  # fmt: skip


def names(cast) -> dict[str, object]:
    """What stands in the addresses, by the words of the table below."""
    hazel = cast.people["hazel"]
    sent, cleared, old = (told(cast, name) for name in ("Edith", "Freda", "Grace"))
    for review in (sent, cleared):
        decide(review, cast)
        KeyEntry.objects.create(
            review=review, pseudonym="Adult A", role="died", names="Thistle Canarywharf"
        )
    first = submit(sent, hazel)
    clear(first, hazel, Feedback.CHANGES, "Say more of the children")
    submit(sent, hazel, changes="More of the children")
    submission = submit(cleared, hazel)
    clear(submission, hazel)
    cleared.refresh_from_db()
    prepare(cleared, hazel)
    shown(cleared, submission, hazel)
    closed_on = months_after(clock.today(), -12 * 11)
    Review.objects.filter(pk=old.pk).update(stage=Stage.CLOSED, closed_on=closed_on)
    lesson = learning.write(cast.partnership, title="Ask alone", **LESSON, by=hazel)
    return {
        "sent death": sent.reference, "cleared death": cleared.reference,
        "old death": old.reference, "the lesson": Learning.objects.get(pk=lesson.pk).pk,
        "the hold": retention.put_hold(cleared, reason="The inquest", by=hazel).pk,
    }  # fmt: skip


def shown(review, submission, by):
    """A report that stands elsewhere, beside the one that waits."""
    today = clock.today()
    PublishedReport.objects.create(
        review=review, submission=submission, elsewhere_url="https://www.example.gov.uk",
        published_on=today, remove_on=today, by=by,
    )  # fmt: skip


ROWS = [
    ("dhr:review_report", OFFICER, "death review"),
    ("dhr:review_report", OFFICER, "sent death"),
    ("dhr:review_report", OFFICER, "cleared death"),
    ("dhr:review_report", MEMBER, "death review"),
    ("dhr:report_submit", OFFICER, "death review"),
    ("dhr:report_feedback", OFFICER, "sent death"),
    ("dhr:report_take_back", OFFICER, "cleared death"),
    ("dhr:report_prepare", OFFICER, "cleared death"),
    ("dhr:report_put_away", OFFICER, "cleared death"),
    ("dhr:report_elsewhere", OFFICER, "cleared death"),
    ("dhr:report_take_off", OFFICER, "cleared death"),
    ("dhr:library", NOBODY),
    ("dhr:library", NOBODY, ELSEWHERE),
    ("dhr:learning_list", OFFICER),
    ("dhr:learning_write", OFFICER),
    ("dhr:learning_one", OFFICER, "the lesson"),
    ("dhr:learning_change", OFFICER, "the lesson"),
    ("dhr:learning_withdraw", OFFICER, "the lesson"),
    ("dhr:oversight", OFFICER),
    ("dhr:oversight", CHAIR),
    ("dhr:oversight", EMPTY_OFFICER, ELSEWHERE),
    ("dhr:oversight_agenda", OFFICER),
    ("dhr:oversight_agenda", EMPTY_OFFICER, ELSEWHERE),
    ("dhr:kept", OFFICER),
    ("dhr:kept", EMPTY_OFFICER, ELSEWHERE),
    ("dhr:kept_review", OFFICER, "old death"),
    ("dhr:hold_put", OFFICER, "death review"),
    ("dhr:hold_lift", OFFICER, "cleared death", "the hold"),
]
DOWNLOADS = {
    "dhr:report_file": "a download",
    "dhr:oversight_csv": "a download",
    "dhr:oversight_pdf": "a download",
    "dhr:kept_csv": "a download",
}
