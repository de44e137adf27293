"""A letter on paper: an accessible PDF in the partnership's colours, made once and then kept."""

import datetime

from core import pdf
from core.workflow import Wrong
from triggers.models import Letter, Party, Way
from triggers.queries import drafts
from triggers.queries import letters as queries
from triggers.queries.letter_places import team


def letter_pdf(letter: Letter, party: Party | None, *, on: datetime.date) -> bytes:
    """The letter as a PDF of that day. The address stands on it only where it goes by post.

    Raises ``Wrong`` where this machine cannot make PDFs.
    """
    partnership = letter.application.partnership
    procedure = drafts.procedure_of(partnership)
    context = {
        "title": letter.heading, "partnership": partnership, "procedure": procedure,
        "letter": letter, "body": queries.as_it_goes(letter, on), "on": on,
        "name": party.name if party else "",
        "address": letter.to if letter.way == Way.POST else "",
        "team": team(procedure),
    }  # fmt: skip
    try:
        return pdf.render("pdf/case_letter.html", context)
    except pdf.PDFUnavailable as missing:
        raise Wrong(str(missing)) from missing
