"""The pages of an account: allauth's, each under a row of the policy, and a few of our own."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.utils import perform_login
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as usersessions
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import queries, workflow
from accounts.forms import Details, FirstPassword
from accounts.models import User
from core.components import Fact
from core.dates import count
from core.permissions import can, policy, require
from core.workflow import Wrong

View = Callable[..., HttpResponseBase]
OWN, ANYONE = "manage own account", "sign in"
NEXT = "accounts:second_factor_needed"  # after the first password


def page(view: View, *methods: str, verb: str = OWN) -> View:
    """A view of the account itself, under its row of the policy and open before a second factor.

    ``verb`` is ``sign in`` for pages that people need before they are signed in.
    """

    @policy(User, **dict.fromkeys(methods, verb))
    def of_own_account(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(can(request.user, verb, User(pk=request.user.pk)))
        return view(request, *args, **kwargs)

    of_own_account.__name__ = of_own_account.__qualname__ = view.__name__
    of_own_account.before_second_factor = True  # type: ignore[attr-defined]
    return login_not_required(of_own_account) if verb == ANYONE else of_own_account


def own(*methods: str) -> Callable[[View], View]:
    """Decorates a page of our own for whoever is signed in: ``@own("GET", "POST")``."""
    return lambda view: page(view, *methods)


def public(*methods: str) -> Callable[[View], View]:
    """Decorates a page of our own for people who are not signed in yet."""
    return lambda view: page(view, *methods, verb=ANYONE)


# ---- allauth's --------------------------------------------------------------------------------

sign_in = page(account.login, "GET", "POST", verb=ANYONE)
inactive = page(account.account_inactive, "GET", verb=ANYONE)
change_password = page(account.password_change, "GET", "POST")
set_password = page(account.password_set, "GET", "POST")
reset_password = page(account.password_reset, "GET", "POST", verb=ANYONE)
reset_sent = page(account.password_reset_done, "GET", verb=ANYONE)
reset_from_link = page(account.password_reset_from_key, "GET", "POST", verb=ANYONE)
reset_done = page(account.password_reset_from_key_done, "GET", verb=ANYONE)
reauthenticate = page(account.reauthenticate, "GET", "POST")

second_factor = page(factor.index, "GET")
authenticate = page(factor.authenticate, "GET", "POST", verb=ANYONE)
authenticate_again = page(factor.reauthenticate, "GET", "POST")
add_app = page(totp.activate_totp, "GET", "POST")
remove_app = page(totp.deactivate_totp, "GET", "POST")
recovery_codes = page(recovery.view_recovery_codes, "GET")
new_recovery_codes = page(recovery.generate_recovery_codes, "GET", "POST")
download_recovery_codes = page(recovery.download_recovery_codes, "GET")
passkeys = page(webauthn.list_webauthn, "GET")
add_passkey = page(webauthn.add_webauthn, "GET", "POST")
remove_passkey = page(webauthn.remove_webauthn, "GET", "POST")
rename_passkey = page(webauthn.edit_webauthn, "GET", "POST")
sign_in_by_passkey = page(webauthn.login_webauthn, "GET", "POST", verb=ANYONE)
passkey_again = page(webauthn.reauthenticate_webauthn, "GET", "POST")

sessions = page(
    usersessions.ListUserSessionsView.as_view(
        extra_context={"idle_minutes": settings.SESSION_IDLE_SECONDS // 60}
    ),
    "GET",
    "POST",
)


@public("GET", "POST")
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Sign out, and have the browser forget what it kept of this site."""
    response = account.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cookies", "storage"'
    return response


# ---- ours -------------------------------------------------------------------------------------


@public("GET")
def signed_out(request: HttpRequest) -> HttpResponse:
    """It is done; and how to come back."""
    return render(request, "accounts/signed_out.html")


@own("GET")
def profile(request: HttpRequest) -> HttpResponse:
    """What the account holds, each with the way to change it."""
    user: Any = request.user
    change = reverse("accounts:details")
    browsers = count(queries.browsers(user), "browser")
    facts = [
        Fact("Name", user.name, change=change),
        Fact("Telephone number", user.telephone, change=change),
        Fact("Email address", user.email),
        Fact("Password", "Set", change=reverse("account_change_password")),
        Fact("Second factor", _factors(queries.factors(user)), change=reverse("mfa_index")),
        Fact("Signed in", f"In {browsers}", url=reverse("usersessions_list")),
    ]
    return render(request, "accounts/profile.html", {"facts": facts})


def _factors(has: queries.Factors) -> str:
    app = ["an authenticator app"] if has.app else []
    passkeys = [count(has.passkeys, "passkey")] if has.passkeys else []
    words = " and ".join(app + passkeys) or "not set up"
    return words[:1].upper() + words[1:]


@own("GET", "POST")
def details(request: HttpRequest) -> HttpResponse:
    """Correct one's name and telephone number."""
    user: Any = request.user
    back = reverse("accounts:profile")
    now = {"name": user.name, "telephone": user.telephone}
    form = Details(request.POST or None, initial=now, cancel=back)
    if form.is_valid():
        workflow.change_details(user, **form.cleaned_data, by=user)
        messages.success(request, "Your details were saved.")
        return redirect(back)
    return render(request, "accounts/details.html", {"form": form})


@own("GET")
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    """Why a second factor is asked for, and where to set one up."""
    if is_mfa_enabled(request.user):
        return redirect("mfa_index")
    return render(
        request, "accounts/second_factor_needed.html", {"required": settings.SECOND_FACTOR_REQUIRED}
    )


@never_cache
@sensitive_post_parameters("password")
def accept(request: HttpRequest, token: str) -> HttpResponseBase:
    """Set the first password, sign in, and go on to the second factor."""
    try:
        user = workflow.invited(token)
    except Wrong as why:
        context = {"why": why.messages[0], "code": why.code}
        return render(request, "accounts/invitation_over.html", context, status=410)
    form = FirstPassword(request.POST or None)
    if form.is_valid():
        try:
            user = workflow.accept_invitation(user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None if isinstance(refused, Wrong) else "password", refused.messages)
        else:
            response = perform_login(request, user, redirect_url=reverse(NEXT))
            reauthenticate_by_password(request)
            return response
    context = {"form": form, "invited": user}
    return render(request, "accounts/invitation.html", context)


invitation = page(accept, "GET", "POST", verb=ANYONE)
