"""The yearly review of chair and vice-chair, and partners that join by a decision of the board."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.permissions import Refused
from core.workflow import Wrong
from meetings.models import Admission, ChairReview, ItemKind
from meetings.workflow import reviews
from membership.models import Partner, Role, Seat
from tests.meetings import held as at_hand
from tests.meetings.held import DECEMBER, JUNE, at
from tests.world import agency


@pytest.fixture
def meeting(world):
    """The first meeting of the municipal year, in June."""
    made = at_hand.held(world, JUNE)
    with at(JUNE):
        yield made


@pytest.fixture
def item(meeting):
    return at_hand.item(meeting, ItemKind.CHAIR_REVIEW)


def holder(group, role, on):
    return Seat.objects.on(on).get(group=group, role=role).person


def test_the_chair_is_confirmed_by_a_decision(world, meeting, item):
    reviewed = reviews.review(item, office="chair", seat=world.chair_seat, by=world.officer)
    assert (reviewed.year, reviewed.office, reviewed.seat) == (2026, "chair", world.chair_seat)
    assert reviewed.decision.text == "Sage Holloway was confirmed as chair for 2026/27."
    assert reviewed.decision.item == item
    assert holder(world.board, Role.CHAIR, JUNE) == world.chair


def test_a_new_holder_begins_that_day_and_the_old_one_becomes_a_member(world, meeting, item):
    reviewed = reviews.review(item, office="chair", seat=world.kent_seat, by=world.officer)
    assert "Bryony Clarke, Kent County Council, was chosen as chair" in reviewed.decision.text
    assert holder(world.board, Role.CHAIR, JUNE) == world.kent
    day_before = JUNE - datetime.timedelta(days=1)
    assert holder(world.board, Role.CHAIR, day_before) == world.chair
    now = Seat.objects.on(JUNE).get(group=world.board, person=world.chair)
    assert (now.role, now.starts_on) == (Role.MEMBER, JUNE)


def test_chair_and_vice_chair_may_change_places(world, meeting, item):
    reviews.review(item, office="chair", seat=world.vice_seat, by=world.officer)
    former = Seat.objects.on(JUNE).get(group=world.board, person=world.chair)
    reviews.review(item, office="vice_chair", seat=former, by=world.officer)
    assert holder(world.board, Role.CHAIR, JUNE) == world.vice
    assert holder(world.board, Role.VICE_CHAIR, JUNE) == world.chair


def test_an_office_is_reviewed_once_a_year(world, meeting, item):
    reviews.review(item, office="chair", seat=world.chair_seat, by=world.officer)
    with pytest.raises(Wrong, match="already been reviewed in 2026/27"):
        reviews.review(item, office="chair", seat=world.kent_seat, by=world.officer)
    assert ChairReview.objects.count() == 1
    assert item.decisions.count() == 1
    assert holder(world.board, Role.CHAIR, JUNE) == world.chair


def test_a_decision_on_which_a_review_rests_is_not_removed(world, meeting, item):
    from meetings.workflow import minutes

    reviewed = reviews.review(item, office="chair", seat=world.chair_seat, by=world.officer)
    with pytest.raises(Wrong, match="cannot be removed"):
        minutes.remove_decision(reviewed.decision, by=world.officer)


def test_only_officers_record_reviews_and_only_of_their_own_group(world, meeting, item):
    for who in (world.chair, world.kent, world.dvacs, world.stranger):
        with pytest.raises(Refused):
            reviews.review(item, office="chair", seat=world.kent_seat, by=who)
    with pytest.raises(Wrong, match="its own group"):
        reviews.review(item, office="chair", seat=world.dvacs_seat, by=world.officer)


def test_the_page_offers_both_offices_until_they_are_reviewed(sign_in, world, meeting, item):
    officer = sign_in(world.officer)
    url = reverse("meetings:chair_review", args=["dartford", meeting.slug])
    assert "Who is vice-chair from this meeting on?" in officer.get(url).content.decode()
    wrong = officer.post(url, {"chair-office": "chair", "chair-seat": ""})
    assert "Choose who holds the office" in wrong.content.decode()
    officer.post(url, {"chair-office": "chair", "chair-seat": world.kent_seat.pk})
    text = officer.get(url).content.decode()
    assert "Chair: Bryony Clarke" in text
    assert "Who is chair from this meeting on?" not in text
    assert sign_in(world.kent).get(url).status_code == 403
    assert sign_in(world.stranger).get(url).status_code == 404


# ---- partners that join -------------------------------------------------------------------------


@pytest.fixture
def charity(db):
    return agency("Victim Support", "voluntary")


def test_a_partner_joins_by_a_decision_that_its_place_points_to(world, meeting, charity):
    decision = at_hand.decided(at_hand.performance(meeting), "Victim Support joins.", world.officer)
    admission = reviews.admit(decision, agency=charity, starts_on=JUNE, by=world.officer)
    partner = Partner.objects.get(agency=charity)
    assert (admission.partner, admission.decision) == (partner, decision)
    assert (partner.starts_on, partner.statutory) == (JUNE, False)
    assert partner.joined_because == f"Agreed by the board, decision {decision.reference}"


def test_a_partner_cannot_join_before_or_in_secret_or_by_a_subgroup(world, meeting, charity):
    decision = at_hand.decided(at_hand.performance(meeting), "It joins.", world.officer)
    with pytest.raises(ValidationError) as refused:
        reviews.admit(
            decision, agency=charity, starts_on=JUNE - datetime.timedelta(days=1), by=world.officer
        )
    assert set(refused.value.message_dict) == {"starts_on"}
    secret = at_hand.decided(at_hand.reviews(meeting), "It joins.", world.officer)
    with pytest.raises(Wrong, match="must be open"):
        reviews.admit(secret, agency=charity, starts_on=JUNE, by=world.officer)
    other = at_hand.held(world, DECEMBER, group=world.dvacs_group, chair=world.dvacs)
    with at(DECEMBER):
        item = other.items.first()
        item.meeting = other
        by_subgroup = at_hand.decided(item, "It joins.", world.officer)
        with pytest.raises(Wrong, match="Only the board"):
            reviews.admit(by_subgroup, agency=charity, starts_on=DECEMBER, by=world.officer)
    assert not Admission.objects.exists()


def test_the_page_records_who_joins(sign_in, world, meeting, charity):
    decision = at_hand.decided(at_hand.performance(meeting), "It joins.", world.officer)
    url = reverse("meetings:admit", args=["dartford", meeting.slug, decision.pk])
    officer = sign_in(world.officer)
    assert "Victim Support" in officer.get(url).content.decode()
    day = {"starts_on_0": "17", "starts_on_1": "6", "starts_on_2": "2026"}
    day |= {"starts_on_day": "17", "starts_on_month": "6", "starts_on_year": "2026"}
    assert officer.post(url, {"agency": charity.pk, **day}).status_code == 302
    assert Admission.objects.get().decision == decision
    assert sign_in(world.kent).get(url).status_code == 403
