"""Meetings for tests, brought by the real verbs to wherever a test begins."""

import contextlib
import datetime

import time_machine
from django.urls import reverse

from core.markings import Marking
from meetings.checking import check
from meetings.models import Item, ItemKind
from meetings.workflow import agenda, approval, minutes, redacting, schedule
from membership.models import Signature

JUNE = datetime.date(2026, 6, 17)
SEPTEMBER = datetime.date(2026, 9, 16)
DECEMBER = datetime.date(2026, 12, 9)
MARCH = datetime.date(2027, 3, 10)
NOVEMBER = datetime.date(2026, 11, 24)
PLACE = {
    "starts_at": datetime.time(10), "ends_at": datetime.time(12), "venue": "Council Chamber"
}  # fmt: skip


@contextlib.contextmanager
def at(day, hour=11, minute=0):
    """It is this hour, in London in winter, of this day."""
    moment = datetime.datetime.combine(day, datetime.time(hour, minute), tzinfo=datetime.UTC)
    with time_machine.travel(moment, tick=False):
        yield


def drafted(world, on=DECEMBER, group=None):
    """A meeting that is set, with its agenda drafted."""
    return schedule.schedule(group or world.board, on=on, meant=True, **PLACE, by=world.officer)


def announced(world, on=SEPTEMBER, group=None):
    """A meeting whose agenda is out."""
    group = group or world.board
    with at(on - datetime.timedelta(days=40)):
        meeting = schedule.schedule(group, on=on, **PLACE, by=world.officer)
    with at(on - datetime.timedelta(days=10)):
        return agenda.publish(meeting, by=world.officer)


def held(world, on=SEPTEMBER, group=None, chair=None):
    """A meeting whose minutes are being taken."""
    meeting = announced(world, on, group)
    with at(on, 9):
        return minutes.open(meeting, chaired_by=chair or world.chair, by=world.officer)


def with_chair(world, on=SEPTEMBER, **more):
    """A meeting whose minutes the chair has to clear."""
    meeting = held(world, on, **more)
    with at(on, 15):
        return minutes.send_to_chair(meeting, acknowledged=True, by=world.officer)


def with_partners(world, on=SEPTEMBER, **more):
    """A meeting whose draft the partners can read."""
    meeting = with_chair(world, on, **more)
    with at(on, 16):
        return minutes.clear(meeting, by=world.chair)


def agreed(world, on=SEPTEMBER, later=DECEMBER):
    """A meeting whose minutes were agreed at a later one."""
    meeting = with_partners(world, on)
    after = held(world, later)
    with at(later, 10):
        return minutes.agree(meeting, agreed_in=after, by=world.officer)


REASON = "It names people who were promised confidence."


def asked_to_publish(meeting, by, **more):
    """What is restricted has its reason, all that was found is ticked, and somebody asks."""
    redacting.give_reasons(meeting, reasons={}, for_all=REASON, by=by)
    keys = {each.key for each in check(meeting).findings}
    return approval.ask(meeting, acknowledged=keys, by=by, **more)


def published(world, meeting, **more):
    """Minutes that the officer asked to publish and the chair approved."""
    request = asked_to_publish(meeting, world.officer, **more)
    return approval.approve(request, by=world.chair)


def item(meeting, kind):
    """The item of this kind."""
    found = meeting.items.filter(kind=kind).first()
    found.meeting = meeting
    return found


def performance(meeting):
    """An open item of the board's."""
    return item(meeting, ItemKind.PERFORMANCE)


def reviews(meeting):
    """A restricted item of the board's."""
    return item(meeting, ItemKind.CASE_REVIEWS)


def write(thing, text, by):
    """Save an item's minute as it stands."""
    thing.refresh_from_db(fields=["version"])
    return minutes.write(thing, text=text, version=thing.version, by=by)


def decided(thing, text, by, *, restricted=False):
    marking = Marking.SENSITIVE if restricted else Marking.OFFICIAL
    return minutes.decide(thing, text=text, marking=marking, by=by)


def asked(thing, text, owner, by, *, due_on=DECEMBER, restricted=False, post=None):
    marking = Marking.SENSITIVE if restricted else Marking.OFFICIAL
    return minutes.make_action(
        thing, text=text, owner=owner, post=post, due_on=due_on, marking=marking, by=by
    )


# ---- pages --------------------------------------------------------------------------------------


def address(name, meeting, *more):
    """The address of a page about a meeting, or about what is named by a slug as a meeting is."""
    return reverse(f"meetings:{name}", args=["dartford", meeting.slug, *more])


def words(answer):
    """All that a page says."""
    return answer.content.decode()


def minute(item):
    """The minute of an item as it stands in the database."""
    return Item.objects.get(pk=item.pk).minute


def lapse(world):
    """The council's signature under the sharing agreement has ended."""
    Signature.objects.filter(agency=world.council).update(ends_on=SEPTEMBER)
