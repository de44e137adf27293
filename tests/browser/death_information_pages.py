"""The pages of what agencies are asked for a death review, of its chronology and its key."""

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from dhr.models import Review
from dhr.workflow import information, key
from tests.browser.death_pages import CHAIR, DAY, MEMBER, OFFICER
from tests.dhr.agencies import docx

POLICE = "fern"


def names(cast, reference) -> dict[str, object]:
    """What stands in the addresses, by the words of the table below."""
    hazel, police = cast.people["hazel"], cast.bodies["police"]
    review = Review.objects.get(reference=reference)
    entry = key.add(
        review, pseudonym="Adult B", role="other_person", names="Will Quincebury", by=hazel
    )
    waits = asked(review, police, "imr", hazel)
    drafted = asked(review, cast.bodies["council"], "chronology", hazel)
    line = line_of(drafted, hazel, 100)
    return {
        "the entry": entry.pk, "asked report": waits.pk, "asked chronology": drafted.pk,
        "a line": line.pk, "sent report": sent(review, police, hazel).pk,
        "a silence": silence(review, police, hazel).pk,
    }  # fmt: skip


def asked(review, agency, kind, by):
    return information.ask(review, agency=agency, kind=kind, questions="Since when?", by=by)


def line_of(found, by, days, **more):
    return information.add_line(
        found, on=clock.today() - days * DAY, what="Call", done="Went there", by=by, **more
    )


def silence(review, agency, by):
    """A chronology that was sent, with nothing for a long time after a high risk."""
    found = asked(review, agency, "chronology", by)
    line = line_of(found, by, 300, risk="high", who="Adult B")
    line_of(found, by, 200)
    information.send_answer(information.save_answer(found, known=True, by=by), by=by)
    return line


def sent(review, agency, by):
    found = asked(review, agency, "summary", by)
    file = SimpleUploadedFile("summary.docx", docx("We knew Adult B."))
    return information.send_report(found, file=file, by=by)


ROWS = [
    ("dhr:asked", POLICE),
    ("dhr:asked", CHAIR),
    ("dhr:compliance", OFFICER),
    ("dhr:compliance", CHAIR),
    ("dhr:review_information", OFFICER, "death review"),
    ("dhr:review_information", OFFICER, "death review", "?kind=secure"),
    ("dhr:review_information", MEMBER, "death review"),
    ("dhr:review_information", OFFICER, "new death"),
    ("dhr:review_ask", OFFICER, "death review"),
    ("dhr:review_ask", OFFICER, "new death"),
    ("dhr:review_chronology", OFFICER, "death review"),
    ("dhr:review_chronology", MEMBER, "death review", "?kind=silent"),
    ("dhr:review_chronology", OFFICER, "new death"),
    ("dhr:difference_settle", OFFICER, "death review", "silent", "a silence"),
    ("dhr:review_key", OFFICER, "death review"),
    ("dhr:review_key", OFFICER, "new death"),
    ("dhr:key_add", OFFICER, "death review"),
    ("dhr:key_change", OFFICER, "death review", "the entry"),
    ("dhr:key_remove", OFFICER, "death review", "the entry"),
    ("dhr:asked_one", POLICE, "asked report"),
    ("dhr:asked_one", OFFICER, "asked report", "?write=1"),
    ("dhr:asked_one", OFFICER, "asked chronology"),
    ("dhr:asked_one", OFFICER, "sent report"),
    ("dhr:asked_one", MEMBER, "sent report"),
    ("dhr:asked_check", OFFICER, "sent report"),
    ("dhr:asked_take_off", OFFICER, "sent report"),
    ("dhr:asked_further", OFFICER, "asked chronology"),
    ("dhr:line_add", OFFICER, "asked chronology"),
    ("dhr:line_change", OFFICER, "asked chronology", "a line"),
    ("dhr:line_import", OFFICER, "asked chronology"),
]
DOWNLOADS = {
    "dhr:compliance_csv": "a download",
    "dhr:review_information_csv": "a download",
    "dhr:chronology_file": "a download",
    "dhr:asked_report": "a download",
}
