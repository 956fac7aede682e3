"""Open edX: client credentials, the course list, both versions of the enrolment API, grades."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote

from .answers import Response, data, kept, text_of
from .faults import AFTER, INSTEAD, Faults
from .openedx_site import EdxCourse, EdxPlace, EdxSite

V1, V2 = "/api/enrollment/v1/", "/api/enrollment/v2/"
COURSES, GRADES = "/api/courses/v1/courses/", "/api/grades/v1/courses/"
TOKEN = "/oauth2/access_token"  # noqa: S105
PREFIXES = ("/api/", TOKEN)
EMPTY_404 = Response(status=404, kind="text/html; charset=utf-8")


class Request:
    """One request, with what Open edX reads of it."""

    def __init__(self, method: str, path: str, query: str, body: bytes, token: str) -> None:
        self.method, self.path, self.body, self.token = method, unquote(path), body, token
        self.query = {name: values[-1] for name, values in parse_qs(query).items()}

    def sent(self) -> dict[str, Any]:
        """The JSON object in the body."""
        try:
            value = json.loads(self.body or b"{}")
        except ValueError:
            value = {}
        return value if isinstance(value, dict) else {}


def answer(site: EdxSite, faults: Faults, request: Request) -> Response:
    """The answer to one request."""
    course = request.sent().get("course_details", {}).get("course_id", "")
    fault = faults.next(request.path, {course})
    if fault in INSTEAD:
        return INSTEAD[fault]
    with site.lock:
        response = _route(site, request)
    if fault in AFTER:
        return INSTEAD["cut" if fault == "lost" else "gateway"]
    return response


def _route(site: EdxSite, request: Request) -> Response:
    path = request.path
    if path == TOKEN:
        return _token(site, request)
    if path.startswith(COURSES):
        return _courses(site, request, path.removeprefix(COURSES).rstrip("/"))
    if path.startswith(V2) and not site.has_v2:
        return EMPTY_404
    if not path.startswith((V1, V2, GRADES)):
        return EMPTY_404
    if site.tokens.get(request.token, 0) < site.now():
        return kept("openedx/v2/authn.json", 401) if path.startswith(V2) else Response(status=401)
    if path.startswith(GRADES):
        return _grade(site, request, path.removeprefix(GRADES).rstrip("/"))
    version = 2 if path.startswith(V2) else 1
    rest = path.removeprefix(V2 if version == 2 else V1).rstrip("/")
    if request.method == "POST" and rest == "enrollment":
        return _enrol(site, request.sent(), version)
    kind, _slash, key = rest.partition("/")
    if kind in ("course", "courses"):
        found = site.courses.get(key)
        return data(found.details()) if found else _not_found(version, "no_course")
    if version == 2 and rest == "enrollment":
        return data({"next": None, "previous": None, "count": 0, "results": []})
    user, _comma, course = key.partition(",")
    place = site.places.get((user, course))
    return data(_shown(site, place)) if place else Response()


def _token(site: EdxSite, request: Request) -> Response:
    form = dict(parse_qsl(request.body.decode("utf-8", "replace")))
    secret = site.clients.get(form.get("client_id", ""))
    is_right = form.get("grant_type") == "client_credentials" and form.get("token_type") == "jwt"
    if secret is None or secret != form.get("client_secret") or not is_right:
        return data({"error": "invalid_client"}, 401)
    token = secrets.token_hex(8)
    site.tokens[token] = site.now() + site.token_seconds
    site.tokens_given += 1
    told = json.loads(text_of("openedx/token.json"))
    return data(told | {"access_token": token, "expires_in": site.token_seconds})


def _courses(site: EdxSite, request: Request, key: str) -> Response:
    if key:
        found = site.courses.get(key)
        return data(found.listed() | {"overview": ""}) if found else EMPTY_404
    size = min(int(request.query.get("page_size", 10)), 100)
    page = int(request.query.get("page", 1))
    every = [course for course in site.courses.values() if not course.hidden]
    shown = every[(page - 1) * size : page * size]
    if not shown and page > 1:
        return EMPTY_404
    pages = -(-len(every) // size)
    following = f"https://lms.example{COURSES}?page={page + 1}" if page < pages else None
    paging = {"next": following, "previous": None, "count": len(every), "num_pages": pages}
    return data({"results": [course.listed() for course in shown], "pagination": paging})


def _enrol(site: EdxSite, sent: dict[str, Any], version: int) -> Response:
    if not site.is_staff:
        return kept("openedx/v2/authz.json", 403) if version == 2 else EMPTY_404
    user = sent.get("user") or next(
        (name for name, email in site.users.items() if email == sent.get("email")), ""
    )
    if user not in site.users:
        return _not_found(2, "") if version == 2 else Response(status=406)
    course = site.courses.get(sent.get("course_details", {}).get("course_id", ""))
    if course is None:
        return _not_found(version, "no_course")
    place = site.places.get((user, course.key))
    mode = sent.get("mode") or "audit"
    if sent.get("is_active") is False:
        return _withdraw(site, place, mode, version)
    if place is None or not place.is_active:
        if refusal := _refusal(
            site, course, mode, version, force=bool(sent.get("force_enrollment"))
        ):
            return refusal
        place = site.places[user, course.key] = EdxPlace(user, course.key, mode, True)
    return data(_shown(site, place))


def _refusal(
    site: EdxSite, course: EdxCourse, mode: str, version: int, *, force: bool
) -> Response | None:
    if mode not in course.modes:
        told = json.loads(text_of("openedx/v1/mode.json"))
        return _bad(told["message"], version, course_details=course.details())
    now = datetime.fromtimestamp(site.now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    taken = sum(place.course == course.key and place.is_active for place in site.places.values())
    is_full = 0 < course.most <= taken
    if is_full or (not force and not course.is_open(now)):
        told = json.loads(text_of("openedx/v1/closed_or_full.json"))
        return _bad(told["message"], version)
    return None


def _withdraw(site: EdxSite, place: EdxPlace | None, mode: str, version: int) -> Response:
    if place is None:
        return Response()
    if place.mode != mode:
        return _bad(json.loads(text_of("openedx/v1/mismatch.json"))["message"], version)
    place.is_active = False
    return data(_shown(site, place))


def _shown(site: EdxSite, place: EdxPlace) -> dict[str, Any]:
    return {
        "created": "2026-01-01T00:00:00Z",
        "mode": place.mode,
        "is_active": place.is_active,
        "user": place.user,
        "course_details": site.courses[place.course].details(),
    }


def _bad(message: str, version: int, **more: Any) -> Response:
    if version == 1:
        return data({"message": message, **more}, 400)
    problem = json.loads(text_of("openedx/v2/validation.json"))
    return data(problem | {"detail": message, **more}, 400)


def _not_found(version: int, name: str) -> Response:
    if version == 2:
        return kept("openedx/v2/not-found.json", 404)
    return kept(f"openedx/v1/{name}.json", 400)


def _grade(site: EdxSite, request: Request, course: str) -> Response:
    user = request.query.get("username", "")
    if user not in site.users:
        return kept("openedx/grades_user_does_not_exist.json", 404)
    place = site.places.get((user, course))
    if place is None:
        return kept("openedx/grades_user_not_enrolled.json", 404)
    grade = {
        "username": user,
        "email": "",
        "course_id": course,
        "passed": place.percent >= 0.5,
        "percent": place.percent,
        "letter_grade": "Pass" if place.percent >= 0.5 else None,
    }
    return data([grade])
