"""One text and its two editions: for the public, and for those behind the board's sharing gate.

The public edition is made of queries that never load a restricted word or figure: of the text only
its open part, of the figures only those asked for as the public may see them.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.text import slugify

from assessments import content, scoring
from assessments.drafting.rules import listed, spans
from assessments.figures_of import PUBLIC, RESTRICTED, figures_of, sources_of
from assessments.models import Assessment, AssessmentStatus, EvidenceState
from assessments.renditions.figures import figures_in
from assessments.renditions.shapes import Finding, Part, Report, Sentence, Source
from core import charts, dates, pdf
from core.markings import Marking, holds_passage
from core.markings import spans as spans_of
from figures.queries import months

TITLES = {PUBLIC: "Public edition", RESTRICTED: "Restricted edition"}
COVER = "cover-map.svg"
TEXTS = {PUBLIC: "open_text", RESTRICTED: "text"}
STATES = {
    AssessmentStatus.DRAFTING: "Draft: being written, and not adopted",
    AssessmentStatus.READY: "Draft for the board, not adopted",
}


def build(assessment: Assessment, edition: str) -> Report:
    """The whole of an edition. Ask for the restricted one only for those whom the gate lets in."""
    figures = figures_of(assessment, edition)
    parts = tuple(_parts(assessment, edition, figures))
    restricted = edition == RESTRICTED and any(map(_holds_restricted, parts))
    last = months.later(assessment.ends_on, -1)
    return Report(
        edition=edition,
        partnership=assessment.partnership.name,
        board=assessment.group.name,
        title=assessment.title,
        period=months.period(assessment.starts_on, last),
        state=STATES.get(AssessmentStatus(assessment.status), ""),
        adopted=_adopted(assessment),
        marking=Marking.SENSITIVE if restricted else Marking.OFFICIAL,
        missing=missing_words(figures),
        frozen_on=dates.london_date(assessment.frozen_at) if assessment.frozen_at else None,
        parts=parts,
        sources=sources_shown(assessment, named=edition == RESTRICTED),
        weights=_weights(assessment),
        contributors=_contributors(assessment, edition),
        shows_why=edition == RESTRICTED,
    )


def _holds_restricted(part: Part) -> bool:
    """Whether a part holds what is for those behind the gate, be it only why a threat is grave."""
    told = any(each.restricted for each in part.figures) or any(each.why for each in part.ranking)
    return told or holds_passage(part.text)


def _adopted(assessment: Assessment) -> str:
    if assessment.decision is None:
        return ""
    meeting = assessment.decision.item.meeting
    return (
        f"Adopted by {assessment.group.name} on {dates.longdate(meeting.on)} "
        f"(decision {assessment.decision.reference})."
    )


def missing_words(figures: Any) -> str:
    """Which months are not held, said early in every rendition; nothing where all are."""
    missing = figures["period"]["missing"]
    if not missing:
        return ""
    verb = "is" if len(missing) == 1 else "are"
    return (
        f"{listed(spans(missing))} {verb} not held. Nothing in the street-crime figures is "
        "claimed about that time."
    )


# ---- sections -----------------------------------------------------------------------------------


def _parts(assessment: Assessment, edition: str, figures: Any) -> Iterator[Part]:
    wanted = ("key", "position", "heading", "source", "left_out", TEXTS[edition])
    findings = _findings(assessment)
    ranking = _ranking(assessment, edition)
    for row in assessment.sections.order_by("position").values(*wanted):
        kind = content.BY_KEY.get(row["key"])
        if kind is None:
            continue
        out = set(row["left_out"])
        yield Part(
            key=kind.key, number=row["position"], heading=row["heading"], source=row["source"],
            sentences=tuple(
                each for each in sentences_in(figures, kind.key) if each.key not in out
            ),
            figures=tuple(each for each in figures_in(kind, figures) if each.key not in out),
            text=row[TEXTS[edition]] or "",
            findings=findings if kind.key == "public" else (),
            ranking=ranking if kind.key == "conclusions" else (),
        )  # fmt: skip


def sentences_in(figures: Any, section: str) -> tuple[Sentence, ...]:
    """The drafted sentences of a section, each with the key by which it can be left out."""
    return tuple(
        Sentence(sentence_key(each), each["text"]) for each in figures["sentences"].get(section, ())
    )


def sentence_key(drafted: Any) -> str:
    """What tells a sentence from the others: its rule, and what it is about."""
    facts = drafted["facts"]
    about = facts.get("type") or facts.get("indicator") or facts.get("month") or ""
    return f"sentence:{drafted['rule']}:{slugify(about)}".rstrip(":")


def _findings(assessment: Assessment) -> tuple[Finding, ...]:
    return tuple(
        Finding(each.title, _asked(each), each.finding)
        for each in assessment.consultation.order_by("ends_on", "title")
    )


def _asked(found: Any) -> str:
    when = f"{dates.longdate(found.starts_on)} to {dates.longdate(found.ends_on)}"
    how = f"{found.method}, {when}"
    return f"{how}. {found.respondents:,} answered." if found.respondents is not None else f"{how}."


def _ranking(assessment: Assessment, edition: str) -> tuple[scoring.Ranked, ...]:
    """Threats by their scores. Why each is scored so is for the board alone."""
    wanted = ("name", "scores", "why") if edition == RESTRICTED else ("name", "scores")
    return tuple(scoring.ranked(assessment.scores.values(*wanted), assessment.weights))


def _weights(assessment: Assessment) -> tuple[tuple[str, int, str, str], ...]:
    weights = scoring.weights_of(assessment.weights)
    return tuple(
        (each.label, weights[each.key], each.lowest, each.highest) for each in scoring.FACTORS
    )


def _contributors(assessment: Assessment, edition: str) -> tuple[str, ...]:
    """Agencies whose evidence was used; that one sent in restricted evidence is not for all."""
    used = assessment.evidence.filter(state=EvidenceState.USED)
    if edition == PUBLIC:
        used = used.filter(marking=Marking.OFFICIAL)
    names = used.order_by("agency__name").values_list("agency__name", flat=True).distinct()
    return tuple(names)


def sources_shown(assessment: Assessment, *, named: bool = True) -> tuple[Source, ...]:
    """The files that street-crime figures come from; ``named`` says by whom they were read."""
    found = assessment.sources if assessment.frozen else sources_of(assessment)
    return tuple(_source(each if named else {**each, "by": ""}) for each in found)


def _source(kept: dict[str, str]) -> Source:
    """A file as it was frozen, with its month and day in words."""
    month = months.name(months.parse(kept["month"]))
    read_on = dates.longdate(datetime.date.fromisoformat(kept["read_on"]))
    return Source(**{**kept, "month": month, "read_on": read_on})


def left_out(full: Report, public: Report) -> list[str]:
    """What the public edition leaves out of the full one, in words for the officer."""
    shown = {each.key for part in public.parts for each in part.figures}
    out = []
    for part in full.parts:
        hidden = len(spans_of(part.text))
        if hidden:
            out.append(f"{dates.count(hidden, 'restricted passage')} in {part.heading}")
        out += [
            f"The figures of {each.title} in {part.heading}"
            for each in part.figures
            if each.key not in shown
        ]
        if any(each.why for each in part.ranking):
            out.append(f"Why threats are scored as they are, in {part.heading}")
    used = set(full.contributors) - set(public.contributors)
    if used:
        out.append(f"That {listed(sorted(used))} sent in evidence, all of which is restricted")
    return out


# ---- as page, text and file ---------------------------------------------------------------------


def page(report: Report) -> str:
    """The body of the public page."""
    return render_to_string("assessments/public_report.html", {"report": report})


def document(report: Report) -> bytes:
    """The PDF, with the first map in it as a quiet picture on its cover."""
    drawn = [each.chart for part in report.parts for each in part.figures]
    first = next((each for each in drawn if isinstance(each, charts.Map)), None)
    pictures = {COVER: charts.silhouette(first)}
    return pdf.render("pdf/assessment.html", {"report": report}, pictures=pictures)


def file_name(assessment: Assessment, report: Report) -> str:
    """The PDF's name, with the marking where it has one to heed."""
    parts = [assessment.partnership.slug, "strategic-assessment", assessment.slug]
    if report.state:
        parts.append("draft")
    if report.restricted:
        parts.append(slugify(report.marking.label))
    return "-".join(parts) + ".pdf"


def text(report: Report) -> str:
    """Every word of it, for the search."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield from (report.title, report.partnership, report.period, report.adopted, report.missing)
    for part in report.parts:
        yield f"{part.number}. {part.heading}"
        yield from (each.text for each in part.sentences)
        yield part.text
        for found in part.findings:
            yield f"{found.title} {found.asked} {found.finding}"
        for each in part.ranking:
            yield f"{each.rank}. {each.name}: {each.total} of {each.most}"
        for shown in part.figures:
            yield f"{shown.title} {shown.note}"
            yield from (" ".join(row) for row in shown.table.rows)


def csv_lines(report: Report) -> Iterator[tuple[str, ...]]:
    """Every figure of an edition: section, figure, row, column and value."""
    for part in report.parts:
        for shown in part.figures:
            for row in shown.table.rows:
                for heading, value in zip(shown.table.headings[1:], row[1:], strict=False):
                    yield part.heading, shown.title, row[0], heading, value


CSV_HEADINGS = ("Section", "Figure", "Row", "Column", "Value")
