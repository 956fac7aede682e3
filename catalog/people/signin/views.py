"""Pages of one's own account."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.socialaccount.internal.flows.connect import validate_disconnect
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.people.issuers.views import connect_token
from catalog.people.models import Issuer

from .forms import ProfileForm
from .fresh import ask_again, is_fresh
from .gate import has_second_factor
from .mails import DISCONNECTED, mail_notice


class SignInView(LoginView):
    """Issuers to choose from, and the form for those who have a password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the issuers in their order."""
        there = self.get_next_url() or ""
        issuers = Issuer.objects.filter(active=True)
        return super().get_context_data(**kwargs) | {"issuers": issuers, "there": there}


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and how one signs in."""
    user = request.user
    services = {row.key: row for row in Issuer.objects.all()}
    known = SocialAccount.objects.filter(user=user).order_by("pk")
    ways = [(row, services.get(row.provider)) for row in known]
    taken = {row.provider for row in known}
    further = [
        (row, connect_token(user, row.key))
        for row in services.values()
        if row.active and row.key not in taken
    ]
    context = {
        "noindex": True,
        "person": user,
        "ways": ways,
        "further": further,
        "consents": user.consents.select_related("text"),
        "has_password": user.has_usable_password(),
        "has_second_factor": has_second_factor(user),
        "is_staff": user.has_perm("wagtailadmin.access_admin"),
    }
    return render(request, "account/account.html", context)


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """What people say about themselves; the rest comes from their issuer or administrator."""
    is_vouched_for = SocialAccount.objects.filter(user=request.user).exists()
    form = ProfileForm(request.POST or None, instance=request.user, is_vouched_for=is_vouched_for)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your details are saved."))
        return HttpResponseRedirect(reverse("account"))
    return render(request, "account/profile.html", {"noindex": True, "form": form})


@login_required
def sign_in_anew(request: HttpRequest) -> HttpResponse:
    """The services by which somebody without a password shows that it is them."""
    there = request.GET.get("next", "")
    keys = SocialAccount.objects.filter(user=request.user).values("provider")
    context = {
        "noindex": True,
        "issuers": Issuer.objects.filter(active=True, key__in=keys),
        "there": there if get_adapter(request).is_safe_url(there) else reverse("account"),
    }
    return render(request, "account/sign_in_anew.html", context)


@require_POST
@login_required
def disconnect(request: HttpRequest, number: int) -> HttpResponse:
    """Takes one way of signing in away, unless it is the only one."""
    row = get_object_or_404(SocialAccount, pk=number, user=request.user)
    if not is_fresh(request):
        return ask_again(request, reverse("account"))
    try:
        validate_disconnect(request, row)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        # The library's own function needs a service that is still active.
        row.delete()
        mail_notice.enqueue(request.user.pk, DISCONNECTED)
        messages.success(request, _("This way of signing in is taken away."))
    return HttpResponseRedirect(reverse("account"))


class SetUpView(ActivateTOTPView):
    """Setting the app up also shows that one holds it: no code is asked for right afterwards."""

    def form_valid(self, form: ActivateTOTPForm) -> HttpResponse:
        """Remembers that in the session."""
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.TOTP)
        return response
