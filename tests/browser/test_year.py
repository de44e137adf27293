"""A year of the board and two subgroups, by five people in their browsers, from dates to registers.

Four meetings of the board, one of them moved, and one more cancelled; a late paper, a substitute,
somebody who withdraws, corrections in writing and in the room, a subgroup's report and the steer
that it gets. CANARY stands in every restricted place, and reaches nobody whom it should not.
"""

import csv
import datetime
import io
import re
import zipfile
from contextlib import contextmanager

import icalendar
import pytest
import time_machine

from actions.models import Action
from core import clock
from documents.models import Publication
from meetings.models import Decision, ItemKind, Meeting, Status
from meetings.workflow.making import make_waiting
from membership.models import Role
from tests import pdf_text
from tests import world as worlds
from tests.browser.hands import Hands

CANARY = "CANARY-4711"
HOUSING = "Riverside Housing"
FORTNIGHT = datetime.timedelta(days=14)


class Person(Hands):
    """Somebody who finds things by the same names as with a keyboard, but gets there at once."""

    def reach(self, found):
        found.focus(timeout=5000)
        return found

    def labelled(self, label: str):
        """The first field of that label, optional or not."""
        main = self.page.locator("main")
        return (
            main.get_by_label(label, exact=True)
            .or_(main.get_by_label(f"{label} (optional)", exact=True))
            .first
        )

    def type(self, label: str, words: str) -> "Person":
        self.labelled(label).fill(words, timeout=5000)
        return self

    def choose(self, label: str, words: str) -> "Person":
        self.labelled(label).select_option(label=words, timeout=5000)
        return self

    def pick(self, label: str) -> "Person":
        self.labelled(label).check(timeout=5000)
        return self

    tick = pick

    def visit(self, path: str) -> "Person":
        answer = self.page.goto(self.address + path)
        assert answer.ok, f"{path}: {answer.status}"
        return self

    def gets(self, path: str) -> bytes:
        """A file, as this person is given it."""
        answer = self.page.request.get(self.address + path)
        assert answer.ok, f"{path}: {answer.status}"
        return answer.body()

    def may_not(self, path: str) -> None:
        """This person is refused, sent to sign in, or does not find it."""
        answer = self.page.request.get(self.address + path, max_redirects=0)
        assert answer.status in (302, 403, 404), f"{path}: {answer.status}"


class Year:
    """The five people and the public, and what they do again and again."""

    def __init__(self, world, enter) -> None:
        self.world = world
        self.officer, self.chair = enter(world.officer), enter(world.chair)
        self.partner, self.police = enter(world.kent), enter(world.vice)
        self.subgroup = enter(world.ocg)
        self.everybody = (self.officer, self.chair, self.partner, self.police, self.subgroup)
        self.public = enter()

    @contextmanager
    def at(self, day: datetime.date):
        """A morning. Everybody signs in anew, as the idle time-out asks."""
        with time_machine.travel(clock.london(day, datetime.time(10)), tick=True):
            for person in self.everybody:
                person.sign_in(person.who)
            yield

    def set_dates(self, person, group):
        person.visit(f"/dartford/meetings/dates/{group.slug}/")
        person.type("Starts", "10am").type("Ends", "noon").type("Where", "Civic Centre")
        person.press("Set these dates")
        return list(Meeting.objects.filter(group=group).order_by("on"))

    def set_extra(self, day):
        """One meeting more, between the others."""
        person = self.officer.visit("/dartford/meetings/dates/board/")
        person.type("Starts", "10am").type("Ends", "noon").type("Where", "Civic Centre")
        person.type("One meeting more", f"{day:%-d %B %Y}").press("Set these dates")
        return Meeting.objects.get(group=self.world.board, on=day)

    def add_item(self, person, meeting, title, marking="OFFICIAL"):
        person.visit(path(meeting, "agenda/add/")).type("Title", title).pick(marking)
        person.type("Minutes", "10").press("Save the item")
        return meeting.items.get(title=title)

    def publish_agenda(self, person, meeting):
        person.visit(path(meeting, "agenda/publish/")).press("Publish the agenda")
        make_waiting()

    def hold(self, person, meeting, minutes: dict[int, str]):
        """Open the meeting and write what was said, all on one page."""
        person.visit(path(meeting, "open/")).press("Open the meeting")
        person.visit(path(meeting, "live/"))
        for number, words in minutes.items():
            person.page.locator(f"#text-{number}").fill(words)
        person.press("Save everything and finish")

    def send_and_clear(self, person, meeting, chair):
        person.visit(path(meeting, "finish/"))
        person.tick("The minutes may go to the chair as they are").press("Send to the chair")
        chair.visit(path(meeting, "clear/")).press("Clear the minutes")

    def agree(self, meeting):
        self.officer.visit(path(meeting, "agree/")).press("Record that they were agreed")

    def publish(self, meeting):
        """The officer checks and asks, the chair approves: something in it is restricted."""
        self.officer.visit(path(meeting, "publish-minutes/"))
        main = self.officer.page.locator("main")
        for reason in main.get_by_label(re.compile("^Why it stays out")).all():
            reason.fill("Identifies people at risk")
        for tick in main.locator("form input[type=checkbox]").all():
            tick.check()
        self.officer.press("Ask for approval")
        self.chair.visit(path(meeting, "approve-publication/"))
        self.chair.tick("I have read the public minutes and what stays out of them")
        self.chair.press("Approve and publish")


def path(meeting, more: str = "") -> str:
    return f"/dartford/meetings/{meeting.slug}/{more}"


def number_of(meeting, kind) -> int:
    return meeting.items.get(kind=kind).number


@pytest.fixture
def enter(browser, live_server, db):
    """Lets somebody in."""
    contexts = []

    def make(person=None) -> Person:
        context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
        contexts.append(context)
        someone = Person(context.new_page(), live_server.url)
        someone.who = person
        return someone

    yield make
    for context in contexts:
        context.close()


def test_a_year_of_the_board_and_two_subgroups(enter, transactional_world):
    world = transactional_world
    for group in (world.dvacs_group, world.ocg_group):
        worlds.seat(world.vice, group, world.police, Role.CHAIR)
    year = Year(world, enter)
    with year.at(datetime.date(2026, 5, 5)):
        first, second, third, fourth = year.set_dates(year.officer, world.board)
        dvacs, *_ = year.set_dates(year.officer, world.dvacs_group)
        ocg, *_ = year.set_dates(year.subgroup, world.ocg_group)
    feed = subscribe(year, first)
    the_first_meeting(year, first)
    the_subgroups(year, dvacs, ocg, second)
    the_second_meeting(year, first, second)
    third = moved_and_cancelled(year, third, feed)
    the_other_meetings(year, second, third, fourth)
    registers_are_right(year, (first, second, third, fourth))
    nothing_leaked(year, (first, second, third))


# ---- the calendar -------------------------------------------------------------------------------


def subscribe(year, meeting) -> str:
    """The partner makes a private feed; it holds the board's four dates."""
    with year.at(meeting.on - 2 * FORTNIGHT):
        year.partner.visit("/calendar/").press("Make my calendar address")
        address = year.partner.page.locator("main").get_by_text(re.compile(r"/calendar/\S+\.ics"))
        feed = re.search(r"/calendar/\S+\.ics", address.first.inner_text()).group()
        assert len(events(year, feed)) == 4
    return feed


def events(year, feed) -> dict[str, icalendar.Event]:
    """What a calendar program reads, without signing in, by UID; cancelled ones left out."""
    calendar = icalendar.Calendar.from_ical(year.public.gets(feed))
    found = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    return {uid: each for uid, each in found.items() if each.get("STATUS") != "CANCELLED"}


# ---- the first meeting: somebody withdraws, a paper comes late ----------------------------------


def the_first_meeting(year, meeting):
    officer, partner = year.officer, year.partner
    with year.at(meeting.on - FORTNIGHT):
        grant = year.add_item(officer, meeting, f"Grant to {HOUSING}")
        year.add_item(officer, meeting, f"Exploitation {CANARY}", "OFFICIAL-SENSITIVE")
        year.publish_agenda(officer, meeting)
        declare(partner, meeting, grant)
        officer.visit(path(meeting, f"agenda/{grant.pk}/paper/")).type("Title", "Grant offer")
        officer.pick("OFFICIAL")
        officer.labelled("File").set_input_files(
            {"name": "offer.csv", "mimeType": "text/csv", "buffer": b"pounds,900\n"}
        )
        officer.press("Add the paper")
        officer.visit(path(meeting, "packs/supplement/")).press("Send it")
        make_waiting()
        year.police.visit(path(meeting, "packs/")).sees("S1-1").sees("Grant offer")
        partner.visit(path(meeting, "packs/")).sees_not("Grant offer")
    restricted = meeting.items.get(title__contains=CANARY).number
    grant.refresh_from_db()
    performance = number_of(meeting, ItemKind.PERFORMANCE)
    with year.at(meeting.on):
        year.hold(
            officer, meeting,
            {
                performance: f"The board noted 588 report.\n\n[[One address: {CANARY}.]]",
                grant.number: "The board heard what the grant is for. ONLY-FOR-OTHERS",
                restricted: f"Names were given. {CANARY}",
            },
        )  # fmt: skip
        officer.visit(path(meeting, f"minutes/{performance}/"))
        officer.type("What was decided", "The board asked for a comparison.")
        officer.press("Add decision")
        officer.type("What is to be done", "Bring the figures by ward")
        officer.choose("Agency and post", "Kent Police, District Commander")
        officer.type("Due", "10 December 2026").press("Add action")
        year.send_and_clear(officer, meeting, year.chair)
    review(year, meeting, performance, grant)


def declare(partner, meeting, item):
    partner.visit(path(meeting, "interests/"))
    partner.choose("Which item does it bear on?", f"{item.number}. {item.title}")
    partner.type("What the minutes are to say of it", f"trustee of {HOUSING}")
    partner.pick("I withdraw from the item").press("Declare the interest")
    partner.visit(path(meeting, "coming/")).pick("Yes, I am coming").press("Send my answer")


def review(year, meeting, performance, grant):
    """The partner corrects a paragraph in place; the officer takes it. The grant stays closed."""
    draft = path(meeting, "minutes/")
    with year.at(meeting.on + datetime.timedelta(days=5)):
        year.partner.visit(draft).sees("588 report").sees_not("ONLY-FOR-OTHERS")
        year.partner.visit(path(meeting, f"minutes/{performance}/correct/1/"))
        year.partner.type("What should stand there", "The board noted 588 reports.")
        year.partner.press("Suggest this correction")
        year.police.visit(draft).sees("ONLY-FOR-OTHERS").sees("reports.")
        correction = meeting.items.get(number=performance).corrections.get()
        year.officer.visit(path(meeting, f"corrections/{correction.pk}/answer/"))
        year.officer.press("Accept and change the minutes")
        year.partner.visit(draft).sees("588 reports.")
        year.officer.visit(path(meeting, "reviews/")).sees("Bryony Clarke")


# ---- the subgroups report, and get a steer ------------------------------------------------------


def the_subgroups(year, dvacs, ocg, board):
    with year.at(ocg.on):
        year.publish_agenda(year.subgroup, ocg)
        arising = number_of(ocg, ItemKind.MATTERS_ARISING)
        year.hold(year.subgroup, ocg, {arising: f"Three lines were followed. {CANARY}"})
        year.send_and_clear(year.subgroup, ocg, year.police)
        report = f"/dartford/meetings/groups/ocg/reports/{board.slug}/"
        year.subgroup.visit(report).type("Highlights", f"Two flats closed. {CANARY}")
        year.subgroup.press("Save the report").press("Send the report")
    with year.at(dvacs.on):
        year.publish_agenda(year.officer, dvacs)
        arising = number_of(dvacs, ItemKind.MATTERS_ARISING)
        year.hold(year.officer, dvacs, {arising: f"A child was moved. {CANARY}"})
        year.send_and_clear(year.officer, dvacs, year.police)
        year.subgroup.may_not(path(dvacs, "minutes/"))
        year.partner.may_not(path(ocg, "minutes/"))


# ---- the second: a substitute, corrections in the room, the first is published ------------------


def the_second_meeting(year, first, second):
    with year.at(second.on - FORTNIGHT):
        year.publish_agenda(year.officer, second)
        partner = year.partner.visit(path(second, "coming/"))
        partner.pick("No, somebody else comes in my place")
        partner.type("Or the substitute’s name", "Teasel Obi").press("Send my answer")
    with year.at(second.on):
        ocg = number_of(second, ItemKind.OCG)
        year.hold(year.officer, second, {ocg: "The board thanked the group."})
        year.officer.visit(path(second, f"minutes/{ocg}/steer/"))
        year.officer.type("What are they to do?", f"Look at the third flat. {CANARY}")
        year.officer.pick("OFFICIAL-SENSITIVE").press("Record the steer")
        item = first.items.get(kind=ItemKind.PERFORMANCE)
        year.officer.visit(path(first, f"agree/{item.number}/1/"))
        year.officer.type("What should stand there", "The board noted 588 reports of nuisance.")
        year.officer.press("Correct the minutes")
        year.agree(first)
        year.send_and_clear(year.officer, second, year.chair)
        year.publish(first)
    first.refresh_from_db()
    assert first.status == Status.PUBLISHED
    assert year.world.ocg_group.backlog.get().text.startswith("Look at the third flat.")


# ---- one meeting is moved, one more is cancelled ------------------------------------------------


def moved_and_cancelled(year, meeting, feed):
    before = events(year, feed)
    uid = next(uid for uid in before if uid.startswith(str(meeting.pk)))
    with year.at(meeting.on - 2 * FORTNIGHT):
        day = meeting.on + datetime.timedelta(days=1)
        officer = year.officer.visit(path(meeting, "move/"))
        for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            officer.type(part, str(value))
        officer.type("Why", "The chamber is taken").press("Move the meeting and tell everybody")
        meeting.refresh_from_db()
        assert meeting.on == day
        moved = events(year, feed)[uid]
        assert moved.decoded("DTSTART").date() == day
        assert int(moved["SEQUENCE"]) > int(before[uid]["SEQUENCE"])
        extra = year.set_extra(day - datetime.timedelta(days=7))
        assert len(events(year, feed)) == 5
        year.officer.visit(path(extra, "cancel/"))
        year.officer.type("Why the meeting is cancelled", "Too few could come")
        year.officer.press("Cancel the meeting and tell everybody")
        assert len(events(year, feed)) == 4
    return meeting


# ---- the rest of the year -----------------------------------------------------------------------


def the_other_meetings(year, second, third, fourth):
    for last, meeting in ((second, third), (third, fourth)):
        with year.at(meeting.on):
            year.publish_agenda(year.officer, meeting)
            horizon = number_of(meeting, ItemKind.HORIZON)
            year.hold(year.officer, meeting, {horizon: "A new Act was noted."})
            year.agree(last)
            year.publish(last)
            year.send_and_clear(year.officer, meeting, year.chair)


# ---- at the end ---------------------------------------------------------------------------------


def registers_are_right(year, board):
    with year.at(board[-1].on + FORTNIGHT):
        decisions = rows(year.partner.gets("/dartford/meetings/decisions/csv/"))
        kept = Decision.objects.filter(item__meeting__in=board)
        assert len(decisions) == kept.count() == 4, "one of its own, three that agree minutes"
        assert "comparison" in str(decisions)
        [action] = Action.objects.all()
        assert action.reference in str(rows(year.police.gets("/dartford/actions/csv/")))
        record = year.officer.visit("/dartford/meetings/of/board/attendance/")
        record.sees("Kent County Council").sees("Substitute")
        year.officer.visit("/dartford/meetings/of/board/").sees("Minutes published")
        statuses = [each.status for each in Meeting.objects.filter(pk__in=[m.pk for m in board])]
        assert sorted(statuses) == sorted([Status.PUBLISHED] * 3 + [Status.WITH_PARTNERS])


def rows(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))


def nothing_leaked(year, published):
    """Pages, packs, ZIPs, PDFs, feeds, search: nothing restricted, by any name."""
    public = year.public
    surfaces = [
        "/dartford/public/", "/dartford/public/feed/", "/dartford/public/subjects/",
        "/dartford/public/calendar.ics",
    ]  # fmt: skip
    for meeting in published:
        at = f"/dartford/public/meetings/{meeting.slug}/"
        surfaces += [at, f"{at}calendar.ics"]
        for more in ("packs/", "files/restricted.zip", "minutes/", "redactions/"):
            public.may_not(path(meeting, more))
        for name, words in zipped(public.gets(f"{at}files.zip")):
            assert CANARY not in name + words, name
    for publication in Publication.objects.all():
        surfaces.append(publication.get_absolute_url())
        assert CANARY not in " ".join(pdf_text.pages(bytes(publication.content.data)))
        assert CANARY not in f"{publication.file_name} {publication.slug} {publication.summary}"
    for surface in surfaces:
        assert CANARY not in public.gets(surface).decode(), surface
    public.visit(f"/dartford/public/search/?q={CANARY}").sees("Nothing published has these words")
    public.visit("/dartford/public/search/?q=nuisance").sees("minutes")


def zipped(file: bytes):
    """The names and words of everything in a ZIP."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            words = " ".join(pdf_text.pages(data)) if name.endswith(".pdf") else data.decode()
            yield name, words
