"""The first part of the story: the partnership of the terms of reference comes to be."""

import datetime
from dataclasses import dataclass, field

from accounts import workflow as accounts
from accounts.models import User
from core.markings import Marking
from demo.people import BODIES, PCC_OFFICE, PEOPLE, Body, Invented, Place
from demo.queries import email_of
from demo.telling import on
from membership import workflow as membership
from membership.models import Agency, Group, GroupKind, Partnership, Post, Role, Seat

SLUG = "dartford"
PARTED = datetime.date(2020, 10, 1)
CCG = datetime.date(2020, 4, 1)
ICB = datetime.date(2022, 7, 1)
FAR_BACK = datetime.date(2004, 1, 1)
COUNCIL = next(body for body in BODIES if body.key == "council")


@dataclass
class Cast:
    """Everybody and everything of the story, by the keys of ``demo.people``."""

    partnership: Partnership
    people: dict[str, User] = field(default_factory=dict)
    bodies: dict[str, Agency] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    seats: dict[tuple[str, str], Seat] = field(default_factory=dict)

    def post(self, body: str, title: str) -> Post | None:
        """A post by its title; none where the person sits for no post."""
        if not title:
            return None
        return self.bodies[body].posts.get(title=title)


def found(today: datetime.date) -> Cast:
    """Set up the partnership, its bodies, groups, people and sharing, each on its day."""
    with on(PARTED):
        cast = _begin()
        _bodies(cast)
        _groups(cast)
        _places(cast)
    with on(ICB):
        _succeed(cast)
    with on(datetime.date(2024, 4, 3)):
        _sharing(cast, today)
    with on(datetime.date(2025, 5, 21)):
        _people(cast)
        _countywide(cast)
    return cast


def _begin() -> Cast:
    first = next(each for each in PEOPLE if each.key == "hazel")
    officer = User.objects.create_user(email_of(first.key), first.name)
    began = membership.establish(
        name="Dartford Community Safety Partnership", place="Dartford", slug=SLUG,
        agency=Agency(**_fields(COUNCIL), slug="dartford-borough-council", starts_on=FAR_BACK),
        officer=officer, post=first.post, starts_on=PARTED, area="E07000107",
        police_force_area="E23000032", contact_email="community.safety@demo.invalid",
    )  # fmt: skip
    cast = Cast(began.partnership)
    cast.people["hazel"], cast.seats["hazel", "secretariat"] = officer, began.officer_seat
    cast.groups["secretariat"], cast.bodies["council"] = began.secretariat, began.agency
    return cast


def _fields(body: Body) -> dict[str, str]:
    return {
        "name": body.name, "short_name": body.short, "kind": body.kind,
        "statutory_basis": body.basis,
    }  # fmt: skip


def _bodies(cast: Cast) -> None:
    hazel = cast.people["hazel"]
    for body in [*BODIES, PCC_OFFICE]:
        agency = cast.bodies.get(body.key) or membership.add_agency(
            **_fields(body), starts_on=CCG if body.key == "ccg" else FAR_BACK, by=hazel
        )  # fmt: skip
        cast.bodies[body.key] = agency
        for title in body.posts:
            if not agency.posts.filter(title=title).exists():
                membership.add_post(agency, title=title, starts_on=PARTED, by=hazel)
        if body is not PCC_OFFICE and body.key != "council":
            membership.add_partner(
                cast.partnership, agency=agency, statutory=body.statutory, starts_on=PARTED,
                because="Named in the terms of reference", by=hazel,
            )  # fmt: skip


def _groups(cast: Cast) -> None:
    hazel, secretariat = cast.people["hazel"], cast.groups["secretariat"]

    def add(key: str, name: str, short_name: str, kind: str, **more: object) -> Group:
        cast.groups[key] = membership.set_up_group(
            cast.partnership, name=name, short_name=short_name, slug=key, kind=kind,
            starts_on=PARTED, by=hazel, **more,
        )  # fmt: skip
        return cast.groups[key]

    board = add(
        "board", "Dartford Community Safety Partnership board", "Board", GroupKind.BOARD,
        administered_by=secretariat, chair_reviewed=True,
        purpose="Gives the partnership its direction; meets each quarter.",
    )  # fmt: skip
    add(
        "dvacs", "Dartford Vulnerability and Contextual Safeguarding group", "DVACS",
        GroupKind.SUBGROUP, administered_by=secretariat, reports_to=board,
        default_marking=Marking.SENSITIVE,
        purpose="Looks at vulnerable people and the places where harm happens.",
    )  # fmt: skip
    add(
        "ocg", "Organised Criminal Gangs group", "OCG", GroupKind.SUBGROUP, reports_to=board,
        default_marking=Marking.SENSITIVE,
        purpose="Brings agencies together on organised crime in the borough.",
    )  # fmt: skip
    add(
        "scrutiny", "Crime and Disorder (Overview and Scrutiny) Committee", "Scrutiny",
        GroupKind.SCRUTINY, purpose="Reviews what the partnership does, on behalf of the council.",
    )  # fmt: skip
    add(
        "scrutineers", "Police and Crime Commissioner’s office", "PCC’s office",
        GroupKind.SCRUTINEER, purpose="Looks over grant applications and what the grants achieved.",
    )  # fmt: skip
    add("administration", "System administration", "Administration", GroupKind.ADMINISTRATION)


def _places(cast: Cast) -> None:
    for body in BODIES:
        for title in body.posts if body.key != "police" else ("District Commander",):
            membership.add_place(
                cast.groups["board"], agency=cast.bodies[body.key],
                post=cast.post(body.key, title), starts_on=PARTED, by=cast.people["hazel"],
            )  # fmt: skip


def _succeed(cast: Cast) -> None:
    """The clinical commissioning group became the integrated care board on 1 July 2022."""
    cast.bodies["icb"] = membership.succeed_agency(
        cast.bodies["ccg"], name="NHS Kent and Medway Integrated Care Board",
        short_name="NHS Kent and Medway", slug="nhs-kent-and-medway", on=ICB, posts=True,
        places=True, by=cast.people["hazel"],
    )  # fmt: skip


def _sharing(cast: Cast, today: datetime.date) -> None:
    hazel = cast.people["hazel"]
    agreement = membership.add_agreement(
        cast.partnership, name="Kent and Medway Information Sharing Agreement",
        short_name="K-MISA", version="2024", starts_on=datetime.date(2018, 5, 25),
        review_on=today + datetime.timedelta(days=130), by=hazel,
    )  # fmt: skip
    signed = {
        "council": ("Alder Fenwick", "Director of Housing and Public Protection"),
        "police": ("Linden Shah", "District Commander"),
        "county": ("Bryony Clarke", "Community Safety Lead"),
        "icb": ("Dr Olive Adeyemi", "Safeguarding Lead"),
        "probation": ("Basil Whitcombe", "Head of Delivery Unit"),
        "fire": ("Juniper Lane", "Group Manager"),
        "support": ("Heather Quayle", "Area Manager"),
    }
    for key, (name, post) in signed.items():
        membership.sign(
            agreement, agency=cast.bodies[key], signed_by_name=name, signed_by_post=post,
            on=datetime.date(2024, 4, 3), by=hazel,
        )  # fmt: skip
    statutory = [cast.bodies[each] for each in ("police", "council", "county", "icb", "probation",
                                                "fire")]  # fmt: skip
    for key, title, what in [
        ("board", "Board protocol", "Figures and papers that the board needs to give direction."),
        ("dvacs", "DVACS protocol", "Names and circumstances of people and places at risk."),
        ("ocg", "OCG protocol", "Intelligence on organised crime groups."),
        ("secretariat", "Secretariat protocol", "What officers need to prepare the groups’ work."),
    ]:
        membership.set_protocol(
            cast.groups[key], title=title, purpose="To prevent crime and disorder and keep people "
            "safe", lawful_gateway="Crime and Disorder Act 1998 s.115", information=what,
            parties=statutory, starts_on=datetime.date(2024, 4, 3),
            review_on=today + datetime.timedelta(days=200), by=hazel,
        )  # fmt: skip


def _people(cast: Cast) -> None:
    """Everybody is invited by the officer, who gives them their seats."""
    for each in PEOPLE:
        if each.key not in cast.people:
            cast.people[each.key], _ = accounts.invite(
                email=email_of(each.key), name=each.name, by=cast.people["hazel"]
            )
        for place in each.places:
            if (each.key, place.group) not in cast.seats:
                cast.seats[each.key, place.group] = _seat(cast, each, place)


def _seat(cast: Cast, who: Invented, place: Place) -> Seat:
    """Chairs since the council's annual meeting of 2025, the rest since that April."""
    chairs = place.role in (Role.CHAIR, Role.VICE_CHAIR)
    return membership.seat(
        cast.groups[place.group], person=cast.people[who.key], agency=cast.bodies[who.body],
        role=place.role, post=cast.post(who.body, who.post),
        starts_on=datetime.date(2025, 5, 21) if chairs else datetime.date(2025, 4, 1),
        substitute_for=cast.seats.get((place.substitute_for, place.group)),
        by=cast.people["hazel"],
    )  # fmt: skip


def _countywide(cast: Cast) -> None:
    hazel = cast.people["hazel"]
    county = membership.add_representation(
        cast.partnership, body="Kent Community Safety Partnership", person=cast.people["hazel"],
        purpose="The county’s partnership: its agreement, grants and death reviews",
        contact_name="Bryony Clarke", starts_on=datetime.date(2025, 4, 1), by=hazel,
    )  # fmt: skip
    membership.report_back(
        county, on=datetime.date(2025, 5, 20), by=hazel,
        text="The county’s agreement was refreshed in April. Districts are asked to send their "
        "strategic assessments by the end of January.",
    )  # fmt: skip
    membership.add_representation(
        cast.partnership, body="DARDR steering group", person=cast.people["alder"],
        purpose="Oversees domestic abuse related death reviews in Kent and Medway",
        starts_on=datetime.date(2025, 4, 1), by=hazel,
    )  # fmt: skip
    membership.add_representation(
        cast.partnership, body="Kent and Medway Information Partnership", person=None,
        purpose="Reviews the information sharing agreement (K-MISA) each year",
        starts_on=datetime.date(2025, 4, 1), by=hazel,
    )  # fmt: skip
