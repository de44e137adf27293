"""What agencies are asked in a death review, for the two tables.

In "running" the police are asked ("death asked"); they have nobody on the standing panel, so
whoever sits for them answers. "death sent" is another answer of theirs, with a report.
"""

import datetime
from types import SimpleNamespace

from core import clock
from dhr.models import ChronologyLine, InformationRequest, KeyEntry
from dhr.workflow import information
from tests.dhr.agencies import upload

OF_PARTNERSHIP = {"asked", "compliance", "compliance_csv"}
OF_ASKED = {
    "asked_one", "asked_report", "asked_take_off", "asked_check", "asked_further", "line_add",
    "line_import",
}  # fmt: skip
OF_REVIEW = {
    "review_information", "review_information_csv", "review_ask", "review_chronology",
    "review_key", "key_add",
}  # fmt: skip


class DeathInformation:
    """Mixed into ``Matrix``, before the case reviews, whose requests have the same name."""

    world: SimpleNamespace

    def informationrequest_of(self, name):
        if not name.startswith("death "):
            return super().informationrequest_of(name)
        make = {"death asked": self.asked_chronology, "death sent": self.sent_report}[name]
        return self.once(name, make)

    def asked_chronology(self):
        made = information.ask(
            self.review_of("running"), agency=self.world.police, kind="chronology",
            by=self.world.officer,
        )  # fmt: skip
        return InformationRequest.objects.get(pk=made.pk)

    def sent_report(self):
        asked = information.ask(
            self.review_of("running"), agency=self.world.police, kind="imr", by=self.world.officer
        )
        return information.send_report(
            asked, file=upload("A report"), confirmed=True, by=self.world.vice
        )

    def death_line_of(self, asked):
        """Two lines with a silence of forty days between them."""

        def make():
            day = clock.today() - datetime.timedelta(days=100)
            line = ChronologyLine.objects.create(
                information=asked, on=day, what="Call", risk="high"
            )
            later = day + datetime.timedelta(days=40)
            ChronologyLine.objects.create(information=asked, on=later, what="Another")
            return line

        return self.once("death line", make)

    def death_difference_of(self, review):
        """A silence, in a chronology that was sent."""
        asked = self.informationrequest_of("death asked")
        line = self.death_line_of(asked)
        asked.sent_on = clock.today()
        asked.save()
        return line

    def death_information_arguments(self, name, target):
        """The arguments of an address of these pages; nothing for other addresses."""
        if name in OF_PARTNERSHIP:
            return []
        if name in OF_ASKED:
            return [self.informationrequest_of(target).pk]
        if name in {"line_change", "line_remove"}:
            asked = self.informationrequest_of(target)
            return [asked.pk, self.death_line_of(asked).pk]
        if name in OF_REVIEW:
            return [self.review_of(target).reference]
        if name == "chronology_file":
            return [self.review_of(target).reference, "csv"]
        if name in {"difference_settle", "difference_open"}:
            review = self.review_of(target)
            return [review.reference, "silent", str(self.death_difference_of(review).pk)]
        if name in {"key_change", "key_remove"}:
            review = self.review_of(target)
            return [review.reference, self.death_entry_of(review).pk]
        return None

    def death_entry_of(self, review):
        return self.once(
            ("death entry", review.pk),
            lambda: KeyEntry.objects.create(
                review=review, pseudonym="Known", role="died", names="Thistle Canarywharf"
            ),
        )
