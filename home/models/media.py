"""Images and documents, with the alternative text and rights that a public body must state."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from home.languages.translated import TranslatedField


class PortalImage(AbstractImage):
    """An uploaded photograph or drawing."""

    alt_text = TranslatedField(
        _("alternative text"),
        blank=True,
        help_text=_("What the image shows, for people who cannot see it. One line per language."),
    )
    credit = models.CharField(_("credit"), max_length=255, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "alt_text", "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        """The alternative text in the reader's language."""
        return str(self.alt_text) or getattr(self, "description", "") or ""


class PortalRendition(AbstractRendition):
    """One size and format of an image."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class PortalDocument(AbstractDocument):
    """An uploaded file."""

    language = models.CharField(_("language"), max_length=12, blank=True)

    admin_form_fields = (*Document.admin_form_fields, "language")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
