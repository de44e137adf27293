"""The meeting's life: its date, agenda, attendance, minutes, decisions and their publication."""

from meetings.models.beforehand import (
    AgendaTemplate,
    Answer,
    BacklogItem,
    OfferedPaper,
    Origin,
    SubgroupReport,
    TemplateLine,
)
from meetings.models.decisions import (
    Admission,
    ChairReview,
    Decision,
    MinutedAction,
    Office,
    Outcome,
    OutcomeState,
)
from meetings.models.feeds import CalendarFeed
from meetings.models.items import Draft, Item, ItemKind, ItemQuerySet, Paper
from meetings.models.meetings import (
    AFTER,
    BEFORE,
    DRAFT_MINUTES,
    SHOWN_MINUTES,
    Meeting,
    MeetingQuerySet,
    Status,
)
from meetings.models.packs import (
    Making,
    Pack,
    PackFile,
    PackPart,
    PackReading,
    PublicDossier,
    Rendition,
)
from meetings.models.people import HERE, Attendance, Declaration, Presence
from meetings.models.reviews import (
    Correction,
    CorrectionState,
    ItemAgreement,
    LaterNote,
    PublicationRequest,
    Redaction,
    Remark,
    Review,
)

__all__ = [
    "AFTER", "BEFORE", "DRAFT_MINUTES", "HERE", "SHOWN_MINUTES", "Admission", "AgendaTemplate",
    "Answer", "Attendance", "BacklogItem", "CalendarFeed", "ChairReview", "Correction",
    "CorrectionState", "Decision", "Declaration", "Draft", "Item", "ItemAgreement", "ItemKind",
    "ItemQuerySet", "LaterNote", "Making", "Meeting", "MeetingQuerySet", "MinutedAction",
    "OfferedPaper", "Office", "Origin", "Outcome", "OutcomeState", "Pack", "PackFile", "PackPart",
    "PackReading", "Paper", "Presence", "PublicDossier", "PublicationRequest", "Redaction",
    "Remark", "Rendition", "Review", "Status", "SubgroupReport", "TemplateLine",
]  # fmt: skip
