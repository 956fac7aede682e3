"""Addresses of signing in and of one's account, below each language."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, path, re_path
from django.views.generic import RedirectView, View

from catalog.people.private import private

from . import consent, views


def _page(route: str, view: type[View], name: str) -> URLPattern:
    return path(route, private(view.as_view(extra_context={"noindex": True})), name=name)


def _see(route: str, name: str) -> URLPattern:
    """An address that the library wants to exist; what it would show stands in the account."""
    return path(route, private(RedirectView.as_view(pattern_name="account")), name=name)


urlpatterns = [
    path("", private(views.account), name="account"),
    path("profile/", private(views.profile), name="account_profile"),
    path("consent/", private(consent.consent), name="account_consent"),
    path("services/<int:number>/", private(views.disconnect), name="account_disconnect"),
    _page("login/", views.SignInView, "account_login"),
    _page("logout/", account.LogoutView, "account_logout"),
    _page("inactive/", account.AccountInactiveView, "account_inactive"),
    path("confirm/service/", private(views.sign_in_anew), name="account_sign_in_anew"),
    _page("confirm/", account.ReauthenticateView, "account_reauthenticate"),
    _page("password/", account.PasswordChangeView, "account_change_password"),
    _see("password/set/", "account_set_password"),
    _page("password/reset/", account.PasswordResetView, "account_reset_password"),
    _page("password/reset/sent/", account.PasswordResetDoneView, "account_reset_password_done"),
    _page(
        "password/reset/done/",
        account.PasswordResetFromKeyDoneView,
        "account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]{1,20})-(?P<key>[\w-]{1,100})/$",
        private(account.PasswordResetFromKeyView.as_view(extra_context={"noindex": True})),
        name="account_reset_password_from_key",
    ),
    _see("second-step/", "mfa_index"),
    _page("second-step/code/", second_factor.AuthenticateView, "mfa_authenticate"),
    _page("second-step/confirm/", second_factor.ReauthenticateView, "mfa_reauthenticate"),
    _page("second-step/set-up/", views.SetUpView, "mfa_activate_totp"),
    _page("second-step/switch-off/", totp.DeactivateTOTPView, "mfa_deactivate_totp"),
    _page("second-step/recovery/", recovery_codes.ViewRecoveryCodesView, "mfa_view_recovery_codes"),
    _page(
        "second-step/recovery/new/",
        recovery_codes.GenerateRecoveryCodesView,
        "mfa_generate_recovery_codes",
    ),
    _page(
        "second-step/recovery/codes.txt",
        recovery_codes.DownloadRecoveryCodesView,
        "mfa_download_recovery_codes",
    ),
]
