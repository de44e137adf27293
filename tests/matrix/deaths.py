"""Death reviews, for the two tables: three reviews with other people on each, and a part.

On "running" sit its officer (``officer``) and, as a member of its panel, ``kent``. On "other" sits
its officer alone: ``kent`` is there somebody of another panel. "chaired" is chaired by ``kent``.
Nobody else knows of them: not the board's chair, not scrutiny, not the administrator.
"""

import datetime
from types import SimpleNamespace

from core import clock
from dhr.models import Part
from dhr.workflow import arrangements, deciding, life, milestones
from membership.models import Role, SharingAgreement, Signature
from membership.workflow import emergencies
from tests import world as worlds
from tests.dhr.conftest import DAY, decide, take_notification

OF_PARTNERSHIP = {
    "index", "reviews", "reviews_csv", "review_notify", "arrangement", "arrangement_set_up",
    "arrangement_change",
}  # fmt: skip
# The addresses of a review by its reference alone.
OF_REVIEW = {
    "review", "review_change", "death_add", "review_decide", "review_tell", "review_close",
    "review_reopen", "review_people", "review_reads_csv", "review_deeds_csv", "person_put_on",
    "review_panel", "chair_appoint", "member_ask", "member_invite", "member_leave", "terms_write",
    "proceeding_add", "part_hand", "review_dates", "date_plan", "review_take_on",
}  # fmt: skip
OF_STEP = {"date_done", "date_delay", "date_stop", "date_undo"}


class Deaths:
    """Mixed into ``Matrix``."""

    world: SimpleNamespace

    def arrangement_of(self, name):
        partnership = self.world.gravesham if name == "gravesham" else self.world.partnership
        by = self.world.stranger if name == "gravesham" else self.world.officer
        return self.once(
            ("death arrangement", name), lambda: arrangements.set_up(partnership, by=by)
        )

    def review_of(self, name):
        """ "running", "other" or "chaired"."""
        return self.once(("death review", name), lambda: self.made_review(name))

    def made_review(self, name):
        self.arrangement_of("dartford")
        review = take_notification(self.world, pseudonym=f"Known as {name}")
        decide(review, self.world)
        role = {"running": Role.MEMBER, "chaired": Role.CHAIR}.get(name)
        if role:
            worlds.seat(self.world.kent, review.group, self.world.county, role)
        review.refresh_from_db()
        return review

    def part_of(self, name):
        """ "gravesham part": handed over from "running"."""

        def make():
            w = self.world
            agreement = SharingAgreement.objects.create(
                partnership=w.gravesham, name="Agreement", short_name="K-MISA",
                starts_on=worlds.LONG_AGO, review_on=datetime.date(2099, 4, 1),
            )  # fmt: skip
            Signature.objects.create(
                agreement=agreement, agency=w.gravesham_council, signed_by_name="Clover Bains",
                starts_on=worlds.LONG_AGO,
            )  # fmt: skip
            self.arrangement_of("gravesham")
            made = life.hand_part(
                self.review_of("running"), w.gravesham, purpose="An action", by=w.officer
            )
            return Part.objects.get(pk=made.pk)

        return self.once("death part", make)

    def emergencyreading_of(self, name):
        return self.once(
            "emergency",
            lambda: emergencies.ask(
                self.world.partnership, reference="DR-2026-0001", reason="A danger to life",
                by=self.world.officer,
            ),
        )  # fmt: skip

    def dhr_arguments(self, name, target):
        """The arguments of an address of these pages, but the partnership."""
        found = self.death_information_arguments(name, target)
        if found is None:
            found = self.death_plan_arguments(name, target)
        if found is None:
            found = self.death_report_arguments(name, target)
        if found is not None:
            return found
        if name in OF_PARTNERSHIP:
            if name == "arrangement_change":
                self.arrangement_of(target)
            return []
        if name == "part":
            return [self.part_of(target).reference]
        review = self.review_of(target)
        return [review.reference, *self.of_death_review(name, review)]

    def of_death_review(self, name, review):
        """What stands behind the reference in an address."""
        if name in OF_REVIEW:
            return []
        if name in OF_STEP:
            return [review.milestones.get(step="report").pk]
        return {
            "death_change": lambda: [1],
            "death_remove": lambda: [1],
            "told_take_back": lambda: [self.told_of(review).pk],
            "delay_told": lambda: [self.death_delay_of(review).pk],
            "chair_end": lambda: [self.chair_term_of(review).pk],
            "proceeding_change": lambda: [self.proceeding_of(review).pk],
            "member_check": lambda: [review.group.seats.get(person=self.world.kent).pk],
            "person_take_off": lambda: [review.group.seats.get(person=self.world.kent).pk],
            "part_change": lambda: [self.part_of("gravesham part").reference],
            "part_end": lambda: [self.part_of("gravesham part").reference],
        }[name]()

    def told_of(self, review):
        return self.once(
            "death told",
            lambda: deciding.tell(
                review, whom="coroner", about="other", on=clock.today(), by=self.world.officer
            ),
        )

    def death_delay_of(self, review):
        step = review.milestones.get(step="report")
        return self.once(
            "death delay",
            lambda: milestones.put_off(
                step, due_on=step.first_due_on + DAY, reason="Trial", by=self.world.officer
            ),
        )

    def chair_term_of(self, review):
        return self.once(
            "death chair",
            lambda: review.chairs.create(
                person=self.world.guest, independence="No part", starts_on=clock.today()
            ),
        )

    def proceeding_of(self, review):
        return self.once(
            "death proceeding",
            lambda: life.add_proceeding(
                review, kind="coroner", starts_on=clock.today(), by=self.world.officer
            ),
        )
