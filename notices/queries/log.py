"""The mail log: what went, what waits, and what did not go and why."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from core.reminders import reminders
from notices.models import Delivery, DeliveryState, SentMail

WENT_WRONG = (DeliveryState.REFUSED, DeliveryState.NO_ADDRESS)
TO_GO = (DeliveryState.WAITING, DeliveryState.CLAIMED, DeliveryState.HELD)

# What the quick views hold, in their order.
VIEWS: dict[str, tuple[str, Q]] = {
    "all": ("All", Q()),
    "waiting": ("Still to go", Q(state__in=TO_GO)),
    "wrong": ("Did not arrive", Q(state__in=WENT_WRONG)),
    "late": ("Not sent in time", Q(state=DeliveryState.EXPIRED)),
    "sent": ("Sent", Q(state=DeliveryState.SENT)),
}

TONES = {
    DeliveryState.WAITING: "busy",
    DeliveryState.CLAIMED: "busy",
    DeliveryState.HELD: "waiting",
    DeliveryState.REFUSED: "late",
    DeliveryState.NO_ADDRESS: "late",
    DeliveryState.EXPIRED: "unsure",
    DeliveryState.OVER: "idle",
    DeliveryState.SENT: "",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A delivery, as the log shows it."""

    delivery: Delivery
    title: str
    tone: str


def title(kind: str) -> str:
    """A kind of notice in words that say nothing about anybody."""
    known = reminders.get(kind)
    return known.title if known else kind.replace("-", " ").replace("_", " ").capitalize()


def rows(deliveries: Any) -> list[Row]:
    """As the log shows them."""
    return [
        Row(each, title(each.notice.kind), TONES[DeliveryState(each.state)]) for each in deliveries
    ]


def found(
    log: QuerySet[Delivery], *, view: str = "all", person: str = "", kind: str = ""
) -> QuerySet[Delivery]:
    """Those of a view, of one person and of one kind, the newest first."""
    chosen = log.filter(VIEWS[view][1])
    if person:
        chosen = chosen.filter(notice__recipient__pk=person)
    if kind:
        chosen = chosen.filter(notice__kind=kind)
    return chosen.order_by("-created_at", "pk")


def counts(log: QuerySet[Delivery]) -> dict[str, int]:
    """How many each view holds."""
    asked = {name: Count("pk", filter=which) for name, (_, which) in VIEWS.items() if which}
    return log.order_by().aggregate(all=Count("pk"), **asked)


def people(log: QuerySet[Delivery]) -> list[tuple[str, str]]:
    """Everybody in the log, by name."""
    named = log.order_by("notice__recipient__name").values_list(
        "notice__recipient", "notice__recipient__name"
    )
    return [(str(key), name) for key, name in named.distinct()]


def kinds(log: QuerySet[Delivery]) -> list[tuple[str, str]]:
    """Every kind in the log, by its words."""
    listed = log.order_by().values_list("notice__kind", flat=True).distinct()
    return sorted(((kind, title(kind)) for kind in listed), key=lambda each: each[1])


def mails_of(delivery: Delivery) -> QuerySet[SentMail]:
    """The mails in which a notice went, the newest first."""
    return delivery.mails.all()


def last_mails() -> QuerySet[SentMail]:
    """Every mail that the demonstration would have sent, the newest first."""
    return SentMail.objects.select_related("recipient", "partnership")
