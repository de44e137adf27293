"""The addresses of this room: allauth's pages that are wanted, under allauth's names, and ours."""

from django.urls import include, path, re_path

from accounts import views

own = [
    path("", views.profile, name="profile"),
    path("details/", views.details, name="details"),
    path("second-factor/needed/", views.second_factor_needed, name="second_factor_needed"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("signed-out/", views.signed_out, name="signed_out"),
]

password = [
    path("change/", views.change_password, name="account_change_password"),
    path("set/", views.set_password, name="account_set_password"),
    path("reset/", views.reset_password, name="account_reset_password"),
    path("reset/sent/", views.reset_sent, name="account_reset_password_done"),
    re_path(
        r"^reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        views.reset_from_link,
        name="account_reset_password_from_key",
    ),
    path("reset/done/", views.reset_done, name="account_reset_password_from_key_done"),
]

second_factor = [
    path("", views.second_factor, name="mfa_index"),
    path("code/", views.authenticate, name="mfa_authenticate"),
    path("code/again/", views.authenticate_again, name="mfa_reauthenticate"),
    path("app/add/", views.add_app, name="mfa_activate_totp"),
    path("app/remove/", views.remove_app, name="mfa_deactivate_totp"),
    path("recovery-codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "recovery-codes/download/",
        views.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("passkeys/", views.passkeys, name="mfa_list_webauthn"),
    path("passkeys/add/", views.add_passkey, name="mfa_add_webauthn"),
    path("passkeys/again/", views.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("passkeys/sign-in/", views.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/rename/", views.rename_passkey, name="mfa_edit_webauthn"),
]

urlpatterns = [
    path("", include((own, "accounts"))),
    path("login/", views.sign_in, name="account_login"),
    path("logout/", views.sign_out, name="account_logout"),
    path("inactive/", views.inactive, name="account_inactive"),
    path("confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("password/", include(password)),
    path("second-factor/", include(second_factor)),
    path("sessions/", views.sessions, name="usersessions_list"),
]
