"""What a partnership has laid down about its death reviews, as its page shows it."""

from dataclasses import dataclass
from typing import Any

from core import clock
from core.components import Fact
from core.dates import count
from dhr.models import Arrangement, Rule
from membership import standing
from membership.models import Role, Seat
from membership.queries import seats_on


@dataclass(frozen=True, slots=True)
class Shown:
    """The page of the arrangement."""

    facts: list[Fact]
    rule: Rule | None
    coming: list[Rule]
    past: list[Rule]
    pool: list[Seat]
    takes: str
    knows_panel: bool
    stops: list[str]


def shown(arrangement: Arrangement, user: Any) -> Shown:
    """What holds today, the versions of the law, and what stands in the way of reviews."""
    today = clock.today()
    pool = list(seats_on(arrangement.group, today))
    rules = list(Rule.objects.all())
    now = next((each for each in rules if _in_force(each, today)), None)
    coming = [each for each in rules if each.starts_on is None or each.starts_on > today]
    past = [each for each in rules if each is not now and each not in coming]
    stops = []
    if not arrangement.group.protocols.on(today).exists():
        stops.append(
            "The panel has no Frequent Sharing Protocol in force: no review can be opened."
        )
    if now is None:
        stops.append("No version of the law is loaded: ask a system administrator.")
    return Shown(
        facts=facts(arrangement), rule=now, coming=coming, past=past, pool=pool,
        takes=_takes(pool), knows_panel=arrangement.group_id in standing.groups(user), stops=stops,
    )  # fmt: skip


def _in_force(rule: Rule, today: Any) -> bool:
    begun = rule.starts_on is not None and rule.starts_on <= today
    return begun and (rule.ends_on is None or rule.ends_on > today)


def facts(arrangement: Arrangement) -> list[Fact]:
    """What is laid down, one line each."""
    contact = filter(None, [arrangement.contact_name, arrangement.contact_email])
    return [
        Fact("Called", arrangement.get_shown_name_display()),
        Fact("Today that is", arrangement.name_on(clock.today())),
        Fact("Who usually leads", arrangement.led_by or "This partnership"),
        Fact("Who to ask", ", ".join(contact)),
        Fact("The Home Office’s team", arrangement.home_office or "Not written down"),
        Fact("An agency has to answer", count(arrangement.information_days, "working day")),
        Fact("The difference made is checked after", count(arrangement.check_months, "month")),
        Fact("A report stays public", count(arrangement.site_years, "year")),
        Fact("A closed review is kept", count(arrangement.keep_years, "year")),
        Fact("Where this stands written", arrangement.source or "Not written down"),
    ]


def _takes(pool: list[Seat]) -> str:
    officers = [seat.person.name for seat in pool if seat.role == Role.OFFICER]
    if officers:
        return f"Notifications go to {', '.join(officers)}."
    return "Notifications go to every officer of the secretariat. Seat officers on it to change it."
