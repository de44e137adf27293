"""Powers, orders, the horizon, themes and tensions, for the two tables."""

import datetime

from assessments.models import Order, PolicyChange, Power, TensionReport
from core.markings import Marking
from membership.models import Theme

BEGAN, ENDS = datetime.date(2024, 2, 1), datetime.date(2027, 2, 1)
OF_ORDERS = {
    "order", "order_change", "order_consult", "order_make", "order_extend", "order_discharge",
    "order_reinstate", "public_order",
}  # fmt: skip
OF_CHANGES = {
    "policy_change", "horizon_change", "horizon_close", "horizon_reopen", "horizon_action",
    "horizon_link", "horizon_unlink",
}  # fmt: skip
OF_THEMES = {
    "theme", "theme_change", "theme_end", "theme_resume", "theme_link_action",
    "theme_unlink_action", "theme_link_paper", "theme_unlink_paper",
}  # fmt: skip
OF_TENSIONS = {
    "tension", "tension_change", "tension_respond", "tension_close", "tension_reopen",
    "tension_show",
}  # fmt: skip
NAMES = {"power", *OF_ORDERS, *OF_CHANGES, *OF_THEMES, *OF_TENSIONS}


class Knowing:
    """Mixed into ``Matrix``."""

    def power_of(self, name):
        return self.once(
            "power",
            lambda: Power.objects.create(
                slug="closure", name="Closure", what="Closes a place", who="Councils",
                law="2014 Act s.76", starts_on=BEGAN,
            ),
        )  # fmt: skip

    def order_of(self, name):
        """ "public": made, and shown to everybody; "draft": still being prepared."""
        made = {"state": "made", "starts_on": BEGAN, "ends_on": ENDS} if name == "public" else {}
        return self.once(
            ("order", name),
            lambda: Order.objects.create(
                partnership=self.world.partnership, power=self.power_of(name),
                slug=f"{name}-order",
                title="Order", place="Town", terms="- no", made_by=self.world.council,
                created_by=self.world.officer, **made,
            ),
        )  # fmt: skip

    def policychange_of(self, name):
        return self.once(
            "policy change",
            lambda: PolicyChange.objects.create(
                partnership=self.world.partnership, title="New councils", what="They change",
                source="An announcement", created_by=self.world.officer,
            ),
        )  # fmt: skip

    def theme_of(self, name):
        return self.once(
            "theme",
            lambda: Theme.objects.create(
                partnership=self.world.partnership, slug="hate-crime", name="Hate crime",
                starts_on=BEGAN,
            ),
        )  # fmt: skip

    def tensionreport_of(self, name):
        """ "board restricted", reported by vice; "watch restricted", to the board by watch."""
        group, _, marking = name.partition(" ")
        w = self.world
        reporters = {"watch": (w.watch, w.watch_body), "ocg": (w.ocg, w.police)}
        person, agency = reporters.get(group, (w.vice, w.police))
        return self.once(
            ("tension", name),
            lambda: TensionReport.objects.create(
                partnership=w.partnership, group=w.ocg_group if group == "ocg" else w.board,
                week=datetime.date(2026, 11, 16), agency=agency, community="Traders", level=4,
                experienced="Quarrels", reported_by=person,
                marking=Marking.SENSITIVE if marking == "restricted" else Marking.OFFICIAL,
            ),
        )  # fmt: skip

    def knowing_arguments(self, name, target):
        """The arguments of an address of these pages."""
        if name == "power":
            return [self.power_of(target).slug]
        if name in OF_ORDERS:
            return [self.order_of(target).slug]
        if name in OF_CHANGES:
            return [self.policychange_of(target).pk]
        if name in OF_TENSIONS:
            return [self.tensionreport_of(target).pk]
        more = {
            "theme_unlink_action": lambda: self.action_of("board open").reference,
            "theme_unlink_paper": lambda: self.document_of("board open").pk,
        }
        return [self.theme_of(target).slug, *([more[name]()] if name in more else [])]
