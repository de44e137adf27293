"""How the report of a review stands: submissions, what waits, what is public, who has a copy."""

from typing import Any

from django.db.models import Q

from core import clock
from dhr.models import (
    About,
    Feedback,
    PublishedReport,
    Rendition,
    Review,
    Rule,
    Stage,
    Submission,
    Whom,
)
from documents.checks.words import words
from documents.models import Content, Document, Version

FREE = (Stage.CLEARED, Stage.PUBLISHED)
NOT_CLEARED = (
    "This file is a paper of a death review that the Quality Assurance Panel has not cleared. It "
    "cannot be published."
)


def shown_of(review: Review) -> PublishedReport | None:
    """The report that is public now, here or elsewhere."""
    rows = PublishedReport.objects.filter(review=review, removed_on=None)
    return rows.select_related("publication__partnership", "summary__partnership").first()


def waits_of(review: Review) -> Rendition | None:
    """What was made ready and waits for somebody else to publish it."""
    rows = Rendition.objects.filter(review=review, ended_at=None)
    return rows.select_related("prepared_by").first()


def words_of(content: Content) -> str:
    """The words of a PDF, for the public search."""
    return words(bytes(content.data), "application/pdf") or ""


def papers_of(review: Review) -> Any:
    """The restricted papers of the review's group that have a file."""
    rows = Document.objects.filter(group=review.group_id, versions__isnull=False)
    return rows.filter(marking="sensitive").distinct().order_by("title")


def copies_of(rule: Rule | None) -> list[Whom]:
    """Who must be sent a copy under a version of the law."""
    if rule is None:
        return []
    owed = (
        (rule.copy_to_commissioner, Whom.COMMISSIONER),
        (rule.copy_to_secretary, Whom.SECRETARY),
    )
    return [whom for asked, whom in owed if asked]


def copies_left(review: Review) -> list[Whom]:
    """Who must be sent a copy of the report that is public now and was not sent it yet."""
    report = shown_of(review)
    if report is None or not review.led_here:
        return []
    rule = Rule.objects.on(report.published_on).filter(starts_on__isnull=False).first()
    sent = set(
        review.told.filter(
            about__in=(About.PUBLICATION, About.REPORT), on__gte=report.published_on
        ).values_list("whom", flat=True)
    )
    return [whom for whom in copies_of(rule) if whom not in sent]


def not_to_publish(sha256: str) -> str:
    """Why a file may not be published by anybody: it is a paper of a review without clearance.

    What was cleared may be, and what was made ready on a clearance; no other paper of the review
    ever is, such as what an agency answered.
    """
    versions = Version.objects.filter(content=sha256).values("document__group")
    of_review = Q(group__in=versions) | Q(parts__group__in=versions) | Q(submissions__sha256=sha256)
    free = {"submission__feedback": Feedback.CLEARED, "review__stage__in": FREE}
    ready = Rendition.objects.filter(
        Q(report=sha256) | Q(summary=sha256), ended_at=None, **free
    ).values("review")
    cleared = Submission.objects.filter(
        sha256=sha256, feedback=Feedback.CLEARED, review__stage__in=FREE
    ).values("review")
    found = Review.objects.filter(of_review).exclude(pk__in=ready).exclude(pk__in=cleared)
    return NOT_CLEARED if found.exists() else ""


def shown(review: Review, user: Any) -> dict[str, Any]:
    """The context of the page."""
    waits = waits_of(review)
    return {
        "submissions": list(review.submissions.select_related("document", "by")),
        "waits": waits,
        "own": waits is not None and waits.prepared_by_id == user.pk,
        "report": shown_of(review),
        "past": list(
            PublishedReport.objects.filter(review=review, removed_on__isnull=False).select_related(
                "publication__partnership"
            )
        ),
        "copies": copies_left(review),
        "can": may(review),
        "over": _over(review),
        "cleared": review.stage == Stage.CLEARED,
    }


def _over(review: Review) -> bool:
    """Whether the time of what is public is over."""
    report = shown_of(review)
    return report is not None and report.remove_on <= clock.today()


def may(review: Review) -> dict[str, bool]:
    """Which steps an officer is offered at this stage."""
    last = review.submissions.first()
    waits = waits_of(review) is not None
    cleared = review.stage == Stage.CLEARED
    return {
        "submit": review.stage in (Stage.UNDER_WAY, Stage.RETURNED),
        "feedback": review.stage == Stage.SUBMITTED,
        "take_back": bool(last) and review.stage in (Stage.CLEARED, Stage.RETURNED) and not waits,
        "prepare": cleared and review.led_here and not waits,
        "elsewhere": cleared and not review.led_here,
        "take_off": shown_of(review) is not None and not review.erased_on,
    }
