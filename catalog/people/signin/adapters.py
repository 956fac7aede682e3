"""How the library for accounts behaves here: who may come in, what it says, whom it writes to."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlencode

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathImage

from catalog.people.consents import wanted_text
from catalog.people.models import User
from home.clients import client_address
from home.secrets import decrypt, encrypt

from .mails import NOTICES, mail_notice

_WRONG = _("This e-mail address and this password do not belong together.")
_WRONG_CODE = _("This code is not right. Wait for the next one and type it.")
_LATER = _("There were too many attempts. Wait a few minutes and try again.")

# What the library's own messages are replaced with; others are not shown.
_SAID = {
    "account/messages/password_changed.txt": _("Your password is changed."),
    "mfa/messages/totp_activated.txt": _("The second step is set up."),
    "mfa/messages/totp_deactivated.txt": _("The second step is switched off."),
    "mfa/messages/recovery_codes_generated.txt": _("Here are your recovery codes."),
    "socialaccount/messages/account_connected.txt": _("From now on you can sign in this way too."),
    "socialaccount/messages/account_connected_other.txt": _(
        "Nothing was changed: this way of signing in belongs to another account here."
    ),
}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody registers themselves; mails go out by the worker in the language of who gets them."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _WRONG,
        "email_password_mismatch": _WRONG,
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": _("This is not your password."),
        "invalid_login": _WRONG,
        "rate_limited": _LATER,
        "too_many_login_attempts": _LATER,
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose attempts are counted; one name for everybody on the machine itself."""
        return client_address(request) or "local"

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by administrators and issuers."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Addresses of this very host only."""
        return url_has_allowed_host_and_scheme(
            url, {self.request.get_host()}, require_https=self.request.is_secure()
        )

    def get_login_stages(self) -> list[str]:
        """After the password comes the second factor, for those who have one."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The account, unless ``next`` says otherwise."""
        return reverse("account")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """The same for those who come for the first time."""
        return self.get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """The account."""
        return reverse("account")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The front page in the language of the page."""
        return f"/{get_language()}/"

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for a few minutes after signing in: the password was asked for just now."""
        records = get_authentication_records(self.request, self.request.user)
        newest = max((record["at"] for record in records), default=0.0)
        return time.time() - newest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Where they wanted to go, by way of the privacy text if they have to agree to it."""
        response = super().post_login(request, user, **kwargs)
        if wanted_text(user):
            return HttpResponseRedirect(
                f"{reverse('account_consent')}?{urlencode({'next': response.url})}"
            )
        return response

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """In our words, or not at all."""
        if said := _SAID.get(message_template or ""):
            messages.add_message(request, level, said)

    def send_notification_mail(
        self, template_prefix: str, user: User, *args: Any, **kwargs: Any
    ) -> None:
        """Tells people what changed about their account."""
        if template_prefix in NOTICES:
            mail_notice.enqueue(user.pk, template_prefix)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted at rest; the code to scan stands in the page itself."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": _WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """With the keys of the portal."""
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What ``encrypt`` made."""
        return decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What the app on the phone calls us."""
        return settings.WAGTAIL_SITE_NAME

    def build_totp_svg(self, url: str) -> SafeString:
        """An inline drawing: the policy of the pages allows no data addresses."""
        drawing = qrcode.make(url, image_factory=SvgPathImage, border=2)
        return mark_safe(drawing.to_string(encoding="unicode"))  # noqa: S308 - made of bits only
