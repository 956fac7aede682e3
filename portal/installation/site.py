"""An empty but real portal: locales, site, home and index pages, settings, first administrator."""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import LocaleSynchronization

from catalog.people.models import User
from catalog.roles import install_roles
from home import models as pages
from home.cache import touch_content

from .structure import HOME, INDEXES


@transaction.atomic
def install_site() -> list[str]:
    """Make whatever is missing; running it again changes nothing. Returns what was made."""
    made: list[str] = []
    locales = {code: _locale(code, made) for code, _name in settings.LANGUAGES}
    homes = _home_pages(locales, made)
    for class_name, words in INDEXES.items():
        _index_pages(getattr(pages, class_name), words, homes, made)
    _follow_default_locale(locales)
    install_roles()
    if made:
        touch_content()
    return made


def install_administrator(email: str, password: str) -> User | None:
    """The first administrator; None when there is one already."""
    if User.objects.filter(is_superuser=True).exists():
        return None
    return User.objects.create_superuser(email=email, password=password)


def _locale(code: str, made: list[str]) -> Locale:
    locale, is_new = Locale.objects.get_or_create(language_code=code)
    if is_new:
        made.append(f"locale {code}")
    return locale


def _home_pages(locales: dict[str, Locale], made: list[str]) -> dict[str, pages.HomePage]:
    root = Page.get_first_root_node()
    found = {page.locale.language_code: page for page in pages.HomePage.objects.child_of(root)}
    default = settings.LANGUAGE_CODE
    key = found[default].translation_key if default in found else uuid.uuid4()
    for code, locale in locales.items():
        if code in found:
            continue
        slug = "home-page" if code == default else f"home-{code}"
        page = pages.HomePage(
            title=HOME.get(code, "Learning Gate"), slug=slug, locale=locale, translation_key=key
        )
        found[code] = root.add_child(instance=page)
        made.append(f"home page {code}")
    _site(found[default], made)
    return found


def _site(home: pages.HomePage, made: list[str]) -> None:
    address = urlsplit(settings.PUBLIC_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    place = (address.hostname or "localhost", port)
    welcome = Page.objects.filter(depth=2).exclude(pk__in=pages.HomePage.objects.values("pk"))
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or not pages.HomePage.objects.filter(pk=site.root_page_id).exists():
        site = site or Site(is_default_site=True)
        site.site_name, site.root_page = settings.WAGTAIL_SITE_NAME, home
        site.hostname, site.port = place
        site.save()
        made.append("site")
        # The page that a new Wagtail brings along.
        for page in welcome.filter(slug="home", numchild=0):
            page.delete()
    elif (site.hostname, site.port) != place:
        # Mails and canonical addresses follow PUBLIC_URL, also when the portal moves.
        site.hostname, site.port = place
        site.save()
        made.append("address of the site")
    pages.SiteSettings.objects.get_or_create(
        site=site, defaults={"name": {code: "Learning Gate" for code, _n in settings.LANGUAGES}}
    )


def _index_pages(model: type[Page], words: dict, homes: dict, made: list[str]) -> None:
    existing = {page.locale.language_code: page for page in model.objects.all()}
    key = next((page.translation_key for page in existing.values()), uuid.uuid4())
    for code, home in homes.items():
        if code in existing:
            continue
        title, slug = words.get(code, words["en"])
        page = model(
            title=title, slug=slug, locale=home.locale, translation_key=key, show_in_menus=True
        )
        home.add_child(instance=page)
        page.save_revision(log_action=False)
        made.append(f"{model.__name__} {code}")


def _follow_default_locale(locales: dict[str, Locale]) -> None:
    """New pages of the default language appear as aliases in the others."""
    source = locales[settings.LANGUAGE_CODE]
    for locale in locales.values():
        if locale != source and not LocaleSynchronization.objects.filter(locale=locale).exists():
            # bulk_create: the signal of a plain save would copy the whole tree now.
            LocaleSynchronization.objects.bulk_create(
                [LocaleSynchronization(locale=locale, sync_from=source)]
            )
