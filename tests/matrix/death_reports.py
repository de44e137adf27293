"""Reports, learning, oversight and keeping of death reviews, for the two tables.

Of "running" and "chaired" a report is cleared and another waits to be published; one stands
elsewhere. "old" was closed long ago, and its removal is approved. "lesson" is not published.
"""

from types import SimpleNamespace

from core import clock
from core.dates import months_after
from dhr.models import Erasure, Hold, Learning, PublishedReport, Rendition, Review, Stage
from dhr.workflow import learning
from documents.workflow.papers import checked_file, keep
from tests.dhr.publishing import upload

OF_PARTNERSHIP = {
    "library", "learning_list", "learning_write", "oversight", "oversight_csv", "oversight_pdf",
    "oversight_agenda", "kept", "kept_csv",
}  # fmt: skip
OF_LESSON = {
    "learning_one", "learning_change", "learning_check", "learning_publish", "learning_put_away",
    "learning_withdraw",
}  # fmt: skip
OF_REPORT = {
    "review_report", "report_submit", "report_feedback", "report_take_back", "report_prepare",
    "report_file", "report_publish", "report_put_away", "report_elsewhere", "report_take_off",
}  # fmt: skip


class DeathReports:
    """Mixed into ``Matrix``."""

    world: SimpleNamespace

    def learning_of(self, name):
        def make():
            self.arrangement_of("dartford")
            made = learning.write(
                self.world.partnership, kind="lesson", title="Ask alone", happened="Seen",
                practice="Ask", by=self.world.officer,
            )  # fmt: skip
            return Learning.objects.get(pk=made.pk)

        return self.once("learning", make)

    def old_review(self):
        def make():
            closed_on = months_after(clock.today(), -12 * 11)
            review = self.review_of("other old")
            Review.objects.filter(pk=review.pk).update(stage=Stage.CLOSED, closed_on=closed_on)
            Erasure.objects.create(review=review, by=self.world.officer)
            return review

        return self.once("old death review", make)

    def report_of(self, review):
        """What was sent, what waits, and what is public, each beside the other."""

        def make():
            today, by = clock.today(), self.world.officer
            sent = review.submissions.create(
                number=1, submitted_on=today, feedback="cleared", feedback_on=today, by=by
            )
            file = checked_file(upload())
            Rendition.objects.create(
                review=review, submission=sent, title="Report", about="What was learned",
                report_id=keep(file.data, file.sha256), prepared_by=by,
            )  # fmt: skip
            PublishedReport.objects.create(
                review=review, submission=sent, elsewhere_url="https://www.example.gov.uk",
                published_on=today, remove_on=months_after(today, 36), by=by,
            )  # fmt: skip

        self.once(("death report", review.pk), make)

    def death_report_arguments(self, name, target):
        """The arguments of an address of these pages; nothing for other addresses."""
        if name in OF_PARTNERSHIP:
            self.arrangement_of("dartford")
            return []
        if name in OF_LESSON:
            return [self.learning_of(target).pk]
        if name in OF_REPORT:
            review = self.review_of(target)
            self.report_of(review)
            return [review.reference, *(["report"] if name == "report_file" else [])]
        if name in {"kept_review", "kept_take_back"}:
            return [self.old_review().reference]
        if name in {"hold_put", "hold_lift"}:
            review = self.review_of(target)
            return [review.reference, *([self.hold_of(review).pk] if name == "hold_lift" else [])]
        return None

    def hold_of(self, review):
        return self.once(
            "death hold",
            lambda: Hold.objects.create(review=review, reason="Inquest", by=self.world.officer),
        )
