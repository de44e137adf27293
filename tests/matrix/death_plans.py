"""Recommendations and plans of death reviews, for the two tables.

"running item" is led by the police, "chaired item" by the council, whose officer works on it, and
"gravesham item" by the council there, whose officer sits on the part.
"""

from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from actions.models import Update
from actions.workflow import update
from core import clock
from core.permissions import ALLOWED
from dhr.models import PlanFile, PlanItem, Recommendation
from dhr.workflow import plans
from tests.dhr.conftest import DAY
from tests.documents.files import pdf
from tests.world import LONG_AGO

OF_PARTNERSHIP = {"lessons", "lessons_csv"}
OF_ITEM = {
    "plan_item", "item_change", "item_move", "item_complete", "item_incomplete", "item_answered",
    "item_sign_off", "item_send_back", "item_check", "item_take_off", "item_put_back",
}  # fmt: skip
OF_RECOMMENDATION = {
    "recommendation", "recommendation_change", "recommendation_same", "recommendation_take_off",
    "recommendation_put_back", "item_add",
}  # fmt: skip
OF_FILE = {"plan_back", "plan_take_over", "plan_put_away"}
OF_REVIEW = {"review_plan", "recommendation_add", "plan_receive"}


class DeathPlans:
    """Mixed into ``Matrix``."""

    world: SimpleNamespace

    def recommended_in(self, name):
        def make():
            made = plans.recommend(
                self.review_of(name), text="Ask about abuse at each visit", by=self.world.officer
            )
            return Recommendation.objects.get(pk=made.pk)

        return self.once(("recommended", name), make)

    def planitem_of(self, name):
        def make():
            w = self.world
            review, agency, where = {
                "running item": ("running", w.police, w.partnership),
                "chaired item": ("chaired", w.council, w.partnership),
                "gravesham item": ("running", w.gravesham_council, w.gravesham),
            }[name]
            if where == w.gravesham:
                self.part_of("gravesham part")
                w.gravesham.partners.create(agency=agency, starts_on=LONG_AGO)
            made = plans.add_item(
                self.recommended_in(review), text="Put it on the form", agency=agency,
                partnership=where, target_on=clock.today() + 60 * DAY, by=w.officer,
            )  # fmt: skip
            return PlanItem.objects.get(pk=made.pk)

        return self.once(("plan item", name), make)

    def death_evidence_of(self, item):
        """The update of its action with which a file came."""

        def make():
            file = SimpleUploadedFile("form.pdf", pdf())
            update(item.action, text="In use", status="says_done", file=file, allowed=ALLOWED,
                   by=self.world.officer)  # fmt: skip
            return Update.objects.get(action=item.action, evidence__isnull=False)

        return self.once(("death evidence", item.pk), make)

    def plan_file_of(self, review):
        def make():
            return PlanFile.objects.create(
                review=review, content=self.content(), file_name="plan.xlsx", by=self.world.officer
            )

        return self.once(("plan file", review.pk), make)

    def death_plan_arguments(self, name, target):
        """The arguments of an address of these pages; nothing for other addresses."""
        if name in OF_PARTNERSHIP:
            return []
        if name in OF_ITEM:
            return [self.planitem_of(target).pk]
        if name == "item_evidence":
            item = self.planitem_of(target)
            return [item.pk, self.death_evidence_of(item).pk]
        if name in OF_REVIEW:
            return [self.review_of(target).reference]
        if name == "plan_file":
            return [self.review_of(target).reference, "csv"]
        if name in OF_RECOMMENDATION:
            return [self.review_of(target).reference, self.recommended_in(target).number]
        if name in OF_FILE:
            review = self.review_of(target)
            return [review.reference, self.plan_file_of(review).pk]
        return None
