"""Requests for information, indicators and returns of figures, for the two tables."""

import datetime

from actions.models import Request
from core import clock
from core.markings import Marking
from documents.models import Content
from figures.models import Break, FiguresReturn, Indicator, ReturnUpload

DUE = datetime.date(2026, 12, 31)
OF_REQUESTS = {
    "request", "request_answer", "request_check", "request_withdraw", "request_move",
    "request_chase", "request_escalate", "request_history",
}  # fmt: skip
OF_INDICATORS = {
    "indicator", "indicator_change", "indicator_end", "indicator_resume", "indicator_break",
    "indicator_break_remove",
}  # fmt: skip
OF_RETURNS = {"return", "return_template", "return_upload", "return_preview"}


class Asked:
    """Mixed into ``Matrix``."""

    def request_of(self, name):
        """ "county", "county restricted", "watch restricted": the board asks; "ocg": that group."""
        body, _, marking = name.partition(" ")
        w = self.world
        group = w.ocg_group if body == "ocg" else w.board
        agency = w.watch_body if body == "watch" else w.county
        return self.once(
            ("request", name),
            lambda: Request.objects.create(
                partnership=w.partnership, group=group, agency=agency, subject=f"Asked of {name}",
                reference=f"R-2026-{len(self.made) + 1:03}", first_due_on=DUE, due_on=DUE,
                marking=Marking.SENSITIVE if marking == "restricted" else Marking.OFFICIAL,
                asked_by=w.officer,
            ),
        )  # fmt: skip

    def indicator_of(self, name):
        def make():
            made = Indicator.objects.create(
                partnership=self.world.partnership, slug="hate-crime", name="Hate crime",
                definition="As flagged.", source_agency=self.world.county,
                starts_on=datetime.date(2026, 1, 1),
            )  # fmt: skip
            Break.objects.create(
                indicator=made, since=datetime.date(2026, 4, 1), because="New system",
                said_by=self.world.officer,
            )  # fmt: skip
            return made

        return self.once("indicator", make)

    def figuresreturn_of(self, name):
        """ "draft" or "sent", of the county council."""
        self.indicator_of("open")
        first = datetime.date(2026, 4 if name == "draft" else 7, 1)
        sent = {} if name == "draft" else {"sent_at": clock.now(), "sent_by": self.world.kent}
        return self.once(
            ("return", name),
            lambda: FiguresReturn.objects.create(
                partnership=self.world.partnership, agency=self.world.county, starts_on=first,
                ends_on=first.replace(month=first.month + 3),
                request=self.request_of("county" if name == "draft" else "county again"), **sent,
            ),
        )  # fmt: skip

    def upload_of(self, name):
        return self.once(
            ("upload", name),
            lambda: ReturnUpload.objects.create(
                figures_return=self.figuresreturn_of(name), file_name="figures.csv",
                content=Content.objects.get_or_create(
                    sha256="1" * 64, defaults={"data": b"x", "size": 1}
                )[0],
                sent_by=self.world.kent,
            ),
        )  # fmt: skip

    def asked_arguments(self, name, target):
        """The arguments of an address of these pages."""
        if name in OF_REQUESTS:
            return [self.request_of(target).reference]
        if name in OF_INDICATORS:
            found = self.indicator_of(target)
            last = [found.breaks.get().pk] if name == "indicator_break_remove" else []
            return [found.slug, *last]
        if name in OF_RETURNS:
            last = {"return_template": ["csv"], "return_preview": [self.upload_of(target).pk]}
            return [self.figuresreturn_of(target).pk, *last.get(name, [])]
        return []
