"""Requests for information: asked, answered, checked, chased, and by whom they are seen."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actions.models import Request, RequestStatus
from actions.queries import requests as queries
from actions.reminders import answers_due
from actions.work import asked_of_me
from actions.workflow import requesting
from actions.workflow import requests as workflow
from audit.models import Entry, ReadEntry
from core import clock
from core.markings import Marking
from core.permissions import Refused
from core.workflow import Wrong
from notices.models import Notice
from tests import world as worlds
from tests.actions.conftest import CANARY

DAY = datetime.timedelta(days=1)


@pytest.fixture
def ask(world):
    def ask(**more):
        fields = {
            "agency": world.county, "subject": "Youth referrals", "detail": "By ward, if you can.",
            "due_on": clock.today() + 14 * DAY, "marking": Marking.OFFICIAL, "by": world.officer,
        }  # fmt: skip
        return workflow.ask(more.pop("group", world.board), **{**fields, **more})

    return ask


def late(request, days=5):
    """The same request, as if it had been due some days ago."""
    day = clock.today() - days * DAY
    Request.objects.filter(pk=request.pk).update(first_due_on=day, due_on=day)
    request.refresh_from_db()
    return request


def address(request, name="request"):
    return reverse(f"actions:{name}", args=[request.partnership.slug, request.reference])


def date(day, name="due_on"):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


# ---- its life -----------------------------------------------------------------------------------


def test_an_agency_answers_and_an_officer_accepts(world, ask):
    request = ask()
    assert request.reference == f"R-{clock.today().year}-001"
    assert Notice.objects.filter(kind="request-made").get().recipient == world.kent

    workflow.answer(request, text="There were 14.", by=world.kent)
    assert Notice.objects.filter(kind="request-answered").get().recipient == world.officer
    accepted = workflow.accept(request, remark="Thank you.", by=world.officer)

    assert accepted.status == RequestStatus.ACCEPTED
    given = accepted.returns.get()
    assert given.accepted
    assert given.remark == "Thank you."
    verbs = list(Entry.objects.filter(kind="request").values_list("verb", flat=True))
    assert {"asked for", "answered", "accepted the answer to"} <= set(verbs)


def test_what_is_sent_back_is_answered_again(world, ask):
    request = ask()
    workflow.answer(request, text="14", by=world.kent)
    with pytest.raises(ValidationError, match="wrong or missing"):
        workflow.send_back(request, remark="", by=world.officer)
    workflow.send_back(request, remark="By ward, please.", by=world.officer)
    workflow.answer(request, text="Stone House 14", by=world.kent)

    assert [each.accepted for each in request.returns.all()] == [None, False]


def test_a_file_becomes_a_paper_of_the_group_that_asks(world, ask):
    request = ask(marking=Marking.SENSITIVE)
    file = SimpleUploadedFile("figures.csv", b"ward,number\nStone,14\n")
    given = workflow.answer(request, file=file, by=world.kent)

    assert given.document.group == world.board
    assert given.document.marking == Marking.SENSITIVE
    assert "figures" not in given.document.title


def test_the_first_date_stands_when_it_moves(world, ask):
    request = ask()
    first = request.due_on
    moved = workflow.move_due_date(
        request, due_on=first + 7 * DAY, reason="Two people are ill", by=world.officer
    )
    assert (moved.first_due_on, moved.due_on) == (first, first + 7 * DAY)
    with time_machine.travel(first + 2 * DAY):
        assert queries.is_late(moved, clock.today())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subject": " "}, "subject"),
        ({"subject": "x" * 201}, "subject"),
        ({"detail": "x" * 4001}, "detail"),
        ({"due_on": datetime.date(2020, 1, 1)}, "due_on"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(ask, changes, field):
    with pytest.raises(ValidationError) as wrong:
        ask(**changes)
    assert field in wrong.value.message_dict


def test_only_partners_are_asked(world, ask):
    with pytest.raises(ValidationError, match="not a partner"):
        ask(agency=world.gravesham_council)
    with pytest.raises(ValidationError, match="not a post of"):
        ask(post=world.commander_post)


def test_a_date_cannot_move_back_nor_stay(world, ask):
    request = ask()
    for due_on in (request.due_on, request.due_on - DAY):
        with pytest.raises(ValidationError) as wrong:
            workflow.move_due_date(request, due_on=due_on, reason="Because", by=world.officer)
        assert "due_on" in wrong.value.message_dict
    with pytest.raises(ValidationError) as wrong:
        workflow.move_due_date(request, due_on=request.due_on + DAY, reason="", by=world.officer)
    assert "reason" in wrong.value.message_dict


STEPS = {
    "answer": lambda r, by: workflow.answer(r, text="14", by=by),
    "check": lambda r, by: workflow.accept(r, by=by),
    "withdraw": lambda r, by: workflow.withdraw(r, reason="No longer needed", by=by),
    "move due date": lambda r, by: workflow.move_due_date(
        r, due_on=clock.today() + 60 * DAY, reason="Ill", by=by
    ),
    "chase": lambda r, by: workflow.chase(r, by=by),
    "escalate": lambda r, by: workflow.escalate(r, by=by),
}
CLOSED = {"closed_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)}


@pytest.mark.parametrize("status", list(RequestStatus))
@pytest.mark.parametrize("verb", STEPS)
def test_each_step_fits_its_states_and_no_others(world, ask, status, verb):
    request = late(ask())
    closed = {**CLOSED, "closed_by": world.officer} if status in ("accepted", "withdrawn") else {}
    Request.objects.filter(pk=request.pk).update(status=status, **closed)
    request.refresh_from_db()
    if status in requesting.STATES[verb]:
        STEPS[verb](request, world.officer)
    else:
        with pytest.raises(Wrong):
            STEPS[verb](request, world.officer)


def test_it_goes_to_the_chair_only_when_it_is_late(world, ask):
    request = ask()
    with pytest.raises(Wrong, match="not late yet"):
        workflow.escalate(request, by=world.officer)
    workflow.escalate(late(request), text="No word for a week.", by=world.officer)

    request.refresh_from_db()
    assert request.escalated_at
    assert Notice.objects.filter(kind="request-chase-chair").get().recipient == world.chair


def test_an_agency_is_reminded_once_a_day(world, ask):
    request = ask()
    workflow.chase(request, by=world.officer)
    with pytest.raises(ValidationError, match="today already"):
        workflow.chase(request, by=world.officer)


# ---- who sees it --------------------------------------------------------------------------------


def test_another_agency_sees_and_does_nothing(world, ask):
    request = ask()
    for person in (world.watch, world.dvacs, world.scrutiny, world.stranger, world.leaver):
        assert not Request.objects.visible_to(person).exists()
        with pytest.raises(Refused):
            workflow.answer(request, text="14", by=person)
    with pytest.raises(Refused):
        workflow.accept(request, by=world.kent)


def test_a_restricted_one_stays_behind_the_gate(world, ask, sign_in):
    request = ask(agency=world.watch_body, marking=Marking.SENSITIVE, subject=CANARY)
    assert not Request.objects.visible_to(world.watch).exists()
    assert sign_in(world.watch).get(address(request)).status_code == 404
    for name in ("requests", "requests_csv"):
        page = sign_in(world.watch).get(reverse(f"actions:{name}", args=["dartford"]))
        assert CANARY not in page.content.decode()
    workflow.chase(request, by=world.officer)

    assert not Notice.objects.filter(text__contains=CANARY).exists()
    assert not Entry.objects.filter(subject__contains=CANARY).exists()
    assert CANARY in sign_in(world.officer).get(address(request)).content.decode()
    assert ReadEntry.objects.filter(subject_id=str(request.pk)).exists()


def test_restricted_ones_are_asked_by_those_who_may_read_them(world):
    worlds.SharingProtocol.objects.filter(group=world.board).delete()
    with pytest.raises(Refused):
        workflow.ask(
            world.board, agency=world.county, subject="x", due_on=clock.today() + DAY,
            marking=Marking.SENSITIVE, by=world.officer,
        )  # fmt: skip


# ---- the pages ----------------------------------------------------------------------------------


def test_a_partner_answers_on_the_page(world, ask, sign_in):
    request = ask()
    client = sign_in(world.kent)
    page = client.get(address(request)).content.decode()
    assert "Answer by" in page
    assert "For officers" not in page
    wrong = client.post(address(request, "request_answer"), {"version": 1})
    assert "Write an answer, or choose a file" in wrong.content.decode()
    sent = client.post(address(request, "request_answer"), {"version": 1, "text": "14"})
    assert sent.status_code == 302
    assert "to be checked" in client.get(address(request)).content.decode()


def test_an_officer_asks_checks_and_withdraws_on_the_pages(world, sign_in):
    client = sign_in(world.officer)
    url = reverse("actions:request_ask", args=["dartford", world.board.slug])
    wrong = client.post(url, {"subject": "", "agency": "nobody"}).content.decode()
    assert "Enter" in wrong
    due = clock.today() + 9 * DAY
    form = {"agency": world.county.slug, "subject": "Referrals", "marking": "official"}
    client.post(url, form | date(due))
    request = Request.objects.get()
    workflow.answer(request, text="14", by=world.kent)
    check = address(request, "request_check")
    assert "14" in client.get(check).content.decode()
    page = client.post(check, {"version": 2, "verdict": "send back"}).content.decode()
    assert "Say what is wrong or missing" in page
    client.post(check, {"version": 2, "verdict": "send back", "remark": "By ward"})
    client.post(address(request, "request_withdraw"), {"version": 3, "reason": "Found it"})
    assert "Found it" in client.get(address(request)).content.decode()
    assert client.get(address(request, "request_history")).status_code == 200


def test_a_stale_form_loses_nothing(world, ask, sign_in):
    request = ask()
    workflow.move_due_date(request, due_on=request.due_on + DAY, reason="Ill", by=world.officer)
    sent = {"version": 1, "text": "What I wrote"}
    page = sign_in(world.kent).post(address(request, "request_answer"), sent)
    assert page.status_code == 409
    assert "What I wrote" in page.content.decode()
    assert "Somebody changed this before you" in page.content.decode()


def test_a_room_may_have_its_own_answering_page(world, ask, sign_in):
    request = ask(answer_url="/dartford/somewhere/")
    page = sign_in(world.kent).get(address(request, "request_answer"))
    assert page["Location"] == "/dartford/somewhere/"
    with pytest.raises(ValidationError):
        ask(answer_url="//elsewhere.test/")


def test_the_list_counts_filters_and_exports(world, ask, sign_in):
    mine, theirs = ask(subject="Referrals"), ask(agency=world.police, subject="Patrols")
    late(theirs)
    kent = sign_in(world.kent).get(reverse("actions:requests", args=["dartford"])).content.decode()
    assert "Referrals" in kent
    assert "Patrols" not in kent
    client = sign_in(world.officer)
    here = reverse("actions:requests", args=["dartford"])
    assert "Patrols" in client.get(f"{here}?view=late").content.decode()
    assert "Referrals" not in client.get(f"{here}?view=late").content.decode()
    assert "Patrols" not in client.get(f"{here}?agency={world.county.slug}").content.decode()
    assert "No requests match" in client.get(f"{here}?words=nothing").content.decode()
    csv = client.get(f"{reverse('actions:requests_csv', args=['dartford'])}?view=open")
    assert mine.reference in csv.content.decode()


def test_the_list_asks_no_more_for_more_rows(world, ask, sign_in, django_assert_max_num_queries):
    client = sign_in(world.officer)
    here = reverse("actions:requests", args=["dartford"])
    for number in (1, 12):
        for _ in range(number):
            ask()
        with django_assert_max_num_queries(24):
            client.get(here)


def test_who_answers_on_time_is_counted_by_quarter(world, ask, sign_in):
    with time_machine.travel("2026-02-02 10:00"):
        in_time, too_late, _never = (ask(due_on=datetime.date(2026, 3, 2)) for _ in range(3))
        workflow.answer(in_time, text="14", by=world.kent)
    with time_machine.travel("2026-03-05 10:00"):
        workflow.answer(too_late, text="14", by=world.kent)
    with time_machine.travel("2026-04-05 10:00"):
        kept = queries.compliance(world.officer, world.partnership)
        assert [(k.quarter, k.on_time, k.late, k.waiting) for k in kept] == [
            ("January to March 2026", 1, 1, 1)
        ]
        url = reverse("actions:requests_kept", args=["dartford"])
        assert "January to March 2026" in sign_in(world.officer).get(url).content.decode()
        assert "Nothing has fallen due" in sign_in(world.watch).get(url).content.decode()
        csv = sign_in(world.kent).get(f"{url}?format=csv").content.decode()
        assert "January to March 2026,1,1,1" in csv


# ---- what it asks of people ---------------------------------------------------------------------


def test_it_stands_in_peoples_work(world, ask):
    request = ask()
    today = clock.today()
    (mine,) = asked_of_me(world.kent, today)
    assert mine.needs == "me"
    assert list(asked_of_me(world.officer, today)) == []
    (waits,) = asked_of_me(world.officer, late(request).first_due_on + DAY)
    assert waits.needs == "others"
    workflow.answer(request, text="14", by=world.kent)
    (check,) = asked_of_me(world.officer, today)
    assert check.state == "to check"
    assert list(asked_of_me(world.kent, today)) == []


def test_reminders_name_the_reference_alone(world, ask):
    ask(subject=CANARY)
    (line,) = answers_due(clock.today())
    assert CANARY not in line["text"]
    assert line["agency"] == world.county.pk
    request = Request.objects.get()
    workflow.answer(request, text="14", by=world.kent)
    assert not answers_due(clock.today())
