"""The page of the help form and the confirmation; needs neither cookie nor script."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from home.models import HelpMessage

from .forms import ContactForm
from .services import is_too_much, keep


# The form stands on pages that are kept whole and given to everybody, so it has no token; that
# other sites send it is prevented below.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """The form alone, or the form with what is wrong with it; a message that is right is kept."""
    if request.method != "POST":
        return _page(request, ContactForm())
    if _comes_from_elsewhere(request):
        refuse = import_string(settings.CSRF_FAILURE_VIEW)
        return refuse(request, reason="The help form was sent from another site.")
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    if is_too_much(request):
        form.add_error(
            None, _("We cannot take more messages from you just now. Send it again in an hour.")
        )
        return _page(request, form, 429)
    message = keep(request, form.cleaned_data)
    return HttpResponseRedirect(reverse("contact_sent", args=[message.reference]))


@require_safe
@cache_control(private=True, no_store=True)
def sent(request: HttpRequest, reference: str) -> HttpResponse:
    """The confirmation with the reference."""
    if not HelpMessage.objects.filter(reference=reference).exists():
        raise Http404
    return render(request, "contact/sent.html", {"reference": reference, "noindex": True})


def _page(request: HttpRequest, form: ContactForm, status: int = 200) -> HttpResponse:
    return render(request, "contact/write.html", {"form": form}, status=status)


def _comes_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that another site's page sent this. Browsers name it themselves."""
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return False
    try:
        return urlsplit(origin).netloc != request.get_host()
    except ValueError:
        return True
