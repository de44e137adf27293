"""The forms of an account: allauth's, in our words and our look, and two of our own."""

import struct
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factor
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms as django_forms
from django.forms.utils import ErrorDict
from django.urls import reverse_lazy

from core import forms

GOOD = "At least 12 characters. Three words that have nothing to do with each other do well."
INDEX = reverse_lazy("mfa_index")
CREDENTIAL = "credential"
CODE = "6 figures, or one of your recovery codes."


class Worded:
    """Gives a library's form our words. ``words``: label, hint and message for an empty field."""

    words: ClassVar[dict[str, tuple[str, str, str]]] = {}
    without: ClassVar[tuple[str, ...]] = ()
    fields: dict[str, django_forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.without:
            self.fields.pop(name, None)
        for name, (label, hint, empty) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.error_messages["required"] = empty
            field.widget.attrs.pop("placeholder", None)


class NewPassword(Worded):
    """A new password is typed once: it can be shown, and it can be reset."""

    words: ClassVar = {"password1": ("New password", GOOD, "Enter a new password")}
    without: ClassVar = ("password2",)


class SignIn(forms.Plain, Worded, account.LoginForm):
    """Email address and password."""

    submit = "Sign in"
    words: ClassVar = {
        "login": ("Email address", "", "Enter your email address"),
        "password": ("Password", "", "Enter your password"),
    }


class Reauthenticate(forms.Plain, Worded, account.ReauthenticateForm):
    """The password once more, before something that matters."""

    submit = "Continue"
    words: ClassVar = {"password": ("Password", "", "Enter your password")}


class ChangePassword(forms.Plain, NewPassword, account.ChangePasswordForm):
    """The old password and a new one."""

    submit = "Change the password"
    cancel = reverse_lazy("accounts:profile")
    words: ClassVar = {
        "oldpassword": ("The password you have now", "", "Enter the password you have now"),
        **NewPassword.words,
    }


class SetPassword(forms.Plain, NewPassword, account.SetPasswordForm):
    """A first password for somebody who signs in without."""

    submit = "Set the password"


class ResetPassword(forms.Plain, Worded, account.ResetPasswordForm):
    """Where to send the link."""

    submit = "Send the link"
    words: ClassVar = {
        "email": ("Email address", "The one with which you sign in.", "Enter your email address")
    }


class ResetPasswordFromLink(forms.Plain, NewPassword, account.ResetPasswordKeyForm):
    """The new password, after the link in the email."""

    submit = "Set the new password"


class Code(Worded):
    """A code typed from somewhere else."""

    words: ClassVar = {"code": ("Code", CODE, "Enter the code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {
            "class": "govuk-input--width-10",
            "spellcheck": "false",
        }


class SecondFactor(forms.Plain, Code, factor.AuthenticateForm):
    """The code that proves who signs in."""

    submit = "Continue"


class SecondFactorAgain(forms.Plain, Code, factor.ReauthenticateForm):
    """The code once more, before something that matters."""

    submit = "Continue"


class AddApp(forms.Plain, Code, totp.ActivateTOTPForm):
    """The first code of an authenticator app."""

    submit = "Add the app"
    cancel = INDEX
    words: ClassVar = {
        "code": ("Code from the app", "6 figures.", "Enter the code that the app shows")
    }


class RemoveApp(forms.Plain, totp.DeactivateTOTPForm):
    """Nothing to fill in."""

    submit = "Remove the app"
    look = "govuk-button--warning"
    cancel = INDEX


class NewRecoveryCodes(forms.Plain, recovery.GenerateRecoveryCodesForm):
    """Nothing to fill in."""

    submit = "Make new codes"
    cancel = INDEX


class FromBrowser:
    """What a browser says of a passkey; what is no such thing is a wrong code, not a fault of ours.

    The library that takes it apart raises whatever it stumbles over.
    """

    def full_clean(self) -> None:
        """As forms do, but for credentials that were made up."""
        try:
            super().full_clean()  # type: ignore[misc]
        except (AttributeError, LookupError, TypeError, ValueError, struct.error):
            self._errors = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
            wrong = get_adapter().validation_error("incorrect_code")
            self.add_error(CREDENTIAL, wrong)  # type: ignore[attr-defined]


class SignInByPasskey(FromBrowser, webauthn.LoginWebAuthnForm):
    """A passkey instead of a password."""


class PasskeyAsSecondFactor(FromBrowser, webauthn.AuthenticateWebAuthnForm):
    """A passkey after the password."""


class PasskeyAgain(FromBrowser, webauthn.ReauthenticateWebAuthnForm):
    """A passkey once more, before something that matters."""


class AddPasskey(forms.Plain, Worded, FromBrowser, webauthn.AddWebAuthnForm):
    """A name for the passkey; the browser puts the passkey itself into the form."""

    submit = ""
    mark_optional = False
    words: ClassVar = {
        "name": ("Name", "So that you know it again, such as “work laptop”.", ""),
        "passwordless": (
            "Sign in with it alone, without a password",
            "Untick this for a security key that has neither a PIN nor a fingerprint.",
            "",
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["name"] = ""
        self.initial["passwordless"] = True


class RenamePasskey(forms.Plain, Worded, webauthn.EditWebAuthnForm):
    """Another name."""

    submit = "Save the name"
    cancel = reverse_lazy("mfa_list_webauthn")
    words: ClassVar = {"name": ("Name", "", "Enter a name")}


class Details(forms.Form):
    """What a person may correct of their own account."""

    submit = "Save"
    name = django_forms.CharField(
        label="Full name",
        max_length=120,
        help_text="As it should stand in minutes.",
        error_messages={"required": "Enter your full name"},
        widget=django_forms.TextInput({"autocomplete": "name"}),
    )
    telephone = django_forms.CharField(
        label="Telephone number",
        max_length=40,
        required=False,
        help_text="People who sit with you can see it.",
        widget=django_forms.TextInput(
            {"autocomplete": "tel", "type": "tel", "class": "govuk-input--width-20"}
        ),
    )


class FirstPassword(forms.Form):
    """The password with which a person opens the account they were invited to."""

    submit = "Set the password and sign in"
    password = django_forms.CharField(
        label="Password",
        help_text=GOOD,
        strip=False,
        error_messages={"required": "Enter a password"},
        widget=django_forms.PasswordInput({"autocomplete": "new-password"}),
    )
