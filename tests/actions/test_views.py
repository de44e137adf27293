"""The pages of one action: who opens them, what they show, what happens to a stale form."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actions import workflow
from actions.models import OPEN, Action, Status, Update
from audit.models import ReadEntry
from core import clock
from core.markings import Marking
from membership.models import Agency, Seat
from tests import world as worlds
from tests.actions.conftest import CANARY

DAY = datetime.timedelta(days=1)
STEPS = ("update", "move", "confirm", "reopen", "drop", "hand_over")


def address(action, name="detail"):
    return reverse(f"actions:{name}", args=[action.partnership.slug, action.reference])


def date(day, name="due_on"):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def update_of(action, text="Draft times sent", status=Status.IN_PROGRESS, **more):
    return {"text": text, "status": status, "version": action.version, **more}


# ---- who opens what -----------------------------------------------------------------------------


def test_the_page_opens_for_its_audience_only(sign_in, world, make):
    action = make()
    for person in (world.officer, world.vice, world.kent, world.watch, world.chair):
        assert sign_in(person).get(address(action)).status_code == 200
    for person in (world.dvacs, world.ocg, world.scrutiny, world.leaver, world.stranger):
        for name in ("detail", "history", *STEPS):
            assert sign_in(person).get(address(action, name)).status_code == 404


def test_a_restricted_action_is_not_found_without_the_sharing_gate(sign_in, world, restricted):
    client = sign_in(world.watch)
    for name in ("detail", "history", *STEPS):
        for response in (
            client.get(address(restricted, name)),
            client.post(address(restricted, name)),
        ):
            assert response.status_code in (404, 405)
            assert CANARY not in response.content.decode()


def test_unknown_references_are_not_found(sign_in, world):
    client = sign_in(world.officer)
    for reference in ("A-1999-001", "x", "a" * 90):
        url = reverse("actions:detail", args=[world.partnership.slug, reference])
        assert client.get(url).status_code == 404


def test_colleagues_of_another_agency_look_on_and_are_told_why(sign_in, world, make):
    action = make()
    client = sign_in(world.kent)
    page = client.get(address(action)).content.decode()
    assert "Add an update" not in page
    assert "Move the due date" not in page
    for name in STEPS:
        for response in (client.get(address(action, name)), client.post(address(action, name))):
            assert response.status_code == 403
    refusal = client.post(address(action, "update"), update_of(action))
    assert "Only people of Kent Police can do this" in refusal.content.decode()
    assert not Update.objects.exists()


def test_owners_see_their_steps_and_officers_theirs(sign_in, world, make):
    action = make()
    page = sign_in(world.vice).get(address(action)).content.decode()
    assert "Add an update" in page
    assert address(action, "move") in page
    assert address(action, "drop") not in page
    page = sign_in(world.officer).get(address(action)).content.decode()
    assert address(action, "drop") in page
    assert address(action, "hand_over") in page
    assert "Confirm that it is done" not in page


# ---- what the page shows ------------------------------------------------------------------------


def test_every_due_date_stands_with_its_reason(sign_in, world, make):
    action = make(due_in=-20)
    for days, reason in ((10, "Waiting for the lighting survey"), (20, "Rota already fixed")):
        action = workflow.move_due_date(
            action, due_on=clock.today() + days * DAY, reason=reason, by=world.vice
        )
    page = sign_in(world.kent).get(address(action)).content.decode()
    assert "20 days past the date first set" in page
    assert "Late, moved twice" in page
    assert "first set" in page
    assert "Waiting for the lighting survey" in page
    assert "Rota already fixed" in page


def test_the_owner_is_a_post_and_the_page_says_who_holds_it_today(sign_in, world, make):
    action = make()
    page = sign_in(world.kent).get(address(action)).content.decode()
    assert "Kent Police, District Commander" in page
    assert "Linden Shah" in page
    newcomer = worlds.person("Fern Ackerley")
    Seat.objects.filter(pk=world.vice_seat.pk).update(ends_on=clock.today())
    worlds.seat(newcomer, world.board, world.police, post=world.commander_post,
                starts_on=clock.today())  # fmt: skip
    page = sign_in(world.kent).get(address(action)).content.decode()
    assert "Fern Ackerley" in page
    assert "Linden Shah" not in page


def test_a_vacant_post_and_an_agency_that_does_not_sit_there_are_said(sign_in, world, make):
    action = make(group=world.dvacs_group, owner=world.county, post=None)
    page = sign_in(world.dvacs).get(address(action)).content.decode()
    assert "Nobody of Kent County Council sits on DVACS" in page
    Seat.objects.filter(pk=world.vice_seat.pk).update(ends_on=clock.today())
    page = sign_in(world.kent).get(address(make())).content.decode()
    assert "the post is vacant" in page


def test_a_successor_is_named_beside_the_old_name(sign_in, world, make):
    action = make()
    Agency.objects.create(
        name="Kent and Essex Police", short_name="KEP", slug="kep", kind="police",
        starts_on=clock.today(), succeeds=world.police,
    )  # fmt: skip
    page = sign_in(world.kent).get(address(action)).content.decode()
    assert "Kent Police, District Commander" in page
    assert "Kent and Essex Police" in page


def test_text_is_shown_as_typed_never_run(sign_in, world, make):
    action = make(text="<script>alert(1)</script>", detail="<b>bold</b>", raised_in="<i>x</i>")
    workflow.update(action, text="<img src=x>", status=Status.IN_PROGRESS, by=world.vice)
    page = sign_in(world.officer).get(address(action)).content.decode()
    for danger in ("<script>alert", "<b>bold", "<i>x", "<img src=x"):
        assert danger not in page


def test_a_restricted_page_carries_its_bar_and_each_reading_is_recorded(sign_in, world, restricted):
    client = sign_in(world.kent)
    page = client.get(address(restricted)).content.decode()
    assert "OFFICIAL-SENSITIVE" in page
    assert "app-marking-bar" in page
    client.get(address(restricted, "history"))
    sign_in(world.vice).get(address(restricted, "move"))
    read = ReadEntry.objects.filter(subject_id=str(restricted.pk))
    assert [each.actor_name for each in read] == ["Linden Shah", "Bryony Clarke", "Bryony Clarke"]


def test_an_ordinary_page_is_not_recorded_as_read(sign_in, world, make):
    page = sign_in(world.kent).get(address(make())).content.decode()
    assert "app-marking-bar" not in page
    assert not ReadEntry.objects.exists()


def test_the_history_shows_what_changed_and_who_did_it(sign_in, world, make):
    action = make()
    workflow.hand_over(action, owner=world.county, reason="Why not", by=world.officer)
    page = sign_in(world.kent).get(address(action, "history")).content.decode()
    assert "Kent Police" in page
    assert "Kent County Council" in page
    assert "Hazel Okafor" in page


# ---- steps --------------------------------------------------------------------------------------


def test_an_owner_updates_and_an_officer_confirms(sign_in, world, make):
    action = make()
    owner, officer = sign_in(world.vice), sign_in(world.officer)
    response = owner.post(address(action, "update"), update_of(action))
    assert response.url == address(action)
    page = owner.get(address(action)).content.decode()
    assert "Draft times sent" in page
    assert "In progress" in page
    action.refresh_from_db()
    owner.post(address(action, "update"), update_of(action, "Agreed", Status.SAYS_DONE))
    action.refresh_from_db()
    page = officer.get(address(action)).content.decode()
    assert "Kent Police says that this is done" in page
    response = officer.post(address(action, "confirm"), {"version": action.version}, follow=True)
    assert "Confirmed as done" in response.content.decode()
    action.refresh_from_db()
    assert action.status == Status.DONE
    officer.post(
        address(action, "reopen"), {"version": action.version, "reason": "Two lamps are out"}
    )
    action.refresh_from_db()
    assert action.status == Status.IN_PROGRESS


def test_who_confirms_sees_what_the_owner_says(sign_in, world, make):
    action = workflow.update(make(), text="All lit", status=Status.SAYS_DONE, by=world.vice)
    page = sign_in(world.officer).get(address(action, "confirm")).content.decode()
    assert "Says that it is done" in page
    assert "All lit" in page


def test_a_change_between_opening_and_sending_is_noticed_in_the_last_moment(
    sign_in, world, make, monkeypatch
):
    action = make()
    fresh = workflow.update(action, text="Theirs", status=Status.IN_PROGRESS, by=world.officer)

    def changed(*args, **more):
        raise workflow.Changed(fresh)

    monkeypatch.setattr(workflow, "drop", changed)
    posted = {"reason": "Mine", "version": fresh.version}
    response = sign_in(world.officer).post(address(action, "drop"), posted)
    assert response.status_code == 409
    assert "Mine" in response.content.decode()


def test_a_page_asks_as_often_however_much_has_happened(
    sign_in, world, make, django_assert_max_num_queries
):
    action = make()
    client = sign_in(world.officer)
    client.get(address(action))
    for number in range(12):
        workflow.update(action, text=f"Step {number}", status=Status.IN_PROGRESS, by=world.vice)
    with django_assert_max_num_queries(16):
        client.get(address(action))


def test_a_date_is_moved_dropped_and_handed_over(sign_in, world, make):
    client = sign_in(world.officer)
    action = make()
    day = clock.today() + 60 * DAY
    client.post(address(action, "move"), {**date(day), "reason": "Rota", "version": action.version})
    action.refresh_from_db()
    assert action.due_on == day
    key = world.county.slug
    client.post(
        address(action, "hand_over"), {"owner": key, "reason": "Why", "version": action.version}
    )
    action.refresh_from_db()
    assert (action.owner, action.post) == (world.county, None)
    client.post(address(action, "drop"), {"reason": "Not needed", "version": action.version})
    action.refresh_from_db()
    assert action.status == Status.DROPPED


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("update", {"text": ""}, "Enter what has happened"),
        ("update", {"text": "\x00"}, "There is a problem"),
        ("update", {"status": "done"}, "Choose from the list"),
        ("update", {"version": ""}, "There is a problem"),
        ("update", {"version": "one"}, "There is a problem"),
        ("move", {"due_on_day": "31", "due_on_month": "2"}, "day from 1 to 28"),
        ("move", {"due_on_day": ""}, "New due date must include a day"),
        ("move", {"due_on_year": "2020"}, "cannot be due before it was made"),
        ("move", {"reason": " "}, "There is a problem"),
        ("move", {"reason": "x" * 301}, "300 characters or fewer"),
        ("drop", {"reason": ""}, "There is a problem"),
        ("hand_over", {"owner": ""}, "There is a problem"),
        ("hand_over", {"owner": "bus-company"}, "Choose from the list"),
        ("hand_over", {"owner": "kent-police"}, "There is a problem"),
    ],
)
def test_what_is_wrong_is_said_on_the_form_and_nothing_is_lost(
    sign_in, world, make, name, change, says
):
    action = make(post=None)
    day = datetime.date(clock.today().year + 1, 3, 10)
    right = {
        "update": update_of(action, "What I typed"),
        "move": {**date(day), "reason": "What I typed", "version": action.version},
        "drop": {"reason": "What I typed", "version": action.version},
        "hand_over": {"owner": "kent-county-council", "reason": "What I typed",
                      "version": action.version},
    }[name]  # fmt: skip
    posted = {**right, **change}
    response = sign_in(world.officer).post(address(action, name), posted)
    page = response.content.decode()
    assert response.status_code == 200
    assert says in page
    if "What I typed" in posted.values():
        assert "What I typed" in page
    action.refresh_from_db()
    assert action.version == 1


@pytest.mark.parametrize("status", list(Status))
def test_a_step_that_does_not_fit_says_what_stands_in_the_way(sign_in, world, make, status):
    action = make()
    closed = status not in OPEN
    Action.objects.filter(pk=action.pk).update(
        status=status,
        closed_at=clock.now() if closed else None,
        closed_by=world.officer if closed else None,
    )
    action.refresh_from_db()
    verbs = dict(zip(STEPS, workflow.MOVES, strict=True))
    for name, verb in verbs.items():
        response = sign_in(world.officer).get(address(action, name), follow=True)
        assert response.status_code == 200
        if status not in workflow.MOVES[verb]:
            assert workflow.fits(verb, action).reason in response.content.decode()


def test_a_file_is_sent_in_with_an_update_and_a_wrong_one_is_said_beside_the_field(
    sign_in, world, make
):
    action = make()
    client = sign_in(world.vice)
    page = client.get(address(action)).content.decode()
    assert 'enctype="multipart/form-data"' in page
    wrong = client.post(
        address(action, "update"),
        update_of(action, "What I typed", evidence=SimpleUploadedFile("empty.txt", b"")),
    )
    assert "The file is empty" in wrong.content.decode()
    assert "What I typed" in wrong.content.decode()
    client.post(
        address(action, "update"),
        update_of(action, evidence=SimpleUploadedFile("patrols.txt", b"Two patrols")),
    )
    page = client.get(address(action)).content.decode()
    assert "patrols.txt" in page
    assert Update.objects.get().evidence.get_absolute_url() in page


# ---- stale forms --------------------------------------------------------------------------------


def test_a_stale_form_shows_both_texts_and_can_be_sent_again(sign_in, world, make):
    action = make()
    typed = update_of(action, "Mine, typed in the other tab")
    workflow.update(action, text="Saved meanwhile. With more", status=Status.IN_PROGRESS,
                    by=world.officer)  # fmt: skip
    client = sign_in(world.vice)
    response = client.post(address(action, "update"), typed)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Saved meanwhile" in page
    assert page.count("Mine, typed in the other tab") == 2
    assert Update.objects.count() == 1
    again = {**typed, "version": response.context["form"]["version"].value()}
    assert client.post(address(action, "update"), again).status_code == 302
    assert Update.objects.first().text == "Mine, typed in the other tab"


def test_what_was_typed_is_shown_even_when_it_can_no_longer_be_sent(sign_in, world, make):
    action = make()
    typed = update_of(action, "Mine, typed for long")
    workflow.hand_over(action, owner=world.county, reason="To the county", by=world.officer)
    response = sign_in(world.vice).post(address(action, "update"), typed)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Mine, typed for long" in page
    assert "To the county" in page
    assert "Only people of Kent County Council can do this" in page
    assert not Update.objects.filter(text="Mine, typed for long").exists()


def test_two_tabs_confirm_once(sign_in, world, make):
    action = workflow.update(make(), text="Done", status=Status.SAYS_DONE, by=world.vice)
    client = sign_in(world.officer)
    posted = {"version": action.version}
    assert client.post(address(action, "confirm"), posted).status_code == 302
    assert client.post(address(action, "confirm"), posted).status_code == 409


# ---- a new action -------------------------------------------------------------------------------


@pytest.fixture
def new(world):
    return {
        "text": "Publish the service directory", "detail": "", "owner": world.county.slug,
        **date(clock.today() + 20 * DAY), "marking": Marking.OFFICIAL, "raised_in": "A call",
    }  # fmt: skip


def test_an_officer_adds_an_action(sign_in, world, new):
    url = reverse("actions:add", args=[world.partnership.slug, world.board.slug])
    client = sign_in(world.officer)
    assert "DVACS" in client.get(url).content.decode()
    response = client.post(url, {**new, "owner": f"kent-police/{world.commander_post.pk}"})
    action = Action.objects.get()
    assert response.url == address(action)
    assert (action.owner, action.post) == (world.police, world.commander_post)
    assert action.made_on == clock.today()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text": ""}, "Enter an answer to"),
        ({"owner": "bus-company"}, "Choose from the list"),
        ({"due_on_year": "2020"}, "cannot be due before it was made"),
        ({"marking": "secret"}, "Choose from the list"),
        ({"raised_in": ""}, "There is a problem"),
    ],
)
def test_a_wrong_new_action_says_so_beside_the_field(sign_in, world, new, change, says):
    url = reverse("actions:add", args=[world.partnership.slug, world.board.slug])
    response = sign_in(world.officer).post(url, {**new, **change})
    assert says in response.content.decode()
    assert not Action.objects.exists()


def test_others_do_not_add_actions(sign_in, world, new):
    def url(group):
        return reverse("actions:add", args=[world.partnership.slug, group.slug])

    assert sign_in(world.kent).post(url(world.board), new).status_code == 403
    assert sign_in(world.officer).post(url(world.ocg_group), new).status_code == 403
    assert sign_in(world.guest).post(url(world.board), new).status_code == 404
    assert not Action.objects.exists()
