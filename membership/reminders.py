"""Reminders of membership: terms that end, empty places, and the sharing agreement's dates.

Each names a table and a page and no person: who reads it finds the name where it may be read.
"""

import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from core.reminders import CHAIR, OFFICERS, OWNER, Rung, address, as_text, reminder, words
from membership.models import (
    Partner,
    Place,
    Seat,
    SharingAgreement,
    SharingProtocol,
    Signature,
    in_force,
)

SHARING = "Terms of reference, Information Sharing"
MEMBERSHIP = "Terms of reference, Agencies represented"
STATUTE = "Crime and Disorder Act 1998, section 5"


# ---- seats and places ---------------------------------------------------------------------------


def _ending(on: datetime.date) -> QuerySet[Any]:
    """Terms with a last day that nobody has set by ending them, and that nothing follows."""
    following = Seat.objects.filter(
        group=OuterRef("group"), person=OuterRef("person"), agency=OuterRef("agency"),
        starts_on=OuterRef("ends_on"),
    ).order_by()  # fmt: skip
    seats = Seat.objects.filter(in_force(on), ends_on__isnull=False, ended_at=None)
    return seats.exclude(Exists(following))


@reminder(
    "seat-ends", title="A seat ends", ladder=(Rung(-40, OFFICERS), Rung(-10, OFFICERS)),
    source=MEMBERSHIP,
)  # fmt: skip
def seats_ending(on: datetime.date) -> QuerySet[Any]:
    """For officers: time to renew a term, or to ask the agency who comes next."""
    return _ending(on).values(
        "group", partnership=F("group__partnership"), subject=as_text("pk"),
        due=F("ends_on"), until=F("ends_on"),
        text=Value("A seat ends. Renew it, or ask the agency who comes next."),
        url=address("membership:seat_renew", partnership="group__partnership__slug", pk="pk"),
    )  # fmt: skip


@reminder("own-seat-ends", title="Your own seat ends", ladder=(Rung(-20, OWNER),),
          source=MEMBERSHIP)  # fmt: skip
def own_seat_ending(on: datetime.date) -> QuerySet[Any]:
    """For who holds it, once."""
    return _ending(on).values(
        "group", "person", partnership=F("group__partnership"), subject=as_text("pk"),
        due=F("ends_on"), until=F("ends_on"),
        text=Value("Your seat ends. Tell the community safety team if you stay."),
        url=address("membership:person", partnership="group__partnership__slug", pk="person"),
    )  # fmt: skip


@reminder(
    "vacancy", title="A place is empty",
    ladder=(Rung(5, OFFICERS), Rung(30, OFFICERS), Rung(60, CHAIR)), source=STATUTE,
)  # fmt: skip
def vacancies(on: datetime.date) -> QuerySet[Any]:
    """Places that nobody fills: of a post without its holder, of an agency without anybody."""
    theirs = Q(group=OuterRef("group"), agency=OuterRef("agency"), substitute_for=None)
    seats = Seat.objects.filter(theirs).order_by()
    of_post = Q(post=OuterRef("post")) | Q(post=None)
    places = Place.objects.on(on).filter(in_force(on, "group__"))
    left = seats.filter(of_post, ends_on__lte=on).order_by("-ends_on").values("ends_on")[:1]
    empty = places.filter(
        Q(~Exists(seats.filter(in_force(on), post=OuterRef("post"))), post__isnull=False)
        | Q(~Exists(seats.filter(in_force(on))), post=None)
    )
    empty = empty.annotate(since_day=Coalesce(Greatest("starts_on", Subquery(left)), "starts_on"))
    return empty.values(
        "group", partnership=F("group__partnership"), subject=as_text("pk"),
        due=F("since_day"), since=F("since_day"),
        text=Value("A place at the table is empty. Ask the agency whom it sends."),
        url=address(
            "membership:group", partnership="group__partnership__slug", slug="group__slug"
        ),
    )  # fmt: skip


# ---- sharing ------------------------------------------------------------------------------------

REVIEW = (Rung(-40, OFFICERS), Rung(-10, OFFICERS), Rung(1, OFFICERS), Rung(20, CHAIR))


@reminder(
    "agreement-review", title="The information sharing agreement is to be reviewed",
    ladder=REVIEW, source=f"{SHARING}: K-MISA is reviewed each year", statutory=True,
)  # fmt: skip
def agreement_reviews(on: datetime.date) -> QuerySet[Any]:
    """The agreement in force, by the review date that was set for it."""
    return SharingAgreement.objects.on(on).values(
        "partnership", subject=as_text("pk"), due=F("review_on"),
        text=words("Review ", F("short_name"), " and set its next review."),
        url=address("membership:agreement_change", partnership="partnership__slug", pk="pk"),
    )  # fmt: skip


@reminder(
    "protocol-review", title="A Frequent Sharing Protocol is to be reviewed",
    ladder=(Rung(-20, OFFICERS), Rung(1, OFFICERS), Rung(20, CHAIR)),
    source=f"{SHARING}: each is subject to a Frequent Sharing Protocol", statutory=True,
)  # fmt: skip
def protocol_reviews(on: datetime.date) -> QuerySet[Any]:
    """Each protocol in force, by its own review date."""
    protocols = SharingProtocol.objects.on(on).filter(in_force(on, "group__"))
    return protocols.values(
        "group", partnership=F("group__partnership"), subject=as_text("pk"),
        due=F("review_on"),
        text=Value("Review a group’s sharing protocol and set its next review."),
        url=address("membership:protocol", partnership="group__partnership__slug", pk="pk"),
    )  # fmt: skip


@reminder(
    "unsigned", title="An agency has not signed the information sharing agreement",
    ladder=(Rung(10, OFFICERS), Rung(40, OFFICERS), Rung(60, CHAIR)),
    source=f"{SHARING}: all organisations will be signatories", statutory=True,
)  # fmt: skip
def unsigned(on: datetime.date) -> QuerySet[Any]:
    """Partners without a current signature of the agreement in force, from when that began."""
    agreement = SharingAgreement.objects.on(on).filter(partnership=OuterRef("partnership"))
    signatures = Signature.objects.filter(
        agency=OuterRef("agency"), agreement__partnership=OuterRef("partnership")
    ).order_by()  # fmt: skip
    current = signatures.filter(in_force(on), in_force(on, "agreement__"))
    ended = signatures.filter(in_force(on, "agreement__"), ends_on__lte=on).order_by("-ends_on")
    agencies = Q(agency__ends_on=None) | Q(agency__ends_on__gt=on)
    partners = Partner.objects.on(on).filter(agencies, Exists(agreement), ~Exists(current))
    started = Subquery(agreement.order_by().values("starts_on")[:1])
    last = Subquery(ended.values("ends_on")[:1])
    return partners.annotate(unsigned_since=Greatest("starts_on", started, last)).values(
        "partnership", subject=as_text("pk"), due=F("unsigned_since"),
        text=Value("An agency has no current signature, so no restricted paper opens for it."),
        url=address("membership:sharing", partnership="partnership__slug"),
    )  # fmt: skip


@reminder(
    "signature-ends", title="A signature of the information sharing agreement ends",
    ladder=(Rung(-20, OFFICERS),), source=SHARING,
)  # fmt: skip
def signatures_ending(on: datetime.date) -> QuerySet[Any]:
    """Signatures that expire and that no other of the same agency follows."""
    later = Signature.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=OuterRef("ends_on")),
        agreement=OuterRef("agreement"), agency=OuterRef("agency"),
    ).order_by()  # fmt: skip
    ending = Signature.objects.on(on).filter(
        in_force(on, "agreement__"), ends_on__isnull=False, end_reason=""
    )
    return ending.exclude(Exists(later)).values(
        partnership=F("agreement__partnership"), subject=as_text("pk"), due=F("ends_on"),
        until=F("ends_on"),
        text=Value("A signature of the sharing agreement ends. Ask the agency to sign again."),
        url=address("membership:sharing", partnership="agreement__partnership__slug"),
    )  # fmt: skip
