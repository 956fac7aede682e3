"""The frame around every public page: site, menu, footer and languages, kept until a change."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.translation import get_language
from wagtail.models import Locale, Page, Site

from home.cache import kept
from home.colours import brand_address
from home.models import HomePage, SiteSettings, StandardPage


@dataclass(frozen=True)
class Link:
    """A title and where it leads; ``language`` only where the title is not in the page's."""

    title: str
    url: str
    language: str = ""


@dataclass(frozen=True)
class Frame:
    """What surrounds a page of one site in one language; ``base_url`` has no final slash."""

    language: str
    name: str
    tagline: str
    settings: SiteSettings
    base_url: str
    home_url: str
    search_url: str
    menu: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()
    languages: tuple[str, ...] = ()
    brand_url: str = ""


def site_for(request: HttpRequest) -> Site | None:
    """The site that answers for the request's host, as Wagtail would find it, without a query."""
    if not hasattr(request, "_wagtail_site"):
        host = split_domain_port(request.get_host())[0]
        request._wagtail_site = _match(_sites(), host, str(request.get_port()))
    return request._wagtail_site


def frame_for(request: HttpRequest) -> Frame:
    """The frame of the request's site in the active language."""
    site = site_for(request)
    return frame_of(site.pk if site else 0, active_language())


def active_language() -> str:
    """The active language if the portal speaks it, otherwise its default."""
    language = get_language() or ""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def address(page: Page, home: Page, language: str) -> str:
    """The path of ``page``, which stands below ``home``."""
    return f"/{language}/{page.url_path[len(home.url_path) :]}"


@kept
def home_pages(site_id: int) -> dict[str, HomePage]:
    """The published front pages of a site by language, in the order of the portal's languages."""
    site = next((site for site in _sites() if site.pk == site_id), None)
    if site is None:
        return {}
    pages = HomePage.objects.live().select_related("locale", "content_type")
    found = {
        page.locale.language_code: page
        for page in pages.filter(translation_key=site.root_page.translation_key)
    }
    own = site_settings(site_id)
    chosen = {locale.language_code for locale in own.languages.all()} if own.pk else set()
    codes = [code for code, _name in settings.LANGUAGES if not chosen or code in chosen]
    return {code: found[code] for code in codes if code in found}


@kept
def site_settings(site_id: int) -> SiteSettings:
    """The settings of a site, or the defaults where nobody has saved any."""
    return SiteSettings.objects.filter(site_id=site_id).select_related("logo").first() or (
        SiteSettings()
    )


@kept
def language_codes() -> dict[int, str]:
    """Language codes by the number of their locale."""
    return dict(Locale.all_objects.values_list("pk", "language_code"))


@kept
def _sites() -> list[Site]:
    return list(Site.objects.select_related("root_page"))


def _match(sites: list[Site], host: str, port: str) -> Site | None:
    """The site of this host and port, else the one of this host, else the default one."""
    same_host = [site for site in sites if site.hostname == host]
    exact = [site for site in same_host if str(site.port) == port]
    default = [site for site in sites if site.is_default_site]
    of_host = same_host if len(same_host) == 1 else [s for s in same_host if s.is_default_site]
    return next(iter([*exact, *of_host, *default]), None)


@kept
def frame_of(site_id: int, language: str) -> Frame:
    """The frame of a site in a language; ``site_id`` 0 where there is no site."""
    own, homes = site_settings(site_id), home_pages(site_id)
    site = next((site for site in _sites() if site.pk == site_id), None)
    is_main = site is None or site.is_default_site
    menu, footer = _links(homes[language], language) if language in homes else ((), ())
    return Frame(
        language=language,
        name=own.name.text(language) or settings.WAGTAIL_SITE_NAME,
        tagline=own.tagline.text(language),
        settings=own,
        base_url=settings.PUBLIC_URL if is_main else site.root_url,
        home_url=f"/{language}/",
        search_url=f"/{language}/search/",
        menu=menu,
        footer=footer,
        languages=tuple(homes),
        brand_url=brand_address(own.brand, own.brand_2, own.gold),
    )


def _links(home: HomePage, language: str) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """Menu: what is marked for menus below the front page. Footer: its other ordinary pages."""
    rows = (
        Page.objects.child_of(home)
        .live()
        .public()
        .select_related("alias_of", "content_type")
        .order_by("path")
    )
    menu, footer = [], []
    for page in rows:
        origin = language_codes()[(page.alias_of or page).locale_id]
        link = Link(page.title, address(page, home, language), "" if origin == language else origin)
        if page.show_in_menus:
            menu.append(link)
        elif page.content_type.model_class() is StandardPage:
            footer.append(link)
    return tuple(menu), tuple(footer)
