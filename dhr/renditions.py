"""What leaves the panel: lessons and briefings as everybody reads them, and the progress report."""

from collections.abc import Iterator

from django.utils.html import format_html, format_html_join

from core import clock, markup, pdf
from dhr.models import Learning
from dhr.queries.oversight import STATES, Oversight
from membership.models import Partnership

HEADINGS = (
    ("What was seen", "happened"), ("Why it matters", "matters"),
    ("What to do differently", "practice"), ("Where to read more", "where_to_read"),
)  # fmt: skip


def parts(learning: Learning) -> Iterator[tuple[str, str]]:
    """Its headings and texts, those that it has."""
    for heading, name in HEADINGS:
        if text := getattr(learning, name):
            yield heading, text


def summary(learning: Learning) -> str:
    """What lists show of it: how it begins."""
    first = " ".join(learning.happened.split("\n\n")[0].split())
    return first if len(first) <= 300 else f"{first[:299].rsplit(' ', 1)[0]}…"


def page(learning: Learning) -> str:
    """The accessible page."""
    body = format_html_join(
        "", "<h2>{}</h2>{}", ((head, markup.paragraphs(text)) for head, text in parts(learning))
    )
    return str(format_html("{}{}", body, _themes(learning)))


def _themes(learning: Learning) -> str:
    names = ", ".join(str(each) for each in learning.themes.all())
    return format_html("<p>Themes: {}</p>", names) if names else ""


def text(learning: Learning) -> str:
    """Its words, for the public search."""
    words = [f"{heading}\n{text}" for heading, text in parts(learning)]
    return "\n\n".join([*words, *(str(each) for each in learning.themes.all())])


def document(learning: Learning) -> bytes:
    """The PDF."""
    context = {
        "title": learning.title, "partnership": learning.partnership, "learning": learning,
        "parts": list(parts(learning)), "themes": list(learning.themes.all()),
        "today": clock.today(),
    }  # fmt: skip
    return pdf.render("dhr/pdf/learning.html", context)


def progress(partnership: Partnership, found: Oversight, says: str = "") -> bytes:
    """The progress report for the board and the scrutiny committee. Raises ``PDFUnavailable``."""
    return pdf.render("dhr/pdf/progress.html", {
        "title": f"Death reviews: progress of action plans, {partnership.name}",
        "partnership": partnership, "found": found, "states": list(STATES.values()), "says": says,
    })  # fmt: skip
