"""Pages, media, settings and the version number that caches hang on."""

from .concept import Concept, ConceptTerm
from .help_message import HelpMessage
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
    "Concept",
    "ConceptTerm",
    "ContentVersion",
    "EntryIndexPage",
    "HelpMessage",
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
