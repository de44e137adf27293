"""The pages that are measured, for whom, and what they may cost."""

from dataclasses import dataclass

from bench.arithmetic import Goal
from bench.loading import known
from bench.loading.keys import key_of

# The goals, by what a page is. A page of another kind is shown without one.
MEETING = Goal(ratio=1.6, queries=8)
LONG_MEETING = Goal(queries=8)
LIST = Goal(ratio=2.0, queries=5, kilobytes=40)
READ = Goal(ratio=2.5)
ENTRY = Goal(ratio=1.5, queries=3)
SHOWN = Goal()

PEOPLE = {
    "officer": str(key_of("user", 1, known.OFFICER)),
    "member": str(key_of("user", 1, known.MEMBER)),
    "public": "",
}


@dataclass(frozen=True)
class Page:
    """An address, who opens it, and its goal; ``like`` is the bare page it is compared with."""

    name: str
    who: str
    goal: Goal
    route: str
    args: tuple[str, ...] = ()
    query: str = ""
    like: str = "rows"

    def request(self) -> dict[str, object]:
        """What a worker has to know to ask for it."""
        who = PEOPLE.get(self.who, self.who)
        return {"route": self.route, "args": self.args, "query": self.query, "who": who}


def _of_meeting(route: str, days: int, *more: str) -> tuple[str, tuple[str, ...]]:
    return f"meetings:{route}", (known.FIRST, known.board_meeting(days), *more)


BARE = {
    "rows": Page("Bare page of 50 rows", "1", SHOWN, "rows"),
    "session": Page("Bare view of session and user", "1", SHOWN, "session"),
}

FIRST = (known.FIRST,)

PAGES = [
    Page("Sign-in and permission alone", "member", ENTRY, "bench_entry", FIRST, like="session"),
    Page("My work, officer", "officer", READ, "dashboards:home"),
    Page("My work, partner", "member", READ, "dashboards:home"),
    Page("Meetings, 100 in the year", "officer", LIST, "meetings:list", FIRST, "year=2025"),
    Page("Meeting, 15 items", "member", MEETING, *_of_meeting("detail", known.MEETING)),
    Page("Meeting, 15 items, officer", "officer", MEETING, *_of_meeting("detail", known.MEETING)),
    Page("Meeting, 150 items", "member", LONG_MEETING, *_of_meeting("detail", known.LONG)),
    Page("Minute-taking", "officer", SHOWN, *_of_meeting("minutes", known.TAKEN, "5")),
    Page("Minute-taking, whole agenda", "officer", SHOWN, *_of_meeting("live", known.TAKEN)),
    Page("Draft minutes", "member", SHOWN, *_of_meeting("draft_minutes", known.MEETING)),
    Page("Public agenda", "public", READ, *_of_meeting("public_agenda", known.COMING)),
    Page(
        "Public minutes", "public", READ, "documents:publication",
        (known.FIRST, known.minutes_of(known.PUBLISHED)),
    ),
    Page("Publications", "public", READ, "documents:publications", FIRST),
    Page("Actions, 100", "officer", LIST, "actions:list", FIRST),
    Page("One action", "member", SHOWN, "actions:detail", (known.FIRST, known.ACTION)),
    Page("Figures", "member", READ, "figures:crime", FIRST),
    Page("Figures of a ward", "member", READ, "figures:ward", (known.FIRST, "E05012405")),
    Page("Figures by month", "member", READ, "figures:months", FIRST),
    Page("People by agency, 100", "member", LIST, "membership:people", FIRST, "by=agency"),
    Page("People by person, 100", "member", LIST, "membership:people", FIRST, "by=person"),
    Page("Sharing", "officer", READ, "membership:sharing", FIRST),
    Page("Notices, 100", "member", LIST, "notices:list"),
    Page("Public front", "public", READ, "dashboards:public", FIRST),
    Page("Public search", "public", READ, "dashboards:public_search", FIRST, "q=report"),
    Page("Policy", "officer", READ, "dashboards:policy", FIRST),
    Page("Record", "officer", LIST, "dashboards:audit", FIRST),
    Page("Sign in", "public", READ, "account_login"),
]  # fmt: skip
