"""Who holds death reviews in the story: the county's partnership, Dartford, and a district beside.

The county commissions reviews; districts supply information and deliver actions. What the other
partnerships do besides is not told.
"""

import datetime
from dataclasses import dataclass, field

from accounts.models import User
from core import clock
from demo.partnership import FAR_BACK, Cast
from demo.people import ELSEWHERE_BODIES, PEOPLE
from demo.telling import on
from dhr.models import Arrangement
from dhr.workflow import arrangements
from membership import workflow as membership
from membership.models import Agency, Partnership, Role

KENT = "Kent Community Safety Partnership"
HERE_ONLY = "It is in this demonstration for its death reviews only."
OFFICERS = ("hazel", "alder")
# Who may be asked onto a review, or answers for a body, in each partnership.
POOLS = {
    "dartford": ("fern", "olive", "bryony", "reed", "heather", "aspen"),
    "kent": ("fern", "olive", "basil", "bryony", "alder", "aspen"),
    "sevenoaks": ("privet",),
}
IN_KENT = ("county", "police", "icb", "probation", "council")


@dataclass(frozen=True, slots=True)
class Held:
    """A partnership that holds reviews or parts of them, and who works on these."""

    partnership: Partnership
    officer: User
    arrangement: Arrangement


@dataclass
class World:
    """The story's people with the partnerships that hold death reviews."""

    cast: Cast
    today: datetime.date
    held: dict[str, Held] = field(default_factory=dict)

    def ago(self, days: int) -> datetime.date:
        """So many days before the telling."""
        return self.today - datetime.timedelta(days=days)

    def body_of(self, key: str) -> Agency:
        """The agency of a person."""
        return self.cast.bodies[next(each.body for each in PEOPLE if each.key == key)]


def begin(cast: Cast, today: datetime.date, days: int) -> World:
    """Three partnerships lay down how they hold death reviews, so many days ago."""
    world = World(cast, today)
    with on(world.ago(days)):
        _bodies(cast)
        _dartford(world)
        _county(world)
        _district(world)
    return world


def _bodies(cast: Cast) -> None:
    hazel = cast.people["hazel"]
    for body in ELSEWHERE_BODIES:
        cast.bodies[body.key] = membership.add_agency(
            name=body.name, short_name=body.short, kind=body.kind, starts_on=FAR_BACK, by=hazel,
            statutory_basis=body.basis, partnership=cast.partnership,
        )  # fmt: skip


def _dartford(world: World) -> None:
    """Two officers take notifications here; the others of the secretariat know of none."""
    cast, hazel = world.cast, world.cast.people["hazel"]
    _sign(cast.partnership, [cast.bodies["reviewers"]], hazel)
    made = _arranged(world, "dartford", cast.partnership, hazel)
    for key in OFFICERS:
        _seat(made, world, key, hazel, Role.OFFICER)


def _county(world: World) -> None:
    cast, officer = world.cast, world.cast.people["tamarisk"]
    bodies = [cast.bodies[key] for key in IN_KENT]
    kent = _established("kent", KENT, "Kent", bodies[0], officer, "Death Review Coordinator")
    for agency in bodies[1:]:
        membership.add_partner(
            kent, agency=agency, statutory=True, starts_on=clock.today(), by=officer,
            because="Named in the terms of reference",
        )  # fmt: skip
    _agree(kent, [*bodies, cast.bodies["reviewers"]], world, officer)
    _arranged(world, "kent", kent, officer)


def _district(world: World) -> None:
    council, officer = world.cast.bodies["sevenoaks"], world.cast.people["laurel"]
    held = _established(
        "sevenoaks", "Sevenoaks Community Safety Partnership", "Sevenoaks", council, officer,
        "Community Safety Manager",
    )  # fmt: skip
    _agree(held, [council], world, officer)
    _arranged(world, "sevenoaks", held, officer)


# ---- what each needs ----------------------------------------------------------------------------


def _established(
    slug: str, name: str, place: str, agency: Agency, officer: User, post: str
) -> Partnership:
    return membership.establish(
        name=name, place=place, slug=slug, agency=agency, officer=officer, post=post,
        starts_on=clock.today(), contact_email=f"{slug}@demo.invalid", introduction=HERE_ONLY,
    ).partnership  # fmt: skip


def _agree(partnership: Partnership, bodies: list[Agency], world: World, by: User) -> None:
    membership.add_agreement(
        partnership, name="Kent and Medway Information Sharing Agreement", short_name="K-MISA",
        version="2024", starts_on=clock.today(), review_on=world.ago(-130), by=by,
    )  # fmt: skip
    _sign(partnership, bodies, by)


def _sign(partnership: Partnership, bodies: list[Agency], by: User) -> None:
    for agency in bodies:
        membership.sign(
            partnership.agreements.get(), agency=agency, signed_by_name="Its chief officer",
            on=clock.today(), by=by,
        )  # fmt: skip


def _arranged(world: World, key: str, partnership: Partnership, by: User) -> Arrangement:
    """The arrangement, with those who may be asked on its standing panel."""
    made = arrangements.set_up(partnership, by=by)
    world.held[key] = Held(partnership, by, made)
    for who in POOLS[key]:
        _seat(made, world, who, by)
    return made


def _seat(made: Arrangement, world: World, key: str, by: User, role: str = Role.MEMBER) -> None:
    membership.seat(
        made.group, person=world.cast.people[key], agency=world.body_of(key), role=role,
        starts_on=clock.today(), by=by,
    )  # fmt: skip
