"""Where the catalogue stands in the admin's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .connections import LMSConnectionViewSet
from .courses import CourseViewSet
from .places import CentreViewSet, CountryViewSet, InstitutionViewSet, ProviderViewSet
from .programmes import ProgrammeViewSet
from .runs import CourseRunViewSet
from .vocabularies import CompetencyViewSet, SubjectViewSet


class CatalogueGroup(SnippetViewSetGroup):
    """Courses and what belongs to them."""

    menu_label = _("Catalogue")
    menu_icon = "doc-full"
    menu_name = "catalogue"
    menu_order = 110
    items = (
        CourseViewSet,
        CourseRunViewSet,
        ProgrammeViewSet,
        SubjectViewSet,
        CompetencyViewSet,
        LMSConnectionViewSet,
    )


class PlacesGroup(SnippetViewSetGroup):
    """Who offers courses, and where."""

    menu_label = _("Places")
    menu_icon = "site"
    menu_name = "places"
    menu_order = 120
    items = (ProviderViewSet, CentreViewSet, CountryViewSet, InstitutionViewSet)
