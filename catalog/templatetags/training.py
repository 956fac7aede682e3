"""Tags of the training status and the training framework, for the blocks that show them."""

from __future__ import annotations

from babel.numbers import format_decimal
from django import template
from django.utils import timezone

from catalog.selectors import framework as competencies
from catalog.selectors import training_status as status
from home.languages.dates import reader_locale
from home.navigation import active_language

register = template.Library()


@register.simple_tag(takes_context=True)
def training_status(context: template.Context) -> status.TrainingStatus:
    """The figures of the period that the address names."""
    wanted = context["request"].GET.get("period", "")
    return status.training_status(wanted, active_language(), timezone.now())


@register.simple_tag
def framework() -> list[competencies.CompetencyRow]:
    """Competencies and their courses."""
    return competencies.framework(active_language())


@register.filter
def figure(number: int) -> str:
    """A number as the reader writes it: 12 345, 12.345 or 12,345."""
    return format_decimal(number, locale=reader_locale())


@register.filter
def foreign(language: str) -> str:
    """``language`` unless it is the reader's."""
    return "" if language == active_language() else language
