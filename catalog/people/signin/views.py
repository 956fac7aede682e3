"""Pages of one's own account."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and how one signs in."""
    user = request.user
    context = {
        "noindex": True,
        "person": user,
        "has_password": user.has_usable_password(),
        "has_second_factor": is_mfa_enabled(user, [Authenticator.Type.TOTP]),
        "is_staff": user.has_perm("wagtailadmin.access_admin"),
    }
    return render(request, "account/account.html", context)


class SetUpView(ActivateTOTPView):
    """Setting the app up also shows that one holds it: no code is asked for right afterwards."""

    def form_valid(self, form: ActivateTOTPForm) -> HttpResponse:
        """Remembers that in the session."""
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.TOTP)
        return response
