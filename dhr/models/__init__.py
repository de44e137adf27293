"""Death reviews: domestic homicide reviews, later domestic abuse related death reviews.

Domestic Violence, Crime and Victims Act 2004, section 9, and its statutory guidance.
"""

from dhr.models.arrangements import Arrangement, LawName, Rule, ShownName
from dhr.models.information import (
    ChronologyLine,
    InformationKind,
    InformationRequest,
    Misfit,
    MisfitKind,
    QualityCheck,
    Risk,
    answers_for,
)
from dhr.models.key import KeyEntry, KeyRole
from dhr.models.learning import Learning, LearningKind
from dhr.models.milestones import Delay, Milestone, Step
from dhr.models.people import SeatReason
from dhr.models.plans import (
    Difference,
    DifferenceCheck,
    LearningTheme,
    PlanFile,
    PlanItem,
    Recommendation,
    Scope,
)
from dhr.models.retention import Erasure, Hold
from dhr.models.reviews import (
    OPEN,
    About,
    Chair,
    ConflictCheck,
    Death,
    DeathKind,
    Decision,
    Lead,
    Outcome,
    Part,
    Proceeding,
    ProceedingKind,
    Relation,
    Review,
    Stage,
    Terms,
    Told,
    Whom,
)
from dhr.models.submissions import Feedback, PublishedReport, Rendition, Submission

__all__ = [
    "OPEN", "About", "Arrangement", "Chair", "ChronologyLine", "ConflictCheck", "Death",
    "DeathKind", "Decision", "Delay", "Difference", "DifferenceCheck", "Erasure", "Feedback",
    "Hold", "InformationKind", "InformationRequest", "KeyEntry", "KeyRole", "LawName", "Lead",
    "Learning", "LearningKind", "LearningTheme", "Milestone", "Misfit", "MisfitKind", "Outcome",
    "Part", "PlanFile", "PlanItem", "Proceeding", "ProceedingKind", "PublishedReport",
    "QualityCheck", "Recommendation", "Relation", "Rendition", "Review", "Risk", "Rule", "Scope",
    "SeatReason", "ShownName",
    "Stage", "Step", "Submission", "Terms", "Told", "Whom", "answers_for",
]  # fmt: skip
