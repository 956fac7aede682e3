"""Counts of searches by day, and what editors decided for single queries.

Who searched is never kept longer than a day, and never as it is.
"""

from __future__ import annotations

import secrets
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from home.cache import touch_content
from search.engines.fields import folded_words

LONGEST_QUERY = 100


def query_key(text: str) -> str:
    """One form for all ways to type the same words; "" when there are none."""
    return " ".join(folded_words(text))[:LONGEST_QUERY]


def plainly(text: str) -> str:
    """What was typed, without ornaments: others may get to read it, and its key has none.

    >>> plainly("C++ ★ vә p\u0336rava")
    'C++ vә prava'
    """
    composed = unicodedata.normalize("NFC", text)
    kept = (c for c in composed if c == "+" or unicodedata.category(c)[0] in "LNPZ")
    return " ".join("".join(kept).split())[:LONGEST_QUERY]


def _salt() -> bytes:
    return secrets.token_bytes(32)


class QueryDay(models.Model):
    """How often a query was asked on a day by readers of a language.

    ``query`` is its ``query_key``, ``typed`` the last way it was typed. ``people``: how many
    different ones asked. ``strict``: how often it was answered as it stands, ``empty``: how often
    nothing was found. ``clicks``: how often a result was opened.
    """

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=12)
    query = models.CharField(_("query"), max_length=LONGEST_QUERY)
    typed = models.CharField(_("query"), max_length=LONGEST_QUERY)
    searches = models.PositiveIntegerField(_("searches"), default=0)
    people = models.PositiveIntegerField(_("people"), default=0)
    strict = models.PositiveIntegerField(_("answered as typed"), default=0)
    empty = models.PositiveIntegerField(_("without results"), default=0)
    clicks = models.PositiveIntegerField(_("opened"), default=0)

    class Meta:
        # One row a day; lists show them together.
        verbose_name = _("query")
        verbose_name_plural = _("queries")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "query"], name="insight_query_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.language} {self.query}"


class Asker(models.Model):
    """That somebody asked a query today: a hash with a salt that is thrown away tomorrow."""

    day = models.DateField()
    language = models.CharField(max_length=12)
    query = models.CharField(max_length=LONGEST_QUERY)
    person = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "query", "person"], name="insight_asker_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.query}"


class DaySalt(models.Model):
    """The random salt of a day; without it a hash leads back to nobody."""

    day = models.DateField(primary_key=True)
    salt = models.BinaryField(default=_salt)

    def __str__(self) -> str:
        return str(self.day)


class Placement(models.Model):
    """A course that editors put first, or leave out, for one query."""

    class Action(models.TextChoices):
        """What happens to the course."""

        PIN = "pin", _("Put first")
        HIDE = "hide", _("Leave out")

    typed = models.CharField(_("query"), max_length=LONGEST_QUERY)
    query = models.CharField(max_length=LONGEST_QUERY, editable=False, db_index=True)
    language = models.CharField(
        _("language"), max_length=12, blank=True, help_text=_("Empty: readers of every language.")
    )
    course = models.ForeignKey(
        "catalog.Course", models.CASCADE, related_name="+", verbose_name=_("course")
    )
    action = models.CharField(_("action"), max_length=4, choices=Action, default=Action.PIN)
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Where several courses are put first: lowest first.")
    )
    until = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["query", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["query", "language", "course"],
                name="insight_course_placed_once",
                violation_error_message=_("This course is placed for this query already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.typed}: {self.course}"

    def clean(self) -> None:
        """A query with words."""
        self.query = query_key(self.typed)
        if not self.query:
            raise ValidationError({"typed": _("Write a word or a phrase.")})
        # Forms leave constraints out whose fields they do not show, and ``query`` is such a field.
        self.validate_constraints()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the folded query beside the typed one; search sees the change at once."""
        self.query = query_key(self.typed)
        super().save(*args, **kwargs)
        touch_content()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Search sees the change at once."""
        result = super().delete(*args, **kwargs)
        touch_content()
        return result
