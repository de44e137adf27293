"""An action's life: every verb in every state, who is told, what is refused."""

import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from actions import queries, workflow
from actions.models import OPEN, Action, DueDate, Status, Update
from audit.models import Entry
from core import clock
from core.markings import Marking
from core.permissions import Refused
from core.workflow import Wrong
from documents.models import Document
from documents.workflow import add_document
from membership.models import Agency, Partner, Post, Seat
from notices.models import Notice
from tests import world as worlds
from tests.actions.conftest import CANARY

DAY = datetime.timedelta(days=1)


def put(action, status):
    """The action in this state, as if its life had led there."""
    closed = status not in OPEN
    Action.objects.filter(pk=action.pk).update(
        status=status,
        closed_at=clock.now() if closed else None,
        closed_by=action.created_by if closed else None,
    )
    action.refresh_from_db()
    return action


def call(verb, action, world, by):
    """Take one step with arguments that are right in themselves."""
    functions = {
        "update": lambda: workflow.update(
            action, text="Done what we could", status=Status.SAYS_DONE, by=by
        ),
        "move due date": lambda: workflow.move_due_date(
            action, due_on=clock.today() + 40 * DAY, reason="Waiting for lamps", by=by
        ),
        "confirm done": lambda: workflow.confirm_done(action, by=by),
        "reopen": lambda: workflow.reopen(action, reason="Two lamps are out", by=by),
        "drop": lambda: workflow.drop(action, reason="The car park is closed", by=by),
        "hand over": lambda: workflow.hand_over(
            action, owner=world.county, reason="The county lights it", by=by
        ),
    }
    return functions[verb]()


# ---- making -------------------------------------------------------------------------------------


def test_make_writes_the_action_its_first_date_its_history_and_the_audit(make, world):
    action = make(due_in=14)
    assert action.first_due_on == action.due_on
    assert action.status == Status.NOT_STARTED
    assert action.partnership == world.partnership
    assert [each.due_on for each in action.due_dates.all()] == [action.due_on]
    assert action.history.get().history_user == world.officer
    entry = Entry.objects.get(verb="made")
    assert entry.subject_id == str(action.pk)
    assert entry.actor_id == str(world.officer.pk)
    assert not entry.sensitive


def test_references_count_up_within_a_year_and_a_partnership(make, world):
    year = clock.today().year
    first, second = make(), make()
    before = make(made_ago=0, due_in=30)
    assert first.reference.endswith("-001")
    assert second.reference.endswith("-002")
    assert before.reference.startswith(f"A-{year}-")
    worlds.seat(world.stranger, world.gravesham_board, world.gravesham_council)
    Partner.objects.create(
        partnership=world.gravesham, agency=world.gravesham_council, starts_on=worlds.LONG_AGO
    )
    theirs = make(
        group=world.gravesham_board, by=world.stranger, owner=world.gravesham_council, post=None
    )
    assert theirs.reference.endswith("-001")


def test_references_go_on_beyond_999(make):
    action = make()
    prefix = action.reference[:-3]
    Action.objects.filter(pk=action.pk).update(reference=f"{prefix}999")
    assert make().reference == f"{prefix}1000"
    assert make().reference == f"{prefix}1001"


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_never_get_the_same_reference(make, world):
    make()
    wrong = []

    def one_more():
        try:
            make()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one_more) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len({action.reference for action in Action.objects.all()}) == 9


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("text", {"text": "   "}),
        ("text", {"text": "x" * 301}),
        ("detail", {"detail": "x" * 4001}),
        ("raised_in", {"raised_in": ""}),
        ("raised_in", {"raised_in": "x" * 251}),
        ("raised_url", {"raised_url": "https://elsewhere.test/"}),
        ("raised_url", {"raised_url": "//elsewhere.test/"}),
        ("made_on", {"made_ago": -1, "due_in": 5}),
        ("due_on", {"made_ago": 2, "due_in": -3}),
    ],
)
def test_make_says_beside_the_field_what_is_wrong(make, field, change):
    with pytest.raises(ValidationError) as wrong:
        make(**change)
    assert list(wrong.value.message_dict) == [field]
    assert not Action.objects.exists()


def test_the_day_of_making_is_the_earliest_due_date(make):
    action = make(made_ago=3, due_in=-3)
    assert action.due_on == action.made_on


def test_the_owner_is_a_partner_on_the_day_and_the_post_is_its_own(make, world):
    outsider = worlds.agency("Bus Company", "other")
    with pytest.raises(ValidationError) as wrong:
        make(owner=outsider, post=None)
    assert "Bus Company was not a partner on" in wrong.value.message_dict["owner"][0]
    Partner.objects.create(
        partnership=world.partnership, agency=outsider, starts_on=clock.today() - 10 * DAY
    )
    with pytest.raises(ValidationError):
        make(owner=outsider, post=None, made_ago=11)
    assert make(owner=outsider, post=None, made_ago=10)
    with pytest.raises(ValidationError) as wrong:
        make(owner=world.county, post=world.commander_post)
    assert "not a post of" in wrong.value.message_dict["post"][0]
    ended = Post.objects.create(
        agency=world.police, title="Old post", starts_on=worlds.LONG_AGO, ends_on=worlds.LONG_AGO
    )
    with pytest.raises(ValidationError) as wrong:
        make(post=ended)
    assert "There was no Old post" in wrong.value.message_dict["post"][0]


def test_only_the_groups_officers_make_actions(make, world):
    for person in (world.chair, world.vice, world.ocg, world.stranger, world.guest):
        with pytest.raises(Refused):
            make(by=person)
    with pytest.raises(Refused):
        make(group=world.ocg_group)
    assert make(group=world.ocg_group, by=world.ocg)


def test_nobody_writes_a_restricted_action_that_they_could_not_read(make, world):
    world.agreement.signatures.filter(agency=world.council).update(ends_on=worlds.LONG_AGO)
    with pytest.raises(Refused, match="signature"):
        make(marking=Marking.SENSITIVE)


def test_emoji_right_to_left_text_and_control_characters_are_kept_or_dropped(make):
    action = make(text="Répondre ✅ \u202eevil\u202c\x00 שלום\n now")
    assert action.text == "Répondre ✅ evil שלום now"


# ---- every verb in every state ------------------------------------------------------------------


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("verb", list(workflow.MOVES))
def test_every_verb_in_every_state(make, world, verb, status):
    action = put(make(), status)
    before = (Update.objects.count(), DueDate.objects.count(), action.history.count())
    if status in workflow.MOVES[verb]:
        assert workflow.may(world.officer, verb, action)
        after = call(verb, action, world, world.officer)
        assert after.status in workflow.MOVES[verb][status]
        assert after.version == action.version + 1
        assert (after.closed_at is None) == after.is_open
        assert action.history.count() == before[2] + 1
        assert Entry.objects.exclude(verb="made").count() == 1
        assert Update.objects.count() + DueDate.objects.count() == before[0] + before[1] + 1
        return
    assert not workflow.may(world.officer, verb, action)
    with pytest.raises(Wrong) as wrong:
        call(verb, action, world, world.officer)
    assert wrong.value.messages == [workflow.fits(verb, action).reason]
    assert (Update.objects.count(), DueDate.objects.count(), action.history.count()) == before


def test_the_table_names_every_verb_and_leads_nowhere_unknown():
    assert set(workflow.MOVES) == {
        "update", "move due date", "confirm done", "reopen", "drop", "hand over",
    }  # fmt: skip
    for moves in workflow.MOVES.values():
        for status, targets in moves.items():
            assert status in Status.values
            assert targets
            assert set(targets) <= set(Status.values)


OFFICERS = ("confirm done", "reopen", "drop", "hand over")


@pytest.mark.parametrize("verb", list(workflow.MOVES))
def test_owners_update_officers_confirm_and_others_look_on(make, world, verb):
    state = Status.SAYS_DONE if verb in ("confirm done", "reopen") else Status.IN_PROGRESS
    action = put(make(), state)
    for person in (world.kent, world.watch, world.chair):
        with pytest.raises(Refused):
            call(verb, action, world, person)
    for person in (world.dvacs, world.ocg, world.stranger, world.leaver, world.guest):
        with pytest.raises(Refused):
            call(verb, action, world, person)
    if verb in OFFICERS:
        with pytest.raises(Refused):
            call(verb, action, world, world.vice)
        assert call(verb, action, world, world.officer)
    else:
        assert call(verb, action, world, world.vice)


# ---- updates ------------------------------------------------------------------------------------


def test_an_update_says_for_whom_it_is_told_and_tells_officers_only_when_done(make, world):
    action = make()
    Notice.objects.all().delete()
    action = workflow.update(action, text="Draft sent", status=Status.IN_PROGRESS, by=world.vice)
    told = action.updates.get()
    assert (told.agency, told.by, told.summary) == (world.police, world.vice, "")
    assert not Notice.objects.exists()
    workflow.update(action, text="All agreed", status=Status.SAYS_DONE, by=world.vice)
    assert [each.recipient for each in Notice.objects.all()] == [world.officer]
    assert Update.objects.first().summary == "Says that it is done"


def test_an_officer_speaks_for_their_own_agency(make, world):
    workflow.update(make(), text="Rang them", status=Status.IN_PROGRESS, by=world.officer)
    assert Update.objects.get().agency == world.council


@pytest.mark.parametrize("status", [Status.DONE, Status.DROPPED, "nonsense", ""])
def test_an_update_cannot_close_an_action(make, world, status):
    with pytest.raises(ValidationError) as wrong:
        workflow.update(make(), text="Finished", status=status, by=world.vice)
    assert list(wrong.value.message_dict) == ["status"]


@pytest.mark.parametrize("text", ["", "  \n ", "\x00", "x" * 4001])
def test_an_update_has_words_and_not_too_many(make, world, text):
    with pytest.raises(ValidationError) as wrong:
        workflow.update(make(), text=text, status=Status.IN_PROGRESS, by=world.vice)
    assert list(wrong.value.message_dict) == ["text"]


# ---- due dates ----------------------------------------------------------------------------------


def test_moving_the_date_keeps_the_first_and_still_counts_as_late(make, world):
    action = make(due_in=-20)
    first = action.due_on
    later = clock.today() + 10 * DAY
    action = workflow.move_due_date(action, due_on=later, reason="Rota fixed", by=world.vice)
    action = workflow.move_due_date(
        action, due_on=later + DAY, reason="Rota fixed again", by=world.officer
    )
    assert (action.first_due_on, action.due_on, action.times_moved) == (first, later + DAY, 2)
    assert queries.is_late(action, clock.today())
    assert list(Action.objects.late(clock.today())) == [action]
    assert [each.reason for each in action.due_dates.all()] == [
        "Rota fixed again", "Rota fixed", "",
    ]  # fmt: skip


def test_a_new_date_has_a_reason_and_lies_ahead(make, world):
    action = make(due_in=5)
    wrongs = [
        ("due_on", clock.today() - DAY, "Because"),
        ("due_on", action.made_on - DAY, "Because"),
        ("due_on", action.due_on, "Because"),
        ("reason", clock.today() + DAY, "  "),
        ("reason", clock.today() + DAY, "x" * 301),
    ]
    for field, due_on, reason in wrongs:
        with pytest.raises(ValidationError) as wrong:
            workflow.move_due_date(action, due_on=due_on, reason=reason, by=world.vice)
        assert list(wrong.value.message_dict) == [field]
    assert workflow.move_due_date(action, due_on=clock.today(), reason="Sooner", by=world.vice)


# ---- closing and opening ------------------------------------------------------------------------


def test_done_confirmed_reopened_and_dropped(make, world):
    action = workflow.update(make(), text="Done", status=Status.SAYS_DONE, by=world.vice)
    action = workflow.confirm_done(action, by=world.officer)
    assert (action.status, action.closed_by) == (Status.DONE, world.officer)
    action = workflow.reopen(action, reason="Two lamps are out", by=world.officer)
    assert (action.status, action.closed_by, action.closed_at) == (Status.IN_PROGRESS, None, None)
    action = workflow.drop(action, reason="The car park is closed", by=world.officer)
    assert action.status == Status.DROPPED
    assert [each.summary for each in action.updates.all()] == [
        "Dropped", "Reopened", "Confirmed as done", "Says that it is done",
    ]  # fmt: skip


def test_what_is_said_to_be_done_may_be_sent_back(make, world):
    action = workflow.update(make(), text="Done", status=Status.SAYS_DONE, by=world.vice)
    action = workflow.reopen(action, reason="The lights are still out", by=world.officer)
    assert action.updates.first().summary == "Sent back: not done yet"


@pytest.mark.parametrize("verb", ["reopen", "drop", "hand over"])
def test_these_verbs_need_a_reason(make, world, verb):
    action = put(make(), Status.SAYS_DONE if verb == "reopen" else Status.IN_PROGRESS)
    steps = {
        "reopen": lambda: workflow.reopen(action, reason=" ", by=world.officer),
        "drop": lambda: workflow.drop(action, reason="", by=world.officer),
        "hand over": lambda: workflow.hand_over(
            action, owner=world.county, reason="", by=world.officer
        ),
    }
    with pytest.raises(ValidationError) as wrong:
        steps[verb]()
    assert list(wrong.value.message_dict) == ["reason"]


def test_handing_over_tells_both_and_says_from_whom_to_whom(make, world):
    action = make()
    Notice.objects.all().delete()
    action = workflow.hand_over(
        action, owner=world.county, reason="The county lights it", by=world.officer
    )
    assert (action.owner, action.post) == (world.county, None)
    assert action.updates.get().summary == (
        "Handed over from Kent Police, District Commander to Kent County Council"
    )
    assert {notice.recipient for notice in Notice.objects.all()} == {world.vice, world.kent}
    with pytest.raises(Refused):
        workflow.update(action, text="Mine", status=Status.IN_PROGRESS, by=world.vice)
    assert workflow.update(action, text="Ours", status=Status.IN_PROGRESS, by=world.kent)


def test_an_action_is_not_handed_to_its_owner_or_to_no_partner(make, world):
    action = make()
    for owner, post in [
        (world.police, world.commander_post),
        (worlds.agency("Bus Company", "other"), None),
    ]:
        with pytest.raises(ValidationError) as wrong:
            workflow.hand_over(action, owner=owner, post=post, reason="Why", by=world.officer)
        assert list(wrong.value.message_dict) == ["owner"]
    assert workflow.hand_over(
        action, owner=world.police, post=None, reason="Any of them", by=world.officer
    )


# ---- two at once --------------------------------------------------------------------------------


def test_a_stale_version_is_refused_and_changes_nothing(make, world):
    action = make()
    workflow.update(action, text="First", status=Status.IN_PROGRESS, by=world.vice, version=1)
    with pytest.raises(workflow.Changed) as changed:
        workflow.update(action, text="Second", status=Status.SAYS_DONE, by=world.vice, version=1)
    assert changed.value.action.version == 2
    assert [each.text for each in Update.objects.all()] == ["First"]


def test_a_step_sees_the_row_as_it_is_not_as_it_was_loaded(make, world):
    stale = workflow.update(make(), text="Done", status=Status.SAYS_DONE, by=world.vice)
    workflow.confirm_done(Action.objects.get(pk=stale.pk), by=world.officer)
    with pytest.raises(Wrong):
        workflow.confirm_done(stale, by=world.officer)


# ---- who is told what ---------------------------------------------------------------------------


def test_the_owners_people_who_may_see_it_are_told(make, world):
    action = make()
    notice = Notice.objects.get()
    assert notice.recipient == world.vice
    assert action.reference in notice.text
    assert action.text in notice.text
    assert notice.url == action.get_absolute_url()


def test_a_notice_about_a_restricted_action_says_its_reference_only(restricted, world):
    action = workflow.update(restricted, text=CANARY, status=Status.SAYS_DONE, by=world.vice)
    action = workflow.reopen(action, reason=CANARY, by=world.officer)
    action = workflow.move_due_date(
        action, due_on=clock.today() + 50 * DAY, reason=CANARY, by=world.vice
    )
    workflow.hand_over(action, owner=world.county, reason=CANARY, by=world.officer)
    texts = [notice.text for notice in Notice.objects.all()]
    assert len(texts) >= 5
    assert all(CANARY not in text and action.reference in text for text in texts)


def test_nobody_is_told_of_a_restricted_action_that_they_may_not_see(make, world):
    make(owner=world.watch_body, post=None)
    assert Notice.objects.filter(recipient=world.watch).count() == 1
    make(owner=world.watch_body, post=None, text=CANARY, marking=Marking.SENSITIVE)
    assert Notice.objects.filter(recipient=world.watch).count() == 1
    assert all(CANARY not in str(each.__dict__) for each in Entry.objects.all())


def test_restricted_words_are_in_no_name_and_entries_are_marked_sensitive(restricted):
    assert str(restricted) == restricted.reference
    entry = Entry.objects.get()
    assert entry.sensitive
    assert CANARY not in entry.subject


def test_a_long_text_makes_a_notice_that_fits(make):
    make(text="ö" * 300)
    assert len(Notice.objects.get().text) <= 300


def test_those_whose_seat_has_ended_are_not_told(make, world):
    Seat.objects.filter(pk=world.vice_seat.pk).update(ends_on=clock.today())
    make()
    assert not Notice.objects.exists()


# ---- a body in another's place ------------------------------------------------------------------


@pytest.fixture
def successor(world):
    """The body that takes the place of the police, with one person on the board."""
    body = Agency.objects.create(
        name="Kent and Essex Police", short_name="KEP", slug="kep", kind="police",
        starts_on=clock.today() - 10 * DAY, succeeds=world.police,
    )  # fmt: skip
    Seat.objects.filter(agency=world.police).update(ends_on=clock.today() - 10 * DAY)
    worlds.seat(world.vice, world.board, body, starts_on=clock.today() - 10 * DAY)
    return body


def test_a_successors_people_do_what_its_predecessor_left(make, world, successor):
    action = make()
    assert action.owner == world.police
    assert [notice.recipient for notice in Notice.objects.all()] == [world.vice]
    workflow.update(action, text="Taken up", status=Status.IN_PROGRESS, by=world.vice)
    assert Update.objects.get().agency == successor
    with pytest.raises(Refused, match="Kent and Essex Police"):
        workflow.update(action, text="Mine", status=Status.IN_PROGRESS, by=world.kent)


# ---- evidence -----------------------------------------------------------------------------------


def test_nothing_is_half_done_when_a_step_fails(make, world, monkeypatch):
    action = make()

    def broken(*args, **more):
        raise RuntimeError

    monkeypatch.setattr("audit.workflow.record", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        workflow.update(action, text="Half", status=Status.IN_PROGRESS, by=world.vice)
    action.refresh_from_db()
    assert (action.version, Update.objects.count()) == (1, 0)


def uploaded(content=b"Two patrols an evening\n", name="patrols.txt"):
    return SimpleUploadedFile(name, content)


def test_an_owner_sends_in_evidence_that_takes_the_actions_marking(make, restricted, world):
    workflow.update(
        make(), text="Times agreed", status=Status.SAYS_DONE, file=uploaded(), by=world.vice
    )
    evidence = Update.objects.first().evidence
    assert (evidence.group, evidence.marking) == (world.board, Marking.OFFICIAL)
    assert evidence.title.endswith(": patrols.txt")
    workflow.update(
        restricted, text="Visited", status=Status.IN_PROGRESS, by=world.vice,
        file=uploaded(name=f"{CANARY}.txt"),
    )  # fmt: skip
    evidence = Update.objects.first().evidence
    assert evidence.restricted
    assert evidence.title == f"Evidence for {restricted.reference}"


def test_evidence_is_checked_like_every_paper_and_nothing_is_kept_of_a_wrong_one(make, world):
    action = make()
    for content, name in [(b"", "empty.txt"), (b"MZ\x90\x00", "report.pdf"), (b"x", "run.exe")]:
        with pytest.raises(ValidationError) as wrong:
            workflow.update(
                action, text="Look", status=Status.SAYS_DONE, file=uploaded(content, name),
                by=world.vice,
            )  # fmt: skip
        assert list(wrong.value.message_dict) == ["evidence"]
    assert not Document.objects.exists()
    assert not Update.objects.exists()


def test_those_who_may_not_update_send_in_nothing(make, world):
    with pytest.raises(Refused):
        workflow.update(
            make(), text="Look", status=Status.SAYS_DONE, file=uploaded(), by=world.kent
        )
    assert not Document.objects.exists()


def test_evidence_is_a_paper_of_the_same_group_that_one_may_open(make, restricted, world):
    other = add_document(
        world.dvacs_group, title="Theirs", marking=Marking.OFFICIAL, file=uploaded(),
        by=world.officer,
    )  # fmt: skip
    with pytest.raises(ValidationError) as wrong:
        workflow.update(
            make(), text="Look", status=Status.IN_PROGRESS, evidence=other, by=world.vice
        )
    assert list(wrong.value.message_dict) == ["evidence"]
    ours = add_document(
        world.board, title="Ours", marking=Marking.SENSITIVE, file=uploaded(), by=world.officer
    )
    action = make(owner=world.watch_body, post=None)
    with pytest.raises(Refused):
        workflow.update(
            action, text="Look", status=Status.IN_PROGRESS, evidence=ours, by=world.watch
        )
    action = make()
    workflow.update(action, text="Look", status=Status.IN_PROGRESS, evidence=ours, by=world.vice)
    assert Update.objects.first().evidence == ours
