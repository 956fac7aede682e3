"""What tests open of a demo portal; runs in a process that has the portal's settings.

``python -m tests.services.demo_pages`` prints as JSON, by language and name: ``key`` and ``every``,
the paths of pages, and ``refusals``, the HTML of pages that no plain address brings up.
"""

from __future__ import annotations

import io
import json
import random
from urllib.parse import quote

import django

if __name__ == "__main__":
    django.setup()

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.images import ImageFile
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image, ImageFilter

from catalog.addresses import centre_url, course_url, index_path, programme_url, provider_url
from catalog.models import Centre, Course, Programme
from catalog.selectors.cards import cards
from catalog.services import withdraw
from home.models import NewsIndexPage, NewsPage, PortalImage, StandardPage
from portal import errors

COURSE, GONE, REPLACEMENT = "EGOV-101", "LAW-120", "LAW-101"


def key_pages(language: str) -> dict[str, str]:
    """The ten pages that a reader meets first."""
    course = Course.objects.select_related("provider").get(code=COURSE)
    title = course.texts.get(locale__language_code=language).title
    centre, programme = Centre.objects.get(code="gence"), Programme.objects.filter(live=True)[0]
    news = NewsPage.objects.filter(locale__language_code=language, live=True)[0]
    return {
        "home": f"/{language}/",
        "search": f"/{language}/search/?q={quote(title.split()[0])}",
        "course": course_url(course.pk, title, language),
        "catalogue": index_path("course", language),
        "programme": programme_url(programme.pk, str(programme.title), language),
        "provider": provider_url(course.provider_id, str(course.provider.name), language),
        "centre": centre_url(centre.pk, str(centre.name), language),
        "centres": index_path("centre", language),
        "news": news.get_url(),
        "not-found": f"/{language}/nothing-here/",
    }


def every_page(language: str) -> dict[str, str]:
    """The key pages and all others of another template or state."""
    found = key_pages(language)
    courses = list(Course.objects.public().order_by("code").values_list("pk", flat=True))
    for card in cards(courses, language, timezone.now()):
        found.setdefault(f"course {card.availability.state}", card.url)
    numbers = "-".join(map(str, courses[:3]))
    gone = Course.objects.get(code=GONE)
    pages = StandardPage.objects.filter(locale__language_code=language)
    return found | {
        "course, not for this reader": f"{found['course']}?country=kz&institution=none",
        "course withdrawn": course_url(gone.pk, "", language),
        "own list": f"{found['catalogue']}?list={numbers}",
        "own list, empty": f"{found['catalogue']}?list=",
        "search, nothing found": f"/{language}/search/?q=zzzzqqqq",
        "search for centres": f"/{language}/search/?q=&type=centre",
        "programmes": index_path("programme", language),
        "providers": index_path("provider", language),
        "news list": NewsIndexPage.objects.get(locale__language_code=language).get_url(),
        "help form": reverse("contact"),
        "sign in": reverse("account_login"),
        "forgotten password": reverse("account_reset_password"),
        **{f"page {page.slug}": page.get_url() for page in pages},
    }


def refusals(language: str) -> dict[str, str]:
    """Pages for what goes wrong, which a browser does not come to by an address."""
    request = RequestFactory().get(f"/{language}/", headers={"host": "127.0.0.1"})
    request.user = AnonymousUser()
    answers = {
        "400": errors.bad_request(request),
        "403": errors.forbidden(request),
        "403, a form": errors.csrf_failure(request),
        "500": errors.server_error(request),
    }
    away = render_to_string("errors/503.html", {"language": language, "status": 503})
    return {"503": away} | {name: page.content.decode() for name, page in answers.items()}


def get_ready() -> None:
    """A course is withdrawn; the newest news and the course of the key pages get a photograph."""
    withdraw(
        Course.objects.get(code=GONE),
        {"az": "Qanun dəyişib."},
        Course.objects.get(code=REPLACEMENT),
    )
    image = PortalImage.objects.create(
        title="Auditoriya", alt_text={"az": "Auditoriya"}, file=_photograph()
    )
    newest = NewsPage.objects.order_by("-date", "-pk").first()
    for page in NewsPage.objects.filter(translation_key=newest.translation_key):
        page.image = image
        page.save()
    course = Course.objects.get(code=COURSE)
    course.image = image
    course.save()


def _photograph() -> ImageFile:
    """As large as a telephone takes them, with as much in it as a lecture room has."""
    chance = random.Random(7)
    small = Image.effect_noise((320, 240), 90).filter(ImageFilter.GaussianBlur(2))
    tint = Image.new("L", small.size, chance.randint(90, 160))
    picture = Image.merge("RGB", (small, small.transpose(Image.Transpose.ROTATE_180), tint))
    file = io.BytesIO()
    picture.resize((2560, 1920)).save(file, "JPEG", quality=90)
    file.seek(0)
    return ImageFile(file, name="auditoriya.jpg")


def main() -> None:
    """Tell everything."""
    get_ready()
    told: dict[str, dict[str, dict[str, str]]] = {"key": {}, "every": {}, "refusals": {}}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            told["key"][code] = key_pages(code)
            told["every"][code] = every_page(code)
            told["refusals"][code] = refusals(code)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
