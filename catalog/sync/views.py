"""The address to which an LMS pushes its courses."""

from __future__ import annotations

import json
import logging

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from catalog.lms.results import plain

from .push import LONGEST, receive
from .signing import Refused

logger = logging.getLogger(__name__)


@csrf_exempt
@never_cache
def course_runs(request: HttpRequest) -> HttpResponse:
    """POST of a signed list; docs/lms.md tells how."""
    try:
        if request.method != "POST":
            raise Refused(405, _("Only POST is allowed here."))
        # One byte more than is allowed shows that there is more.
        run = receive(request.headers, request.read(LONGEST + 1))
    except Refused as refused:
        code = plain(request.headers.get("X-Connection", ""), 60)
        logger.warning("Push for “%s” refused: %s", code, refused.detail)
        return _problem(refused)
    return _json({"run": run.pk, "counts": run.counts}, 200, "application/json")


def _problem(refused: Refused) -> HttpResponse:
    """As RFC 9457 wants it told."""
    told = {"type": "about:blank", "status": refused.status, "detail": refused.detail}
    told |= {"problems": refused.problems} if refused.problems else {}
    response = _json(told, refused.status, "application/problem+json")
    if refused.status == 405:
        response["Allow"] = "POST"
    if refused.status == 409:
        response["Retry-After"] = "60"
    return response


def _json(told: dict, status: int, kind: str) -> HttpResponse:
    return HttpResponse(json.dumps(told, ensure_ascii=False).encode(), kind, status)
