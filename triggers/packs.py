"""The panel's pack: all accounts of a case in one PDF, for those who sit on it.

No name and no way to reach anybody is put into it; where the trouble is stands there, for a panel
cannot do without.
"""

from typing import Any

from core import clock, pdf
from core.dates import longdate
from triggers.effects import FEELS, HATE, VULNERABLE
from triggers.models import (
    Application,
    CorrectionAnswer,
    InformationRequest,
    ListCorrection,
    Voice,
)
from triggers.queries import cases, incidents, merged, panels
from triggers.queries.threshold import standing_decision


def build(case: Application, *, by: Any) -> bytes:
    """The pack as it stands now. Raises ``core.pdf.PDFUnavailable``."""
    return pdf.render("triggers/pdf/pack.html", content(case, by=by))


def content(case: Application, *, by: Any) -> dict[str, Any]:
    """What the pack says."""
    review = panels.review_of(case)
    meeting = panels.meeting_of(review)
    impact = cases.impact_of(case)
    return {
        "title": f"Case review {case.reference}: panel pack",
        "partnership": case.partnership,
        "case": case,
        "made": longdate(clock.today()),
        "meeting": panels.meeting_words(meeting) if meeting else "",
        "lede": cases.lede(case),
        "decision": standing_decision(case),
        "sitting": panels.sitting(case),
        "parts": sorted(panels.parts(case).values(), key=lambda each: each[0].name),
        "warnings": panels.warnings(case),
        "list_words": incidents.words(case),
        "complaints": [
            each for each in incidents.all_of(case) if not each.removed_because
        ],
        "corrections": ListCorrection.objects.filter(
            application=case, answer=CorrectionAnswer.NOTED
        ).select_related("complaint"),
        "impact": impact,
        "feels": _words(FEELS, impact.feels if impact else []),
        "vulnerable": _words(VULNERABLE, impact.vulnerable if impact else []),
        "hate": _words(HATE, impact.hate if impact else []),
        "voices": panels.voices(case),
        "wishes_to": Voice(impact.voice).label if impact and impact.voice else "",
        "returns": _returns(case),
        "timeline": merged.timeline(case, by),
    }  # fmt: skip


def _words(labels: list[tuple[str, str]], ticked: list[str]) -> str:
    return "; ".join(label for key, label in labels if key in ticked)


def _returns(case: Application) -> list[InformationRequest]:
    """Every body that was asked and still is, with what it sent, if it has."""
    found = InformationRequest.objects.filter(application=case)
    found = found.exclude(request__status="withdrawn")
    return list(found.select_related("agency", "request").order_by("agency__name"))
