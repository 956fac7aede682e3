"""Providers, training centres, countries and institutions in the admin."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)

from catalog.models import Centre, Provider
from catalog.people.models import Country, Institution

from .base import CatalogueViewSet
from .chooser import OwnChooserViewSet
from .gate import InstanceGate

_CONTACT = MultiFieldPanel([FieldPanel("email"), FieldPanel("phone")], heading=_("Contact"))


class ProviderViewSet(InstanceGate, CatalogueViewSet):
    """Institutions that offer courses; only who works for all of them appoints teams."""

    model = Provider
    icon = "group"
    list_display = ["name", "code", "country", "city"]
    list_filter = ["country"]
    search_fields = ["name", "code", "city"]
    chooser_viewset_class = OwnChooserViewSet
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("country", widget=forms.Select)]),
            FieldPanel("name"),
            FieldPanel("summary"),
            FieldPanel("about"),
            FieldPanel("city"),
            FieldRowPanel([FieldPanel("website"), FieldPanel("email")]),
            FieldPanel("institution", widget=forms.Select),
            FieldPanel("logo"),
            FieldPanel(
                "team",
                permission="catalog.any_provider",
                widget=forms.SelectMultiple(attrs={"size": 12}),
            ),
        ]
    )


class CentreViewSet(CatalogueViewSet):
    """Training centres with their rooms and their history."""

    model = Centre
    icon = "site"
    list_display = ["name", "code", "kind", "status", "city"]
    list_filter = ["kind", "status", "country"]
    search_fields = ["name", "code", "city", "region"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("country", widget=forms.Select)]),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("status")]),
            FieldPanel("name"),
            FieldPanel("region"),
            FieldPanel("city"),
            FieldPanel("address"),
            FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            FieldPanel("time_zone"),
            FieldPanel("opening_hours"),
            FieldPanel(
                "accessibility",
                help_text=_("Ramps, lifts, toilets, parking: what a wheelchair user must know."),
            ),
            _CONTACT,
            InlinePanel(
                "rooms",
                heading=_("Rooms"),
                label=_("Room"),
                panels=[
                    FieldRowPanel([FieldPanel("code"), FieldPanel("seats")]),
                    FieldPanel("name"),
                    FieldPanel("step_free"),
                    FieldPanel("equipment"),
                ],
            ),
            InlinePanel(
                "history",
                heading=_("History"),
                label=_("Change"),
                help_text=_("The page of a centre that moved or closed tells visitors when."),
                panels=[
                    FieldRowPanel([FieldPanel("date"), FieldPanel("event")]),
                    FieldPanel("note"),
                ],
            ),
            FieldPanel(
                "successor",
                widget=forms.Select,
                help_text=_("Where people go now that this centre is closed."),
            ),
        ]
    )


class CountryViewSet(CatalogueViewSet):
    """Countries and territories of the portal's learners."""

    model = Country
    icon = "globe"
    list_display = ["name", "code", "iso_code"]
    search_fields = ["name", "code"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("code"), FieldPanel("iso_code")]),
            FieldRowPanel([FieldPanel("time_zone"), FieldPanel("order")]),
        ]
    )


class InstitutionViewSet(CatalogueViewSet):
    """Public bodies whose employees learn here."""

    model = Institution
    icon = "home"
    list_display = ["name", "code", "country", "kind"]
    list_filter = ["country", "kind"]
    search_fields = ["name", "code"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]),
            FieldPanel("country", widget=forms.Select),
        ]
    )
