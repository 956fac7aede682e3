"""Sign-in services and privacy texts in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from catalog.people.issuers.discovery import description, is_acceptable
from catalog.people.issuers.trouble import SignInTrouble
from catalog.people.models import Issuer, PrivacyText

from .base import CatalogueViewSet


class IssuerForm(WagtailAdminModelForm):
    """The secret is never shown again; an active service is asked for its description at once."""

    secret = forms.CharField(
        label=_("Client secret"),
        required=False,
        max_length=2000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "Stored encrypted and never shown. Leave it empty to keep the one that is there."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].disabled = bool(self.instance.pk) and self.instance.is_in_use
        self.initial.pop("secret", None)

    def clean_secret(self) -> str:
        """The one that is there, unless a new one was typed."""
        return self.cleaned_data["secret"] or self.instance.secret

    def clean_url(self) -> str:
        """Https; plain http is for services on this machine that the settings list."""
        url = self.cleaned_data["url"]
        if not is_acceptable(url):
            raise ValidationError(_("The address must begin with https:// and hold no password."))
        return url

    def clean(self) -> dict[str, Any]:
        """A service that cannot be read is not offered to anybody."""
        data = super().clean()
        is_moved = self.instance.pk and "url" in self.changed_data
        if is_moved and self.instance.secret and "secret" not in self.changed_data:
            # A secret must not follow an address to another machine unseen.
            self.add_error("secret", _("The address has changed: type this once more."))
        is_described = data.get("kind") == Issuer.Kind.OIDC and data.get("active")
        if is_described and data.get("url") and not self.errors:
            try:
                description(data["url"])
            except SignInTrouble as trouble:
                self.add_error("url", _("The service cannot be read: %s") % trouble)
        return data


class CallbackPanel(HelpPanel):
    """The address that the service has to be told."""

    class BoundPanel(HelpPanel.BoundPanel):
        """For one issuer."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.content = self._content()

        def _content(self) -> SafeString:
            key = self.instance.key or "…"
            path = reverse("issuer_back", args=["KEY"]).replace("KEY", key)
            said = _("Tell the service that people are sent back to this address:")
            return format_html("<p>{} <code>{}{}</code></p>", said, settings.PUBLIC_URL, path)


class IssuerViewSet(CatalogueViewSet):
    """Services that people sign in by."""

    model = Issuer
    icon = "key"
    list_display = ["name", "key", "kind", "country", "active"]
    search_fields = ["name", "key", "url"]
    edit_handler = ObjectList(
        [
            CallbackPanel(),
            FieldRowPanel([FieldPanel("key"), FieldPanel("kind")]),
            FieldPanel("name"),
            FieldPanel("url"),
            FieldRowPanel([FieldPanel("client_id"), FieldPanel("secret")]),
            FieldPanel("scopes"),
            MultiFieldPanel(
                [
                    FieldPanel("country", widget=forms.Select),
                    FieldRowPanel([FieldPanel("country_claim"), FieldPanel("institution_claim")]),
                    FieldPanel("language_claim"),
                    FieldPanel("trusts_email"),
                ],
                heading=_("What it says about people"),
            ),
            FieldRowPanel([FieldPanel("active"), FieldPanel("order")]),
        ],
        base_form_class=IssuerForm,
    )


class PrivacyTextViewSet(CatalogueViewSet):
    """Versions of what people agree to."""

    model = PrivacyText
    icon = "doc-full-inverse"
    list_display = ["version", "begins"]
    search_fields = ["version"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("version"), FieldPanel("begins")]),
            FieldPanel("text"),
        ]
    )


class SignInGroup(SnippetViewSetGroup):
    """How people come in."""

    menu_label = _("Signing in")
    menu_icon = "key"
    menu_name = "signing-in"
    menu_order = 610
    items = (IssuerViewSet, PrivacyTextViewSet)
