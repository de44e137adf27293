"""What who applied learns of their own case, and when."""

import datetime
import hashlib
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from documents.models import Content
from triggers import links
from triggers.models import Appeal, Clock, ClockStage, CountedFrom, Letter, LetterState
from triggers.queries import following
from triggers.workflow import appeals, clocks


def sent_letter(case, kind, *, party="victim", state=LetterState.SENT):
    data = f"%PDF {kind} {party}".encode()
    content = Content.objects.create(
        data=data, size=len(data), sha256=hashlib.sha256(data).hexdigest()
    )
    return Letter.objects.create(
        application=case, number=case.letters.count() + 1, kind=kind, party=party, way="email",
        heading=f"A letter about {kind}", body="There will be a review.", state=state,
        content=content, sent_at=clock.now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "kind", "says"),
    [
        ("review", "met", "There will be a review"),
        ("no_review", "not_met", "There will be no review"),
    ],
)
def test_a_decision_shows_once_its_letter_has_gone(case, stage, kind, says):
    case.stage = stage
    case.save()
    assert following.stands(case) == following.LOOKING

    sent_letter(case, kind, state=LetterState.WAITING)
    assert following.stands(case) == following.LOOKING

    sent_letter(case, kind, party="applicant")
    assert following.stands(case).startswith(says)


def test_letters_are_read_and_kept_as_a_file_that_tells_nothing(case):
    letter = sent_letter(case, "met")
    page = Client().get(links.path(case)).content.decode()
    assert "A letter about met" in page

    shown = Client().get(reverse("triggers:mine_letter", args=["dartford", links.token(case),
                                                               letter.pk]))  # fmt: skip
    assert "There will be a review." in shown.content.decode()
    file = Client().get(reverse("triggers:mine_letter_file", args=["dartford", links.token(case),
                                                                   letter.pk]))  # fmt: skip
    assert file.content == b"%PDF met victim"
    assert 'filename="letter-1.pdf"' in file["Content-Disposition"]
    assert (file["Cache-Control"], file["Referrer-Policy"]) == ("no-store", "strict-origin")


@pytest.mark.parametrize(
    "other", [{"party": "applicant"}, {"state": LetterState.DRAFT}, {"state": LetterState.WAITING}]
)
def test_not_those_to_somebody_else_or_that_have_not_gone(case, other):
    letter = sent_letter(case, "met", **other)

    assert "A letter about" not in Client().get(links.path(case)).content.decode()
    for name in ("mine_letter", "mine_letter_file"):
        address = reverse(f"triggers:{name}", args=["dartford", links.token(case), letter.pk])
        assert Client().get(address).status_code == 404


def test_what_the_bodies_are_asked_by_when_is_not_the_applicants_matter(case):
    page = Client().get(links.path(case)).content.decode()
    told = re.findall(r"<h3>By", page)
    assert len(told) == 3


class TestAppeal:
    def test_there_is_none_before_a_decision_was_told(self, case):
        address = f"{links.path(case)}appeal/"
        assert Client().get(address).status_code == 404
        with pytest.raises(Wrong):
            appeals.appeal(case, kind="review", text="No", made_on=clock.today())

    def test_a_last_day_that_has_passed_is_no_longer_promised(self, case):
        sent_letter(case, "not_met")
        clocks.begin(case, CountedFrom.OUTCOME, clock.today(), by=None)
        assert "You can ask until" in Client().get(links.path(case)).content.decode()
        past = clock.today() - datetime.timedelta(days=1)
        appeal = Clock.objects.filter(application=case, stage="appeal")
        appeal.update(starts_on=past, first_due_on=past, due_on=past)
        page = Client().get(links.path(case)).content.decode()
        assert "You can ask until" not in page
        assert "Say that you are not satisfied" in page

    def test_by_the_link_it_begins_the_clock_of_its_hearing(self, case):
        sent_letter(case, "not_met")
        clocks.begin(case, CountedFrom.OUTCOME, clock.today(), by=None)
        client = Client()
        assert "Say that you are not satisfied" in client.get(links.path(case)).content.decode()

        answer = client.post(f"{links.path(case)}appeal/", {"kind": "review", "text": ""})
        assert "Write why you are not satisfied" in answer.content.decode()
        client.post(f"{links.path(case)}appeal/", {"kind": "review", "text": "Two were left out"})

        made = Appeal.objects.get()
        assert (made.text, made.late) == ("Two were left out", False)
        assert Clock.objects.get(stage=ClockStage.APPEAL).done_on == clock.today()
        assert Clock.objects.filter(stage=ClockStage.HEARING).exists()
        again = client.post(f"{links.path(case)}appeal/", {"kind": "review", "text": "Again"})
        assert "We have this already" in again.content.decode()

    def test_one_after_the_last_day_is_kept_and_marked(self, case):
        sent_letter(case, "outcome")
        [last] = clocks.begin(case, CountedFrom.OUTCOME, clock.today(), by=None)
        on_it = last.due_on
        with time_machine.travel(clock.london(on_it, datetime.time(12))):
            assert appeals.appeal(case, kind="review", text="On it", made_on=on_it).late is False
        Appeal.objects.all().delete()
        after = on_it + datetime.timedelta(days=1)
        with time_machine.travel(clock.london(after, datetime.time(12))):
            assert appeals.appeal(case, kind="review", text="After", made_on=after).late is True
        assert Clock.objects.filter(stage=ClockStage.HEARING).count() == 1

    def test_only_the_cases_officers_write_one_down(self, world, case):
        with pytest.raises(Refused):
            appeals.appeal(case, kind="review", text="No", made_on=clock.today(), by=world.chair)
        made = appeals.appeal(
            case, kind="commissioner", text="No", made_on=clock.today(), by=world.officer
        )
        assert made.taken_by == world.officer
