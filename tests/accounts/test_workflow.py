"""Inviting people, letting them in and shutting them out."""

import datetime
import re

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from accounts import workflow
from accounts.models import User
from audit.models import Entry
from core import clock
from core.workflow import Wrong
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

GOOD = "plum lantern harbour"


@pytest.fixture
def invite(hazel, django_capture_on_commit_callbacks):
    def invite(email="Rowan.Mistry@Example.test", name="Rowan Mistry", **more):
        with django_capture_on_commit_callbacks(execute=True):
            return workflow.invite(email=email, name=name, by=hazel, **more)[0]

    return invite


def link_in(mail):
    return re.search(r"http\S+/accounts/invitation/(\S+)/", mail.body).group(1)


class TestInvite:
    def test_makes_an_account_that_nothing_opens_yet(self, hazel, invite):
        user = invite(telephone=" 01322 000000 ")

        assert (user.email, user.name, user.telephone) == (
            "rowan.mistry@example.test", "Rowan Mistry", "01322 000000",
        )  # fmt: skip
        assert not user.has_usable_password()
        assert user.invited_by == hazel
        assert [each.history_user for each in user.history.all()] == [hazel]

    def test_sends_one_neutral_mail_with_one_link(self, invite, mailoutbox, settings):
        user = invite()

        (mail,) = mailoutbox
        assert mail.to == [user.email]
        assert mail.subject == "Set up your account"
        assert re.findall(r"\S+/invitation/\S+", mail.body) == [
            f"{settings.SITE_ADDRESS}/accounts/invitation/{workflow.invitation(user)}/"
        ]
        assert "Hazel" not in mail.body
        assert "Hello Rowan Mistry" in mail.body

    def test_sends_nothing_when_the_invitation_is_undone(
        self, hazel, mailoutbox, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            workflow.invite(email="a@example.test", name="A", by=hazel)
            transaction.set_rollback(True)

        assert mailoutbox == []
        assert not User.objects.filter(name="A").exists()

    def test_is_in_the_record(self, hazel, invite):
        user = invite()

        entry = Entry.objects.get(verb="invited")
        assert (entry.actor_name, entry.subject_id) == ("Hazel Okafor", str(user.pk))

    def test_somebody_who_signs_in_already_keeps_the_account(self, hazel, ash, mailoutbox):
        known, new = workflow.invite(email="ASH.Pemberton@example.test", name="Other", by=hazel)

        assert (known, new) == (ash, False)
        assert known.name == "Ash Pemberton"
        assert mailoutbox == []

    def test_somebody_who_has_not_answered_is_sent_a_new_link(self, invite, mailoutbox):
        first, second = invite(), invite()

        assert first == second
        assert len(mailoutbox) == 2
        assert workflow.invited(link_in(mailoutbox[1])) == first
        with pytest.raises(Wrong, match="newer invitation"):
            workflow.invited(link_in(mailoutbox[0]))

    def test_a_closed_account_is_not_invited(self, hazel, ash):
        workflow.deactivate(ash, by=hazel)

        with pytest.raises(ValidationError) as refused:
            workflow.invite(email=ash.email, name="Ash", by=hazel)

        assert "email" in refused.value.message_dict

    @pytest.mark.parametrize(
        ("email", "name", "field"),
        [("nonsense", "A", "email"), ("", "A", "email"), ("a@example.test", " ", "name"),
         ("a@example.test", "A" * 121, "name")],
    )  # fmt: skip
    def test_bad_input_is_said_by_field(self, hazel, email, name, field):
        with pytest.raises(ValidationError) as refused:
            workflow.invite(email=email, name=name, by=hazel)

        assert list(refused.value.message_dict) == [field]

    def test_the_first_person_is_invited_by_nobody_else(self):
        user, new = workflow.invite(email="first@example.test", name="First Officer", by=None)

        assert new
        assert user.invited_by == user
        assert user.history.get().history_user is None

    def test_a_mail_server_that_is_down_undoes_nothing(self, invite, monkeypatch, caplog):
        def down(*args, **kwargs):
            raise ConnectionRefusedError

        monkeypatch.setattr("accounts.mail.send_mail", down)

        user = invite()

        assert User.objects.filter(pk=user.pk).exists()
        assert f"mail-not-sent template=invitation user={user.pk}" in caplog.text
        assert user.email not in caplog.text


class TestToken:
    def test_lasts_seven_days(self, invite):
        token = workflow.invitation(invite())

        with time_machine.travel(clock.now() + datetime.timedelta(days=6, hours=23)):
            workflow.invited(token)
        with (
            time_machine.travel(clock.now() + datetime.timedelta(days=7, minutes=1)),
            pytest.raises(Wrong, match="7 days"),
        ):
            workflow.invited(token)

    def test_dies_once_a_password_is_set(self, invite):
        user = invite()
        token = workflow.invitation(user)
        workflow.accept_invitation(user, password=GOOD)

        with pytest.raises(Wrong, match="used this link"):
            workflow.invited(token)

    def test_dies_with_the_account(self, hazel, invite):
        user = invite()
        token = workflow.invitation(user)
        workflow.deactivate(user, by=hazel)

        with pytest.raises(Wrong, match="closed"):
            workflow.invited(token)

    @pytest.mark.parametrize(
        "change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", str.upper]
    )
    def test_cannot_be_made_up(self, invite, change):
        with pytest.raises(Wrong, match="not complete"):
            workflow.invited(change(workflow.invitation(invite())))

    def test_opens_nothing_for_another_person(self, invite):
        first = invite()
        second = invite("iris@example.test", "Iris Munro")

        assert workflow.invited(workflow.invitation(first)) == first
        assert workflow.invited(workflow.invitation(second)) == second


class TestAccept:
    def test_sets_the_password(self, invite):
        user = workflow.accept_invitation(invite(), password=GOOD)

        assert user.check_password(GOOD)
        assert Entry.objects.filter(verb="accepted the invitation to").exists()

    def test_only_once(self, invite):
        user = workflow.accept_invitation(invite(), password=GOOD)

        with pytest.raises(Wrong):
            workflow.accept_invitation(user, password="another plum lantern")

    @pytest.mark.parametrize("weak", ["short", "password1234", "rowan.mistry@example.test"])
    def test_refuses_a_password_that_is_easily_guessed(self, invite, weak):
        user = invite()

        with pytest.raises(ValidationError) as refused:
            workflow.accept_invitation(user, password=weak)

        assert "password" in refused.value.message_dict
        user.refresh_from_db()
        assert not user.has_usable_password()

    def test_no_history_holds_a_password(self, invite):
        user = workflow.accept_invitation(invite(), password=GOOD)

        assert not any(hasattr(each, "password") for each in user.history.all())


class TestResend:
    def test_the_earlier_link_stops_working(self, hazel, invite):
        user = invite()
        before = workflow.invitation(user)

        user = workflow.resend_invitation(user, by=hazel)

        assert workflow.invited(workflow.invitation(user)) == user
        with pytest.raises(Wrong, match="newer"):
            workflow.invited(before)

    def test_not_to_somebody_who_signs_in(self, hazel, ash):
        with pytest.raises(Wrong, match="accepted"):
            workflow.resend_invitation(ash, by=hazel)

    def test_not_to_a_closed_account(self, hazel, invite):
        user = workflow.deactivate(invite(), by=hazel)

        with pytest.raises(Wrong, match="closed"):
            workflow.resend_invitation(user, by=hazel)


class TestDeactivate:
    def test_ends_access_at_the_next_request(self, hazel, ash, password_client):
        client = password_client(ash)
        assert client.get(reverse("accounts:profile")).status_code == 200

        workflow.deactivate(ash, by=hazel)

        assert client.get(reverse("accounts:profile")).status_code == 302
        assert not client.session.get("_auth_user_id")

    def test_ends_access_of_sessions_that_nobody_listed(self, hazel, ash, sign_in):
        client = sign_in(ash)
        workflow.deactivate(ash, by=hazel)

        assert client.get(reverse("accounts:profile")).status_code == 302

    def test_not_twice_and_not_oneself(self, hazel, ash):
        workflow.deactivate(ash, by=hazel)

        with pytest.raises(Wrong, match="closed already"):
            workflow.deactivate(ash, by=hazel)
        with pytest.raises(Wrong, match="your own"):
            workflow.deactivate(hazel, by=hazel)

    def test_can_be_undone(self, hazel, ash, password_client):
        workflow.deactivate(ash, by=hazel)
        workflow.reactivate(ash, by=hazel)

        assert password_client(ash, PASSWORD).session.get("_auth_user_id") == str(ash.pk)
        with pytest.raises(Wrong, match="open already"):
            workflow.reactivate(ash, by=hazel)

    def test_both_are_in_the_record_and_the_history(self, hazel, ash):
        workflow.deactivate(ash, by=hazel)
        workflow.reactivate(ash, by=hazel)

        verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))
        assert verbs == ["closed the account of", "opened again the account of"]
        assert [each.is_active for each in ash.history.order_by("history_id")][-2:] == [False, True]


class TestChange:
    def test_details(self, ash):
        workflow.change_details(ash, name=" Ash Fenn ", telephone="", by=ash)

        ash.refresh_from_db()
        assert ash.name == "Ash Fenn"
        assert ash.history.first().history_user == ash

    def test_a_name_is_needed(self, ash):
        with pytest.raises(ValidationError) as refused:
            workflow.change_details(ash, name=" ", telephone="", by=ash)

        assert "name" in refused.value.message_dict

    def test_email_is_kept_in_small_letters(self, hazel, ash):
        workflow.change_email(ash, email="New@Example.Test", by=hazel)

        ash.refresh_from_db()
        assert ash.email == "new@example.test"

    def test_email_of_somebody_else_is_refused(self, hazel, ash):
        with pytest.raises(ValidationError, match="already has this email address"):
            workflow.change_email(ash, email=hazel.email.upper(), by=hazel)

    def test_an_invitation_follows_the_address(
        self, hazel, invite, mailoutbox, django_capture_on_commit_callbacks
    ):
        user = invite()
        with django_capture_on_commit_callbacks(execute=True):
            workflow.change_email(user, email="right@example.test", by=hazel)

        assert mailoutbox[-1].to == ["right@example.test"]
        with pytest.raises(Wrong, match="newer"):
            workflow.invited(link_in(mailoutbox[0]))
        assert workflow.invited(link_in(mailoutbox[-1])) == user
