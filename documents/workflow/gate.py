"""The sharing gate: who was refused, and an officer's exception for one paper and one agency."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from audit.workflow import record
from core import clock, dates, history, remember
from core.permissions import Verdict, can, require
from core.workflow import Wrong
from documents import queries
from documents.models import Document, Opening, SharingRecord
from documents.workflow.papers import note
from documents.workflow.sharing import keep_line
from membership.models import Agency, Group, Seat
from notices.workflow import tell

LONGEST_OPENING = datetime.timedelta(days=30)
ONE_PAPER = "One restricted paper, to be read here"  # the record holds no restricted title


@transaction.atomic
def report_refusal(
    group: Group, user: Any, verdict: Verdict, *, about: Any = None, url: str = ""
) -> None:
    """Tell a group's officers that somebody could not open a restricted paper, and write it down.

    Once per person, paper (``about``, or the group) and day. The paper is not named.
    """
    about = about or group
    partnership = group.partnership
    record(
        "was refused", about, by=user, partnership=partnership, group=group, sensitive=True,
        detail={"reason": verdict.reason},
    )  # fmt: skip
    today = clock.today()
    tell(
        [seat.person for seat in queries.officers_of_group(group, today)],
        kind="refused",
        about=about,
        occurrence=f"{user.pk}:{today}",
        text=_why_refused(group, user),
        url=url or reverse("membership:sharing", args=[partnership.slug]),
        partnership=partnership,
        but=user,
    )


def _why_refused(group: Group, user: Any) -> str:
    missing = queries.missing(user, group)
    if missing.protocol:
        why = "No sharing protocol is in force for the group"
    else:
        why = f"{' and '.join(missing.agencies)} has not signed"
    return f"{user} tried to open a restricted paper of {group.name}. {why}."[:300]


@transaction.atomic
def open_to_agency(
    document: Document, *, agency: Agency, reason: str, lawful_gateway: str,
    closes_at: datetime.datetime, by: Any,
) -> Opening:  # fmt: skip
    """An officer's exception: open one restricted paper to one agency until a stated time.

    Its line goes into the record of sharing in the same transaction, the other officers are
    alerted, and the agency's people are told. Raises ``Wrong`` and ``ValidationError``.
    """
    current = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require(can(by, "open to an agency", current))
    now = clock.now()
    _fits(current, agency, closes_at, now)
    group = current.group
    line = keep_line(
        SharingRecord(
            partnership=group.partnership, group=group, on=clock.today(),
            what=ONE_PAPER,
            shared_by=_agency_of(by, group), shared_with=agency,
            recipient=f"People of {agency.short_name} who sit on {group.name}"[:160],
            protocol=queries.protocol_in_force(group, clock.today()),
            lawful_gateway=lawful_gateway.strip(), reason=reason.strip(), document=current,
        ),
        by=by,
    )  # fmt: skip
    opening = Opening(
        document=current, agency=agency, record=line, opens_at=now, closes_at=closes_at,
        created_by=by,
    )  # fmt: skip
    history.save(opening, by=by, why=line.reason[:100])
    remember.forget()
    note("opened to an agency", current, by=by, agency=str(agency), until=closes_at.isoformat())
    _tell_of_opening(opening, by=by)
    return opening


def _fits(
    document: Document, agency: Agency, closes_at: datetime.datetime, now: datetime.datetime
) -> None:
    if not document.restricted:
        raise Wrong("This paper is not restricted: everybody on the group can open it.")
    if not queries.may_be_opened_to(document, clock.today()).filter(pk=agency.pk).exists():
        says = f"{agency} can open this paper already, or does not sit on {document.group.name}"
        raise ValidationError({"agency": says})
    if closes_at <= now:
        raise ValidationError({"closes_at": "The end must be later than now"})
    last_day = dates.london_date(now) + LONGEST_OPENING
    if closes_at > clock.london(last_day + datetime.timedelta(days=1), datetime.time()):
        raise ValidationError({"closes_at": "A paper can be opened for 30 days at most"})


def _agency_of(officer: Any, group: Group) -> Agency:
    """The agency for which an officer sees to the group's papers."""
    seats = queries.officers_of_group(group, clock.today()).filter(person=officer)
    seat: Seat = seats[0]
    return seat.agency


def _tell_of_opening(opening: Opening, *, by: Any) -> None:
    group, until = opening.group, opening.until
    seats = queries.seats_of_agency(group, opening.agency, clock.today())
    said = {
        "about": opening,
        "url": opening.document.get_absolute_url(),
        "partnership": group.partnership,
        "but": by,
    }
    tell(
        [seat.person for seat in queries.officers_of_group(group, clock.today())],
        kind="opened by exception",
        text=f"{by} opened a restricted paper of {group.name} to {opening.agency} until {until}. "
        "The reason is in the record of sharing."[:300],
        **said,
    )
    tell(
        [seat.person for seat in seats],
        kind="opened to you",
        text=f"A restricted paper of {group.name} is open to you until {until}."[:300],
        **said,
    )


@transaction.atomic
def close_opening(opening: Opening, *, by: Any) -> Opening:
    """Close an exception before its time. Raises ``Wrong`` if it is closed already."""
    current = Opening.objects.select_for_update(of=("self",)).get(pk=opening.pk)
    require(can(by, "close", current))
    now = clock.now()
    if current.ended_at <= now:
        raise Wrong(f"This was closed already, on {dates.moment(current.ended_at)}.")
    current.closed_at, current.closed_by = now, by
    history.save(current, by=by, fields=["closed_at", "closed_by"])
    remember.forget()
    note("closed an exception for", current.document, by=by, agency=str(current.agency))
    return current
