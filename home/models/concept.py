"""The glossary: concepts with their terms, synonyms and abbreviations in every language."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from home.languages.facts import is_language_code
from home.languages.folding import fold_text


class Concept(ClusterableModel):
    """One meaning, whatever it is called; search widens queries by it, translation keeps to it."""

    class Area(models.TextChoices):
        """Where the concept is at home."""

        ADMINISTRATION = "administration", _("Public administration")
        EGOVERNMENT = "e-government", _("E-government")
        LAW = "law", _("Law")
        FINANCE = "finance", _("Finance")
        TECHNOLOGY = "technology", _("Information technology")
        TRAINING = "training", _("Training")
        OTHER = "other", _("Other")

    code = models.SlugField(_("code"), max_length=80, unique=True)
    area = models.CharField(_("area"), max_length=20, choices=Area, default=Area.OTHER)
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("For colleagues; never shown.")
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def languages(self) -> str:
        """Codes of the languages it has terms in, for the list."""
        return " ".join(sorted({term.language for term in self.terms.all()}))

    languages.short_description = _("languages")  # type: ignore[attr-defined]


class ConceptTerm(models.Model):
    """A word or phrase for a concept in one language."""

    class Role(models.TextChoices):
        """How the term stands to the concept."""

        PREFERRED = "preferred", _("Preferred term")
        SYNONYM = "synonym", _("Synonym")
        ABBREVIATION = "abbreviation", _("Abbreviation")

    concept = ParentalKey(Concept, on_delete=models.CASCADE, related_name="terms")
    language = models.CharField(_("language"), max_length=12)
    text = models.CharField(_("term"), max_length=120)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.PREFERRED)
    folded = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "language", "folded"], name="home_term_once_per_concept"
            ),
            models.UniqueConstraint(
                fields=["concept", "language"],
                condition=models.Q(role="preferred"),
                name="home_one_preferred_term",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """A language tag, and something to read."""
        if not is_language_code(self.language):
            raise ValidationError({"language": _("Write a language tag, for example az or kk.")})
        if not fold_text(self.text):
            raise ValidationError({"text": _("Write a word or a phrase.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the folded form beside the text."""
        self.folded = fold_text(self.text)[:200]
        super().save(*args, **kwargs)
