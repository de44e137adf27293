"""Somebody who withdraws from an item neither sees nor decides it, on any page or in any file.

The walk at the end asks every address of the application that takes a GET, so that a page added
later is walked without a line here.
"""

import contextlib
import datetime
import io
import itertools
import re
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.urls import URLPattern, get_resolver, reverse

from actions import workflow as actions
from actions.models import Action, Update
from core.permissions import Refused, can
from documents.models import Document
from meetings import dossier, renditions
from meetings.models import Decision, Item, ItemKind, Meeting
from meetings.recusal import withdrew_at
from meetings.workflow import agenda, minutes, publication
from meetings.workflow.interests import declare, take_back
from membership.models import Role
from notices.models import Notice
from tests import pdf_text
from tests import world as worlds
from tests.documents import files
from tests.meetings import held as at_hand
from tests.meetings.held import DECEMBER, SEPTEMBER, at

CANARY = "Quagga"  # the item's own words
PUBLIC_TITLE = "Crime and performance"


@pytest.fixture
def writer(world):
    """A second officer, who withdraws from nothing."""
    person = worlds.person("Rowan Tierney")
    worlds.seat(person, world.secretariat, world.council, Role.OFFICER)
    return person


@pytest.fixture
def meeting(world, writer):
    """A meeting that has said, decided and asked for something in one item, with a paper."""
    made = at_hand.announced(world)
    item = at_hand.performance(made)
    with at(SEPTEMBER - datetime.timedelta(days=5)):
        item = agenda.change_item(
            item, title=item.title, marking=item.marking, minutes_allowed=15,
            note=f"Consider the {CANARY}", by=writer,
        )  # fmt: skip
        agenda.add_paper(
            item, title=f"{CANARY} figures", marking="official", by=writer,
            file=ContentFile(files.pdf(1), f"{CANARY}.pdf"),
        )  # fmt: skip
    with at(SEPTEMBER, 9):
        made = minutes.open(made, chaired_by=world.chair, by=writer)
        item = at_hand.performance(made)
        at_hand.write(item, f"The {CANARY} rose.", writer)
        at_hand.decided(item, f"The {CANARY} is noted.", writer)
        at_hand.decided(item, f"The {CANARY} is kept apart.", writer, restricted=True)
        action = at_hand.asked(item, f"Count each {CANARY}.", world.county, writer)
        at_hand.write(at_hand.item(made, ItemKind.STRATEGY), "All is well.", writer)
        actions.update(
            action, text=f"Half of each {CANARY} is counted.", status="in_progress",
            file=ContentFile(files.pdf(1), f"{CANARY}-count.pdf"), by=writer,
        )  # fmt: skip
        yield made


@pytest.fixture
def item(meeting):
    return at_hand.performance(meeting)


def withdraw(meeting, item, person):
    return declare(meeting, item=item, text="Breeds them", recused=True, by=person)


# ---- the rules ----------------------------------------------------------------------------------


def test_the_item_its_papers_actions_and_decisions_close(world, meeting, item):
    paper, action = item.papers.get().document, Action.objects.get()
    withdraw(meeting, item, world.kent)

    assert not can(world.kent, "open", item)
    assert "withdrew" in can(world.kent, "open", paper).reason
    assert not can(world.kent, "view", action)
    assert not Action.objects.visible_to(world.kent).exists()
    assert not Decision.objects.visible_to(world.kent).exists()
    evidence = Update.objects.get(evidence__isnull=False).evidence
    assert not can(world.kent, "open", evidence)
    for open_still in (item, paper):
        assert can(world.vice, "open", open_still)
    assert can(world.kent, "open", at_hand.item(meeting, ItemKind.STRATEGY))


def test_taken_back_it_opens_again(world, meeting, item, writer):
    declaration = withdraw(meeting, item, world.kent)

    take_back(declaration, by=writer)

    assert can(world.kent, "open", item)
    assert can(world.kent, "open", item.papers.get().document)
    assert Action.objects.visible_to(world.kent).count() == 1


def test_an_officer_who_withdrew_takes_no_minutes_of_it(world, meeting, item, sign_in):
    withdraw(meeting, item, world.officer)
    deeds = [
        lambda: at_hand.write(item, "Mine.", world.officer),
        lambda: at_hand.decided(item, "Mine.", world.officer),
        lambda: at_hand.asked(item, "Mine.", world.police, world.officer),
        lambda: minutes.remove_decision(item.decisions.first(), by=world.officer),
        lambda: agenda.add_paper(
            item, title="Mine", marking="official", by=world.officer,
            file=ContentFile(files.pdf(1), "mine.pdf"),
        ),
    ]  # fmt: skip
    for deed in deeds:
        with pytest.raises(Refused):
            deed()
    client = sign_in(world.officer)
    here = ["dartford", meeting.slug, item.number]
    for name in ("minutes", "autosave", "decision_add", "action_add"):
        answer = client.post(reverse(f"meetings:{name}", args=here), {"text": "x", "version": 0})
        assert answer.status_code == 403
        assert CANARY not in answer.content.decode()
    item.refresh_from_db()
    assert item.minute == f"The {CANARY} rose."


def test_restricted_decisions_of_the_item_do_not_open_by_their_own_address(
    world, meeting, item, sign_in
):
    withdraw(meeting, item, world.officer)
    restricted = item.decisions.get(marking="sensitive")
    url = reverse("meetings:decision_change", args=["dartford", meeting.slug, restricted.pk])

    answer = sign_in(world.officer).get(url)

    assert answer.status_code == 403
    assert CANARY not in answer.content.decode()


def test_minute_taking_goes_on_past_the_item(world, meeting, item, sign_in):
    withdraw(meeting, item, world.officer)
    before = meeting.items.get(number=item.number - 1)
    url = reverse("meetings:minutes", args=["dartford", meeting.slug, before.number])
    client = sign_in(world.officer)

    page = client.get(url).content.decode()
    answer = client.post(url, {"text": "On.", "version": before.version, "next": "1"})

    assert "you withdrew" in page
    assert answer["Location"].endswith(f"/minutes/{item.number + 1}/")


def test_nobody_who_withdrew_is_told_of_what_the_item_asks_for(world, meeting, item, writer):
    withdraw(meeting, item, world.kent)
    Notice.objects.all().delete()

    action = at_hand.asked(item, f"Feed each {CANARY}.", world.county, writer)
    actions.update(action, text="Fed.", status="says_done", by=writer)
    actions.confirm_done(action, by=writer)

    assert not Notice.objects.filter(recipient=world.kent).exists()


def test_the_paper_says_why_and_tells_no_officer(world, meeting, item, sign_in):
    withdraw(meeting, item, world.kent)
    document = item.papers.get().document
    Notice.objects.all().delete()
    client = sign_in(world.kent)

    page = client.get(document.get_absolute_url())
    file = client.get(reverse("documents:file", args=["dartford", document.pk, 1]))

    assert "You withdrew from the item" in page.content.decode()
    assert file.status_code == 403
    assert "withdrew because of an interest" in file.content.decode()
    assert not Notice.objects.exists()


# ---- the minutes --------------------------------------------------------------------------------


def test_minutes_are_built_without_the_item(world, meeting, item):
    withdraw(meeting, item, world.kent)

    built = renditions.build(meeting, renditions.RESTRICTED, world.kent)
    line = next(each for each in built.items if each.number == item.number)

    assert CANARY not in repr(built)
    assert (line.title, line.withheld[:12]) == (PUBLIC_TITLE, "You withdrew")
    assert built.shows_restricted  # the other restricted items open for her
    whole = renditions.build(meeting, renditions.RESTRICTED, world.vice)
    assert CANARY in repr(whole)
    assert [each.number for each in built.items] == [each.number for each in whole.items]


def test_later_meetings_do_not_list_its_actions_under_matters_arising(world, meeting, item):
    withdraw(meeting, item, world.kent)
    with at(DECEMBER - datetime.timedelta(days=40)):
        later = at_hand.held(world, DECEMBER)
    with at(DECEMBER):
        theirs = renditions.build(later, renditions.RESTRICTED, world.kent)
        others = renditions.build(later, renditions.RESTRICTED, world.vice)

    assert CANARY not in repr(theirs)
    assert CANARY in repr(others)


@pytest.mark.parametrize("rendition", list(renditions.TITLES))
def test_no_rendition_that_is_made_for_them_holds_the_item(world, meeting, item, rendition):
    withdraw(meeting, item, world.kent)

    theirs = renditions.build(meeting, rendition, world.kent)

    assert CANARY not in repr(theirs)
    assert item.number in {each.number for each in theirs.items}
    for reader in (world.vice, None):
        assert CANARY in repr(renditions.build(meeting, rendition, reader))


def test_the_public_rendition_does_not_name_a_restricted_item_they_withdrew_from(world, meeting):
    closed = at_hand.reviews(meeting)
    withdraw(meeting, closed, world.kent)

    theirs = renditions.build(meeting, renditions.PUBLIC, world.kent)

    assert closed.title not in repr(theirs)


@pytest.mark.parametrize("rendition", ["partner", "restricted"])
def test_a_later_meetings_files_leave_out_what_the_item_asked_for(
    world, meeting, item, rendition, monkeypatch
):
    monkeypatch.setattr(renditions, "document", lambda minutes: repr(minutes).encode())
    withdraw(meeting, item, world.kent)
    later = at_hand.with_partners(world, DECEMBER)
    with at(DECEMBER, 17):
        theirs, others = (
            dict(dossier._minutes(later, rendition, person)) for person in (world.kent, world.vice)
        )

    assert CANARY.encode() not in theirs["minutes.pdf"]
    assert CANARY.encode() in others["minutes.pdf"]


def test_a_later_meetings_full_minutes_that_list_its_actions_are_closed_as_a_file(
    world, meeting, item, writer
):
    withdraw(meeting, item, world.kent)
    later = at_hand.with_partners(world, DECEMBER)
    with at(DECEMBER, 17):
        document = Document.objects.create(
            group=later.group, title="Full minutes", marking="sensitive", created_by=writer
        )
        Meeting.objects.filter(pk=later.pk).update(restricted_minutes=document)

        assert not can(world.kent, "open", document)
        assert can(world.vice, "open", document)
        assert withdrew_at(world.kent, later)
        assert not withdrew_at(world.vice, later)


def test_an_action_closed_before_the_later_meeting_closes_nothing_of_it(
    world, meeting, item, writer
):
    withdraw(meeting, item, world.kent)
    action = Action.objects.get()
    actions.update(action, text="Counted.", status="says_done", by=writer)
    actions.confirm_done(action, by=writer)
    later = at_hand.with_partners(world, DECEMBER)

    assert not withdrew_at(world.kent, later)


def test_the_redaction_log_leaves_out_the_item(world, meeting, item, sign_in):
    url = reverse("meetings:redactions", args=["dartford", meeting.slug])
    reference = item.decisions.get(marking="sensitive").reference
    assert reference in sign_in(world.officer).get(url).content.decode()
    withdraw(meeting, item, world.officer)

    assert "Not listed" in sign_in(world.officer).get(url).content.decode()
    for address in (url, f"{url}?format=csv"):
        assert reference not in sign_in(world.officer).get(address).content.decode()


def test_the_minutes_say_who_left_for_the_item(world, meeting, item, writer):
    key = f"seat-{world.kent_seat.pk}"
    minutes.attendance.record(meeting, presences={key: "present"}, by=writer)
    withdraw(meeting, item, world.kent)

    built = renditions.build(meeting, renditions.PUBLIC)
    number = item.number
    interests = next(each for each in built.items if each.title == "Declarations of interest")
    line = next(each for each in built.items if each.number == number)
    county = next(each for each in built.agencies if each.name == "Kent County Council")

    assert interests.declared[0].text == (
        f"Bryony Clarke declared an interest in item {number}: Breeds them."
    )
    assert "took no part in this item: they left the meeting" in line.left[0].text
    assert str(county.present[0]) == f"Bryony Clarke, left for item {number}"
    assert "Breeds them" in renditions.page(built)
    assert "Breeds them" in renditions.text(built)


@pytest.mark.pdf
def test_the_full_minutes_after_publication_are_made_without_the_item(
    world, meeting, item, writer, sign_in
):
    withdraw(meeting, item, world.kent)
    with at(SEPTEMBER, 15):
        minutes.send_to_chair(meeting, acknowledged=True, by=writer)
    with at(SEPTEMBER, 16):
        cleared = minutes.clear(meeting, by=world.chair)
    later = at_hand.held(world, DECEMBER)
    with at(DECEMBER, 10):
        agreed = minutes.agree(cleared, agreed_in=later, by=writer)
        published = published_minutes(agreed, world, writer)
        url = reverse("meetings:minutes_pdf", args=["dartford", meeting.slug, "restricted"])
        theirs = sign_in(world.kent).get(url)
        document = published.restricted_minutes
        stored = reverse("documents:file", args=["dartford", document.pk, 1])

        assert CANARY not in " ".join(pdf_text.pages(theirs.content))
        assert sign_in(world.kent).get(stored).status_code == 403
        assert sign_in(world.vice).get(url).status_code == 302
        assert sign_in(world.vice).get(stored).status_code == 200


def published_minutes(meeting, world, writer):
    """Published by the step, whoever has to approve it."""
    fields = {
        "restricted_minutes": publication._full_document(
            meeting, renditions.build(meeting, renditions.RESTRICTED), writer
        ),
        "status": "published", "published_at": meeting.agreed_at, "published_by": writer,
    }  # fmt: skip
    Meeting.objects.filter(pk=meeting.pk).update(**fields)
    return Meeting.objects.get(pk=meeting.pk)


# ---- every page ---------------------------------------------------------------------------------

ROOMS = (
    "meetings", "documents", "actions", "dashboards", "membership", "notices", "figures",
    "assessments",
)  # fmt: skip
PART = re.compile(r"<(\w+):(\w+)>")
MOST = 150  # addresses tried for one route


def routes(resolver=None, room="", converters=()):
    """Every address that takes a GET from somebody signed in: its name and its parts."""
    for each in (resolver or get_resolver()).url_patterns:
        parts = (*converters, *PART.findall(str(each.pattern)))
        if not isinstance(each, URLPattern):
            yield from routes(each, each.namespace or room, parts)
            continue
        policy = getattr(each.callback, "policy", {})
        private = getattr(each.callback, "login_required", True)
        if room in ROOMS and "GET" in policy and private:
            yield f"{room}:{each.name}", parts


class Parts:
    """What may stand in an address: everything that has to do with the meeting."""

    def __init__(self, meeting, item):
        action = Action.objects.get()
        keys = [item.pk, meeting.pk, action.pk, item.thread]
        keys += [*Decision.objects.values_list("pk", flat=True)]
        keys += [*Document.objects.values_list("pk", flat=True)]
        numbers = [1, item.number, item.papers.get().pk]
        words = [meeting.slug, meeting.group.slug, "restricted", "partner", "public"]
        words += [action.reference]
        self.found = {"uuid": keys, "int": numbers}
        self.words = words

    def of(self, kind, name):
        if name == "partnership":
            return ["dartford"]
        if kind == "slug" and name == "slug":
            return self.words[:2]
        return self.found.get(kind, self.words)


def addresses(parts):
    for name, converters in routes():
        choices = [parts.of(*each) for each in converters]
        for chosen in itertools.islice(itertools.product(*choices), MOST):
            yield name, reverse(name, args=[str(each) for each in chosen])


def words_of(response):
    """All that an answer says, also within a PDF or a ZIP."""
    data = response.getvalue() if response.streaming else response.content
    return "\n".join(_words(data)) + str(response.headers)


def _words(data):
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for each in archive.infolist():
                yield each.filename
                yield from _words(archive.read(each))
    elif data[:4] == b"%PDF":
        with contextlib.suppress(AttributeError):  # a page without a font
            yield from pdf_text.pages(data)
        yield data.decode("latin-1")
    else:
        yield data.decode("utf-8", "replace")


def shown(client, parts):
    """The routes whose answers hold the item's words; those of 200, to see that they are walked."""
    telling, walked = set(), set()
    for name, url in addresses(parts):
        response = client.get(url)
        assert response.status_code < 500, url
        walked |= {name} if response.status_code == 200 else set()
        if CANARY in words_of(response):
            telling.add(name)
    return telling, walked


@pytest.mark.pdf
@pytest.mark.parametrize("persona", ["kent", "officer"])
def test_no_page_and_no_file_shows_the_item(world, meeting, item, writer, sign_in, persona):
    person = getattr(world, persona)
    withdraw(meeting, item, person)
    parts = Parts(meeting, item)

    telling, walked = shown(sign_in(person), parts)

    assert telling == set()
    assert {"meetings:detail", "meetings:interests", "actions:list", "actions:csv"} <= walked


@pytest.mark.pdf
def test_the_same_pages_show_it_to_those_who_take_part(world, meeting, item, writer, sign_in):
    withdraw(meeting, item, world.kent)

    telling, _ = shown(sign_in(writer), Parts(meeting, item))

    assert {
        "meetings:detail", "meetings:draft_minutes", "meetings:minutes", "actions:list",
        "actions:csv", "actions:detail", "documents:detail",
    } <= telling  # fmt: skip


def test_a_page_asks_as_much_of_the_database_for_those_who_withdrew(
    world, meeting, item, sign_in, django_assert_max_num_queries
):
    client = sign_in(world.kent)
    url = meeting.get_absolute_url()
    client.get(url)
    with django_assert_max_num_queries(40) as before:
        client.get(url)
    for each in Item.objects.filter(meeting=meeting).exclude(kind__in=("apologies",)):
        if each.kind in ("performance", "strategy", "funding", "powers"):
            each.meeting = meeting
            withdraw(meeting, each, world.kent)
    with django_assert_max_num_queries(len(before) + 1):
        client.get(url)
