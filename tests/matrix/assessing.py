"""Strategic Assessments, for the two tables: one being drafted, and one that is adopted."""

import datetime

from assessments.models import (
    Assessment,
    ConsultationFinding,
    Evidence,
    Section,
    ThreatScore,
)
from core import clock
from core.markings import Marking
from meetings.models import Decision

OF_SECTIONS = {"section", "section_done", "section_undone", "section_history"}
OF_EDITIONS = {"assessment_read", "assessment_pdf", "assessment_csv"}
WITH_KEY = {"finding_change", "finding_remove", "score_change", "score_remove"}
OF_ASSESSMENTS = {
    "assessment", "assessment_sources", "evidence", "evidence_offer", "findings", "finding_add",
    "scores", "score_add", "weights", "assessment_board", "assessment_take_back",
    "assessment_adopt", "assessment_publish", "assessment_approve", "assessment_decline",
}  # fmt: skip
NAMES = {*OF_SECTIONS, *OF_EDITIONS, *WITH_KEY, *OF_ASSESSMENTS, "evidence_answer"}
EMPTY = {"period": {"missing": [], "held": [], "months": []}, "sentences": {}, "indicators": {}}


class Assessing:
    """Mixed into ``Matrix``."""

    def assessment_of(self, name):
        """ "draft" or "adopted"; a word behind it is an edition."""
        state = name.split()[0]
        return self.once(("assessment", state), lambda: self.make_assessment(state))

    def make_assessment(self, state):
        year, more = (2024, {}) if state == "draft" else (2023, self.adoption())
        return Assessment.objects.create(
            partnership=self.world.partnership, group=self.world.board, title="Assessment",
            slug=state, starts_on=datetime.date(year, 10, 1),
            ends_on=datetime.date(year + 1, 10, 1), created_by=self.world.officer, **more,
        )  # fmt: skip

    def adoption(self):
        item = self.item_of("board open", held=True)
        decision = Decision.objects.create(
            item=item, number=7, text="Adopted", made_by=self.world.officer
        )
        return {
            "status": "adopted", "decision": decision, "frozen_at": clock.now(),
            "frozen_by": self.world.officer, "figures": {"public": EMPTY, "restricted": EMPTY},
        }  # fmt: skip

    def section_of(self, name):
        return self.once(
            ("section", name),
            lambda: Section.objects.create(
                assessment=self.assessment_of(name), key="county", position=1, heading="County"
            ),
        )  # fmt: skip

    def evidence_of(self, name):
        """ "open" or "restricted", sent in by watch."""
        marking = Marking.SENSITIVE if name == "restricted" else Marking.OFFICIAL
        return self.once(
            ("evidence", name),
            lambda: Evidence.objects.create(
                assessment=self.assessment_of("draft"), agency=self.world.watch_body, text="Seen",
                source="Streets", marking=marking, offered_by=self.world.watch,
            ),
        )  # fmt: skip

    def finding(self):
        day = datetime.date(2025, 6, 2)
        return ConsultationFinding.objects.create(
            assessment=self.assessment_of("draft"), title="Survey", method="Online",
            starts_on=day, ends_on=day, finding="Streets",
        )  # fmt: skip

    def threat(self):
        return ThreatScore.objects.create(
            assessment=self.assessment_of("draft"), name="Knives", scored_by=self.world.officer
        )

    def assessing_arguments(self, name, target):
        """The arguments of an address of these pages."""
        if name == "evidence_answer":
            return ["draft", self.evidence_of(target).pk]
        slug = self.assessment_of(target).slug
        if name in OF_SECTIONS:
            return [slug, self.section_of(target).key]
        if name in OF_EDITIONS:
            return [slug, target.split()[1]]
        if name in WITH_KEY:
            kind = self.finding if name.startswith("finding") else self.threat
            return [slug, self.once(kind.__name__, kind).pk]
        return [slug]
