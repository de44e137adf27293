"""The pages of reviews: what an officer, the chair, a member and everybody else meet there."""

import pytest
from django.urls import reverse

from audit.models import Entry, ReadEntry
from core import clock
from core.dates import longdate
from core.registries import work
from dhr import reminders
from dhr.models import Lead, Review, Stage, Step
from dhr.queries import timing
from dhr.workflow import deciding, life, milestones
from membership.models import Role, Seat
from membership.workflow import emergencies
from notices.models import Notice
from tests import world as worlds
from tests.dhr.conftest import DAY, decide, take_notification

CANARY = "CANARYWHARF"


def at(name, *args, partnership="dartford"):
    return reverse(f"dhr:{name}", args=[partnership, *args])


def day(name, value):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def text(response):
    return response.content.decode()


@pytest.fixture
def officer(world, sign_in):
    return sign_in(world.officer)


# ---- beginning ----------------------------------------------------------------------------------


def test_an_officer_sets_up_and_takes_a_notification_of_two_deaths(world, officer):
    page = officer.get(at("arrangement"))
    assert "Set up death reviews" in text(page)
    officer.post(at("arrangement_set_up"))
    page = text(officer.get(at("arrangement")))
    assert "the day is not fixed" in page
    assert "Domestic homicide review" in page
    sent = {
        "pseudonym": "Anna and Ben", "notified_by": world.police.pk, "circumstances": "At home",
        "lead": Lead.HERE, "led_by": "", "led_reference": "", **day("notified_on", clock.today()),
        "pseudonym_1": "Anna", "kind_1": "homicide", "relation_1": "former", "elsewhere_1": "",
        "pseudonym_2": "Ben", "kind_2": "homicide", "relation_2": "relative",
        "elsewhere_2": "Medway", **day("died_on_1", clock.today() - 2 * DAY),
    }  # fmt: skip

    response = officer.post(at("review_notify"), sent)

    review = Review.objects.get()
    assert response.url == review.get_absolute_url()
    assert review.deaths.count() == 2
    shown = text(officer.get(response.url))
    assert "Decide whether to hold a review" in shown
    assert "Medway" in shown
    assert "Domestic homicide review" in shown


def test_what_is_wrong_with_the_second_death_stands_beside_it(arrangement, world, officer):
    sent = {
        "pseudonym": "Anna", "lead": Lead.HERE, **day("notified_on", clock.today()),
        "pseudonym_1": "Anna", "kind_1": "homicide", "pseudonym_2": "anna", "kind_2": "homicide",
    }  # fmt: skip
    page = text(officer.post(at("review_notify"), sent))

    assert "Give each death its own pseudonym" in page
    assert "#id_pseudonym_2" in page
    assert not Review.objects.exists()


def test_before_it_is_set_up_the_list_says_so(world, officer):
    assert "not set up yet" in text(officer.get(at("reviews")))
    assert officer.get(at("review_notify")).url == at("arrangement")


def test_the_arrangement_is_changed_and_a_stale_change_loses_nothing(arrangement, officer):
    sent = {
        "shown_name": "dardr", "contact_name": "The DARDR team", "information_days": 10,
        "check_months": 6, "site_years": 3, "keep_years": 10, "version": 1, "led_by": "",
        "contact_email": "", "home_office": "", "source": "",
    }  # fmt: skip
    assert officer.post(at("arrangement_change"), sent).status_code == 302
    stale = officer.post(at("arrangement_change"), {**sent, "contact_name": "Mine"})

    assert stale.status_code == 409
    assert "Mine" in text(stale)
    assert "The DARDR team" in text(stale)


# ---- the list -----------------------------------------------------------------------------------


def test_the_list_holds_ones_own_reviews_and_nothing_of_others(running, world, sign_in):
    other = worlds.person("Aspen Rowe")
    worlds.seat(other, world.secretariat, world.council, Role.OFFICER)

    mine = text(sign_in(world.kent).get(at("reviews")))
    theirs = text(sign_in(other).get(at("reviews")))

    assert running.reference in mine
    assert "1 open review" in mine
    assert running.reference not in theirs
    assert "You sit on no review" in theirs
    assert ReadEntry.objects.filter(actor_id=str(world.kent.pk), subject=running.reference).exists()
    assert sign_in(world.chair).get(at("reviews")).status_code == 403
    assert sign_in(world.administrator).get(at("index")).status_code == 403


def test_who_has_not_signed_reads_no_more_than_the_reference(running, world, sign_in):
    worlds.seat(world.watch, running.group, world.watch_body)
    client = sign_in(world.watch)

    page = text(client.get(at("reviews")))

    assert "It does not open to you" in page
    assert running.pseudonym not in page
    assert running.pseudonym not in text(client.get(at("reviews_csv")))
    assert client.get(at("review", running.reference)).status_code == 403


def test_the_csv_says_who_took_it(running, officer):
    file = text(officer.get(at("reviews_csv") + "?view=open"))

    assert running.reference in file
    assert "Taken by Hazel Okafor" in file


def test_the_views_and_the_order_of_the_list(running, world, officer):
    take_notification(world, pseudonym="Beatrice", days=3)
    page = text(officer.get(at("reviews") + "?view=decide&sort=-notified"))

    assert "Beatrice" in page
    assert running.reference not in page
    assert officer.get(at("reviews") + "?view=late").status_code == 200
    assert "You have no review there" in text(officer.get(at("reviews") + "?view=closed"))


def test_the_list_takes_as_many_queries_for_thirty_as_for_one(
    arrangement, world, officer, django_assert_max_num_queries
):
    take_notification(world)
    officer.get(at("reviews"))
    with django_assert_max_num_queries(40) as one:
        officer.get(at("reviews"))
    for number in range(12):
        take_notification(world, pseudonym=f"P{number}")

    with django_assert_max_num_queries(len(one)):
        officer.get(at("reviews"))


# ---- one review ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["review", "review_dates", "review_panel", "review_people", "review_reads_csv"]
)
def test_the_pages_of_a_review_open_to_its_list_only_and_are_recorded(
    running, independent, world, sign_in, name
):
    url = at(name, running.reference)
    for person in (world.officer, world.kent, independent):
        before = ReadEntry.objects.filter(actor_id=str(person.pk)).count()
        assert sign_in(person).get(url).status_code == 200
        assert ReadEntry.objects.filter(actor_id=str(person.pk)).count() == before + 1
    for person in (world.chair, world.vice, world.administrator, world.scrutiny, world.stranger):
        assert sign_in(person).get(url).status_code in (403, 404)


def test_a_member_reads_and_is_offered_nothing_to_change(running, world, sign_in):
    kent = sign_in(world.kent)
    page = text(kent.get(at("review", running.reference)))

    assert "For officers" not in page
    assert "Key" not in [line.strip() for line in page.split(">")]
    assert kent.get(at("review_decide", running.reference)).status_code == 403
    assert "Leave this review" in text(kent.get(at("review_panel", running.reference)))


def test_a_decision_and_who_was_told_through_the_pages(review, world, officer):
    officer.post(
        at("review_decide", review.reference),
        {"outcome": "no_review", "reasons": "Not met", "decided_by": "The chair",
         **day("decided_on", clock.today())},
    )  # fmt: skip
    page = text(officer.get(at("review", review.reference)))
    assert "Not told yet: the Home Office and the family" in page
    for whom in ("home_office", "family"):
        officer.post(
            at("review_tell", review.reference),
            {"whom": whom, "about": "decision", "how": "By letter", **day("on", clock.today())},
        )  # fmt: skip
    assert "Nothing is left to do" in text(officer.get(at("review", review.reference)))
    reverse_it = officer.get(at("review_decide", review.reference))
    assert "Why the earlier decision is reversed" in text(reverse_it)

    officer.post(at("review_close", review.reference), {"reason": ""})

    review.refresh_from_db()
    assert review.stage == Stage.CLOSED


def test_a_name_of_the_key_is_warned_of_within_the_panel_and_never_repeated(
    running, world, officer
):
    response = officer.post(
        at("review_tell", running.reference),
        {"whom": "family", "about": "decision", "how": "Mrs Canarywharf was told",
         **day("on", clock.today())},
        follow=True,
    )  # fmt: skip

    page = text(response)
    assert "holds a name or an address that is in the key" in page
    banner = page.split("holds a name")[0][-400:]
    assert CANARY not in banner.upper()
    assert not Entry.objects.filter(detail__icontains=CANARY).exists()


def test_dates_are_planned_put_off_done_and_undone(running, officer):
    officer.post(
        at("date_plan", running.reference),
        {"step": Step.FIRST_MEETING, **day("due_on", clock.today() + 9 * DAY)},
    )
    meeting = running.milestones.get(step=Step.FIRST_MEETING)
    report = running.milestones.get(step=Step.REPORT)
    officer.post(at("date_done", running.reference, meeting.pk), day("on", clock.today()))
    officer.post(at("date_undo", running.reference, meeting.pk))
    later = report.first_due_on + 40 * DAY
    officer.post(
        at("date_delay", running.reference, report.pk),
        {"reason": "The trial", **day("due_on", later)},
    )

    page = text(officer.get(at("review_dates", running.reference)))
    assert "Home Office not told" in page
    assert longdate(report.first_due_on) in page
    assert longdate(later) in page
    delay = report.delays.get()
    officer.post(at("delay_told", running.reference, delay.pk), day("on", clock.today()))
    assert "Home Office told on" in text(officer.get(at("review_dates", running.reference)))
    assert "Write it down" in text(officer.get(at("review_dates", running.reference)))
    wrong = officer.post(
        at("date_delay", running.reference, report.pk),
        {"reason": "x", **day("due_on", clock.today())},
    )  # fmt: skip
    assert "must not be before the one first set" in text(wrong)


def test_the_chair_is_appointed_from_outside_and_resigns(review, world, officer):
    decide(review, world)
    sent = {
        "held": "", "name": "Fern Aldous", "email": "fern@example.test",
        "agency": world.county.pk, "independence": "No part", **day("starts_on", clock.today()),
    }  # fmt: skip
    assert "Nobody chairs this review" in text(officer.get(at("review_panel", review.reference)))
    officer.post(at("chair_appoint", review.reference), sent)
    chair = review.chairs.get()
    assert chair.person.name == "Fern Aldous"

    officer.post(
        at("chair_end", review.reference, chair.pk),
        {"because": "Resigned", **day("on", clock.today())},
    )  # fmt: skip

    page = text(officer.get(at("review_panel", review.reference)))
    assert "Nobody chairs this review" in page
    assert "Resigned" in page


def test_somebody_is_asked_checked_again_and_another_officer_put_on(running, world, officer):
    police = Seat.objects.get(group=running.group.reports_to, agency=world.police)
    officer.post(
        at("member_ask", running.reference),
        {"held": police.pk, "role": "member", "free": "yes", "said": ""},
    )
    seat = Seat.objects.get(group=running.group, person=police.person)
    officer.post(
        at("member_check", running.reference, seat.pk), {"free": "no", "said": "Knew the family"}
    )
    assert police.person.name not in {
        each.person.name for each in Seat.objects.on(clock.today()).filter(group=running.group)
    }
    another = worlds.person("Aspen Rowe")
    held = worlds.seat(another, world.secretariat, world.council, Role.OFFICER)
    officer.post(at("person_put_on", running.reference), {"held": held.pk, "reason": "Cover"})
    seat = Seat.objects.get(group=running.group, person=another)
    officer.post(at("person_take_off", running.reference, seat.pk), {"reason": "Done"})
    page = text(officer.get(at("review_people", running.reference)))
    assert "Cover" in page
    assert "Who could before" in page


def test_terms_proceedings_and_leaving_through_the_pages(running, independent, world, sign_in):
    officer, chair = sign_in(world.officer), sign_in(independent)
    chair.post(
        at("terms_write", running.reference),
        {"text": "Wider", "changed_because": "An earlier partner",
         **day("scope_from", clock.today() - 900 * DAY), **day("scope_to", clock.today())},
    )  # fmt: skip
    assert running.terms.count() == 2
    officer.post(
        at("proceeding_add", running.reference),
        {"kind": "coroner", "effect": "The inquest comes first", "contact": "", "result": "",
         **day("starts_on", clock.today())},
    )  # fmt: skip
    beside = running.proceedings.get()
    page = officer.get(at("proceeding_change", running.reference, beside.pk))
    assert "The inquest comes first" in text(page)
    kent = sign_in(world.kent)
    kent.post(at("member_leave", running.reference), {"said": "A part in it after all"})
    assert kent.get(at("review", running.reference)).status_code == 404


def test_a_part_is_read_in_the_other_partnership(running, world, sign_in):
    worlds.Signature.objects.create(
        agreement=worlds.SharingAgreement.objects.create(
            partnership=world.gravesham, name="Agreement", short_name="K-MISA",
            starts_on=worlds.LONG_AGO, review_on=clock.today() + 900 * DAY,
        ),
        agency=world.gravesham_council, signed_by_name="Clover Bains", starts_on=worlds.LONG_AGO,
    )  # fmt: skip
    life_of = sign_in(world.stranger)
    life_of.post(at("arrangement_set_up", partnership="gravesham"))
    officer = sign_in(world.officer)
    officer.post(
        at("part_hand", running.reference),
        {"partnership": world.gravesham.pk, "purpose": "Train housing officers"},
    )
    part = running.parts.get()

    page = text(life_of.get(part.get_absolute_url()))

    assert "Train housing officers" in page
    assert running.reference not in page
    assert running.pseudonym not in page
    assert part.reference in text(life_of.get(at("reviews", partnership="gravesham")))
    refused = officer.post(
        at("part_change", running.reference, part.reference), {"purpose": "About Mrs Canarywharf"}
    )
    assert "a name of Anna" in text(refused)
    assert life_of.get(at("review", running.reference, partnership="gravesham")).status_code == 404


def test_a_step_without_a_date_shows_as_done_by_its_deed(running):
    stages = {each.label: each for each in timing.shown(running).stages}

    assert stages[str(Step.CHAIR.label)].state == "done"
    assert stages[str(Step.TERMS.label)].state == "done"
    assert stages[str(Step.SUBMIT.label)].note == "No date yet"


def test_led_elsewhere_the_page_says_by_whom(arrangement, world, officer):
    review = take_notification(
        world, lead=Lead.ELSEWHERE, led_by="Kent Community Safety Partnership"
    )
    page = text(officer.get(at("review", review.reference)))

    assert "Kent Community Safety Partnership leads this review" in page
    assert "Write down the decision" in page


def test_a_review_is_opened_again_through_its_page(running, world, officer):
    Review.objects.filter(pk=running.pk).update(stage=Stage.PUBLISHED)
    officer.post(
        at("review_reopen", running.reference), {"reason": "New evidence", "again": "report"}
    )

    assert "New evidence" in text(officer.get(at("review", running.reference)))


def test_a_correction_of_the_notification_and_of_a_death(running, officer):
    officer.post(
        at("review_change", running.reference),
        {"pseudonym": "Anneke", "circumstances": "Less", "notified_by": ""},
    )
    officer.post(
        at("death_change", running.reference, 1),
        {"pseudonym": "Anneke", "kind": "suicide", "relation": "partner", "elsewhere": ""},
    )
    officer.post(
        at("death_add", running.reference),
        {"pseudonym": "Ben", "kind": "homicide", "relation": "unknown", "elsewhere": ""},
    )
    page = text(officer.get(at("review", running.reference)))
    assert "Anneke" in page
    assert "Apparent suicide" in page
    officer.post(at("death_remove", running.reference, 2))
    officer.post(at("death_remove", running.reference, 1))
    assert running.deaths.count() == 1


def test_an_emergency_reading_opens_the_page_and_lets_nothing_be_changed(running, world, sign_in):
    other = worlds.person("Aspen Rowe")
    worlds.seat(other, world.secretariat, world.council, Role.OFFICER)
    client, url = sign_in(other), running.get_absolute_url()
    assert client.get(url).status_code == 404
    reading = emergencies.ask(
        world.partnership, reference=running.reference, reason="A danger to life", by=other
    )

    emergencies.agree(reading, by=world.chair)

    assert client.get(url).status_code == 200
    assert client.get(at("review_decide", running.reference)).status_code == 403
    assert client.get(at("review_key", running.reference)).status_code == 403
    shown = text(sign_in(world.officer).get(at("review_people", running.reference)))
    assert "Emergency reading" in shown
    Seat.objects.filter(emergency=reading).update(emergency_until=clock.now())
    assert client.get(url).status_code == 404


# ---- reminders and work -------------------------------------------------------------------------


def test_a_late_decision_is_reminded_of_by_reference_only(arrangement, world):
    review = take_notification(world, days=40)
    found = list(reminders.decide_due(clock.today()))
    assert [each["text"] for each in found] == [
        f"A step of {review.reference} is due. Open it to see which."
    ]
    chair = list(reminders.late_for_chair(clock.today()))
    assert review.reference not in chair[0]["text"]
    decide(review, world)
    assert not reminders.decide_due(clock.today()).exists()
    assert reminders.unchaired(clock.today()).count() == 1
    report = review.milestones.get(step=Step.REPORT)
    milestones.put_off(report, due_on=report.first_due_on + DAY, reason="Trial", by=world.officer)
    assert reminders.delays_untold(clock.today()).count() == 1
    deciding.tell(review, whom="home_office", about="delay", on=clock.today(), by=world.officer)
    assert not reminders.delays_untold(clock.today()).exists()
    life.close(review, reason="Another process does it", by=world.officer)
    assert not reminders.report_due(clock.today()).exists()
    assert not Notice.objects.filter(text__icontains="Anna").exists()


def test_my_work_shows_the_next_step_to_the_officer_only(review, world, sign_in):
    mine = [each.what for each in work.gather(world.officer, clock.today() + 20 * DAY)]
    theirs = [each.what for each in work.gather(world.chair, clock.today() + 20 * DAY)]

    assert f"{review.reference}: decide whether to hold a review" in mine
    assert not any(review.reference in each for each in theirs)
