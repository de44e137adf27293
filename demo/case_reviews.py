"""Case reviews in the story: people apply, bodies answer, a panel sits, and bodies do as they said.

The law and its limits are real, and so are the figures that Dartford published; every case, person
and place is invented. The words stand in ``demo.case_words``.
"""

import datetime

from demo import case_panels as panels
from demo import case_steps as steps
from demo import case_words as words
from demo.partnership import FAR_BACK, Cast
from demo.people import HOMES
from demo.telling import on
from membership import workflow as membership
from membership.models import Role
from triggers.models import (
    AppealKind,
    Application,
    BodyKind,
    Channel,
    LetterKind,
    MessageKind,
    Procedure,
    RelevantBody,
)
from triggers.workflow import (
    answering,
    appeals,
    applying,
    casework,
    messages,
    procedures,
    seating,
    settings,
    statistics,
    threshold,
)
from triggers.workflow.rules import FACTS as RULES

PUBLISHED = RULES.with_name("dartford_published.csv")
DAY = datetime.timedelta(days=1)
# Who may be asked onto a panel, or answers for a body; one officer takes new cases.
POOL = ("rowan", "fern", "clover", "olive", "bryony", "juniper", "heather")
CALLED = {
    "police": "the police, on 101", "council": "the council’s noise team",
    "icb": "a surgery or hospital", "homes": "the landlord, if it is Riverbank Homes",
}  # fmt: skip


def tell(cast: Cast, today: datetime.date) -> None:
    """Everything about case reviews, from the day on which they were set up."""
    _set_up(cast, today - 300 * DAY)
    _withdrawn(cast, today - 210 * DAY)
    panels.finish(cast, today)
    _not_met(cast, today)
    merged = panels.gather(cast, today)
    _neighbour(cast, merged, today)
    _half_filled_in(cast, today)
    with on(today, 7):
        steps.sent_in(cast, words.FRESH)


# ---- what was laid down -------------------------------------------------------------------------


def _set_up(cast: Cast, day: datetime.date) -> None:
    """The procedure, the landlord that was co-opted, and the people who may be asked."""
    hazel = cast.people["hazel"]
    with on(day):
        homes = _landlord(cast, day)
        procedure = procedures.set_up(cast.partnership, by=hazel)
        settings.add_body(
            cast.partnership, agency=homes, kind=BodyKind.HOUSING, starts_on=day, by=hazel
        )
        procedure = procedures.change(
            procedure, contact_telephone="01632 960000", text=words.PROCEDURE, by=hazel,
            other_ways="Write to the community safety team, Civic Centre, Home Gardens, Dartford, "
            "or speak to any of us there. A friend or a councillor may do it for you.",
            commissioner_contact="The Kent Police and Crime Commissioner’s office",
        )  # fmt: skip
        for key, called in CALLED.items():
            body = RelevantBody.objects.of(cast.partnership).get(agency=cast.bodies[key])
            settings.change_body(body, kind=body.kind, also_reports=called, by=hazel)
        _seats(cast, procedure, day)
        published = PUBLISHED.read_text()
        statistics.import_published(cast.partnership, published, by=hazel)


def _landlord(cast: Cast, day: datetime.date) -> object:
    hazel = cast.people["hazel"]
    homes = membership.add_agency(
        name=HOMES.name, short_name=HOMES.short, kind=HOMES.kind, starts_on=FAR_BACK, by=hazel
    )
    for title in HOMES.posts:
        membership.add_post(homes, title=title, starts_on=FAR_BACK, by=hazel)
    membership.sign(
        cast.partnership.agreements.get(), agency=homes, signed_by_name="Willow Arkwright",
        signed_by_post="Neighbourhood Manager", on=day, by=hazel,
    )  # fmt: skip
    cast.bodies["homes"] = homes
    return homes


def _seats(cast: Cast, procedure: Procedure, day: datetime.date) -> None:
    group = cast.groups["reviews"] = procedure.group
    held = {seat.person_id: seat for seat in cast.seats.values()}
    for key in ("hazel", *POOL):
        seat = held[cast.people[key].pk]
        cast.seats[key, "reviews"] = membership.seat(
            group, person=seat.person, agency=seat.agency, post=seat.post, starts_on=day,
            role=Role.OFFICER if key == "hazel" else Role.MEMBER, by=cast.people["hazel"],
        )  # fmt: skip
    cast.seats["willow", "reviews"] = membership.seat(
        group, person=cast.people["willow"], agency=cast.bodies["homes"], role=Role.MEMBER,
        post=cast.post("homes", "Neighbourhood Manager"), starts_on=day, by=cast.people["hazel"],
    )  # fmt: skip


# ---- cases --------------------------------------------------------------------------------------


def _withdrawn(cast: Cast, day: datetime.date) -> None:
    """By post, and withdrawn within a week: it counts as an application."""
    with on(day, 11):
        case = steps.sent_in(cast, words.WITHDRAWN, Channel.POST)
        casework.acknowledge(case, by=cast.people["hazel"])
    with on(day + 6 * DAY, 15):
        applying.withdraw(case, reason="The dogs have gone.", by=cast.people["hazel"])


def _not_met(cast: Cast, today: datetime.date) -> None:
    """One of three complaints counts; the reason was told, and somebody else is to hear why not."""
    hazel = cast.people["hazel"]
    with on(today - 46 * DAY, 19):
        case = steps.sent_in(cast, words.NOT_MET)
    with on(today - 45 * DAY, 9):
        casework.acknowledge(case, by=hazel)
    with on(today - 25 * DAY, 14):
        threshold.decide(
            case, met=False, review=False, reason=words.NOT_MET_BECAUSE, by=hazel,
            persistence="Since the spring, not each month.", harm="Smell, and rats once.",
            response="Two leaflets. The garden is being cleared now.",
        )  # fmt: skip
        steps.letter(case, LetterKind.NOT_MET, by=hazel)
    with on(today - 9 * DAY, 20):
        appeals.appeal(case, kind=AppealKind.REVIEW, text=words.APPEAL, made_on=today - 9 * DAY)


def _neighbour(cast: Cast, like: Application, today: datetime.date) -> None:
    """Told by a neighbour; three bodies have answered and the fourth is late."""
    hazel, day = cast.people["hazel"], steps.working(today, 17)
    told = words.NEIGHBOUR
    with on(day, 16):
        case = steps.sent_in(cast, told)
    steps.bodies_answer(cast, case, told, day, late=("icb",))
    with on(steps.working(today, 5), 9):
        seating.put_on_case(
            case, held=cast.seats["rowan", "secretariat"], by=hazel,
            reason="Goes on with it while I am on leave",
        )  # fmt: skip
    with on(steps.working(today, 4), 12):
        messages.write(
            case, kind=MessageKind.CONTACT, text="My number is the same, but ring after noon now."
        )
    with on(steps.working(today, 3), 12):
        casework.link_cases(case, like, why="The same block, and the same flat", by=hazel)


def _half_filled_in(cast: Cast, today: datetime.date) -> None:
    """Two that were begun: one online, which nobody sees, and one on the telephone."""
    with on(today - 2 * DAY, 21):
        draft = applying.begin(cast.partnership, channel=Channel.ONLINE)
        answering.keep(draft, answers=words.HALF)
    with on(today - DAY, 11):
        taken = applying.begin(cast.partnership, channel=Channel.TELEPHONE, by=cast.people["rowan"])
        answering.keep(taken, answers=words.TELEPHONED)
