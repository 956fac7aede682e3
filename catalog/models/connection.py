"""Learning management systems that courses lead to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog import lms
from home.languages.translated import TranslatedField
from home.secrets import EncryptedTextField, Unreadable


class LMSConnection(models.Model):
    """One LMS; what its kind needs to know lies in ``options``, credentials apart and encrypted."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = TranslatedField(_("name"), max_length=120, help_text=_("As readers should see it."))
    kind = models.CharField(_("kind"), max_length=20, default="link")
    options = models.JSONField(default=dict, blank=True, editable=False)
    secret_options = EncryptedTextField(default="", blank=True, editable=False)
    list_megabytes = models.PositiveSmallIntegerField(
        _("largest list, in MB"),
        default=256,
        validators=[MinValueValidator(1), MaxValueValidator(2048)],
        help_text=_("A longer list of courses is refused while it is being read."),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("LMS connection")
        verbose_name_plural = _("LMS connections")
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def secrets(self) -> dict[str, str]:
        """The options that are credentials; empty when their key is gone from the settings."""
        return json.loads(self.secret_options) if self.secret_options else {}

    @property
    def is_locked(self) -> bool:
        """True when there are credentials that cannot be opened."""
        return isinstance(self.secret_options, Unreadable)

    @property
    def all_options(self) -> dict[str, str]:
        """What the connector is built from."""
        return {**self.options, **self.secrets}

    def set_options(self, values: Mapping[str, str]) -> None:
        """Keeps the values that fields of this kind have; KeyError for an unknown kind."""
        fields = lms.fields(self.kind)
        told = {field.name: values.get(field.name, "") for field in fields}
        hidden = {field.name for field in fields if field.secret and told[field.name]}
        self.options = {name: told[name] for name in told if told[name] and name not in hidden}
        if hidden or not self.is_locked:
            self.secret_options = (
                json.dumps({name: told[name] for name in sorted(hidden)}) if hidden else ""
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Credentials that were put among the plain options are encrypted all the same."""
        fields = lms.fields(self.kind) if self.kind in lms.kinds() else ()
        if any(field.secret and self.options.get(field.name) for field in fields):
            self.set_options({**self.secrets, **self.options})
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "options", "secret_options"}
        super().save(*args, **kwargs)

    @property
    def connector(self) -> lms.Connector:
        """The connector that speaks to this LMS. KeyError when its kind is gone."""
        from catalog.connections.services import services_of

        return lms.connector(self.kind, self.all_options, services_of(self))

    def clean(self) -> None:
        """Whatever the connector of this kind finds wrong."""
        if self.kind not in lms.kinds():
            raise ValidationError(_("There is no connector of this kind."))
        if problems := self.connector.problems():
            raise ValidationError(problems)
