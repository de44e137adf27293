"""The pages of an account, as a person meets them."""

import datetime
import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings as project
from django.core import mail
from django.test import Client
from django.urls import get_resolver, reverse

from accounts import workflow
from audit.models import Entry
from core import clock, permissions
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

GOOD = "plum lantern harbour"
ROOM = next(each for each in get_resolver().url_patterns if str(each.pattern) == "accounts/")
ANONYMOUS = {
    "account_login", "account_logout", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "mfa_authenticate", "mfa_login_webauthn",
    "invitation", "signed_out",
}  # fmt: skip


def patterns(resolver=ROOM):
    for each in resolver.url_patterns:
        if hasattr(each, "url_patterns"):
            yield from patterns(each)
        else:
            yield each


class TestEveryPage:
    def test_declares_a_row_of_the_policy(self):
        keys = {(row.kind, row.verb) for row in permissions.rows()}

        for each in patterns():
            for declared in each.callback.policy.values():
                assert (declared.kind, declared.verb) in keys, each.name

    def test_only_these_are_for_people_who_are_not_signed_in(self):
        open_to_all = {
            p.name for p in patterns() if not getattr(p.callback, "login_required", True)
        }

        assert open_to_all == ANONYMOUS

    def test_stays_open_before_a_second_factor(self):
        assert all(each.callback.before_second_factor for each in patterns())

    def test_nobody_signs_up_or_changes_an_address_alone(self):
        names = {each.name for each in patterns()}

        assert not names & {"account_signup", "account_email", "mfa_trust", "account_confirm_email"}
        for page in ("/accounts/signup/", "/accounts/email/"):
            assert Client().get(page).status_code == 404

    def test_asks_the_rule_it_declares(self, hazel, sign_in, monkeypatch):
        asked = []
        real = permissions.decide
        monkeypatch.setattr(
            permissions, "decide",
            lambda user, verb, obj: asked.append((type(obj), verb)) or real(user, verb, obj),
        )  # fmt: skip
        for each in patterns():
            if each.pattern.converters or "(?P" in str(each.pattern):
                continue
            asked.clear()
            sign_in(hazel).get(reverse(named(each.name)))
            declared = each.callback.policy["GET"]
            assert (declared.kind, declared.verb) in asked, each.name


def named(name):
    ours = {"profile", "details", "second_factor_needed", "invitation", "signed_out"}
    return f"accounts:{name}" if name in ours else name


class TestSignIn:
    def test_with_email_in_any_case_and_password(self, hazel):
        client = Client()
        data = {"login": "  HAZEL.Okafor@Example.test ", "password": PASSWORD}

        answer = client.post(reverse("account_login"), data)

        assert answer.status_code == 302
        assert client.session["_auth_user_id"] == str(hazel.pk)
        assert Entry.objects.filter(verb="signed in", actor_name="Hazel Okafor").count() == 1

    def test_goes_on_to_the_page_asked_for_and_to_no_other_site(self, hazel):
        url = reverse("account_login")
        data = {"login": hazel.email, "password": PASSWORD}

        assert Client().post(f"{url}?next=/accounts/sessions/", data).url == "/accounts/sessions/"
        assert Client().post(f"{url}?next=https://evil.test/", data).url == "/"

    @pytest.mark.parametrize("email", ["hazel.okafor@example.test", "nobody@example.test"])
    def test_a_refusal_says_the_same_whether_the_account_is_there(self, hazel, email):
        answer = Client().post(reverse("account_login"), {"login": email, "password": "wrong"})

        text = answer.content.decode()
        assert "The email address or the password is wrong" in text
        assert "There is a problem" in text
        assert "<title>Error: Sign in" in text

    def test_a_failed_try_is_in_the_record_without_what_was_typed(self, hazel):
        Client().post(reverse("account_login"), {"login": hazel.email, "password": "s3cret!"})
        Client().post(reverse("account_login"), {"login": "typo@example.test", "password": "x"})

        entry = Entry.objects.get()
        assert entry.verb == "failed to sign in to the account of"
        assert "s3cret" not in str(entry.detail)

    def test_empty_fields_are_named(self):
        text = Client().post(reverse("account_login"), {}).content.decode()

        assert 'href="#id_login">Enter your email address' in text
        assert 'href="#id_password">Enter your password' in text

    def test_a_closed_account_is_told_so_after_the_right_password_only(self, hazel, ash):
        workflow.deactivate(ash, by=hazel)
        url = reverse("account_login")

        right = Client().post(url, {"login": ash.email, "password": PASSWORD})
        wrong = Client().post(url, {"login": ash.email, "password": "wrong"})

        assert right.url == reverse("account_inactive")
        assert "password is wrong" in wrong.content.decode()
        assert "closed" in Client().get(right.url).content.decode()

    def test_offers_the_demonstration_its_people(self, settings, db):
        settings.DEMONSTRATION = True
        assert reverse("demo:personas") in Client().get(reverse("account_login")).content.decode()
        settings.DEMONSTRATION = False
        assert (
            reverse("demo:personas") not in Client().get(reverse("account_login")).content.decode()
        )

    def test_leaves_no_address_records_of_another_kind(self, hazel, password_client):
        password_client(hazel)
        Client().post(reverse("account_reset_password"), {"email": hazel.email})

        assert not EmailAddress.objects.exists()

    def test_writes_no_history(self, hazel, password_client):
        before = hazel.history.count()
        password_client(hazel)

        hazel.refresh_from_db()
        assert hazel.last_login
        assert hazel.history.count() == before


class TestSignOut:
    def test_by_post_only(self, hazel, password_client):
        client = password_client(hazel)
        page = client.get(reverse("account_logout"))

        assert "Do you want to sign out?" in page.content.decode()
        assert client.session["_auth_user_id"]

    def test_has_the_browser_forget(self, hazel, password_client):
        client = password_client(hazel)
        answer = client.post(reverse("account_logout"))

        assert answer.headers["Clear-Site-Data"] == '"cookies", "storage"'
        assert answer.url == reverse("accounts:signed_out")
        assert "_auth_user_id" not in client.session
        assert Entry.objects.filter(verb="signed out").count() == 1
        assert "You are signed out" in client.get(answer.url).content.decode()


class TestPassword:
    def test_change_keeps_this_browser_and_ends_the_others(self, hazel, password_client):
        here, there = password_client(hazel), password_client(hazel)
        data = {"oldpassword": PASSWORD, "password1": GOOD}

        answer = here.post(reverse("account_change_password"), data)

        assert answer.status_code == 302
        assert here.get(reverse("accounts:profile")).status_code == 200
        assert there.get(reverse("accounts:profile")).status_code == 302
        assert Entry.objects.filter(verb="changed the password of").exists()
        assert mail.outbox[-1].subject == "Your account was changed"
        assert "The password was changed." in mail.outbox[-1].body

    def test_change_needs_the_old_one(self, hazel, password_client):
        data = {"oldpassword": "wrong", "password1": GOOD}
        answer = password_client(hazel).post(reverse("account_change_password"), data)

        assert "This is not the password you have now" in answer.content.decode()

    def test_a_weak_one_is_refused(self, hazel, password_client):
        data = {"oldpassword": PASSWORD, "password1": "short"}
        answer = password_client(hazel).post(reverse("account_change_password"), data)

        assert "at least 12 characters" in answer.content.decode()

    def test_set_leads_to_change_for_those_who_have_one(self, hazel, password_client):
        answer = password_client(hazel).get(reverse("account_set_password"))

        assert answer.url == reverse("account_change_password")


class TestReset:
    def ask(self, email):
        return Client().post(reverse("account_reset_password"), {"email": email})

    def link(self):
        found = re.search(r"http\S+/accounts/password/reset/\S+", mail.outbox[-1].body).group()
        assert found.startswith(project.SITE_ADDRESS)
        return found.removeprefix(project.SITE_ADDRESS)

    def test_says_the_same_whether_the_account_is_there(self, hazel):
        known, unknown = self.ask(hazel.email), self.ask("nobody@example.test")

        assert known.url == unknown.url == reverse("account_reset_password_done")
        assert [each.to for each in mail.outbox] == [[hazel.email]]
        assert "If there is an account" in Client().get(known.url).content.decode()

    def test_sets_a_new_password_once(self, hazel, password_client):
        elsewhere = password_client(hazel)
        self.ask(hazel.email)
        link, client = self.link(), Client()

        form = client.get(link, follow=True)
        assert "Set a new password" in form.content.decode()
        done = client.post(form.redirect_chain[-1][0], {"password1": GOOD}, follow=True)

        assert "Your password was reset" in done.content.decode()
        assert password_client(hazel, GOOD).session.get("_auth_user_id")
        assert elsewhere.get(reverse("accounts:profile")).status_code == 302
        again = Client().get(link)
        assert "This link no longer works" in again.content.decode()
        assert Entry.objects.filter(verb="reset the password of").exists()

    def test_the_link_works_for_a_day(self, hazel):
        self.ask(hazel.email)
        with time_machine.travel(clock.now() + datetime.timedelta(hours=25)):
            text = Client().get(self.link(), follow=True).content.decode()

        assert "This link no longer works" in text

    def test_not_for_a_closed_account(self, hazel, ash):
        workflow.deactivate(ash, by=hazel)
        self.ask(ash.email)

        assert mail.outbox == []

    def test_another_host_in_the_request_is_not_in_the_link(self, hazel, settings):
        settings.ALLOWED_HOSTS = ["*"]
        Client().post(
            reverse("account_reset_password"), {"email": hazel.email}, headers={"host": "evil.test"}
        )

        assert "evil.test" not in mail.outbox[-1].body

    def test_a_weak_one_is_refused(self, hazel):
        self.ask(hazel.email)
        client = Client()
        form = client.get(self.link(), follow=True)
        answer = client.post(form.redirect_chain[-1][0], {"password1": "short"})

        assert "at least 12 characters" in answer.content.decode()


class TestInvitation:
    @pytest.fixture
    def rowan(self, hazel):
        return workflow.invite(email="rowan@example.test", name="Rowan Mistry", by=hazel)[0]

    def url(self, user):
        return reverse("accounts:invitation", args=[workflow.invitation(user)])

    def test_sets_a_password_signs_in_and_points_to_the_second_factor(self, rowan):
        client = Client()
        page = client.get(self.url(rowan)).content.decode()
        assert "Rowan Mistry" in page

        answer = client.post(self.url(rowan), {"password": GOOD})

        assert answer.url == reverse("accounts:second_factor_needed")
        assert client.session["_auth_user_id"] == str(rowan.pk)
        page = client.get(answer.url).content.decode()
        assert reverse("mfa_activate_totp") in page
        # The password was given a moment ago: it is not asked for again.
        assert client.get(reverse("mfa_activate_totp")).status_code == 200

    def test_looking_at_it_uses_nothing_up(self, rowan):
        for _ in range(3):
            assert Client().get(self.url(rowan)).status_code == 200

    def test_a_weak_password_is_said_at_the_field(self, rowan):
        text = Client().post(self.url(rowan), {"password": "short"}).content.decode()

        assert "at least 12 characters" in text
        assert 'href="#id_password"' in text

    def test_used(self, rowan):
        url = self.url(rowan)
        workflow.accept_invitation(rowan, password=GOOD)

        for answer in (Client().get(url), Client().post(url, {"password": "plum lantern other"})):
            assert answer.status_code == 410
            assert "Sign in" in answer.content.decode()
        rowan.refresh_from_db()
        assert rowan.check_password(GOOD)

    def test_expired_says_whom_to_ask(self, rowan):
        with time_machine.travel(clock.now() + datetime.timedelta(days=8)):
            answer = Client().get(self.url(rowan))

        assert answer.status_code == 410
        assert "can send you another" in answer.content.decode()

    def test_opened_by_somebody_else_who_is_signed_in(self, rowan, hazel, password_client):
        client = password_client(hazel)
        client.post(self.url(rowan), {"password": GOOD})

        assert client.session["_auth_user_id"] == str(rowan.pk)


class TestProfile:
    def test_shows_the_account(self, hazel, password_client):
        text = password_client(hazel).get(reverse("accounts:profile")).content.decode()

        for words in ("Hazel Okafor", hazel.email, "Not set up", "In 1 browser"):
            assert words in text

    def test_details_can_be_corrected(self, hazel, password_client):
        client = password_client(hazel)
        data = {"name": "Hazel Fenn", "telephone": "01322 111111"}

        answer = client.post(reverse("accounts:details"), data, follow=True)

        assert "Your details were saved." in answer.content.decode()
        hazel.refresh_from_db()
        assert (hazel.name, hazel.telephone) == ("Hazel Fenn", "01322 111111")

    def test_a_bad_name_changes_nothing(self, hazel, password_client):
        answer = password_client(hazel).post(reverse("accounts:details"), {"name": "x" * 121})

        assert "120 characters or fewer" in answer.content.decode()
        hazel.refresh_from_db()
        assert hazel.name == "Hazel Okafor"

    def test_is_for_oneself(self, hazel, ash):
        from core.permissions import can

        assert can(hazel, "manage own account", hazel)
        assert not can(hazel, "manage own account", ash)


class TestSessions:
    AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"

    def test_lists_browsers_in_plain_words(self, hazel, password_client):
        client = password_client(hazel, headers={"user-agent": self.AGENT})
        text = client.get(reverse("usersessions_list")).content.decode()

        assert "Firefox on Windows" in text
        assert "(this one)" in text
        assert "Sign out everywhere else" not in text

    def test_the_others_can_be_ended(self, hazel, password_client):
        here, there = password_client(hazel), password_client(hazel)
        assert "Sign out everywhere else" in here.get(reverse("usersessions_list")).content.decode()

        answer = here.post(reverse("usersessions_list"), follow=True)

        assert "You were signed out everywhere else." in answer.content.decode()
        assert there.get(reverse("accounts:profile")).status_code == 302
        assert here.get(reverse("accounts:profile")).status_code == 200


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (TestSessions.AGENT, "Firefox on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 Version/17.5 "
         "Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0",
         "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
         "Chrome on Android"),
        ("curl/8", "Another browser"),
        ("", "Another browser"),
    ],
)  # fmt: skip
def test_a_browser_in_plain_words(agent, name):
    from accounts.templatetags.accounts import browser_name

    assert browser_name(agent) == name
