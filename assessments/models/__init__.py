"""Assessments, strategies, powers, policy changes, tensions and what a theme holds."""

from assessments.models.assessments import (
    Assessment,
    AssessmentQuerySet,
    AssessmentStatus,
    ConsultationFinding,
    Evidence,
    EvidenceState,
    Section,
    ThreatScore,
)
from assessments.models.horizon import Level, PolicyChange, PolicyChangeQuerySet, Stage
from assessments.models.parts import PartQuerySet, WorkingQuerySet
from assessments.models.powers import (
    Order,
    OrderQuerySet,
    OrderState,
    Power,
    PowerIndicator,
    PowerLimit,
)
from assessments.models.strategies import (
    DeliveryAction,
    Edition,
    EditionQuerySet,
    EditionStatus,
    Measure,
    Objective,
    PlanPriority,
    PoliceCrimePlan,
    Priority,
    PriorityEvidence,
    Strategy,
)
from assessments.models.themes import (
    TensionReport,
    TensionReportQuerySet,
    ThemeAction,
    ThemePaper,
)

__all__ = [
    "Assessment",
    "AssessmentQuerySet",
    "AssessmentStatus",
    "ConsultationFinding",
    "DeliveryAction",
    "Edition",
    "EditionQuerySet",
    "EditionStatus",
    "Evidence",
    "EvidenceState",
    "Level",
    "Measure",
    "Objective",
    "Order",
    "OrderQuerySet",
    "OrderState",
    "PartQuerySet",
    "PlanPriority",
    "PoliceCrimePlan",
    "PolicyChange",
    "PolicyChangeQuerySet",
    "Power",
    "PowerIndicator",
    "PowerLimit",
    "Priority",
    "PriorityEvidence",
    "Section",
    "Stage",
    "Strategy",
    "TensionReport",
    "TensionReportQuerySet",
    "ThemeAction",
    "ThemePaper",
    "ThreatScore",
    "WorkingQuerySet",
]
