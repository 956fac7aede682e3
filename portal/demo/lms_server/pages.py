"""What a person sees who opens a course here: plainly a demonstration."""

from __future__ import annotations

from html import escape
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

from .answers import Response, kept
from .site import Course, Site

COOKIE = "demo_lms_user"
LABELS = {
    "az": "Bu, nümayiş üçün təlim sistemidir. Burada həqiqi kurs yoxdur.",
    "tr": "Bu, gösterim amaçlı bir öğrenme sistemidir. Burada gerçek kurs yoktur.",
    "en": "This is a learning system for demonstration. There are no real courses here.",
    "ru": "Это демонстрационная учебная система. Настоящих курсов здесь нет.",
    "kk": "Бұл – көрсетуге арналған оқу жүйесі. Мұнда нағыз курстар жоқ.",
}
STYLE = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}"
STYLE += ".demo{background:#fff3c4;color:#3b2f00;border:2px solid #8a6d00;padding:1rem}"
PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>{title} – demo LMS</title><style>{style}</style></head>
<body><p class="demo" role="note"><strong>{label}</strong></p>
<main><h1>{title}</h1>{body}</main></body></html>
"""


def answer(site: Site, path: str, query: str, language: str, cookie: str) -> Response:
    """The page at ``path``; 404 for what is not there."""
    asked = {name: values[-1] for name, values in parse_qs(query).items()}
    if path == "/auth/userkey/login.php":
        return _sign_in(site, asked)
    if path == "/":
        return _front(site, language)
    if path in ("/course/view.php", "/enrol/index.php", "/course/info.php"):
        course = _find(site, asked)
        return _course(site, course, language, _who(cookie)) if course else _missing(language)
    return _missing(language)


def _find(site: Site, asked: dict[str, str]) -> Course | None:
    names = {"id": "number", "name": "short_name", "idnumber": "idnumber"}
    for name, attribute in names.items():
        if value := asked.get(name):
            found = [c for c in site.courses.values() if str(getattr(c, attribute)) == value]
            return found[0] if found else None
    return None


def _who(cookie: str) -> int:
    morsel = SimpleCookie(cookie).get(COOKIE)
    return int(morsel.value) if morsel and morsel.value.isdigit() else 0


def _page(title: str, body: str, language: str, status: int = 200) -> Response:
    html = PAGE.format(
        lang=language, title=escape(title), label=LABELS[language], body=body, style=STYLE
    )
    return Response(html.encode(), status, "text/html; charset=utf-8")


def _front(site: Site, language: str) -> Response:
    links = "".join(
        f'<li><a href="/course/view.php?id={course.number}">{escape(course.title)}</a></li>'
        for course in list(site.courses.values())[:200]
        if course.visible
    )
    return _page("Demo LMS", f"<ul>{links}</ul>", language)


def _missing(language: str) -> Response:
    return _page("404", "", language, 404)


def _course(site: Site, course: Course, language: str, user: int) -> Response:
    person = site.users.get(user)
    lines = []
    if person:
        name = escape(f"{person.first_name} {person.last_name}".strip() or person.username)
        is_in = site.is_in(user, course.number)
        lines = [f"<p>{name} ({escape(person.username)}): {'✓' if is_in else '–'}</p>"]
    return _page(course.title, "".join(lines) + f"<p>{escape(course.short_name)}</p>", language)


def _sign_in(site: Site, asked: dict[str, str]) -> Response:
    """A key opens once, and only pages of this very site."""
    user = site.login_keys.pop(asked.get("key", ""), 0)
    if not user:
        return kept("moodle/userkey_used.html", 404)
    wanted = urlsplit(asked.get("wantsurl", ""))
    target = (
        f"{wanted.path}?{wanted.query}"
        if f"{wanted.scheme}://{wanted.netloc}" == site.root
        else "/"
    )
    headers = (("Location", target), ("Set-Cookie", f"{COOKIE}={user}; HttpOnly; SameSite=Lax"))
    return Response(status=303, headers=headers)
