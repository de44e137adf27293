"""What comes before a meeting, for the two tables: templates, items for later, offers, reports."""

import datetime

from core import clock
from core.markings import Marking
from meetings.models import (
    AgendaTemplate,
    BacklogItem,
    Item,
    Meeting,
    OfferedPaper,
    Origin,
    SubgroupReport,
    TemplateLine,
)

OF_GROUPS = {"templates", "template_add", "backlog", "backlog_csv", "backlog_add", "reports"}
OF_TEMPLATES = {
    "template", "template_change", "template_standing", "template_remove", "line_add",
}  # fmt: skip
OF_LINES = {"line_change", "line_remove", "line_move"}
OF_BACKLOG = {
    "backlog_item", "backlog_change", "backlog_remove", "backlog_decline", "backlog_later",
    "backlog_reopen", "backlog_withdraw",
}  # fmt: skip
OF_AGENDAS = {"agenda_fill", "agenda_order"}
OF_ITEMS = {"put_back", "item_keep", "item_carry"}
OF_OFFERED = {"offered", "offered_file", "offered_decline", "offered_withdraw"}
OF_REPORTS = {"report", "report_send", "report_take_back"}
NAMES = {
    *OF_GROUPS, *OF_TEMPLATES, *OF_LINES, *OF_BACKLOG, *OF_AGENDAS, *OF_ITEMS, *OF_OFFERED,
    *OF_REPORTS, "report_write", "take_up", "take_up_changed", "offers", "offer", "paper_offer",
    "steer_add", "steer_remove",
}  # fmt: skip


class Beforehand:
    """Mixed into ``Matrix``."""

    def template_of(self, name):
        def make():
            template = AgendaTemplate.objects.create(
                group=self.group_of(name), name="Short", created_by=self.world.officer
            )
            TemplateLine.objects.create(template=template, position=1, title="Shops")
            return template

        return self.once(("template", name), make)

    def backlogitem_of(self, name):
        """ "board open" or "board restricted", offered by kent."""

        def make():
            group, marking = self.parts(name)
            return BacklogItem.objects.create(
                group=group, origin=Origin.OFFERED, title=f"Offer of {name}", marking=marking,
                created_by=self.world.kent,
            )  # fmt: skip

        return self.once(("backlog", name), make)

    def offeredpaper_of(self, name):
        """A paper that kent offers for an open or a restricted item."""
        return self.once(
            ("offered", name),
            lambda: OfferedPaper.objects.create(
                item=self.item_of(name), title="Figures", content=self.content(),
                marking=self.parts(name)[1], file_name="paper.txt", content_type="text/plain",
                created_by=self.world.kent,
            ),
        )  # fmt: skip

    def subgroupreport_of(self, name):
        """ "dvacs draft" or "dvacs sent": a restricted report to the board."""
        group, _, state = name.partition(" ")
        sent = {"sent_at": clock.now(), "sent_by": self.world.officer} if state == "sent" else {}
        return self.once(
            ("report", name),
            lambda: SubgroupReport.objects.create(
                group=self.group_of(group), reports_to=self.world.board, highlights="Two places",
                meeting=self.meeting_of("board held" if sent else "board"),
                marking=Marking.SENSITIVE, created_by=self.world.officer, **sent,
            ),
        )  # fmt: skip

    def led_item(self):
        """An item of the board's that somebody leads who has no seat there."""

        def make():
            meeting = Meeting.objects.create(
                group=self.world.board, slug="board-led", on=datetime.date(2027, 6, 9),
                starts_at=datetime.time(10), ends_at=datetime.time(12), venue="Civic Centre",
                year=2027, number=1, created_by=self.world.officer,
            )  # fmt: skip
            return Item.objects.create(
                meeting=meeting, title="Led", position=1, number=1, lead=self.world.dvacs
            )

        return self.once("led", make)

    def beforehand_arguments(self, name, target):
        """The arguments of an address of these pages."""
        if name == "offers":
            return []
        if name in OF_GROUPS:
            return [self.group_of(target).slug]
        if name in OF_TEMPLATES | OF_LINES:
            template = self.template_of(target)
            line = [template.lines.get().pk] if name in OF_LINES else []
            return [self.group_of(target).slug, template.pk, *line]
        if name == "report_write":
            return [self.group_of(target).slug, self.meeting_of("board").slug]
        for names, kind in (
            (OF_BACKLOG, "backlogitem"), (OF_OFFERED, "offeredpaper"),
            (OF_REPORTS, "subgroupreport"),
        ):  # fmt: skip
            if name in names:
                return [getattr(self, f"{kind}_of")(target).pk]
        return self.of_meeting(name, target)

    def of_meeting(self, name, target):
        if name == "paper_offer":
            item = self.item_of(target)
            return [item.meeting.slug, item.pk]
        meeting = self.meeting_of(target)
        if name in {"take_up", "take_up_changed"}:
            return [meeting.slug, self.backlogitem_of(f"{target} open").pk]
        if name in OF_ITEMS:
            return [meeting.slug, self.item_of(f"{target} open").pk]
        if name in {"steer_add", "steer_remove"}:
            return [meeting.slug, self.item_of("board open", held=True).number]
        return [meeting.slug]
