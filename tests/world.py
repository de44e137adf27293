"""A small partnership for tests: enough seats to tell holder, colleague and stranger apart."""

import datetime
from functools import cache
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password

from accounts.models import User
from core.markings import Marking
from membership.models import (
    Agency,
    Group,
    GroupKind,
    Partner,
    Partnership,
    Post,
    Role,
    Seat,
    SharingAgreement,
    SharingProtocol,
    Signature,
)

LONG_AGO = datetime.date(2024, 4, 1)
PASSWORD = "correct horse battery"


@cache
def hashed() -> str:
    """Everybody's password, hashed once: hashing is slow on purpose."""
    return make_password(PASSWORD)


def person(name: str, **more) -> User:
    """Somebody who can sign in with the password "correct horse battery"."""
    email = f"{name.lower().replace(' ', '.')}@example.test"
    return User.objects.create(email=email, name=name, password=hashed(), **more)


def agency(name: str, kind: str, **more) -> Agency:
    slug = name.lower().replace(" ", "-")
    return Agency.objects.create(
        name=name, short_name=name, slug=slug, kind=kind, starts_on=LONG_AGO, **more
    )


def group(partnership, name: str, kind: str, **more) -> Group:
    return Group.objects.create(
        partnership=partnership, name=name, short_name=name, slug=name.lower().replace(" ", "-"),
        kind=kind, starts_on=LONG_AGO, **more,
    )  # fmt: skip


def seat(who, on_group, for_agency, role=Role.MEMBER, **more) -> Seat:
    more.setdefault("starts_on", LONG_AGO)
    return Seat.objects.create(
        person=who, group=on_group, agency=for_agency, role=role, created_by=who, **more
    )


def protocol(for_group, **more) -> SharingProtocol:
    more.setdefault("starts_on", LONG_AGO)
    more.setdefault("review_on", datetime.date(2099, 1, 1))
    return SharingProtocol.objects.create(
        group=for_group, title=f"{for_group.name} protocol", purpose="To keep people safe",
        lawful_gateway="Crime and Disorder Act 1998 section 115", **more,
    )  # fmt: skip


def build() -> SimpleNamespace:
    """Dartford in small, and a stranger's partnership beside it.

    Seats: officer (secretariat and board), chair (council leader), vice (police), kent (county,
    signed), watch (Neighbourhood Watch, not signed), dvacs (police, on DVACS), ocg (police, on
    OCG, which the secretariat does not run), scrutiny, commissioner, administrator, leaver (seat
    ended), stranger (officer of Gravesham), guest (no seat).
    """
    w = SimpleNamespace()
    w.partnership = Partnership.objects.create(
        name="Dartford Community Safety Partnership", place="Dartford", slug="dartford",
        contact_email="safety@example.test",
    )  # fmt: skip
    w.council = agency("Dartford Borough Council", "district")
    w.police = agency("Kent Police", "police")
    w.county = agency("Kent County Council", "county")
    w.watch_body = agency("Neighbourhood Watch", "voluntary")
    w.pcc_office = agency("Office of the Police and Crime Commissioner", "commissioner")
    w.manager_post = Post.objects.create(
        agency=w.council, title="Community Safety Manager", starts_on=LONG_AGO
    )
    w.commander_post = Post.objects.create(
        agency=w.police, title="District Commander", starts_on=LONG_AGO
    )
    for body, statutory in [
        (w.council, True), (w.police, True), (w.county, True), (w.watch_body, False),
    ]:  # fmt: skip
        Partner.objects.create(
            partnership=w.partnership, agency=body, statutory=statutory, starts_on=LONG_AGO
        )
    w.secretariat = group(w.partnership, "Secretariat", GroupKind.SECRETARIAT)
    w.board = group(
        w.partnership, "Board", GroupKind.BOARD, administered_by=w.secretariat, chair_reviewed=True
    )
    w.dvacs_group = group(
        w.partnership, "DVACS", GroupKind.SUBGROUP, administered_by=w.secretariat,
        reports_to=w.board, default_marking=Marking.SENSITIVE,
    )  # fmt: skip
    w.ocg_group = group(
        w.partnership, "OCG", GroupKind.SUBGROUP, reports_to=w.board,
        default_marking=Marking.SENSITIVE,
    )  # fmt: skip
    w.committee = group(w.partnership, "Scrutiny Committee", GroupKind.SCRUTINY)
    w.scrutineers = group(w.partnership, "Commissioner office", GroupKind.SCRUTINEER)
    w.administration = group(w.partnership, "Administration", GroupKind.ADMINISTRATION)
    w.officer = person("Hazel Okafor")
    w.chair = person("Sage Holloway")
    w.vice = person("Linden Shah")
    w.kent = person("Bryony Clarke")
    w.watch = person("Ash Pemberton")
    w.dvacs = person("Reed Samuels")
    w.ocg = person("Rowan Mistry")
    w.scrutiny = person("Iris Munro")
    w.commissioner = person("Basil Whitcombe")
    w.administrator = person("Juniper Lane")
    w.leaver = person("Heather Quayle")
    w.guest = person("Marigold Tan")
    w.officer_seat = seat(w.officer, w.secretariat, w.council, Role.OFFICER, post=w.manager_post)
    w.officer_board_seat = seat(w.officer, w.board, w.council, post=w.manager_post)
    w.chair_seat = seat(w.chair, w.board, w.council, Role.CHAIR)
    w.vice_seat = seat(w.vice, w.board, w.police, Role.VICE_CHAIR, post=w.commander_post)
    w.kent_seat = seat(w.kent, w.board, w.county)
    w.watch_seat = seat(w.watch, w.board, w.watch_body)
    w.dvacs_seat = seat(w.dvacs, w.dvacs_group, w.police)
    w.ocg_seat = seat(w.ocg, w.ocg_group, w.police, Role.OFFICER)
    w.scrutiny_seat = seat(w.scrutiny, w.committee, w.council)
    w.commissioner_seat = seat(w.commissioner, w.scrutineers, w.pcc_office)
    w.administrator_seat = seat(w.administrator, w.administration, w.council)
    w.leaver_seat = seat(w.leaver, w.board, w.county, ends_on=datetime.date(2025, 4, 1))
    w.agreement = SharingAgreement.objects.create(
        partnership=w.partnership, name="Kent and Medway Information Sharing Agreement",
        short_name="K-MISA", starts_on=LONG_AGO, review_on=datetime.date(2099, 4, 1),
    )  # fmt: skip
    for body in (w.council, w.police, w.county):
        Signature.objects.create(
            agreement=w.agreement, agency=body, signed_by_name="Clover Bains", starts_on=LONG_AGO
        )
    for each in (w.board, w.dvacs_group, w.ocg_group, w.secretariat):
        protocol(each)
    w.gravesham = Partnership.objects.create(
        name="Gravesham Community Safety Partnership", place="Gravesham", slug="gravesham"
    )
    w.gravesham_council = agency("Gravesham Borough Council", "district")
    w.gravesham_secretariat = group(w.gravesham, "Secretariat", GroupKind.SECRETARIAT)
    w.gravesham_board = group(
        w.gravesham, "Board", GroupKind.BOARD, administered_by=w.gravesham_secretariat
    )
    w.stranger = person("Clover Bains")
    seat(w.stranger, w.gravesham_secretariat, w.gravesham_council, Role.OFFICER)
    return w
