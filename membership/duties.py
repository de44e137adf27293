"""What the law and the terms of reference ask of the membership, and how each stands."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse

from core.dates import longdate
from core.registries import Owed, duties
from membership import queries
from membership.models import Partnership, SharingProtocol

STATUTE = "Crime and Disorder Act 1998, section 5"
SHARING = "Terms of reference, Information Sharing"
SIGNED = "All organisations represented have signed the information sharing agreement"
PROTOCOLS = "The board and each subgroup work under a Frequent Sharing Protocol"
REVIEWED = "The sharing agreement and protocols are reviewed on time"
REPRESENTED = "Every responsible authority sits on the board"
FILLED = "Every place of a responsible authority is filled"
SUCCEEDED = "Every partner is a body that still exists"
REVIEW_SOON = datetime.timedelta(days=queries.SOON)


@duties
def signatures(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """The agreement and who has not signed it."""
    agreement = queries.agreement_on(partnership, on)
    names = [agency.short_name for agency in queries.unsigned_agencies(partnership, on)]
    if agreement is None:
        why = "No agreement is in force, so no restricted paper opens for anybody."
    elif names:
        verb = "has" if len(names) == 1 else "have"
        why = f"{_listed(names)} {verb} not signed {agreement.short_name}."
    else:
        why = f"Every agency has signed {agreement.short_name}."
    state = "gap" if names or agreement is None else "met"
    yield Owed(SIGNED, state, SHARING, url=_sharing(partnership), why=why)


@duties
def protocols(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """The groups that share without a protocol."""
    names = [group.name for group in queries.without_protocol(partnership, on)]
    why = f"None is in force for {_listed(names)}." if names else "All are in force."
    state = "gap" if names else "met"
    yield Owed(PROTOCOLS, state, SHARING, url=_sharing(partnership), why=why)


@duties
def reviews(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """Review dates that have passed or come within ninety days: they warn, and shut nothing."""
    agreement = queries.agreement_on(partnership, on)
    dated = [(agreement.short_name, agreement.review_on)] if agreement else []
    known = queries.known_groups(partnership)
    for protocol in SharingProtocol.objects.on(on).filter(group__in=known).order_by("review_on"):
        dated.append((protocol.title, protocol.review_on))
    coming = sorted((day, name) for name, day in dated if day and day <= on + REVIEW_SOON)
    for day, name in coming:
        passed = day < on
        why = f"{name} was to be reviewed by {longdate(day)}." if passed else ""
        yield Owed(
            f"Review {name}", "overdue" if passed else "due", SHARING,
            url=_sharing(partnership), why=why, due=day,
        )  # fmt: skip
    if not coming:
        next_day = min((day for _, day in dated if day), default=None)
        yield Owed(REVIEWED, "met", SHARING, url=_sharing(partnership), due=next_day)


@duties
def authorities(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """Responsible authorities with nobody on the board, or with an empty place."""
    missing = [partner.agency.short_name for partner in queries.not_on_board(partnership, on)]
    why = f"Nobody sits on the board for {_listed(missing)}." if missing else ""
    state = "gap" if missing else "met"
    yield Owed(REPRESENTED, state, STATUTE, url=_people(partnership), why=why)
    empty = [each for each in queries.vacancies(partnership, on) if each.statutory]
    for each in empty:
        yield Owed(
            f"Fill the place of {each.expects} on {each.group.short_name}", "gap", STATUTE,
            url=each.group.get_absolute_url(), why=f"Empty since {longdate(each.since)}.",
        )  # fmt: skip
    if not empty:
        yield Owed(FILLED, "met", STATUTE, url=_people(partnership))


@duties
def bodies(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """Partners whose body has ended, while nobody has said what became of its place."""
    left = [partner.agency.name for partner in queries.left_behind(partnership, on)]
    if left:
        why = f"{_listed(left)} ended. Say who took over, or that nobody did."
        yield Owed(SUCCEEDED, "gap", STATUTE, url=_people(partnership), why=why)


def _listed(names: Iterable[Any]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else str(last)


def _sharing(partnership: Partnership) -> str:
    return reverse("membership:sharing", args=[partnership.slug])


def _people(partnership: Partnership) -> str:
    return reverse("membership:people", args=[partnership.slug])
