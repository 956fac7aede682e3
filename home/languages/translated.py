"""A model field for short texts in several languages, kept in one column."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Translated(dict):
    """``{"az": "…", "en": "…"}``; as a string, the text in the reader's language or the nearest."""

    def language(self, wanted: str | None = None) -> str:
        """The language whose text a reader of ``wanted`` sees; "" when there is no text at all."""
        wanted = wanted or get_language() or settings.LANGUAGE_CODE
        for code in (wanted, settings.LANGUAGE_CODE, "en", *self):
            if self.get(code):
                return code
        return ""

    def text(self, wanted: str | None = None) -> str:
        """The text a reader of ``wanted`` sees; "" when there is none."""
        return self.get(self.language(wanted), "")

    def __str__(self) -> str:
        return self.text()

    def __bool__(self) -> bool:
        return any(self.values())


def language_codes() -> list[str]:
    """Codes of the portal's languages, the default first."""
    return [code for code, _name in settings.LANGUAGES]


class TranslatedWidget(forms.MultiWidget):
    """One input for each language, labelled with the language's name."""

    template_name = "admin/translated_widget.html"

    def __init__(self, rows: int = 1, attrs: dict | None = None) -> None:
        self.codes = language_codes()
        widgets = {}
        for code in self.codes:
            own = {"lang": code, "class": "w-w-full"}
            widgets[code] = (
                forms.Textarea({**own, "rows": rows}) if rows > 1 else forms.TextInput(own)
            )
        super().__init__(widgets, attrs)

    def decompress(self, value: dict | None) -> list[str]:
        """Texts in the order of the portal's languages."""
        return [(value or {}).get(code, "") for code in self.codes]

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        """Adds the language names to the sub-widgets."""
        context = super().get_context(name, value, attrs)
        names = dict(settings.LANGUAGES)
        for code, part in zip(self.codes, context["widget"]["subwidgets"], strict=True):
            part["language"] = names[code]
            part["code"] = code
        return context


class TranslatedFormField(forms.MultiValueField):
    """Texts typed one language at a time; at least one when required."""

    def __init__(self, *, max_length: int | None = None, rows: int = 1, **kwargs: Any) -> None:
        fields = [
            forms.CharField(required=False, max_length=max_length) for _code in language_codes()
        ]
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        super().__init__(
            fields, require_all_fields=False, widget=TranslatedWidget(rows=rows), **kwargs
        )

    def compress(self, values: list[str]) -> Translated:
        """Only the languages that have text."""
        pairs = zip(language_codes(), values or [], strict=False)
        return Translated({code: text.strip() for code, text in pairs if text and text.strip()})

    def has_changed(self, initial: Any, data: Any) -> bool:
        """True when any language's text differs."""
        return Translated(initial or {}) != self.compress(data if isinstance(data, list) else [])


class TranslatedField(models.JSONField):
    """Short text in several languages; ``max_length`` holds for each of them."""

    def __init__(self, *args: Any, max_length: int = 255, rows: int = 1, **kwargs: Any) -> None:
        self.each_max_length, self.rows = max_length, rows
        kwargs.setdefault("default", Translated)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple:
        """Keeps the length per language in migrations."""
        name, path, args, kwargs = super().deconstruct()
        if self.each_max_length != 255:
            kwargs["max_length"] = self.each_max_length
        if self.rows != 1:
            kwargs["rows"] = self.rows
        return name, path, args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Translated:
        """Rows come back as ``Translated``."""
        return Translated(super().from_db_value(value, expression, connection) or {})

    def to_python(self, value: Any) -> Translated:
        """Anything mapping-like becomes ``Translated``."""
        return Translated(value or {})

    def value_from_object(self, obj: models.Model) -> Translated:
        """For forms."""
        return Translated(super().value_from_object(obj) or {})

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Every language known to the portal, text only, within the length."""
        if not self.blank and not value:
            raise ValidationError(self.error_messages["blank"], code="blank")
        for code, text in (value or {}).items():
            if not isinstance(text, str) or len(text) > self.each_max_length:
                raise ValidationError(
                    _("The text in “%(language)s” is longer than %(limit)d characters."),
                    params={"language": code, "limit": self.each_max_length},
                )

    def formfield(self, **kwargs: Any) -> forms.Field:
        """One input per language."""
        return models.Field.formfield(
            self,
            form_class=TranslatedFormField,
            max_length=self.each_max_length,
            rows=self.rows,
            **kwargs,
        )
