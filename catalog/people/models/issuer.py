"""Those who vouch for people of another house: national and institutional sign-in services."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from home.languages.translated import TranslatedField
from home.secrets import EncryptedTextField

from .places import Country


class Issuer(models.Model):
    """A sign-in service; people are known by its key and the subject it names, never by e-mail."""

    class Kind(models.TextChoices):
        """What it speaks."""

        OIDC = "oidc", _("OpenID Connect")
        EDEVLET = "edevlet", _("e-Devlet (OAuth 2.0)")

    key = models.SlugField(
        _("key"),
        max_length=40,
        unique=True,
        help_text=_("Stands in the address that the service sends people back to."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OIDC)
    name = TranslatedField(_("name"), max_length=80, help_text=_("Stands on the button."))
    url = models.URLField(
        _("address of the issuer"),
        max_length=200,
        help_text=_(
            "As the service names itself; its description is read from "
            "/.well-known/openid-configuration below it."
        ),
    )
    client_id = models.CharField(_("client ID"), max_length=255)
    secret = EncryptedTextField(_("client secret"), max_length=2000, blank=True)
    scopes = models.CharField(
        _("scopes"), max_length=255, default="openid profile email", blank=True
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        verbose_name=_("signs in for"),
        null=True,
        blank=True,
        help_text=_("Everybody who comes this way is of this country."),
    )
    country_claim = models.CharField(
        _("claim with the country"),
        max_length=60,
        blank=True,
        help_text=_("Its value is the code of a country here. Used where none is chosen above."),
    )
    institution_claim = models.CharField(
        _("claim with the institution"),
        max_length=60,
        blank=True,
        help_text=_("Its value is the code of an institution here."),
    )
    language_claim = models.CharField(
        _("claim with the language"), max_length=60, blank=True, default="locale"
    )
    trusts_email = models.BooleanField(
        _("checks e-mail addresses"),
        default=False,
        help_text=_("Take over addresses of which the service does not say that it checked them."),
    )
    active = models.BooleanField(_("active"), default=False)
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, validators=[MaxValueValidator(9999)]
    )

    class Meta:
        verbose_name = _("sign-in service")
        verbose_name_plural = _("sign-in services")
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return str(self.name) or self.key

    @property
    def is_in_use(self) -> bool:
        """Whether anybody is known by its key: then it must stay who it is."""
        from allauth.socialaccount.models import SocialAccount

        return SocialAccount.objects.filter(provider=self.key).exists()

    def clean(self) -> None:
        """Another address under the same key could sign in as everybody who is known by it."""
        super().clean()
        before = Issuer.objects.filter(pk=self.pk).first()
        if before is None and self.is_in_use:
            raise ValidationError(
                {"key": _("An earlier service had this key. Choose another one.")}
            )
        if before is None or not before.is_in_use:
            return
        for name in ("key", "kind", "url"):
            if getattr(before, name) != getattr(self, name):
                message = _("People are known by it already. Make another service instead.")
                raise ValidationError({name: message})
