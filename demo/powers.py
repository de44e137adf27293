"""Powers, orders, themes, the horizon and tensions in the story.

The order and the changes of law are real, from public pages; what the tensions tell is invented.
"""

import datetime
from collections.abc import Iterable

from assessments.models import Order, PolicyChange, Power
from assessments.workflow import horizon, orders, powers, tensions, themes
from core import clock
from core.markings import Marking
from demo.partnership import Cast
from demo.powers_words import CHANGES, LEADS, TERMS, Coming
from demo.telling import on
from documents.models import Document
from membership.models import Theme

DAY = datetime.timedelta(days=1)
THEMED = datetime.date(2022, 3, 1)
MADE = datetime.date(2024, 1, 24)
FIRST, LAST = datetime.date(2024, 2, 1), datetime.date(2027, 1, 31)
ASKED = datetime.date(2026, 10, 12), datetime.date(2026, 12, 6)
EXTENDED = datetime.date(2027, 1, 13)
UNTIL = datetime.date(2030, 1, 31)
TOWN = "E05012409"
PSPO = "public-spaces-protection-order"
TITLE = "Dartford Town Centre public spaces protection order"
# About the town centre; drawn for the demonstration, the council's own plan is the one that counts.
OUTLINE = [[[
    [0.2118, 51.4472], [0.2172, 51.4486], [0.2238, 51.4468], [0.2246, 51.4441], [0.2203, 51.4424],
    [0.2131, 51.4431], [0.2118, 51.4472],
]]]  # fmt: skip
WHOM = (
    "- the chief officer of police\n- the Police and Crime Commissioner\n- shops, pubs and market "
    "traders of the town centre\n- people who live there, by a notice in the streets and a form "
    "on the council’s website"
)


def begin(cast: Cast) -> None:
    """What stands before the year that is told: themes and their leads, powers, the order."""
    hazel = cast.people["hazel"]
    with on(THEMED):
        powers.load()
        for theme in themes.set_up_default_themes(cast.partnership, by=hazel):
            _lead(cast, theme)
    with on(datetime.date(2023, 10, 2)):
        order = _note_order(cast)
    with on(MADE):
        orders.consult(
            order, consulted_from=datetime.date(2023, 10, 9), consulted_whom=WHOM,
            consulted_until=datetime.date(2023, 11, 20), by=hazel,
            consulted_found="Most who answered wanted the order, above all traders.",
        )  # fmt: skip
        orders.make(order, starts_on=FIRST, last_day=LAST, by=hazel)


def _lead(cast: Cast, theme: Theme) -> None:
    """One theme has no lead yet, so that the story shows what is missing."""
    body, post = LEADS.get(theme.slug, ("", ""))
    if body:
        themes.change(
            theme, lead=cast.bodies[body], lead_post=cast.post(body, post), by=cast.people["hazel"]
        )


def _note_order(cast: Cast) -> Order:
    return orders.add(
        cast.partnership, power=Power.objects.get(slug=PSPO), title=TITLE,
        place="Streets and open spaces of Dartford town centre", terms=TERMS,
        made_by=cast.bodies["council"], area_codes=[TOWN], outline=OUTLINE,
        penalty="A fixed penalty of £100, or £60 if it is paid within 10 days",
        by=cast.people["hazel"],
    )  # fmt: skip


def carry_on(cast: Cast, today: datetime.date) -> None:
    """The horizon, the order's extension, what belongs to the themes, and two tensions."""
    _extend(cast, today)
    _watch(cast, today)
    _link(cast, today)
    _report(cast, today)


def _extend(cast: Cast, today: datetime.date) -> None:
    """The extension is consulted on in the autumn of 2026 and made in January 2027."""
    hazel = cast.people["hazel"]
    if today <= ASKED[0]:
        return
    order = Order.objects.get(starts_on=FIRST)
    with on(ASKED[0] - 7 * DAY):
        extension = orders.extend(order, by=hazel)
    with on(ASKED[0]):
        orders.consult(
            extension, consulted_from=ASKED[0], consulted_until=ASKED[1], consulted_whom=WHOM,
            by=hazel,
        )  # fmt: skip
    if today > EXTENDED:
        with on(EXTENDED):
            orders.make(extension, starts_on=LAST + DAY, last_day=UNTIL, by=hazel)


# ---- the horizon --------------------------------------------------------------------------------


def _watch(cast: Cast, today: datetime.date) -> None:
    """Noted over the last years; since the last meeting one is new and one has moved."""
    made: dict[str, PolicyChange] = {}
    for coming in CHANGES:
        with on(min(coming.noted or today - 40 * DAY, today - 40 * DAY)):
            made[coming.key] = _note_change(cast, coming, today)
    hazel = cast.people["hazel"]
    with on(today - 30 * DAY):
        act = made["act"]
        horizon.update(
            act, by=hazel, version=act.version,
            touches=f"{act.touches}\n\nThe council’s solicitor is reading which sections began.",
        )  # fmt: skip
        reorganised = made["councils"]
        horizon.make_action(
            reorganised, cast.groups["board"], owner=cast.bodies["council"], post=None, by=hazel,
            text="List what the partnership signs and owns that new councils would inherit",
            due_on=today + 60 * DAY,
        )  # fmt: skip


def _note_change(cast: Cast, coming: Coming, today: datetime.date) -> PolicyChange:
    slugs = coming.themes
    again = today + coming.again * DAY if coming.again else None
    return horizon.add(
        cast.partnership, title=coming.title, level=coming.level, what=coming.what,
        touches=coming.touches, source=coming.source, source_url=coming.source_url,
        verified=coming.verified, stage=coming.stage, commences_on=coming.commences_on,
        commences_words=coming.commences_words, look_again_on=again,
        owner=cast.bodies[coming.owner] if coming.owner else None,
        themes=Theme.objects.of(cast.partnership).filter(slug__in=slugs), by=cast.people["hazel"],
    )  # fmt: skip


# ---- what belongs to themes ---------------------------------------------------------------------


def _link(cast: Cast, today: datetime.date) -> None:
    """Actions by their words, and a paper that stands for a plan."""
    hazel = cast.people["hazel"]
    with on(today - 20 * DAY):
        for slug, beginnings in (
            ("domestic-abuse", ("Publish the domestic abuse service", "Bring repeat domestic")),
            ("asb", ("Brief members on what the Act",)),
            ("serious-violence", ("Agree patrol times for Hythe", "Share hospital violence")),
        ):
            _link_actions(cast, slug, beginnings)
        paper = Document.objects.filter(
            group=cast.groups["board"], title__startswith="Town centre protection order"
        ).first()
        if paper:
            theme = Theme.objects.of(cast.partnership).get(slug="asb")
            themes.link_paper(theme, document=paper, by=hazel)


def _link_actions(cast: Cast, slug: str, beginnings: Iterable[str]) -> None:
    theme = Theme.objects.of(cast.partnership).get(slug=slug)
    for words in beginnings:
        for action in cast.partnership.actions.filter(text__startswith=words):
            themes.link_action(theme, action=action, by=cast.people["hazel"])


# ---- tensions -----------------------------------------------------------------------------------


def _report(cast: Cast, today: datetime.date) -> None:
    """Two reports, plainly invented: one answered and closed, one raised last week."""
    people, board = cast.people, cast.groups["board"]
    hate = Theme.objects.of(cast.partnership).get(slug="hate-crime")
    with on(today - 24 * DAY, 16):
        quiet = tensions.report(
            board, agency=cast.bodies["fire"], week=clock.today(), level=2, theme=hate,
            community="Traders at the invented market", source="Home safety visits",
            experienced="Invented for the demonstration: two traders quarrelled about pitches.",
            marking=Marking.OFFICIAL, by=people["juniper"],
        )  # fmt: skip
    with on(today - 17 * DAY, 9):
        tensions.respond(
            quiet, response="The market manager has met both. The pitches are marked now.",
            by=people["hazel"],
        )  # fmt: skip
    with on(today - 10 * DAY, 9):
        tensions.close(quiet, by=people["hazel"])
    with on(today - 6 * DAY, 17):
        tensions.report(
            board, agency=cast.bodies["police"], week=clock.today(), level=4, theme=hate,
            community="Young people around the invented Quarry Park", by=people["linden"],
            source="Neighbourhood officers",
            experienced="Invented for the demonstration: families stay away from the park.",
            evidenced="Invented: three reports of threats in one week, against none before.",
            potential="Invented: a gathering is talked about for the end of the month.",
        )  # fmt: skip
