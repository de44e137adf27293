"""Reports in small: a paper of the review, sent to the panel, cleared, made ready."""

import io

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.markings import Marking
from dhr.models import Feedback
from dhr.workflow import publishing, submitting
from documents.workflow import add_document


def pdf(words="What was learned from the death of Anna", change=None):
    """A PDF of one page with these words."""
    with pikepdf.Pdf.new() as made:
        page = made.add_blank_page(page_size=(300, 300))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = made.make_stream(f"BT /F1 12 Tf ({words}) Tj ET".encode("latin-1"))
        if change:
            change(made)
        kept = io.BytesIO()
        made.save(kept, deterministic_id=True)
    return kept.getvalue()


def upload(words="What was learned from the death of Anna", name="report.pdf", change=None):
    """The same as a file that somebody sends in."""
    return SimpleUploadedFile(name, pdf(words, change), "application/pdf")


def paper(review, by, words="The overview report"):
    """A restricted paper of the review."""
    return add_document(
        review.group, title=f"Overview report: {words}", marking=Marking.SENSITIVE,
        file=upload(words), by=by,
    )  # fmt: skip


def submit(review, by, *, document=None, changes="", on=None):
    """The report sent to the Quality Assurance Panel."""
    review.refresh_from_db()
    return submitting.submit(
        review, document=document or paper(review, by), submitted_on=on or clock.today(),
        changes=changes, by=by,
    )  # fmt: skip


def clear(submission, by, feedback=Feedback.CLEARED, text=""):
    """What the panel answered."""
    return submitting.record_feedback(
        submission, feedback=feedback, on=clock.today(), text=text, by=by
    )


def prepare(review, by, **more):
    """The public report made ready."""
    told = {
        "title": "Domestic homicide review: Anna", "about": "What the review found.\n\nAnd more.",
        "report": upload(), "summary": upload("In short"),
    }  # fmt: skip
    return publishing.prepare(review, **(told | more), by=by)
