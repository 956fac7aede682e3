"""The page that asks to agree to the privacy text."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language

from catalog.people.consents import agree, current_text, wanted_text
from catalog.people.models import PrivacyText


@login_required
def consent(request: HttpRequest) -> HttpResponse:
    """Shows the text that holds; a POST names the version that was read and agrees to it."""
    there = request.POST.get("next") or request.GET.get("next") or ""
    if not get_adapter(request).is_safe_url(there):
        there = reverse("account")
    if request.method == "POST":
        text = _named(request.POST.get("version", ""))
        agree(request.user, text, text.text.language(get_language()))
        return HttpResponseRedirect(there)
    text = current_text()
    if text is None:
        return HttpResponseRedirect(there)
    context = {
        "noindex": True,
        "privacy": text,
        "wanted": wanted_text(request.user),
        "text_language": text.text.language(get_language()),
        "next": there,
    }
    return render(request, "account/consent.html", context)


def _named(version: str) -> PrivacyText:
    """The text of this version; databases do not like every string to be asked for."""
    try:
        validate_slug(version)
    except ValidationError as error:
        raise Http404 from error
    return get_object_or_404(PrivacyText, version=version)
