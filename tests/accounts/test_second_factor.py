"""Authenticator apps, passkeys and recovery codes, and where they are required."""

import json
import re
import threading
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import workflow
from audit.models import Entry
from tests.accounts.conftest import PASSWORD, code_of
from tests.accounts.passkey import Passkey

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirmed(password_client):
    """Signed in, and the password given again."""

    def confirmed(user):
        client = password_client(user)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        return client

    return confirmed


class TestApp:
    def test_setting_up_asks_for_the_password_first(self, hazel, password_client):
        client = password_client(hazel)
        answer = client.get(reverse("mfa_activate_totp"))

        assert answer.url.startswith(reverse("account_reauthenticate"))
        wrong = client.post(answer.url, {"password": "wrong"})
        assert "This is not your password" in wrong.content.decode()
        right = client.post(answer.url, {"password": PASSWORD})
        assert right.url == reverse("mfa_activate_totp")

    def test_set_up_gives_recovery_codes(
        self, hazel, confirmed, django_capture_on_commit_callbacks
    ):
        client = confirmed(hazel)
        page = client.get(reverse("mfa_activate_totp"))
        text = page.content.decode()
        assert '<img src="data:image/svg+xml;base64,' in text
        secret = client.session["mfa.totp.secret"]

        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

        assert answer.url == reverse("mfa_view_recovery_codes")
        codes = client.get(answer.url).content.decode()
        assert codes.count("<li>") >= 10
        assert Entry.objects.filter(verb="added a second factor to").count() == 2
        assert "An authenticator app was added." in mail.outbox[-1].body
        index = client.get(reverse("mfa_index")).content.decode()
        assert "Remove the authenticator app" in index
        assert "10 codes left" in index
        assert "An authenticator app" in client.get(reverse("accounts:profile")).content.decode()

    def test_a_wrong_code_is_refused(self, hazel, confirmed):
        client = confirmed(hazel)
        client.get(reverse("mfa_activate_totp"))
        answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

        assert "The code is wrong" in answer.content.decode()
        assert not Authenticator.objects.exists()

    def test_the_secret_is_not_in_the_database_in_clear(self, hazel, confirmed):
        client = confirmed(hazel)
        client.get(reverse("mfa_activate_totp"))
        secret = client.session["mfa.totp.secret"]
        client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

        app, codes = Authenticator.objects.order_by("type").reverse()
        assert app.type == "totp"
        stored = json.dumps([app.data, codes.data])
        assert secret not in stored
        assert not any(code in stored for code in codes.wrap().get_unused_codes())
        seed = RecoveryCodes(codes).instance.data["seed"]
        assert seed.startswith("gAAAA")
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(data::text, ' ') FROM mfa_authenticator")
            assert secret not in cursor.fetchone()[0]
        # What signing in needed for a moment is gone from the session as well.
        assert "mfa.totp.secret" not in client.session

    def test_it_can_be_removed(self, hazel, app_of):
        app_of(hazel)
        client = confirmed_by_password(hazel)

        page = client.get(reverse("mfa_deactivate_totp"))
        assert "Remove the authenticator app?" in page.content.decode()
        client.post(reverse("mfa_deactivate_totp"))

        assert not Authenticator.objects.exists()
        assert Entry.objects.filter(verb="removed a second factor from").exists()
        assert "The authenticator app was removed." in mail.outbox[-1].body


def confirmed_by_password(user):
    """Signed in and just confirmed, whatever second factor there is."""
    client = Client()
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


class TestSigningIn:
    def test_needs_the_code(self, hazel, password_client, app_of):
        code = app_of(hazel)
        client = password_client(hazel)

        assert client.answer.url == reverse("mfa_authenticate")
        assert client.get(reverse("accounts:profile")).status_code == 302
        page = client.get(reverse("mfa_authenticate")).content.decode()
        assert "Enter your code" in page
        client.post(reverse("mfa_authenticate"), {"code": code()})
        assert client.session["_auth_user_id"] == str(hazel.pk)

    def test_a_wrong_code_is_refused_and_in_the_record(self, hazel, password_client, app_of):
        app_of(hazel)
        client = password_client(hazel)
        answer = client.post(reverse("mfa_authenticate"), {"code": "000000"})

        assert "The code is wrong" in answer.content.decode()
        assert "_auth_user_id" not in client.session
        assert Entry.objects.filter(verb="gave a wrong code for").exists()

    def test_a_code_works_once(self, hazel, password_client, app_of):
        code = app_of(hazel)()
        first, second = password_client(hazel), password_client(hazel)
        first.post(reverse("mfa_authenticate"), {"code": code})
        answer = second.post(reverse("mfa_authenticate"), {"code": code})

        assert "_auth_user_id" in first.session
        assert "_auth_user_id" not in second.session
        assert "The code is wrong, or its time has passed" in answer.content.decode()

    def test_codes_cannot_be_guessed(self, hazel, password_client, app_of):
        code = app_of(hazel)
        client = password_client(hazel)
        for number in range(10):
            client.post(reverse("mfa_authenticate"), {"code": f"{number:06}"})
        answer = client.post(reverse("mfa_authenticate"), {"code": code()})

        assert "too many tries" in answer.content.decode()

    def test_a_recovery_code_works_once(self, hazel, password_client, app_of):
        app_of(hazel)
        code = RecoveryCodes.activate(hazel).get_unused_codes()[0]

        first, second = password_client(hazel), password_client(hazel)
        first.post(reverse("mfa_authenticate"), {"code": code})
        second.post(reverse("mfa_authenticate"), {"code": code})

        assert "_auth_user_id" in first.session
        assert "_auth_user_id" not in second.session

    def test_can_be_left(self, hazel, password_client, app_of):
        app_of(hazel)
        client = password_client(hazel)
        answer = client.post(reverse("account_logout"), {"next": reverse("account_login")})

        assert answer.url == reverse("account_login")
        assert "Sign in" in client.get(answer.url).content.decode()


class TestRecoveryCodes:
    def test_are_shown_and_downloaded_after_the_password(self, hazel, app_of):
        app_of(hazel)
        codes = RecoveryCodes.activate(hazel).get_unused_codes()
        client = Client()
        client.force_login(hazel)
        url = reverse("mfa_view_recovery_codes")
        assert client.get(url).status_code == 302

        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

        text = client.get(url).content.decode()
        download = client.get(reverse("mfa_download_recovery_codes"))
        assert all(code in text for code in codes)
        assert all(code in download.content.decode() for code in codes)
        assert "attachment" in download.headers["Content-Disposition"]

    def test_new_ones_replace_the_old(self, hazel, app_of):
        app_of(hazel)
        before = RecoveryCodes.activate(hazel).get_unused_codes()
        client = confirmed_by_password(hazel)
        page = client.get(reverse("mfa_generate_recovery_codes")).content.decode()
        assert "The 10 codes that you have now will stop working." in page

        client.post(reverse("mfa_generate_recovery_codes"))

        after = RecoveryCodes.activate(hazel).get_unused_codes()
        assert not set(before) & set(after)

    def test_there_are_none_without_another_factor(self, hazel, confirmed):
        client = confirmed(hazel)
        client.post(reverse("mfa_generate_recovery_codes"))

        assert not Authenticator.objects.exists()


def options(answer):
    """What the page gave to the browser."""
    found = re.search(r'id="passkey-data" type="application/json">(.+?)</script>', answer)
    given = json.loads(found.group(1))
    return given.get("creation_options") or given["request_options"]


class TestPasskeys:
    @pytest.fixture
    def passkey(self, hazel, confirmed):
        """Added to Hazel's account through its page."""
        key, client = Passkey(), confirmed(hazel)
        url = reverse("mfa_add_webauthn")
        credential = key.register(options(client.get(url).content.decode()))
        data = {"name": "work laptop", "passwordless": "on", "credential": json.dumps(credential)}
        key.answer = client.post(url, data)
        key.pk = Authenticator.objects.get(type="webauthn").pk
        return key

    def test_the_page_to_add_one_holds_what_the_browser_needs(self, hazel, confirmed):
        text = confirmed(hazel).get(reverse("mfa_add_webauthn")).content.decode()

        assert options(text)["publicKey"]["challenge"]
        assert "mfa/js/webauthn.js" in text
        assert 'for="id_passwordless"' in text
        assert "<script>" not in text

    def test_adding_one_gives_recovery_codes(self, hazel, passkey):
        assert passkey.answer.url == reverse("mfa_view_recovery_codes")
        assert "A passkey was added." in mail.outbox[-1].body

    def test_one_signs_in_without_a_password(self, hazel, passkey):
        client, url = Client(), reverse("mfa_login_webauthn")
        asked = client.get(url, headers={"accept": "application/json"}).json()["request_options"]

        answer = client.post(
            url, {"credential": json.dumps(passkey.sign(asked)), "next": "/accounts/sessions/"}
        )

        assert answer.url == "/accounts/sessions/"
        assert client.session["_auth_user_id"] == str(hazel.pk)

    def test_an_answer_works_once(self, hazel, passkey):
        client, url = Client(), reverse("mfa_login_webauthn")
        asked = client.get(url, headers={"accept": "application/json"}).json()["request_options"]
        credential = json.dumps(passkey.sign(asked))
        client.post(url, {"credential": credential})

        other = Client()
        other.get(url, headers={"accept": "application/json"})
        answer = other.post(url, {"credential": credential})

        assert answer.url == reverse("account_login")
        assert "_auth_user_id" not in other.session
        assert "The code is wrong" in other.get(answer.url).content.decode()

    def test_one_is_a_second_factor_after_the_password(self, hazel, passkey, password_client):
        client = password_client(hazel)
        assert client.answer.url == reverse("mfa_authenticate")
        asked = options(client.get(client.answer.url).content.decode())

        client.post(client.answer.url, {"credential": json.dumps(passkey.sign(asked))})

        assert client.session["_auth_user_id"] == str(hazel.pk)

    def test_one_confirms_who_it_is(self, hazel, passkey, sign_in):
        client, url = sign_in(hazel), reverse("mfa_reauthenticate_webauthn")
        page = client.get(f"{url}?next=/accounts/second-factor/app/add/").content.decode()
        assert reverse("account_reauthenticate") in page

        data = {"credential": json.dumps(passkey.sign(options(page)))}
        answer = client.post(f"{url}?next=/accounts/second-factor/app/add/", data)

        assert answer.url == reverse("mfa_activate_totp")
        assert client.get(answer.url).status_code == 200

    def test_a_closed_account_stays_closed(self, hazel, ash, passkey):
        workflow.deactivate(hazel, by=ash)
        client, url = Client(), reverse("mfa_login_webauthn")
        asked = client.get(url, headers={"accept": "application/json"}).json()["request_options"]

        answer = client.post(url, {"credential": json.dumps(passkey.sign(asked))})

        assert answer.url == reverse("account_inactive")
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize(
        "made_up",
        ["", "x", "1", "[]", "null", "{}", '"x"', '{"id": "x", "response": {}}',
         '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {}}',
         '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "e30", '
         '"authenticatorData": "eA", "signature": "eA", "attestationObject": "oA"}}',
         '{"id": "eA", "rawId": "eA", "response": {"userHandle": "eA", "clientDataJSON": "eA"}}',
         '{"response": {"userHandle": 7}}', '{"response": 7}'],
    )  # fmt: skip
    @pytest.mark.parametrize(
        "name", ["mfa_login_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"]
    )
    def test_what_is_no_passkey_is_refused(self, hazel, passkey, confirmed, name, made_up):
        client = Client() if name == "mfa_login_webauthn" else confirmed_by_password(hazel)
        client.get(reverse(name), headers={"accept": "application/json"})

        answer = client.post(reverse(name), {"name": "x", "credential": made_up})

        assert answer.status_code in {200, 302}
        assert Authenticator.objects.filter(type="webauthn").count() == 1
        assert name != "mfa_login_webauthn" or "_auth_user_id" not in client.session

    def test_they_are_listed_renamed_and_removed(self, hazel, passkey):
        client = confirmed_by_password(hazel)
        assert "work laptop" in client.get(reverse("mfa_list_webauthn")).content.decode()
        assert "You have 1 passkey." in client.get(reverse("mfa_index")).content.decode()
        assert "1 passkey" in client.get(reverse("accounts:profile")).content.decode()

        rename = reverse("mfa_edit_webauthn", args=[passkey.pk])
        assert client.get(rename).status_code == 200
        client.post(rename, {"name": "old laptop"})
        assert "old laptop" in client.get(reverse("mfa_list_webauthn")).content.decode()

        remove = reverse("mfa_remove_webauthn", args=[passkey.pk])
        assert "Remove the passkey “old laptop”?" in client.get(remove).content.decode()
        client.post(remove)
        assert not Authenticator.objects.exists()

    def test_those_of_somebody_else_are_not_there(self, ash, passkey, confirmed):
        client = confirmed(ash)

        for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
            url = reverse(name, args=[passkey.pk])
            assert client.get(url).status_code == client.post(url).status_code == 404
        assert Authenticator.objects.filter(pk=passkey.pk).exists()


class TestRequired:
    """With SECOND_FACTOR=required, officers and readers of restricted papers need one."""

    @pytest.fixture(autouse=True)
    def required(self, settings):
        settings.SECOND_FACTOR_REQUIRED = True

    def page(self):
        return reverse("dashboards:home")

    def test_an_officer_is_led_to_set_one_up(self, world, sign_in):
        client = sign_in(world.officer)

        answer = client.get(self.page(), follow=True)

        assert answer.redirect_chain == [(reverse("accounts:second_factor_needed"), 302)]
        text = answer.content.decode()
        assert "need one before they can go on" in text
        assert reverse("mfa_activate_totp") in text

    @pytest.mark.parametrize("who", ["chair", "dvacs", "kent"])
    def test_so_is_everybody_who_may_open_restricted_papers(self, world, sign_in, who):
        answer = sign_in(getattr(world, who)).get(self.page())

        assert answer.url == reverse("accounts:second_factor_needed")

    @pytest.mark.parametrize("who", ["watch", "guest"])
    def test_others_are_not(self, world, sign_in, who):
        answer = sign_in(getattr(world, who)).get(self.page())

        assert answer.status_code != 302

    def test_with_one_the_officer_goes_on(self, world, sign_in, app_of):
        app_of(world.officer)

        assert sign_in(world.officer).get(self.page()).status_code == 200

    def test_the_way_to_set_one_up_stays_open(self, world, password_client):
        client = password_client(world.officer)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        for name in (
            "accounts:second_factor_needed", "accounts:profile", "mfa_index", "mfa_activate_totp",
            "mfa_add_webauthn", "account_logout", "usersessions_list", "account_change_password",
        ):  # fmt: skip
            assert client.get(reverse(name)).status_code == 200, name

        secret = client.session["mfa.totp.secret"]
        client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

        assert client.get(self.page()).status_code == 200
        assert client.get(reverse("accounts:second_factor_needed")).url == reverse("mfa_index")

    def test_it_is_not_asked_where_it_is_optional(self, world, sign_in, settings):
        settings.SECOND_FACTOR_REQUIRED = False

        assert sign_in(world.officer).get(self.page()).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_one_code_sent_many_times_at_once_opens_one_session(hazel, password_client, app_of):
    code = app_of(hazel)
    clients = [password_client(hazel) for _ in range(6)]
    while time.time() % 30 > 25:  # a code must not change while it is sent
        time.sleep(0.5)
    now = code()
    ready = threading.Barrier(len(clients))

    def send(client):
        ready.wait()
        client.post(reverse("mfa_authenticate"), {"code": now})
        connection.close()

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum("_auth_user_id" in client.session for client in clients) == 1
