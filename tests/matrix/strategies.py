"""Strategies for the two tables: one with a draft that holds one thing of each kind."""

import datetime

from assessments.models import (
    DeliveryAction,
    Edition,
    EditionFile,
    Measure,
    Objective,
    PoliceCrimePlan,
    Priority,
    PriorityEvidence,
    Strategy,
)

ALONE = {"strategies", "strategy_begin", "police_plans", "police_plan_add"}
OF_STRATEGY = {"strategy", "strategy_refresh"}
OF_EDITION = {
    "edition", "edition_read", "edition_delivery", "edition_changes", "edition_history",
    "edition_consulted", "edition_assessment", "edition_withdraw", "edition_adopt",
    "edition_take_over", "edition_publish", "edition_sent", "edition_not_sent", "edition_files",
    "edition_make", "leaflet", "priority_add",
}  # fmt: skip
OF_PRIORITY = {
    "priority", "priority_change", "priority_move", "priority_remove", "evidence_add",
    "objective_add",
}  # fmt: skip
OF_OBJECTIVE = {
    "objective_change", "objective_remove", "measure_add", "action_add", "action_link",
}  # fmt: skip
OF_MEASURE = {"measure_change", "measure_remove"}
OF_DELIVERY = {"delivery_change", "delivery_remove"}
OTHERS = {"edition_words", "edition_file", "evidence_remove", "police_plan_change"}
NAMES = (
    ALONE | OF_STRATEGY | OF_EDITION | OF_PRIORITY | OF_OBJECTIVE | OF_MEASURE | OF_DELIVERY
    | OTHERS
)  # fmt: skip


class Strategies:
    """Mixed into ``Matrix``."""

    def strategy_of(self, name):
        return self.once(
            "strategy",
            lambda: Strategy.objects.create(
                partnership=self.world.partnership, group=self.world.board, title="Strategy",
                slug="2025-2028", starts_on=datetime.date(2025, 4, 1),
                ends_on=datetime.date(2028, 4, 1),
            ),
        )  # fmt: skip

    def edition_of(self, name):
        return self.once(
            "edition",
            lambda: Edition.objects.create(
                strategy=self.strategy_of(name), number=1, year=2025, created_by=self.world.officer
            ),
        )

    def policecrimeplan_of(self, name):
        return self.once(
            "police plan",
            lambda: PoliceCrimePlan.objects.create(
                partnership=self.world.partnership, title="Plan", issued_by="The commissioner",
                starts_on=datetime.date(2025, 4, 1),
            ),
        )  # fmt: skip

    def priority(self):
        return self.once(
            "priority",
            lambda: Priority.objects.create(
                edition=self.edition_of(""), number=1, title="Burglary"
            ),
        )

    def objective(self):
        return self.once(
            "objective",
            lambda: Objective.objects.create(priority=self.priority(), number=1, text="Fewer"),
        )

    def measure(self):
        return self.once(
            "measure",
            lambda: Measure.objects.create(objective=self.objective(), name="Burglaries"),
        )

    def delivery(self):
        return self.once(
            "delivered",
            lambda: DeliveryAction.objects.create(
                objective=self.objective(), action=self.action_of("board open")
            ),
        )

    def evidence(self):
        return self.once(
            "shown by",
            lambda: PriorityEvidence.objects.create(priority=self.priority(), words="Figures"),
        )

    def file(self):
        return self.once(
            "strategy file",
            lambda: EditionFile.objects.create(
                edition=self.edition_of(""), kind="strategy", file_name="strategy.pdf",
                asked_by=self.world.officer,
            ),
        )  # fmt: skip

    def strategy_arguments(self, name, target):
        """The arguments of an address of strategies."""
        if name in ALONE:
            return []
        if name == "police_plan_change":
            return [self.policecrimeplan_of(target).pk]
        slug = self.strategy_of(target).slug
        if name in OF_STRATEGY:
            return [slug]
        return [slug, self.edition_of(target).year, *self.of_edition(name)]

    def of_edition(self, name):
        if name == "edition_words":
            return ["vision"]
        if name == "edition_file":
            self.file()
            return ["strategy"]
        if name == "evidence_remove":
            return [self.evidence().pk]
        for names, make in (
            (OF_PRIORITY, self.priority), (OF_OBJECTIVE, self.objective),
            (OF_MEASURE, self.measure), (OF_DELIVERY, self.delivery),
        ):  # fmt: skip
            if name in names:
                return [make().pk]
        return []
