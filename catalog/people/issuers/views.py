"""The two addresses of signing in by an issuer: the way there and the way back."""

from __future__ import annotations

import logging
import time

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal import ratelimit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.text import format_lazy
from django.views.decorators.http import require_safe

from catalog.people.models import Issuer, User
from catalog.people.signin.fresh import ask_again, is_fresh

from .accounts import follow_subject
from .kinds import scheme_of
from .schemes import Question, new_question
from .trouble import SignInTrouble, Why

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 600
LONGEST_CODE = 4096
DENIED = "access_denied"
_signer = TimestampSigner(salt="people.issuers.connect")


def connect_token(user: User, key: str) -> str:
    """Proof that the way to connect ``key`` began on a page of ``user``'s own account."""
    return _signer.sign(f"{user.pk}:{key}")


@require_safe
def start(request: HttpRequest, key: str) -> HttpResponse:
    """Sends the reader to the issuer; ``next`` is where they want to be afterwards."""
    issuer = get_object_or_404(Issuer, key=key, active=True)
    limit = {"start": settings.SIGN_IN_STARTS}
    if not ratelimit.consume(request, app="people", action="start", config=limit, limit_get=True):
        return ratelimit.respond_429(request)
    language = request.GET.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = translation.get_language() or settings.LANGUAGE_CODE
    translation.activate(language)
    process = AuthProcess.LOGIN
    if "connect" in request.GET:
        if not _is_own_wish(request, key):
            return HttpResponseRedirect(reverse("account"))
        if not is_fresh(request):
            return ask_again(request, reverse("account"))
        process = AuthProcess.CONNECT
    # Who is signed in already comes to show once more that it is them.
    is_again = process == AuthProcess.LOGIN and request.user.is_authenticated
    question = new_question(_callback(key), language, int(time.time()) if is_again else 0)
    try:
        address = scheme_of(issuer).address(question)
    except SignInTrouble as trouble:
        return _sorry(request, issuer, trouble)
    there = request.GET.get("next", "")
    state = {
        "process": process,
        "next": there if account_adapter(request).is_safe_url(there) else None,
        "nonce": question.nonce,
        "verifier": question.verifier,
        "language": language,
        "since": question.since,
    }
    statekit.stash_state(request, provider_id=key, state=state, state_id=question.state)
    return HttpResponseRedirect(address)


@require_safe
def back(request: HttpRequest, key: str) -> HttpResponse:
    """Where the issuer sends the reader back to, with a code or with bad news."""
    issuer = get_object_or_404(Issuer.objects.select_related("country"), key=key, active=True)
    state_id = request.GET.get("state", "")
    state = statekit.unstash_state(request, provider_id=key, state_id=state_id)
    if state is None:
        # Some services forget the state of those who said no.
        stopped = request.GET.get("error") == DENIED
        return _sorry(request, issuer, SignInTrouble(Why.STOPPED if stopped else Why.OUTDATED))
    translation.activate(state["language"])
    question = Question(
        state=state_id,
        nonce=state["nonce"],
        verifier=state["verifier"],
        callback=_callback(key),
        language=state["language"],
        since=state.get("since", 0),
    )
    try:
        identity = scheme_of(issuer).identify(question, _code(request), request.GET.get("iss", ""))
    except SignInTrouble as trouble:
        return _sorry(request, issuer, trouble)
    follow_subject(issuer, identity)
    provider = get_adapter(request).get_provider(request, provider=key)
    login = provider.sociallogin_from_response(request, identity)
    login.state = state
    response = complete_social_login(request, login)
    if question.since and request.user == login.user:
        record_authentication(
            request, request.user, "socialaccount", provider=key, reauthenticated=True
        )
    return response


def _callback(key: str) -> str:
    """One address for all languages: services must know it letter by letter."""
    return settings.PUBLIC_URL + reverse("issuer_back", args=[key])


def _is_own_wish(request: HttpRequest, key: str) -> bool:
    """Whether they asked for it a moment ago on the page of their own account."""
    try:
        signed = _signer.unsign(request.GET["connect"], max_age=CONNECT_SECONDS)
    except BadSignature:
        return False
    return signed == f"{request.user.pk}:{key}"


def _code(request: HttpRequest) -> str:
    error, code = request.GET.get("error", ""), request.GET.get("code", "")
    if error == DENIED:
        raise SignInTrouble(Why.STOPPED)
    if error or not 0 < len(code) <= LONGEST_CODE:
        raise SignInTrouble(Why.DOUBTFUL, f"it says {error[:60]!r}")
    return code


def _sorry(request: HttpRequest, issuer: Issuer, trouble: SignInTrouble) -> HttpResponse:
    if trouble.why in (Why.SILENT, Why.DOUBTFUL):
        logger.warning("Signing in by %s failed: %s", issuer.key, trouble)
    context = {
        "is_error": True,
        "status": trouble.why.status,
        "title": format_lazy(trouble.why.title, name=issuer),
        "advice": format_lazy(trouble.why.advice, name=issuer),
    }
    return render(request, "socialaccount/trouble.html", context, status=trouble.why.status)
