"""The papers of the demonstration's agendas: short, with Dartford's real figures where they exist.

Street-level counts: data.police.uk, Dartford's 67 LSOAs, January to September 2025. Contains public
sector information licensed under the Open Government Licence v3.0.
"""

from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile

from core import pdf
from core.markings import Marking
from meetings.models import ItemKind


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: for which item, what it says, and a table if it has one."""

    kind: str
    title: str
    text: str
    marking: str = Marking.OFFICIAL
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())
    public: bool = False


# Type, January to March, April to June, July to September 2025.
COUNTS = (
    ("Anti-social behaviour", 346, 519, 588),
    ("Bicycle theft", 6, 21, 13),
    ("Burglary", 117, 82, 74),
    ("Drugs", 138, 128, 100),
    ("Possession of weapons", 30, 26, 24),
    ("Shoplifting", 528, 605, 521),
    ("Vehicle crime", 209, 164, 215),
    ("Violence and sexual offences", 1111, 1094, 1179),
    ("All records", 3203, 3359, 3532),
)
QUARTERS = ("January to March 2025", "April to June 2025", "July to September 2025")


def performance(quarter: int) -> Paper:
    """The quarter's figures beside the quarter before: counts, differences, never a bare arrow."""
    now = QUARTERS[quarter]
    if quarter == 0:
        headings: tuple[str, ...] = ("Type", now)
        rows = tuple((line[0], f"{line[1]:,}") for line in COUNTS)
    else:
        headings = ("Type", QUARTERS[quarter - 1], now, "Difference")
        rows = tuple(
            (line[0], f"{line[quarter]:,}", f"{line[quarter + 1]:,}",
             f"{int(line[quarter + 1]) - int(line[quarter]):+,}")
            for line in COUNTS
        )  # fmt: skip
    return Paper(
        ItemKind.PERFORMANCE, f"Figures, {now}",
        "Counts of street-level records in the borough. They are not Home Office recorded crime: "
        "fraud is not in them and places are rounded to a nearby point.\n\n"
        "Source: data.police.uk, Open Government Licence v3.0.",
        headings=headings, rows=rows, public=True,
    )  # fmt: skip


HORIZON = Paper(
    ItemKind.HORIZON, "Changes in policy and law this quarter",
    "**Crime and Policing Act 2026.** The first of its provisions on anti-social behaviour began "
    "on 29 June 2026. Officers are checking which civil orders change, and from when.\n\n"
    "**Police and crime commissioners.** The Government has announced that they end in May 2028. "
    "The partnership’s grants and their scrutiny will pass to another body.\n\n"
    "**Councils in Kent.** New unitary councils may begin in April 2028. The terms of reference "
    "name bodies that would end.",
    public=True,
)  # fmt: skip

POWERS = Paper(
    ItemKind.POWERS, "Town centre protection order: renew it, change it or let it end",
    "The public spaces protection order for the town centre has been in force since 1 February "
    "2024. It lasts three years, so it ends with January 2027 unless it is extended first "
    "(Anti-social Behaviour, Crime and Policing Act 2014 s.60).\n\n"
    "**Choices**\n\n- extend it as it is\n- extend it with changed terms, after consultation\n"
    "- let it end, and rely on notices to individual people\n\n"
    "Consultation with the chief officer of police, the Commissioner and community "
    "representatives must come before any extension (s.72).",
)  # fmt: skip

STRATEGY = Paper(
    ItemKind.STRATEGY, "Strategy 2025 to 2028: delivery so far",
    "Of the year’s 20 delivery actions 15 are on time, 3 are late with a new date and a reason, "
    "and 2 are complete.\n\nThe late ones are the domestic abuse service directory, the evening "
    "patrols at Hythe Street and the training for community venues.",
)  # fmt: skip

DVACS = Paper(
    ItemKind.DVACS, "DVACS: highlights, risks and what is asked of the board",
    "**Highlights.** One location closed after four months without a report. Outreach reached 14 "
    "young people in the quarter.\n\n**Risk.** Evening cover at the second location ends in "
    "December.\n\n**Asked of the board.** To support cover until the end of March.",
    marking=Marking.SENSITIVE,
)  # fmt: skip


def file_of(paper: Paper, when: str) -> SimpleUploadedFile:
    """The paper as a file: a PDF, or plain text where this machine cannot make PDFs."""
    name = "-".join(paper.title.lower().replace(":", "").replace(",", "").split())[:60]
    try:
        made = pdf.render("demo/paper.html", {"paper": paper, "when": when})
    except pdf.PDFUnavailable:
        lines = ["\t".join(row) for row in (paper.headings, *paper.rows) if row]
        text = "\n".join([paper.title, "", paper.text.replace("**", ""), "", *lines])
        return SimpleUploadedFile(f"{name}.txt", text.encode(), "text/plain")
    return SimpleUploadedFile(f"{name}.pdf", made, "application/pdf")
