"""The pages of death reviews, for the table of every page: whom each is for, and in what state."""

import datetime

from core import clock
from dhr.models import Outcome
from dhr.queries import people
from dhr.workflow import arrangements, chairing, deciding, life, milestones, notifying, seating
from membership.models import Partnership, SharingAgreement, Signature
from membership.workflow import emergencies

OFFICER, CHAIR, EMPTY_OFFICER, ELSEWHERE = "hazel", "sage", "teasel", "gravesham"
MEMBER = "heather"
DAY = datetime.timedelta(days=1)


def names(cast) -> dict[str, object]:
    """What stands in the addresses, by the words of the tables below."""
    hazel = cast.people["hazel"]
    people.arrangement_of(cast.partnership) or arrangements.set_up(cast.partnership, by=hazel)
    new, running, ended = (told(cast, name) for name in ("Anna", "Beatrice", "Clara"))
    decide(new, cast, Outcome.NO_REVIEW)
    decide(ended, cast)
    life.close(ended, reason="Another process does it", by=hazel)
    asked = emergencies.ask(
        cast.partnership, reference=new.reference, reason="A danger to life", by=hazel
    )
    return {
        "death to tell of": new.reference, "closed death": ended.reference,
        "new death": told(cast, "Dora").reference, "death review": running.reference,
        **under_way(cast, running), "emergency": asked.pk,
    }  # fmt: skip


def told(cast, pseudonym):
    """A notification of a fortnight ago."""
    today = clock.today()
    return notifying.notify(
        cast.partnership, pseudonym=pseudonym, notified_on=today - 14 * DAY,
        notified_by=cast.bodies["police"], circumstances="Killed at home.",
        deaths=[
            {"pseudonym": pseudonym, "died_on": today - 20 * DAY, "kind": "homicide",
             "relation": "former", "elsewhere": ""}
        ], by=cast.people["hazel"],
    )  # fmt: skip


def decide(review, cast, outcome=Outcome.REVIEW):
    deciding.decide(
        review, outcome=outcome, reasons="The definition is met.", decided_by="The chair",
        decided_on=clock.today() - DAY, by=cast.people["hazel"],
    )  # fmt: skip
    review.refresh_from_db()


def under_way(cast, review):
    """A review with a chair, a member, terms, a trial beside it, a delay and a part elsewhere."""
    hazel, today = cast.people["hazel"], clock.today()
    decide(review, cast)
    county = people.signatories(review).get(slug=cast.bodies["county"].slug)
    chair = chairing.invite_chair(
        review, name="Fennel Bright", email="fennel@demo.invalid", agency=county,
        independence="No part in it", starts_on=today, by=hazel,
    )  # fmt: skip
    member = seating.put_on(
        review, person=cast.people[MEMBER], agency=people.signatories(review).exclude(
            pk=county.pk
        ).first(), free=True, said="Knows nobody", by=hazel,
    )  # fmt: skip
    life.agree_terms(
        review, text="What each agency knew.", scope_from=today - 700 * DAY,
        scope_to=today - 20 * DAY, agreed_on=today, by=hazel,
    )  # fmt: skip
    trial = life.add_proceeding(
        review, kind="criminal", starts_on=today - 9 * DAY, effect="Nobody is seen before it",
        by=hazel,
    )  # fmt: skip
    report = review.milestones.get(step="report")
    delay = milestones.put_off(
        report, due_on=report.first_due_on + 90 * DAY, reason="The trial", proceeding=trial,
        by=hazel,
    )  # fmt: skip
    return {
        "chair’s term": chair.pk, "member’s seat": member.pk, "the trial": trial.pk,
        "the report": report.pk, "the delay": delay.pk, "the part": handed(cast, review).reference,
    }  # fmt: skip


def handed(cast, review):
    """A part for Gravesham, whose council has signed."""
    partnership = Partnership.objects.get(slug=ELSEWHERE)
    officer = partnership.groups.get(kind="secretariat").seats.get()
    agreement = SharingAgreement.objects.create(
        partnership=partnership, name="Agreement", short_name="K-MISA",
        starts_on=clock.today() - DAY, review_on=clock.today() + 300 * DAY,
    )  # fmt: skip
    Signature.objects.create(
        agreement=agreement, agency=officer.agency, signed_by_name="Teasel Rook",
        starts_on=clock.today() - DAY,
    )  # fmt: skip
    arrangements.set_up(partnership, by=officer.person)
    return life.hand_part(
        review, partnership, purpose="An action for housing", by=cast.people["hazel"]
    )


LIFE = [
    ("dhr:reviews", OFFICER),
    ("dhr:reviews", OFFICER, "?view=closed"),
    ("dhr:reviews", OFFICER, "?view=quality"),
    ("dhr:reviews", MEMBER),
    ("dhr:reviews", EMPTY_OFFICER, ELSEWHERE),
    ("dhr:review_notify", OFFICER),
    ("dhr:arrangement", OFFICER),
    ("dhr:arrangement", CHAIR),
    ("dhr:arrangement_change", OFFICER),
    ("dhr:part", EMPTY_OFFICER, ELSEWHERE, "the part"),
    ("dhr:review", OFFICER, "new death"),
    ("dhr:review", OFFICER, "death to tell of"),
    ("dhr:review", OFFICER, "death review"),
    ("dhr:review", OFFICER, "closed death"),
    ("dhr:review", MEMBER, "death review"),
    ("dhr:review_change", OFFICER, "death review"),
    ("dhr:death_add", OFFICER, "death review"),
    ("dhr:death_change", OFFICER, "death review", "1"),
    ("dhr:review_decide", OFFICER, "new death"),
    ("dhr:review_decide", OFFICER, "death review"),
    ("dhr:review_tell", OFFICER, "death review"),
    ("dhr:review_close", OFFICER, "death review"),
    ("dhr:review_reopen", OFFICER, "closed death"),
    ("dhr:review_dates", OFFICER, "death review"),
    ("dhr:review_dates", MEMBER, "death review"),
    ("dhr:date_plan", OFFICER, "death review"),
    ("dhr:date_done", OFFICER, "death review", "the report"),
    ("dhr:date_delay", OFFICER, "death review", "the report"),
    ("dhr:date_stop", OFFICER, "death review", "the report"),
    ("dhr:delay_told", OFFICER, "death review", "the delay"),
    ("dhr:review_panel", OFFICER, "death review"),
    ("dhr:review_panel", OFFICER, "death to tell of"),
    ("dhr:review_panel", MEMBER, "death review"),
    ("dhr:chair_appoint", OFFICER, "death review"),
    ("dhr:chair_end", OFFICER, "death review", "chair’s term"),
    ("dhr:member_ask", OFFICER, "death review"),
    ("dhr:member_invite", OFFICER, "death review"),
    ("dhr:member_check", OFFICER, "death review", "member’s seat"),
    ("dhr:member_leave", MEMBER, "death review"),
    ("dhr:terms_write", OFFICER, "death review"),
    ("dhr:proceeding_add", OFFICER, "death review"),
    ("dhr:proceeding_change", OFFICER, "death review", "the trial"),
    ("dhr:part_hand", OFFICER, "death review"),
    ("dhr:part_change", OFFICER, "death review", "the part"),
    ("dhr:part_end", OFFICER, "death review", "the part"),
    ("dhr:review_people", OFFICER, "death review"),
    ("dhr:review_people", MEMBER, "death review"),
    ("dhr:person_put_on", OFFICER, "death review"),
    ("dhr:person_take_off", OFFICER, "death review", "member’s seat"),
    ("membership:emergencies", OFFICER),
    ("membership:emergencies", CHAIR),
    ("membership:emergencies", EMPTY_OFFICER, ELSEWHERE),
    ("membership:emergency_ask", OFFICER),
    ("membership:emergency_agree", CHAIR, "emergency"),
    ("membership:emergency_refuse", CHAIR, "emergency"),
]
ROWS = [*LIFE]
DOWNLOADS = {
    "dhr:index": "leads to another page",
    "dhr:reviews_csv": "a download",
    "dhr:review_reads_csv": "a download",
    "dhr:review_deeds_csv": "a download",
}
