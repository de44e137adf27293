"""Applying: from the first page to a case, and what never happens on the way."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Entry
from core import clock
from core.workflow import Wrong
from membership.models import GroupKind, Role, Seat
from notices.models import Notice
from tests import world as worlds
from tests.triggers.conftest import add_report, body_of, fill_in
from triggers import links
from triggers.models import (
    ApplicantMessage,
    Application,
    Channel,
    Clock,
    ClockStage,
    Complaint,
    Impact,
    Party,
    Stage,
)
from triggers.workflow import answering, applying


class TestSendingIn:
    def test_it_gets_a_reference_of_the_year_in_turn(self, world, case):
        another = applying.begin(world.partnership, channel=Channel.ONLINE)
        fill_in(another, world, reports=1)

        year = clock.today().year
        assert case.reference == f"CR-{year}-0001"
        assert applying.submit(another).reference == f"CR-{year}-0002"

    def test_it_is_received_today_and_its_clocks_run(self, case):
        assert (case.stage, case.received_on) == (Stage.RECEIVED, clock.today())
        assert case.draft_ends_on is None
        stages = set(Clock.objects.filter(application=case).values_list("stage", flat=True))
        assert {ClockStage.ACKNOWLEDGE, ClockStage.THRESHOLD, ClockStage.PANEL} <= stages

    def test_the_officers_are_its_need_to_know_list(self, world, case):
        assert case.group.kind == GroupKind.PANEL
        assert [seat.person for seat in Seat.objects.filter(group=case.group)] == [world.officer]
        assert Application.objects.visible_to(world.officer).filter(pk=case.pk).exists()
        assert not Application.objects.visible_to(world.chair).filter(pk=case.pk).exists()

    def test_the_panels_own_officers_take_it_where_there_are_any(self, world, procedure):
        keeper = worlds.person("Moss Ferrier")
        worlds.seat(keeper, procedure.group, world.council, Role.OFFICER)
        draft = applying.begin(world.partnership, channel=Channel.ONLINE)
        fill_in(draft, world, reports=1)

        case = applying.submit(draft)

        assert [seat.person for seat in Seat.objects.filter(group=case.group)] == [keeper]

    def test_officers_are_told_the_reference_and_nothing_else(self, world, case):
        [notice] = Notice.objects.filter(kind="case-review-received")
        assert notice.recipient == world.officer
        assert notice.text == f"A new case review has come in. {case.reference}"
        assert notice.panel == case.group

    def test_the_record_says_so_without_a_name(self, case):
        [entry] = Entry.objects.filter(verb="received")
        assert (entry.subject, entry.sensitive) == (case.reference, True)
        assert "Fern" not in f"{entry.detail}{entry.subject}{entry.actor_name}"

    def test_it_cannot_be_sent_twice(self, application):
        applying.submit(application)

        with pytest.raises(Wrong):
            applying.submit(application)

    def test_history_begins_when_it_is_sent(self, world, application):
        assert not Complaint.history.exists()
        assert not Party.history.exists()

        applying.submit(application)

        assert Complaint.history.count() == 3
        assert [each.name for each in Party.history.all()] == ["Fern Aldous"]

    def test_what_nobody_can_do_without_is_asked_for(self, world, procedure):
        draft = applying.begin(world.partnership, channel=Channel.ONLINE)

        with pytest.raises(ValidationError) as wrong:
            applying.submit(draft)
        assert wrong.value.messages == [
            "Say who the trouble has happened to", "Tell us your name",
            "Say how we may reach you", "Tell us about one thing that happened",
        ]  # fmt: skip

    def test_an_application_without_any_report_that_counts_is_taken(self, world, procedure):
        draft = applying.begin(world.partnership, channel=Channel.ONLINE)
        fill_in(draft, world, reports=0)
        complaint = answering.add_complaint(draft)
        answering.keep_complaint(
            draft, number=complaint.number, values={"what": "Shouting", "told_nobody": True}
        )

        assert applying.submit(draft).stage == Stage.RECEIVED

    def test_reports_are_numbered_without_gaps(self, world, application):
        answering.remove_complaint(application, number=2)
        answering.add_complaint(application)  # of which nothing was told

        case = applying.submit(application)

        assert [each.number for each in case.complaints.all()] == [1, 2]

    def test_the_same_person_may_apply_again(self, world, case):
        again = applying.begin(world.partnership, channel=Channel.ONLINE)
        fill_in(again, world)

        assert applying.submit(again).stage == Stage.RECEIVED

    def test_four_hundred_reports(self, world, application, django_assert_max_num_queries):
        for number in range(397):
            add_report(application, body_of(world.council), happened=40, reported=number % 40)

        with django_assert_max_num_queries(200):
            case = applying.submit(application)

        assert case.complaints.count() == 400
        assert Complaint.history.count() == 400


class TestDrafts:
    def test_a_draft_tells_nobody_anything(self, application):
        assert not Notice.objects.exists()
        assert not Entry.objects.filter(kind="application").exists()
        assert application.group is None

    def test_it_is_kept_for_its_days_from_the_last_answer(self, application, procedure):
        kept = datetime.timedelta(days=procedure.draft_days)
        assert application.draft_ends_on == clock.today() + kept

        with time_machine.travel(clock.now() + datetime.timedelta(days=10)):
            answering.keep(application, answers={"speaker": {"name": "Fern"}})
            application.refresh_from_db()
            assert application.draft_ends_on == clock.today() + kept

    def test_an_old_one_is_removed_with_all_it_held(self, application):
        assert applying.remove_old_drafts(application.draft_ends_on) == 0

        assert applying.remove_old_drafts(application.draft_ends_on + datetime.timedelta(1)) == 1
        for model in (Application, Party, Complaint, Impact):
            assert not model.objects.exists()
            assert not model.history.exists()

    def test_a_case_is_never_removed_as_a_draft(self, case):
        assert applying.remove_old_drafts(clock.today() + datetime.timedelta(days=4000)) == 0
        with pytest.raises(Wrong):
            applying.delete_draft(case)

    def test_none_begins_where_applications_are_not_taken_online(self, world, procedure):
        procedure.is_open = False
        procedure.save()

        with pytest.raises(Wrong):
            applying.begin(world.partnership, channel=Channel.ONLINE)
        taken = applying.begin(world.partnership, channel=Channel.TELEPHONE, by=world.officer)
        assert taken.taken_by == world.officer

    def test_nor_where_nothing_is_laid_down(self, world):
        with pytest.raises(Wrong):
            applying.begin(world.partnership, channel=Channel.ONLINE)


class TestTwoWindows:
    def test_a_report_that_was_removed_in_another_window(self, application):
        """It is said, and nothing breaks."""
        answering.remove_complaint(application, number=2)

        with pytest.raises(Wrong, match="removed in another window"):
            answering.keep_complaint(application, number=2, values={"what": "Noise"})


class TestWhoSpeaks:
    def test_what_they_said_of_themselves_goes_with_them(self, application):
        answering.keep(application, answers={"application": {"on_behalf": "known"}})

        assert application.parties.get().kind == "applicant"
        answering.keep(application, answers={"victim": {"name": "Ivy"}, "consent": {
            "given": True, "how": "On the telephone", "said_on": clock.today(),
        }})  # fmt: skip
        assert application.parties.count() == 2

        answering.keep(application, answers={"application": {"on_behalf": "self"}})
        only = application.parties.get()
        assert (only.kind, only.name) == ("victim", "Fern Aldous")
        assert not application.consents.exists()


class TestWithdrawing:
    def test_the_case_stops_with_its_clocks(self, case):
        case = applying.withdraw(case, reason="It has stopped")

        assert (case.stage, case.closed_on) == (Stage.WITHDRAWN, clock.today())
        assert not Clock.objects.filter(application=case, stopped_on=None).exists()
        assert ApplicantMessage.objects.get().text == "It has stopped"

    def test_officers_are_told_without_the_reason(self, case):
        applying.withdraw(case, reason="It has stopped")

        text = Notice.objects.get(kind="case-review-withdrawn").text
        assert text == f"A case review was withdrawn. {case.reference}"

    def test_not_twice_and_not_by_others(self, world, case):
        from core.permissions import Refused

        with pytest.raises(Refused):
            applying.withdraw(case, reason="", by=world.chair)
        applying.withdraw(case, reason="", by=world.officer)
        with pytest.raises(Wrong):
            applying.withdraw(case, reason="")


class TestLinks:
    def test_nothing_but_the_link_opens_an_application(self, client, world, case):
        address = links.path(case)
        assert client.get(address).status_code == 200

        token = links.token(case)
        for wrong in (case.reference, str(case.pk), "x", token[:-4] + "AAAA", token[:40], "é"):
            answer = client.get(reverse("triggers:mine", args=["dartford", wrong]))
            assert answer.status_code == 404
            assert case.reference not in answer.content.decode()

    def test_one_elsewhere_opens_nothing(self, client, case):
        address = reverse("triggers:mine", args=["gravesham", links.token(case)])
        assert client.get(address).status_code == 404

    def test_a_new_number_shuts_the_old_link(self, client, case):
        old = links.path(case)
        case.link_number += 1
        case.save()

        assert client.get(old).status_code == 404
        assert client.get(links.path(case)).status_code == 200
