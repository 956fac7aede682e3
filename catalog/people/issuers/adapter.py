"""Issuers for the library for accounts: rows become apps in memory, identities become people."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.people.models import Issuer, User
from catalog.people.provider import IssuerProvider

from .accounts import DESCRIBED, describe, save_new


class IssuerAdapter(DefaultSocialAccountAdapter):
    """Accounts are found by issuer and subject alone."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": _("This is your only way to sign in. Add another one first."),
    }

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """One for each active issuer, without its secret; nothing of this is stored."""
        rows = Issuer.objects.filter(active=True)
        if provider not in (None, IssuerProvider.id):
            rows = rows.filter(key=provider)
        if client_id:
            rows = rows.filter(client_id=client_id)
        return [
            SocialApp(
                provider=IssuerProvider.id,
                provider_id=row.key,
                name=str(row),
                client_id=row.client_id,
            )
            for row in rows
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Whom an active issuer vouches for is welcome."""
        return True

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody is asked to type what the issuer knows."""
        return True

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> User:
        """The account as it would be if it were new."""
        sociallogin.identity = data["identity"]
        describe(sociallogin.user, self._issuer(sociallogin), sociallogin.identity)
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """News about somebody who signs in again."""
        if sociallogin.is_existing and sociallogin.state["process"] == AuthProcess.LOGIN:
            describe(sociallogin.user, self._issuer(sociallogin), sociallogin.identity)
            sociallogin.user.save(update_fields=DESCRIBED)

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """Somebody new."""
        sociallogin.user = save_new(
            sociallogin.user, sociallogin.account, sociallogin.identity.email
        )
        return sociallogin.user

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Back to the account."""
        return reverse("account")

    def _issuer(self, sociallogin: SocialLogin) -> Issuer:
        return Issuer.objects.select_related("country").get(key=sociallogin.account.provider)
