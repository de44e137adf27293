"""ASB case reviews, once called the Community Trigger: from an application to yearly figures.

Anti-social Behaviour, Crime and Policing Act 2014, sections 104 and 105, and Schedule 4.
"""

from triggers.models.applications import (
    OPEN,
    Application,
    CaseLink,
    Channel,
    Complaint,
    Consent,
    EqualityAnswers,
    Impact,
    OnBehalf,
    Party,
    PartyKind,
    Stage,
    Topic,
    Voice,
    Way,
)
from triggers.models.clocks import Clock, ClockStage, CountedFrom, Delay
from triggers.models.dossiers import Dossier
from triggers.models.information import (
    ChronologyEntry,
    CorrectionAnswer,
    InformationRequest,
    ListCorrection,
    Misfit,
    MisfitKind,
)
from triggers.models.letters import Letter, LetterKind, LetterState, LetterTemplate
from triggers.models.messages import ApplicantMessage, Knock, LinkWish, MessageKind
from triggers.models.notes import CaseNote, NoteKind
from triggers.models.panels import (
    Appeal,
    AppealKind,
    AppealOutcome,
    ConflictCheck,
    Finding,
    Recommendation,
    Response,
    Review,
    VoiceRecord,
)
from triggers.models.procedures import (
    AdditionKind,
    BodyKind,
    ClockSetting,
    LocalAddition,
    Procedure,
    RelevantBody,
    Rule,
    ShownName,
)
from triggers.models.retention import Erasure, Hold
from triggers.models.statistics import PublishedYear
from triggers.models.threshold import Basis, ComplaintTest, ThresholdCheck, ThresholdDecision

__all__ = [
    "OPEN",
    "AdditionKind",
    "Appeal",
    "AppealKind",
    "AppealOutcome",
    "ApplicantMessage",
    "Application",
    "Basis",
    "BodyKind",
    "CaseLink",
    "CaseNote",
    "Channel",
    "ChronologyEntry",
    "Clock",
    "ClockSetting",
    "ClockStage",
    "Complaint",
    "ComplaintTest",
    "ConflictCheck",
    "Consent",
    "CorrectionAnswer",
    "CountedFrom",
    "Delay",
    "Dossier",
    "EqualityAnswers",
    "Erasure",
    "Finding",
    "Hold",
    "Impact",
    "InformationRequest",
    "Knock",
    "Letter",
    "LetterKind",
    "LetterState",
    "LetterTemplate",
    "LinkWish",
    "ListCorrection",
    "LocalAddition",
    "MessageKind",
    "Misfit",
    "MisfitKind",
    "NoteKind",
    "OnBehalf",
    "Party",
    "PartyKind",
    "Procedure",
    "PublishedYear",
    "Recommendation",
    "RelevantBody",
    "Response",
    "Review",
    "Rule",
    "ShownName",
    "Stage",
    "ThresholdCheck",
    "ThresholdDecision",
    "Topic",
    "Voice",
    "VoiceRecord",
    "Way",
]
