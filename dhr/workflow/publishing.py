"""Publication of a cleared report: made ready by one, read and published by another, taken off.

No report is published before the Quality Assurance Panel has cleared it: said here, beside the
file that ``documents`` is asked to publish, and by a trigger of the database.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

import documents.workflow
from core import clock, history, markup
from core.dates import count, months_after
from core.permissions import can
from core.workflow import Wrong
from core.working_days import add_working_days
from dhr.models import (
    About,
    Feedback,
    PublishedReport,
    Rendition,
    Review,
    Stage,
    Step,
    Submission,
)
from dhr.queries import people, publishing
from dhr.queries.progress import named
from dhr.workflow import milestones
from dhr.workflow.publicly import looked_through
from dhr.workflow.rules import rule_on
from dhr.workflow.steps import REASON, keep, note, past_day, take, tell_people, text_of
from documents.checks import Checked
from documents.models import Content, Publication
from documents.workflow import publication
from documents.workflow.papers import keep as keep_file

COPIES_WITHIN = 5  # working days: "as soon as reasonably practicable" (section 9(3B)) has no term
COPY_TOLD = (About.PUBLICATION, About.REPORT)
KIND, SUMMARY_KIND = "death review", "death review: executive summary"
GONE = (
    "This report stood here for the time for which such reports are public. If you need to read "
    "it, ask the community safety team."
)
CORRECTED = "A corrected report was published"
AGAIN = "The report was published again"


@transaction.atomic
def prepare(
    review: Review, *, title: str, about: str, report: Any, summary: Any = None,
    correction_note: str = "", by: Any,
) -> Rendition:  # fmt: skip
    """Make the public report ready: its PDF, an executive summary, and the words of its page.

    All of it is looked through for the names of the key and for what a PDF hides. Somebody else
    publishes it. Raises ``Wrong``, ``ValidationError``.
    """
    review = take(review, by=by, stages=(Stage.CLEARED,))
    if not review.led_here:
        raise Wrong(f"{review.led_by} publishes this report. Write down where it stands.")
    if review.renditions.filter(ended_at=None).exists():
        raise Wrong("A public report waits already. Put it away first.")
    wrong: dict[str, str] = {}
    title = text_of(wrong, "title", title, "Enter a title", 160)
    about = text_of(wrong, "about", about, "Enter what the public reads on the page")
    missing = "Enter what was corrected" if publishing.shown_of(review) else ""
    correction_note = text_of(wrong, "correction_note", correction_note, missing, REASON)
    for name, words in (("title", title), ("about", about), ("correction_note", correction_note)):
        if refused := named(review, words):
            wrong[name] = refused
    if title and not slugify(title):
        wrong["title"] = "Enter a title with letters in it"
    files = {
        name: looked_through(review, name, file, wrong)
        for name, file in (("report", report), ("summary", summary))
    }
    if files["report"] is None and "report" not in wrong:
        wrong["report"] = "Choose the PDF of the public report"
    if wrong:
        raise ValidationError(wrong)
    made = Rendition(
        review=review, submission=_cleared(review), title=title, about=about,
        correction_note=correction_note, prepared_by=by,
    )  # fmt: skip
    for name, file in files.items():
        setattr(made, f"{name}_id", _kept(file))
    made.save(force_insert=True)
    note("made a public report ready in", review, by=by)
    tell_people(
        people.keepers_of(review), review, "death-review-to-publish",
        "A public report waits for somebody else to publish it", by=by, occurrence=str(made.pk),
    )  # fmt: skip
    return made


def _kept(file: Checked | None) -> str | None:
    return keep_file(file.data, file.sha256) if file else None


def _cleared(review: Review) -> Submission:
    """The clearance on which the review stands. Raises ``Wrong`` where there is none."""
    last = review.submissions.first()
    if last is None or last.feedback != Feedback.CLEARED:
        raise Wrong("The Quality Assurance Panel has not cleared this report.")
    return last


@transaction.atomic
def put_away(rendition: Rendition, *, because: str, by: Any) -> Rendition:
    """Not publish what waits, with the reason: by whoever made it, or whoever could publish it."""
    review = take(rendition.review, by=by, verb="settle")
    rendition = _waiting(rendition)
    wrong: dict[str, str] = {}
    because = text_of(wrong, "because", because, "Enter why it is not published", REASON)
    if wrong:
        raise ValidationError(wrong)
    _end(rendition, by, because)
    note("put a public report away in", review, by=by)
    tell_people(
        [rendition.prepared_by], review, "death-review-put-away",
        "A public report was put away", by=by, occurrence=str(rendition.pk),
    )  # fmt: skip
    return rendition


@transaction.atomic
def publish(rendition: Rendition, *, by: Any) -> PublishedReport:
    """Publish a report that somebody else made ready, once the panel has cleared it.

    It is looked through for names once more: the key may hold more of them by now. What it
    corrects stays at its address and leads to this one. Raises ``Wrong``, ``ValidationError``.
    """
    review = take(rendition.review, by=by, verb="settle", stages=(Stage.CLEARED,))
    rendition = _waiting(rendition)
    if rendition.prepared_by_id == by.pk:
        raise Wrong("Somebody else must read it and publish it: you made it ready.")
    if rendition.submission_id != _cleared(review).pk:
        raise Wrong("This was made ready before the last clearance. Put it away.")
    _still_nameless(rendition)
    before = publishing.shown_of(review)
    allowed = can(by, "settle", review)
    try:
        old = before.publication if before else None
        report = _out(rendition, rendition.report, old, allowed, by=by)
        summary = _summary_out(rendition, before, allowed, by)
    except ValidationError as wrong:
        if hasattr(wrong, "error_dict") and "slug" in wrong.error_dict:
            raise Wrong("Something is published under this title already.") from wrong
        raise
    _end(rendition, by, "")
    if before:
        _no_longer(before, clock.today(), CORRECTED, by)
    return _published(review, by, clock.today(), publication=report, summary=summary)


def _still_nameless(rendition: Rendition) -> None:
    wrong: dict[str, str] = {}
    for content in filter(None, (rendition.report, rendition.summary)):
        file = Checked("report.pdf", "application/pdf", bytes(content.data))
        looked_through(rendition.review, "report", file, wrong)
    texts = (rendition.title, rendition.about, rendition.correction_note)
    if wrong or named(rendition.review, *texts):
        raise Wrong("It holds a name that is in the key by now. Put it away, and take it out.")


def _out(
    rendition: Rendition, content: Content, replaces: Publication | None, allowed: Any, *,
    by: Any, summary: bool = False,
) -> Publication:  # fmt: skip
    """Publish one of its files."""
    slug = slugify(rendition.title)[:80].strip("-") + ("-summary" if summary else "")
    title = f"{rendition.title}: executive summary" if summary else rendition.title
    words = publishing.words_of(content)
    return documents.workflow.publish(
        rendition.review.partnership, kind=SUMMARY_KIND if summary else KIND, slug=slug,
        title=title, summary=_first(rendition.about), html=str(markup.paragraphs(rendition.about)),
        text=f"{rendition.about}\n\n{words}", pdf=bytes(content.data), file_name=f"{slug}.pdf",
        replaces=replaces, correction_note=rendition.correction_note if replaces else "",
        allowed=allowed, by=by,
    )  # fmt: skip


def _summary_out(
    rendition: Rendition, before: PublishedReport | None, allowed: Any, by: Any
) -> Publication | None:
    """The executive summary; one that is not published again goes off the site."""
    old = before.summary if before else None
    if rendition.summary:
        return _out(rendition, rendition.summary, old, allowed, by=by, summary=True)
    if old:
        documents.workflow.withdraw(old, says=GONE, allowed=allowed, by=by)
    return None


def _first(text: str) -> str:
    """The first paragraph, as far as a list has room for it."""
    first = " ".join(text.split("\n\n")[0].split())
    return first if len(first) <= 300 else f"{first[:299].rsplit(' ', 1)[0]}…"


@transaction.atomic
def publish_elsewhere(
    review: Review, *, elsewhere_url: str, published_on: datetime.date, by: Any
) -> PublishedReport:
    """Write down where the partnership that leads the review has published its report."""
    review = take(review, by=by, stages=(Stage.CLEARED,))
    if review.led_here:
        raise Wrong("This partnership leads the review, so its report is published here.")
    cleared = _cleared(review)
    wrong: dict[str, str] = {}
    since = cleared.feedback_on or cleared.submitted_on
    past_day(wrong, "published_on", published_on, since, "the clearance")
    try:
        PublishedReport._meta.get_field("elsewhere_url").clean(elsewhere_url, None)
    except ValidationError:
        wrong["elsewhere_url"] = "Enter the address of the page, such as https://www.example.gov.uk"
    if wrong:
        raise ValidationError(wrong)
    if before := publishing.shown_of(review):
        _no_longer(before, published_on, CORRECTED, by)
    return _published(review, by, published_on, elsewhere_url=elsewhere_url)


def _published(review: Review, by: Any, on: datetime.date, **where: Any) -> PublishedReport:
    """Keep that it was published, and set the dates that follow: the copies, and its last day."""
    arrangement = people.arrangement_of(review.partnership)
    years = arrangement.site_years if arrangement else 1
    made = PublishedReport(
        review=review, submission=_cleared(review), published_on=on,
        remove_on=months_after(on, 12 * years), by=by, **where,
    )  # fmt: skip
    history.save(made, by=by)
    milestones.finish(review, Step.PUBLISH, on, by=by)
    milestones.stop(review, [Step.REMOVE, Step.COPIES], because=AGAIN, on=on, by=by)
    milestones.set_date(
        review, Step.REMOVE, made.remove_on, starts_on=on, by=by,
        says=f"{count(years, 'year')} from publication, as this partnership laid down",
    )  # fmt: skip
    if review.led_here and publishing.copies_of(rule_on(on)):
        milestones.set_date(
            review, Step.COPIES, add_working_days(on, COPIES_WITHIN), starts_on=on, by=by,
            says=f"{count(COPIES_WITHIN, 'working day')} from publication; the Act says as soon as "
            "reasonably practicable",
        )  # fmt: skip
    keep(review, "published the report of", by=by, stage=Stage.PUBLISHED)
    tell_people(
        people.seated(review), review, "death-review-published", "The report is published", by=by
    )
    return made


def copies_sent(review: Review, *, on: datetime.date, by: Any) -> None:
    """Finish the step of the copies once each of those who must have one was sent it."""
    if not publishing.copies_left(review):
        milestones.finish(review, Step.COPIES, on, by=by)


def copies_not_sent(review: Review, *, by: Any) -> None:
    """Let the step of the copies run on, where one of them was not sent after all."""
    done = review.milestones.filter(step=Step.COPIES, done_on__isnull=False).first()
    if done and publishing.copies_left(review):
        done.done_on = None
        history.save(done, by=by)


@transaction.atomic
def take_off_site(report: PublishedReport, *, because: str, by: Any) -> PublishedReport:
    """Take a report off the site, its summary too, because its time is over or for another reason.

    What was published stays on record. Of one that stands elsewhere: that it is gone from there.
    """
    review = take(report.review, by=by, stages=tuple(Stage))
    report = PublishedReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if report.removed_on:
        raise Wrong("This report is off the site already.")
    wrong: dict[str, str] = {}
    because = text_of(wrong, "because", because, "Enter why it is taken off", REASON)
    if wrong:
        raise ValidationError(wrong)
    allowed = can(by, "work on", review)
    for public in filter(None, (report.publication, report.summary)):
        documents.workflow.withdraw(public, says=GONE, allowed=allowed, by=by)
    _no_longer(report, clock.today(), because, by)
    milestones.finish(review, Step.REMOVE, clock.today(), by=by)
    note("took the report off the site of", review, by=by)
    return report


def _no_longer(report: PublishedReport, on: datetime.date, because: str, by: Any) -> None:
    report.removed_on, report.removed_because = max(on, report.published_on), because
    history.save(report, by=by)


def _waiting(rendition: Rendition) -> Rendition:
    rows = Rendition.objects.select_for_update(of=("self",))
    found = rows.select_related("review", "report", "summary", "prepared_by").get(pk=rendition.pk)
    if found.ended_at:
        raise Wrong("This was published or put away already.")
    return found


def _end(rendition: Rendition, by: Any, because: str) -> None:
    rendition.ended_at, rendition.ended_by, rendition.put_away_because = clock.now(), by, because
    rendition.save(update_fields=["ended_at", "ended_by", "put_away_because"])


publication.refusals.append(publishing.not_to_publish)
