"""Interests recalled by an agenda, and declared before a meeting or in it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse

from audit.models import Entry, ReadEntry
from core.permissions import Refused, can
from core.registries import work
from core.workflow import Wrong
from meetings import renditions
from meetings.models import Declaration, ItemKind
from meetings.queries.interests import named, names
from meetings.workflow import agenda, attendance, minutes, schedule
from meetings.workflow.interests import ORDER_OF_BUSINESS, declare, take_back
from membership.models import Interest, Role
from membership.workflow import declare_interest
from notices.models import Notice
from tests import world as worlds
from tests.documents import files
from tests.meetings import held as at_hand
from tests.meetings.held import SEPTEMBER, at

BEFORE = SEPTEMBER - datetime.timedelta(days=5)
CANARY = "Quagga"


@pytest.fixture
def meeting(world):
    """A meeting whose agenda is out, five days before it."""
    made = at_hand.announced(world)
    with at(BEFORE):
        yield made


@pytest.fixture
def funding(meeting):
    return at_hand.item(meeting, ItemKind.FUNDING)


def retitle(world, item, title, note=""):
    return agenda.change_item(
        item, title=title, marking=item.marking, minutes_allowed=5, note=note, by=world.officer
    )


def enter(world, who, about, text="Trustee of Riverside Housing", **more):
    return declare_interest(
        world.partnership, kind="body", text=text, about=about,
        starts_on=datetime.date(2025, 1, 1), by=who, **more,
    )  # fmt: skip


def page(client, meeting, name="interests"):
    url = reverse(f"meetings:{name}", args=["dartford", meeting.slug])
    return client.get(url).content.decode()


def wrong_of(*args, **given):
    with pytest.raises(ValidationError) as wrong:
        declare(*args, **given)
    return wrong.value.message_dict


# ---- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "text", "found"),
    [
        ("Riverside Housing", "Lease of RIVERSIDE  HOUSING land", "RIVERSIDE HOUSING"),
        ("Riverside", "Riversideways", ""),
        ("Side", "Riverside", ""),
        ("St Mary's, Quick Cabs", "Grant to St Mary’s", "St Mary's"),
        ("Home-Start", "home-start bid", "home-start"),
        ("C++ (club)", "The C++ (club) grant", "C++ (club)"),
        ("Élan", "élan vital", "élan"),
        ("", "Anything", ""),
        (" , ,", "Anything", ""),
    ],
)
def test_names_are_found_as_whole_words(about, text, found):
    assert named(about, text) == found


def test_names_are_cut_at_their_commas():
    assert names(" Riverside  Housing,, The Shed ") == ["Riverside Housing", "The Shed"]


# ---- recalled -----------------------------------------------------------------------------------


def test_a_member_is_asked_where_the_agenda_names_their_interest(world, meeting, funding, sign_in):
    enter(world, world.kent, "Riverside Housing")
    retitle(world, funding, "Grant to Riverside Housing")

    shown = page(sign_in(world.kent), meeting, "detail")
    asked = [each.what for each in work.gather(world.kent, BEFORE)]

    assert f"Item {funding.number} names Riverside Housing, in which you have an interest" in shown
    assert f"Say if you withdraw from item {funding.number}" in asked
    assert "in which you have" not in page(sign_in(world.vice), meeting, "detail")
    assert not any("withdraw" in each.what for each in work.gather(world.vice, BEFORE))


@pytest.mark.parametrize("place", ["title", "note", "paper"])
def test_titles_notes_and_papers_recall_it(world, meeting, funding, sign_in, place):
    enter(world, world.kent, "Riverside Housing")
    if place == "paper":
        agenda.add_paper(
            funding, title="Riverside Housing: accounts", marking="official", by=world.officer,
            file=ContentFile(files.pdf(1), "a.pdf"),
        )  # fmt: skip
    else:
        words = {"title": "Grants", "note": "", place: "For Riverside Housing"}
        retitle(world, funding, **words)

    assert "names Riverside Housing" in page(sign_in(world.kent), meeting, "detail")
    assert any("withdraw" in each.what for each in work.gather(world.kent, BEFORE))


def test_a_restricted_paper_recalls_nothing_to_whoever_may_not_read_its_title(
    world, meeting, sign_in
):
    enter(world, world.watch, "Riverside Housing")
    agenda.add_paper(
        at_hand.reviews(meeting), title="Riverside Housing", marking="sensitive", by=world.officer,
        file=ContentFile(files.pdf(1), "a.pdf"),
    )  # fmt: skip

    assert "Riverside" not in page(sign_in(world.watch), meeting, "detail")
    assert not any("withdraw" in each.what for each in work.gather(world.watch, BEFORE))


def test_officers_see_whose_interests_the_agenda_names(world, meeting, funding, sign_in):
    enter(world, world.kent, "Riverside Housing")
    enter(world, world.vice, "Riverside Housing", "Sister works there", sensitive=True)
    retitle(world, funding, "Riverside Housing")

    shown = page(sign_in(world.officer), meeting)
    assert "Trustee of Riverside Housing" in shown
    assert "Sister works there" in shown
    assert "2 recalled" in page(sign_in(world.officer), meeting, "detail")
    for who in (world.chair, world.kent):
        assert "Sister works there" not in page(sign_in(who), meeting)
        assert "that this agenda names" not in page(sign_in(who), meeting)


def test_what_is_declared_or_over_is_recalled_no_longer(world, meeting, funding, sign_in):
    interest = enter(world, world.kent, "Riverside Housing")
    declare_interest(
        world.partnership, kind="body", text="Was at the Shed", about="The Shed", by=world.kent,
        starts_on=datetime.date(2025, 1, 1), ends_on=datetime.date(2026, 1, 1),
    )  # fmt: skip
    retitle(world, funding, "Riverside Housing and The Shed")
    declare(meeting, item=funding, interest=interest, by=world.kent)

    assert "in which you have" not in page(sign_in(world.kent), meeting, "detail")
    assert not any("withdraw" in each.what for each in work.gather(world.kent, BEFORE))


def test_a_draft_agenda_asks_nobody(world):
    enter(world, world.kent, "Crime and performance")
    with at(SEPTEMBER - datetime.timedelta(days=40)):
        schedule.schedule(world.board, on=SEPTEMBER, **at_hand.PLACE, by=world.officer)
        asked = [each.what for each in work.gather(world.kent, SEPTEMBER)]
    assert not any("withdraw" in each for each in asked)


@pytest.mark.parametrize("people", [1, 30])
def test_recalling_asks_the_same_of_the_database_however_many_there_are(
    world, meeting, funding, sign_in, people, django_assert_num_queries
):
    retitle(world, funding, "Riverside Housing")
    for number in range(people):
        who = worlds.person(f"Member Number{number}")
        worlds.seat(who, world.board, world.county)
        enter(world, who, "Riverside Housing")
        declare(meeting, item=at_hand.performance(meeting), text="A friend", by=who)
    client = sign_in(world.officer)
    url = reverse("meetings:interests", args=["dartford", meeting.slug])
    client.get(url)
    with django_assert_num_queries(9):
        client.get(url)


# ---- declared -----------------------------------------------------------------------------------


def test_a_member_declares_online_and_the_officers_are_told(world, meeting, funding, sign_in):
    form = {
        "item": str(funding.pk), "text": "Trustee of the Shed", "part": "withdraw",
        "register": "on", "kind": "body", "about": "The Shed",
    }  # fmt: skip
    client = sign_in(world.kent)
    answer = client.post(reverse("meetings:interests", args=["dartford", meeting.slug]), form)

    assert answer.status_code == 302
    made = Declaration.objects.get()
    assert (made.person, made.declared_by, made.recused) == (world.kent, world.kent, True)
    assert (made.interest.text, made.interest.about) == ("Trustee of the Shed", "The Shed")
    assert not can(world.kent, "open", funding)
    told = Notice.objects.get(recipient=world.officer, kind="interest-declared")
    assert "Bryony Clarke declared an interest" in told.text
    assert "Shed" not in told.text
    assert "You withdrew from this item" in page(client, meeting, "detail")


def test_an_officer_records_what_somebody_declares_while_minutes_are_taken(
    world, meeting, funding, sign_in
):
    with at(SEPTEMBER, 9):
        held = minutes.open(meeting, chaired_by=world.chair, by=world.officer)
        url = reverse("meetings:interests_other", args=["dartford", meeting.slug])
        form = {
            "person": str(world.vice.pk), "item": str(funding.pk), "text": "A friend",
            "part": "withdraw",
        }  # fmt: skip
        client = sign_in(world.officer)
        assert client.post(url, form).status_code == 302
        number = at_hand.item(held, ItemKind.INTERESTS).number
        shown = client.get(reverse("meetings:minutes", args=["dartford", meeting.slug, number]))

    made = Declaration.objects.get()
    assert (made.person, made.declared_by) == (world.vice, world.officer)
    assert Notice.objects.filter(recipient=world.vice, kind="interest-declared").exists()
    assert "Linden Shah: A friend" in shown.content.decode()
    assert sign_in(world.kent).get(url).status_code == 403


def test_the_record_says_who_and_never_why(world, meeting, funding):
    declare(meeting, item=funding, text=f"The {CANARY}", recused=True, by=world.kent)
    told = [f"{each.verb} {each.subject} {each.detail}" for each in Entry.objects.all()]
    assert any("declared an interest at Declaration of Bryony Clarke" in each for each in told)
    assert not any(CANARY in each for each in told)


def test_it_is_declared_once_for_an_item(world, meeting, funding):
    declare(meeting, item=funding, text="A friend", by=world.kent)
    wrong = wrong_of(meeting, item=funding, text="Another", recused=True, by=world.kent)
    assert "You have already declared an interest in item" in wrong["item"][0]
    declare(meeting, text="In general", by=world.kent)
    assert "text" in wrong_of(meeting, text="in general", by=world.kent)
    assert Declaration.objects.count() == 2


def test_two_at_the_same_moment_leave_one(world, meeting, funding):
    first = declare(meeting, item=funding, text="A friend", by=world.kent)
    assert "item" in wrong_of(meeting, item=funding, text="x", person=world.kent, by=world.officer)
    take_back(first, by=world.kent)
    declare(meeting, item=funding, text="Again", by=world.kent)
    assert Declaration.objects.standing().count() == 1


@pytest.mark.parametrize("kind", [ItemKind.APOLOGIES, ItemKind.MINUTES, ItemKind.INTERESTS])
def test_nobody_withdraws_from_the_order_of_business(world, meeting, kind):
    found = meeting.items.filter(kind=kind).first()
    if found is None:
        found = meeting.items.get(kind=ItemKind.NEXT_DATE)
    wrong = wrong_of(meeting, item=found, text="A friend", recused=True, by=world.kent)
    assert "order of business" in wrong["recused"][0]
    assert found.kind in ORDER_OF_BUSINESS
    declare(meeting, item=found, text="A friend", by=world.kent)  # without withdrawing


def test_the_refusal_stands_beside_the_question(world, meeting, sign_in):
    item = at_hand.item(meeting, ItemKind.APOLOGIES)
    url = reverse("meetings:interests", args=["dartford", meeting.slug])
    form = {"item": str(item.pk), "text": "A friend", "part": "withdraw"}
    shown = sign_in(world.kent).post(url, form).content.decode()
    assert 'href="#id_part' in shown
    assert "Nobody withdraws from item 1" in shown


def test_withdrawing_names_an_item_of_this_meeting(world, meeting):
    assert "item" in wrong_of(meeting, text="A friend", recused=True, by=world.kent)
    with at(SEPTEMBER - datetime.timedelta(days=39)):
        other = at_hand.announced(world, at_hand.DECEMBER)
    theirs = at_hand.performance(other)
    assert "item" in wrong_of(meeting, item=theirs, text="A friend", by=world.kent)


def test_somebody_who_is_not_at_the_meeting_declares_nothing(world, meeting, funding):
    wrong = wrong_of(meeting, item=funding, text="x", person=world.dvacs, by=world.officer)
    assert "not expected at this meeting" in wrong["person"][0]
    with at(SEPTEMBER, 9):
        held = minutes.open(meeting, chaired_by=world.chair, by=world.officer)
        key = f"seat-{world.kent_seat.pk}"
        attendance.record(held, presences={key: "absent"}, by=world.officer)
        wrong = wrong_of(held, item=funding, text="x", person=world.kent, by=world.officer)
    assert "recorded as not there" in wrong["person"][0]


def test_what_is_said_must_be_something_and_short(world, meeting, funding):
    assert "text" in wrong_of(meeting, item=funding, text=" ", by=world.kent)
    assert "text" in wrong_of(meeting, item=funding, text="x" * 301, by=world.kent)
    theirs = enter(world, world.vice, "The Shed")
    assert "interest" in wrong_of(meeting, item=funding, interest=theirs, by=world.kent)


def test_only_officers_declare_for_others(world, meeting, funding):
    for who in (world.kent, world.chair):
        with pytest.raises(Refused):
            declare(meeting, item=funding, text="x", person=world.vice, by=who)
    for who in (world.stranger, world.dvacs, world.administrator):
        with pytest.raises(Refused):
            declare(meeting, item=funding, text="x", by=who)


def test_once_the_minutes_are_with_the_chair_it_is_too_late(world, sign_in):
    made = at_hand.with_chair(world)
    with at(SEPTEMBER, 16):
        with pytest.raises(Wrong):
            declare(made, text="A friend", by=world.kent)
        assert "its minutes are with the chair" in page(sign_in(world.kent), made)


# ---- taken back ---------------------------------------------------------------------------------


def undo(client, declaration):
    slug = declaration.meeting.slug
    url = reverse("meetings:interest_take_back", args=["dartford", slug, declaration.pk])
    return client.post(url, follow=True)


def test_its_person_takes_it_back_before_the_meeting(world, meeting, funding, sign_in):
    made = declare(meeting, item=funding, text="A friend", recused=True, by=world.kent)
    assert undo(sign_in(world.watch), made).status_code == 403
    assert "The declaration is taken back." in undo(sign_in(world.kent), made).content.decode()
    assert can(world.kent, "open", funding)
    answer = undo(sign_in(world.kent), made).content.decode()
    assert "already been taken back" in answer


def test_in_the_meeting_somebody_else_takes_it_back(world, meeting, funding, sign_in):
    mine = declare(meeting, item=funding, text="A friend", recused=True, by=world.officer)
    theirs = declare(meeting, item=funding, text="A friend", recused=True, by=world.kent)
    with at(SEPTEMBER, 9):
        minutes.open(meeting, chaired_by=world.chair, by=world.officer)
        for who, made in ((world.officer, mine), (world.kent, theirs)):
            with pytest.raises(Wrong, match="The meeting has begun"):
                take_back(made, by=who)
        take_back(theirs, by=world.officer)
        take_back(mine, by=world.chair)
    assert not Declaration.objects.standing().exists()


# ---- who reads of it ----------------------------------------------------------------------------


@pytest.fixture
def declared(world, meeting, funding):
    """One open declaration, one on a restricted item and one that is sensitive."""
    declare(meeting, item=funding, text="Open friend", recused=True, by=world.kent)
    declare(meeting, item=at_hand.reviews(meeting), text="Closed friend", recused=True,
            by=world.vice)  # fmt: skip
    entry = {"kind": "close", "about": "", "sensitive": True}
    declare(meeting, item=at_hand.performance(meeting), text=CANARY, register=entry,
            by=world.chair)  # fmt: skip
    with at(SEPTEMBER, 9):
        yield minutes.open(meeting, chaired_by=world.chair, by=world.officer)


def test_the_public_minutes_hold_what_is_open_and_nothing_else(world, declared):
    built = renditions.build(declared, renditions.PUBLIC)
    told = repr(built) + renditions.page(built) + renditions.text(built)
    assert "Open friend" in told
    for words in ("Closed friend", CANARY, "sensitive interest"):
        assert words not in told
    assert "Sage Holloway declared" not in told


def test_the_full_minutes_hold_all_but_the_words_of_what_is_sensitive(world, declared):
    built = renditions.build(declared, renditions.RESTRICTED)
    told = renditions.text(built)
    assert "Closed friend" in told
    assert "Sage Holloway declared a sensitive interest in item" in told
    assert CANARY not in told
    assert built.marking == "sensitive"
    out = renditions.left_out(built)
    assert any("2 declarations of interest in item" in each for each in out)


def test_uncleared_readers_get_the_open_ones(world, declared, sign_in):
    told = repr(renditions.build(declared, renditions.RESTRICTED, world.watch))
    assert "Open friend" in told
    assert "Closed friend" not in told
    with at(SEPTEMBER, 10):
        shown = page(sign_in(world.watch), declared)
    assert "Open friend" in shown
    for words in ("Closed friend", CANARY, "Sage Holloway"):
        assert words not in shown.partition("Declare an interest of yours")[0]


def test_the_page_keeps_sensitive_words_to_their_person_and_the_officers(world, declared, sign_in):
    with at(SEPTEMBER, 10):
        for who, reads in ((world.chair, True), (world.officer, True), (world.kent, False)):
            shown = page(sign_in(who), declared)
            assert (CANARY in shown) is reads
            assert ("A sensitive interest" in shown) is not reads
            assert "Closed friend" in shown
    assert ReadEntry.objects.filter(kind="declaration", actor_id=str(world.kent.pk)).count() == 2


def test_a_sensitive_interest_is_always_entered_in_the_register(world, meeting, sign_in):
    url = reverse("meetings:interests", args=["dartford", meeting.slug])
    form = {"text": "A relative", "part": "part", "sensitive": "on"}
    client = sign_in(world.kent)
    assert "Choose what sort of interest it is" in client.post(url, form).content.decode()
    client.post(url, form | {"kind": "close"})
    assert Interest.objects.get().sensitive
    assert Declaration.objects.get().sensitive


def test_declarations_are_the_minute_of_their_item(world, declared):
    left = {each.kind for each in minutes.unminuted(declared)}
    assert ItemKind.INTERESTS not in left
    built = renditions.build(declared, renditions.PUBLIC)
    assert not next(each for each in built.items if each.declared).is_empty


def test_an_agenda_without_the_item_says_them_under_its_first(world):
    with at(SEPTEMBER - datetime.timedelta(days=10)):
        made = at_hand.announced(world, group=world.dvacs_group)
        last = made.items.order_by("number").last()
        last.meeting = made
        declare(made, item=last, text="A friend", by=world.dvacs)
        built = renditions.build(made, renditions.RESTRICTED)
    assert next(len(each.declared) for each in built.items) == 1


def test_an_officers_role_on_the_group_lets_them_withdraw_without_a_seat_there(world, meeting):
    second = worlds.person("Rowan Tierney")
    worlds.seat(second, world.secretariat, world.council, Role.OFFICER)
    item = at_hand.performance(meeting)
    declare(meeting, item=item, text="A friend", recused=True, by=second)
    assert not can(second, "open", item)
