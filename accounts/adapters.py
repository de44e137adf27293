"""How allauth is bent to this project: no sign-up, fair limits, plain words, encrypted secrets."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core import context as current
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts import mail
from core.sealed import seal, unseal

TOO_MANY = "There were too many tries. Wait five minutes and try again, or reset your password."
WRONG_CODE = "The code is wrong, or its time has passed. Enter the newest one"

# What the mail says that follows a change of what opens an account, by allauth's name of it.
CHANGES = {
    "account/email/password_changed": "The password was changed.",
    "account/email/password_set": "A password was set.",
    "account/email/password_reset": "The password was reset.",
    "mfa/email/totp_activated": "An authenticator app was added.",
    "mfa/email/totp_deactivated": "The authenticator app was removed.",
    "mfa/email/webauthn_added": "A passkey was added.",
    "mfa/email/webauthn_removed": "A passkey was removed.",
    "mfa/email/recovery_codes_generated": "New recovery codes were made.",
}


def display_name(user: Any) -> str:
    """What a person is called on pages and in mail."""
    return str(user)


class AccountAdapter(DefaultAccountAdapter):
    """People are invited; nobody signs themselves up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is wrong",
        "incorrect_password": "This is not your password",
        "enter_current_password": "This is not the password you have now",
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: Any) -> bool:
        """Never."""
        return False

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """A page that says so."""
        return reverse("accounts:signed_out")

    # ---- bad passwords: counted for an account from an address, and for an account ---------------

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        email = credentials.get("email", "").lower()
        return f"{email} from {ratelimit.get_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at, so that parallel tries all count.

        Somebody elsewhere who guesses at an account does not lock its owner out soon, and never
        from a passkey or from resetting the password.
        """
        super().pre_authenticate(request, **credentials)
        anywhere = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed_anywhere",
            key=credentials.get("email", "").lower(),
        )
        if not anywhere:
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage.usage += anywhere.usage

    def set_password(self, user: Any, password: str) -> None:
        """Whoever proves that the account is theirs may try again at once."""
        super().set_password(user, password)
        email = user.email.lower()
        self._delete_login_attempts_cached_email(current.request, email=email)
        ratelimit.clear(
            current.request, app="allauth.account", action="login_failed_anywhere", key=email
        )

    # ---- mail -----------------------------------------------------------------------------------

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address of this site as it is set, whatever the request called it."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_ADDRESS + path.replace("UID-KEY", key)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """A link; to the address of the account only. A first password needs the invitation."""
        if user.has_usable_password():
            link = context["password_reset_url"]
            mail.send(user, "password_reset", "Reset your password", link=link)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: Any = None, email: str | None = None
    ) -> None:
        """Tell the person that what opens their account was changed."""
        mail.send(user, "changed", "Your account was changed", what=CHANGES[template_prefix])

    # ---- accounts that were closed --------------------------------------------------------------

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> Any:
        """Nothing of the half-done sign-in stays."""
        clear_login(request)
        return super().respond_user_inactive(request, user)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keep the secrets of second factors encrypted with a key derived from the secret key."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is stored."""
        return seal(text, purpose="second-factor")

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a stored secret."""
        return unseal(encrypted_text, purpose="second-factor")

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a passkey is called whose owner gives it no name."""
        return "Passkey"
