"""Addresses of the portal as LTI platform: what tools call, and where a launch passes through."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe

from catalog.lms.lti import access, grading, keys, launch, members
from catalog.lms.lti.replies import FormPost, Refused, Reply

from .services import platform


def _for_tools(view: Callable[..., Reply]) -> Callable[..., HttpResponse]:
    """A view that tools call: no session, no cache, and no page that a 404 could lead to."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reply = view(request, *args, **kwargs)
        # Django looks for a page below a language wherever the answer is 404.
        request.urlconf = "catalog.connections.urls"
        body = b"" if reply.body is None else json.dumps(reply.body, ensure_ascii=False).encode()
        return HttpResponse(body, reply.kind, reply.status, headers=reply.headers)

    return wrapper


@require_safe
@cache_control(public=True, max_age=600)
def key_set(request: HttpRequest) -> HttpResponse:
    """The public keys."""
    return JsonResponse(keys.key_set(platform().keys))


@require_POST
@_for_tools
def token(request: HttpRequest) -> Reply:
    """Access tokens for tools."""
    return access.token(platform(), request.POST.dict())


@csrf_exempt
@never_cache
def authorise(request: HttpRequest) -> HttpResponse:
    """The tool sends the browser back; a signed message goes on to it.

    A form sent from the tool's page comes without our session's cookie, so it is asked for again
    as an ordinary visit.
    """
    if request.method == "POST":
        asked = {name: value[: launch.LONGEST_VALUE] for name, value in request.POST.items()}
        known = {name: asked[name] for name in _ASKED if name in asked}
        return HttpResponseRedirect(f"{request.path}?{urlencode(known)}")
    subject = request.user.get_username() if request.user.is_authenticated else ""
    try:
        form = launch.authorise(platform(), request.GET.dict(), subject)
    except Refused as refused:
        return _sorry(request, refused)
    return _send_on(request, form)


_ASKED = (
    *("client_id", "redirect_uri", "nonce", "state", "login_hint", "lti_message_hint"),
    *launch.EXPECTED,
)


def _send_on(request: HttpRequest, form: FormPost) -> HttpResponse:
    context = {"form": form, "host": urlsplit(form.url).netloc}
    response = render(request, "catalog/lti_launch.html", context)
    # Forms may leave for nowhere else.
    response._csp_update = {"form-action": list(form.origins)}
    return response


def _sorry(request: HttpRequest, refused: Refused) -> HttpResponse:
    """In words for the person; the code is for whoever helps them."""
    sentences = {
        401: _("You are not signed in any more. Sign in and open the course again."),
        403: _("You have no place in this course, or it belongs to another person."),
    }
    usual = _("The learning system and the portal do not understand each other.")
    context = {
        "sentence": sentences.get(refused.status, usual),
        "is_signed_out": refused.status == 401,
        "code": " ".join(filter(None, (refused.code, refused.detail))),
    }
    return render(request, "catalog/lti_refused.html", context, status=refused.status)


@_for_tools
def line_items(request: HttpRequest, entry: str) -> Reply:
    """The columns of a course: GET lists, POST adds."""
    told, tag = _bearer(request), request.GET.get("tag", "")
    return grading.line_items(platform(), told, entry, request.method, _body(request), tag)


@require_GET
@_for_tools
def line_item(request: HttpRequest, entry: str, item: str) -> Reply:
    """One column."""
    return grading.line_item(platform(), _bearer(request), entry, item)


@require_POST
@_for_tools
def scores(request: HttpRequest, entry: str, item: str) -> Reply:
    """A grade."""
    return grading.scores(platform(), _bearer(request), entry, item, _body(request))


@require_GET
@_for_tools
def member_list(request: HttpRequest, entry: str) -> Reply:
    """Everybody with a place."""
    return members.members(platform(), _bearer(request), entry, request.GET.get("rlid", ""))


def _bearer(request: HttpRequest) -> str:
    return request.headers.get("Authorization", "")


def _body(request: HttpRequest) -> bytes:
    """At most one byte more than is allowed, so that what is too long is seen to be."""
    return request.read(grading.LONGEST_BODY + 1)
