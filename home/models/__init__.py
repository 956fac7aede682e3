"""Pages, media, settings and the version number that caches hang on."""

from .indexes import (
    CatalogueIndexPage,
    CentreIndexPage,
    EntryIndexPage,
    ProgrammeIndexPage,
    ProviderIndexPage,
)
from .media import PortalDocument, PortalImage, PortalRendition
from .pages import HomePage, NewsIndexPage, NewsPage, PortalPage, StandardPage
from .settings import SiteSettings
from .version import ContentVersion

__all__ = [
    "CatalogueIndexPage",
    "CentreIndexPage",
    "ContentVersion",
    "EntryIndexPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "PortalDocument",
    "PortalImage",
    "PortalPage",
    "PortalRendition",
    "ProgrammeIndexPage",
    "ProviderIndexPage",
    "SiteSettings",
    "StandardPage",
]
