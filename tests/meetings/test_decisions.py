"""The register of decisions: who reads which, how it is chosen, and what comes of direction set."""

import csv
import datetime
import io
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry, ReadEntry
from core.markings import Marking
from core.permissions import Refused, can
from core.registries import duties
from core.workflow import Wrong
from meetings.models import Decision, Item, Meeting, Outcome
from meetings.queries import decisions as reading
from meetings.workflow import minutes, outcomes
from tests.meetings import held
from tests.meetings.held import DECEMBER, JUNE, SEPTEMBER

CANARY = "CANARYrestricteddecision"


@pytest.fixture(autouse=True)
def day():
    """It is the afternoon of the December meeting."""
    with held.at(DECEMBER, 16):
        yield


@pytest.fixture
def open_decision(world):
    """One of September's, its minutes with the partners."""
    meeting = held.held(world)
    with held.at(SEPTEMBER):
        made = held.decided(held.performance(meeting), "Publish the figures.", world.officer)
        minutes.send_to_chair(meeting, acknowledged=True, by=world.officer)
    with held.at(SEPTEMBER, 16):
        minutes.clear(meeting, by=world.chair)
    return Decision.objects.of(world.partnership).get(pk=made.pk)


@pytest.fixture
def closed_decision(world):
    """A restricted one of June's."""
    meeting = held.held(world, JUNE)
    with held.at(JUNE):
        made = held.decided(held.reviews(meeting), CANARY, world.officer, restricted=True)
        minutes.send_to_chair(meeting, acknowledged=True, by=world.officer)
    with held.at(JUNE, 16):
        minutes.clear(meeting, by=world.chair)
    return Decision.objects.of(world.partnership).get(pk=made.pk)


@pytest.fixture
def url(world):
    return reverse("meetings:decisions", args=[world.partnership.slug])


def shown(response):
    return [row.decision.text for row in response.context["rows"]]


def page_of(decision, name="decision", *more):
    return reverse(f"meetings:{name}", args=["dartford", decision.pk, *more])


# ---- who reads which ----------------------------------------------------------------------------


def test_the_register_lists_ones_groups_decisions_the_newest_first(
    sign_in, world, url, open_decision, closed_decision
):
    assert shown(sign_in(world.officer).get(url)) == ["Publish the figures.", CANARY]
    assert shown(sign_in(world.kent).get(url)) == ["Publish the figures.", CANARY]
    assert shown(sign_in(world.dvacs).get(url)) == []
    assert sign_in(world.scrutiny).get(url).status_code == 403
    assert sign_in(world.stranger).get(url).status_code == 403


def test_restricted_ones_stay_from_those_who_did_not_sign(
    sign_in, world, url, open_decision, closed_decision
):
    client = sign_in(world.watch)
    assert shown(client.get(url)) == ["Publish the figures."]
    files = client.get(reverse("meetings:decisions_csv", args=["dartford"]))
    assert CANARY not in files.content.decode()
    assert client.get(page_of(closed_decision)).status_code == 404
    assert CANARY not in client.get(url, {"words": CANARY}).content.decode().replace(
        f'value="{CANARY}"', ""
    )
    assert client.get(page_of(open_decision)).status_code == 200


def test_reading_restricted_ones_is_recorded(sign_in, world, url, closed_decision):
    client = sign_in(world.kent)
    for address in (
        url, reverse("meetings:decisions_csv", args=["dartford"]), page_of(closed_decision),
    ):  # fmt: skip
        before = ReadEntry.objects.count()
        client.get(address)
        assert ReadEntry.objects.count() == before + 1
    assert not ReadEntry.objects.filter(subject__contains=CANARY).exists()
    assert not Entry.objects.filter(subject__contains=CANARY).exists()


def test_until_the_chair_has_cleared_them_only_officers_and_chairs_read_decisions(world):
    meeting = held.held(world)
    with held.at(SEPTEMBER):
        held.decided(held.performance(meeting), "Publish the figures.", world.officer)
    made = Decision.objects.of(world.partnership).get()
    for person, sees in (
        (world.officer, True), (world.chair, True), (world.vice, True),
        (world.kent, False), (world.watch, False), (world.dvacs, False), (world.stranger, False),
    ):  # fmt: skip
        assert bool(can(person, "view", made)) is sees
        assert Decision.objects.visible_to(person).exists() is sees


def test_who_withdrew_from_the_item_sees_nothing_of_its_decision(
    sign_in, world, url, open_decision
):
    open_decision.item.declarations.create(
        meeting=open_decision.item.meeting, person=world.kent, text="An interest", recused=True,
        declared_by=world.kent,
    )  # fmt: skip
    client = sign_in(world.kent)
    assert shown(client.get(url)) == []
    assert client.get(page_of(open_decision)).status_code == 404
    assert not can(world.kent, "view", open_decision)


# ---- choosing -----------------------------------------------------------------------------------


def test_choices_narrow_and_count(sign_in, world, url, open_decision, closed_decision):
    client = sign_in(world.officer)
    assert "Board (2)" in client.get(url).content.decode()
    assert shown(client.get(url, {"words": "figures publish"})) == ["Publish the figures."]
    assert shown(client.get(url, {"words": open_decision.reference})) == ["Publish the figures."]
    assert shown(client.get(url, {"group": "board", "year": "2026"})) == [
        "Publish the figures.", CANARY,
    ]  # fmt: skip
    assert shown(client.get(url, {"words": "nothing like it"})) == []
    assert "No decisions match" in client.get(url, {"words": "zyzzyva"}).content.decode()


@pytest.mark.parametrize(
    "choice",
    [
        {"year": "1066"}, {"year": "99999"}, {"year": "x"}, {"group": "nobody"},
        {"words": "x" * 101},
    ],
)  # fmt: skip
def test_choices_that_make_no_sense_say_so(sign_in, world, url, open_decision, choice):
    page = sign_in(world.officer).get(url, choice)
    assert page.status_code == 200
    assert shown(page) == []
    assert "There is a problem" in page.content.decode()


@pytest.mark.parametrize(
    "odd",
    [
        {"page": "none"}, {"page": "99"}, {"sort": "drop table"}, {"view": "nonsense"},
        {"words": "2026-27/3/99999999999999"}, {"words": "//"}, {"words": "%_'\\"},
    ],
)  # fmt: skip
def test_odd_addresses_do_no_harm(sign_in, world, url, open_decision, odd):
    assert sign_in(world.officer).get(url, odd).status_code == 200


@pytest.mark.parametrize("sort", list(reading.SORTS))
def test_every_heading_sorts_both_ways(sign_in, world, url, open_decision, closed_decision, sort):
    client = sign_in(world.officer)
    forward = shown(client.get(url, {"sort": sort}))
    assert sorted(forward) == sorted([CANARY, "Publish the figures."])
    if sort != "group":
        assert shown(client.get(url, {"sort": f"-{sort}"})) == forward[::-1]


def test_the_file_holds_what_the_page_does_in_full(sign_in, world, open_decision):
    Decision.objects.filter(pk=open_decision.pk).update(
        moved_by="=Cllr Holloway", votes_for=5, votes_against=1, votes_abstained=0,
        dissent="Ash Pemberton", strategic=True,
    )  # fmt: skip
    address = reverse("meetings:decisions_csv", args=["dartford"])
    response = sign_in(world.kent).get(address, {"view": "strategic"})
    lines = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert lines == [
        {
            "Number": open_decision.reference, "Date": "2026-09-16", "Municipal year": "2026/27",
            "Group": "Board", "Item": str(open_decision.item),
            "What was decided": "Publish the figures.", "Marking": "OFFICIAL",
            "Proposed by": "'=Cllr Holloway", "For": "5", "Against": "1", "Abstained": "0",
            "Dissent": "Ash Pemberton", "Strategic": "yes", "What came of it": "No word yet",
            "Minutes": "Minutes with partners",
        }
    ]  # fmt: skip
    assert Entry.objects.filter(verb="downloaded decisions of").count() == 1


def test_an_empty_register_says_where_decisions_come_from(sign_in, world, url):
    assert "Decisions are recorded in the minutes" in sign_in(world.kent).get(url).content.decode()


def test_a_long_register_has_pages_and_asks_the_same(sign_in, world, url, open_decision):
    client = sign_in(world.kent)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    Decision.objects.bulk_create(
        Decision(
            item=open_decision.item, number=number, text=f"Decision {number}", strategic=True,
            made_by=world.officer,
        )
        for number in range(2, 90)
    )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        page = client.get(url)
    assert len(page.context["rows"]) == 50
    assert len(few) == len(many)


# ---- one decision -------------------------------------------------------------------------------


def test_a_decision_shows_its_vote_actions_and_what_rests_on_it(sign_in, world, open_decision):
    Decision.objects.filter(pk=open_decision.pk).update(
        moved_by="Sage Holloway", votes_for=5, votes_against=1, votes_abstained=2,
        dissent="Ash Pemberton",
    )  # fmt: skip
    Meeting.objects.update(status="held")
    with held.at(SEPTEMBER):
        action = held.asked(open_decision.item, "Tell the parishes", world.county, world.officer)
        hidden = held.asked(
            open_decision.item, CANARY, world.county, world.officer, restricted=True
        )
    Meeting.objects.update(status="with_partners")
    page = sign_in(world.watch).get(page_of(open_decision)).content.decode()
    for words in ("Sage Holloway", "5 for, 1 against, 2 abstained", "Ash Pemberton",
                  "Tell the parishes", action.reference):  # fmt: skip
        assert words in page
    assert CANARY not in page
    assert hidden.reference not in page
    assert "History of its words" not in page  # they may once have been restricted
    assert CANARY in sign_in(world.kent).get(page_of(open_decision)).content.decode()


def test_only_officers_see_what_officers_do(sign_in, world, open_decision):
    assert (
        "Mark as strategic" in sign_in(world.officer).get(page_of(open_decision)).content.decode()
    )
    assert (
        "Mark as strategic" not in sign_in(world.kent).get(page_of(open_decision)).content.decode()
    )
    for name, more in (("outcome", ()), ("strategic", ()), ("outcome_remove", (1,))):
        address = page_of(open_decision, name, *more)
        assert sign_in(world.kent).post(address).status_code == 403
        assert sign_in(world.stranger).post(address).status_code == 404


def test_a_decision_that_is_nowhere_is_404(sign_in, world):
    address = reverse("meetings:decision", args=["dartford", uuid.uuid4()])
    assert sign_in(world.officer).get(address).status_code == 404


# ---- following ----------------------------------------------------------------------------------


def test_direction_is_marked_followed_and_ended(sign_in, world, url, open_decision):
    client = sign_in(world.officer)
    page = client.post(page_of(open_decision, "strategic"), {"strategic": "yes"}, follow=True)
    assert "marked as strategic" in page.content.decode()
    assert shown(client.get(url, {"view": "to-follow"})) == ["Publish the figures."]
    answer = {"state": "under_way", "text": "The first set is out."}
    page = client.post(page_of(open_decision, "outcome"), answer, follow=True)
    assert "The first set is out." in page.content.decode()
    assert shown(client.get(url, {"view": "to-follow"})) == ["Publish the figures."]
    client.post(page_of(open_decision, "outcome"), {"state": "achieved", "text": "All are out."})
    assert shown(client.get(url, {"view": "to-follow"})) == []
    assert shown(client.get(url, {"view": "strategic"})) == ["Publish the figures."]
    assert "Carried out" in client.get(url).content.decode()
    verbs = set(Entry.objects.filter(kind="decision").values_list("verb", flat=True))
    assert {"marked as strategic", "recorded what came of"} <= verbs


def test_a_mistaken_entry_is_taken_back_the_latest_only(sign_in, world, open_decision):
    outcomes.set_strategic(open_decision, strategic=True, by=world.officer)
    first = outcomes.record_outcome(
        open_decision, state="under_way", text="Begun.", by=world.officer
    )
    last = outcomes.record_outcome(open_decision, state="achieved", text="Done.", by=world.officer)
    client = sign_in(world.officer)
    page = client.post(page_of(open_decision, "outcome_remove", first.pk), follow=True)
    assert "Only the latest entry can be taken back" in page.content.decode()
    client.post(page_of(open_decision, "outcome_remove", last.pk))
    assert list(Outcome.objects.all()) == [first]
    gone = client.post(page_of(open_decision, "outcome_remove", last.pk))
    assert gone.status_code == 404


def test_what_cannot_be_said_of_a_decision(sign_in, world, open_decision):
    with pytest.raises(Wrong, match="Mark it as strategic first"):
        outcomes.record_outcome(open_decision, state="achieved", text="Done", by=world.officer)
    client = sign_in(world.officer)
    page = client.get(page_of(open_decision, "outcome"), follow=True)
    assert "Mark it as strategic first" in page.content.decode()
    outcomes.set_strategic(open_decision, strategic=True, by=world.officer)
    with pytest.raises(Wrong, match="already marked"):
        outcomes.set_strategic(open_decision, strategic=True, by=world.officer)
    with pytest.raises(ValidationError) as wrong:
        outcomes.record_outcome(open_decision, state="maybe", text=" ", by=world.officer)
    assert set(wrong.value.message_dict) == {"state", "text"}
    with pytest.raises(ValidationError, match="2000 characters"):
        outcomes.record_outcome(open_decision, state="achieved", text="x" * 2001, by=world.officer)
    with pytest.raises(Refused):
        outcomes.record_outcome(open_decision, state="achieved", text="Done", by=world.kent)
    page = client.post(page_of(open_decision, "outcome"), {"state": "", "text": ""})
    assert "Enter what has come of it" in page.content.decode()


def test_silence_of_half_a_year_is_owed_by_number_alone(world, closed_decision):
    outcomes.set_strategic(closed_decision, strategic=True, by=world.officer)

    def owed(on):
        found = [each for each in duties.gather(world.partnership, on) if "strategic" in each.what]
        return [(each.state, each.why) for each in found]

    assert owed(JUNE + datetime.timedelta(days=183)) == [("met", "")]
    late = JUNE + datetime.timedelta(days=184)
    assert owed(late) == [
        ("overdue", f"Nothing was said for six months of {closed_decision.reference}.")
    ]
    outcomes.record_outcome(closed_decision, state="under_way", text=CANARY, by=world.officer)
    assert owed(late) == [("met", "")]
    outcomes.record_outcome(closed_decision, state="achieved", text=CANARY, by=world.officer)
    assert owed(late + datetime.timedelta(days=900)) == [("met", "")]


def test_nothing_is_owed_where_no_direction_was_set(world, open_decision):
    assert not [each for each in duties.gather(world.partnership, DECEMBER) if "strat" in each.what]


def test_a_restricted_decision_of_an_open_item_is_restricted_too(world, sign_in, open_decision):
    Decision.objects.filter(pk=open_decision.pk).update(marking=Marking.SENSITIVE, text=CANARY)
    assert sign_in(world.watch).get(page_of(open_decision)).status_code == 404
    assert Item.objects.get(pk=open_decision.item_id).marking == Marking.OFFICIAL
