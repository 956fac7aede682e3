"""From a query that finds nothing to a term of the glossary, in one small form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from home.cache import touch_content
from home.languages.folding import fold_text
from home.languages.transliteration import slugify
from home.models import Concept, ConceptTerm

from .models import query_key
from .report import CRUMB


class TermForm(forms.Form):
    """A word that people type, and one that the glossary or the catalogue has for the same."""

    text = forms.CharField(label=gettext_lazy("What people type"), max_length=120)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    same_as = forms.CharField(
        label=gettext_lazy("Means the same as"),
        max_length=120,
        help_text=gettext_lazy(
            "A word or phrase, in the same language, that courses use or the glossary has."
        ),
    )
    abbreviation = forms.BooleanField(label=gettext_lazy("It is an abbreviation"), required=False)

    def clean(self) -> dict[str, Any]:
        """Two words that differ."""
        data = super().clean()
        text, other = query_key(data.get("text", "")), query_key(data.get("same_as", ""))
        if "text" in data and not text:
            self.add_error("text", _("Write a word or a phrase."))
        elif text and text == other:
            self.add_error("same_as", _("This is the same word; search treats both alike already."))
        elif "same_as" in data and not other:
            self.add_error("same_as", _("Write a word or a phrase."))
        return data


@transaction.atomic
def add_term(text: str, language: str, same_as: str, role: str) -> Concept:
    """The concept that has ``same_as`` in ``language``, or a new one, with ``text`` as a term."""
    known = ConceptTerm.objects.filter(language=language, folded=fold_text(same_as)[:200])
    term = known.select_related("concept").order_by("concept__code").first()
    concept = term.concept if term else _new_concept(same_as, language)
    has = concept.terms.filter(language=language, folded=fold_text(text)[:200])
    if not has.exists():
        ConceptTerm.objects.create(concept=concept, language=language, text=text, role=role)
        # The moment of the change is what tells search that the glossary is another.
        concept.save()
        touch_content()
    return concept


def _new_concept(text: str, language: str) -> Concept:
    base = slugify(text, language)[:70] or "term"
    taken = set(Concept.objects.filter(code__startswith=base).values_list("code", flat=True))
    numbers = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    code = next(name for name in (base, *numbers) if name not in taken)
    concept = Concept.objects.create(code=code)
    ConceptTerm.objects.create(
        concept=concept, language=language, text=text, role=ConceptTerm.Role.PREFERRED
    )
    return concept


class AddTermView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Takes the query from the report; leads back to it."""

    form_class = TermForm
    template_name = "search/admin/term.html"
    page_title = gettext_lazy("Add to the glossary")
    header_icon = "tag"
    permission_policy = ModelPermissionPolicy(Concept)
    permission_required = "add"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the report that leads here."""
        return [*self.breadcrumbs_items, CRUMB, {"url": "", "label": self.page_title}]

    def get_initial(self) -> dict[str, str]:
        """What the report's link says."""
        data = self.request.GET
        return {"text": data.get("query", "")[:120], "language": data.get("language", "")}

    def form_valid(self, form: TermForm) -> HttpResponse:
        """The term is kept, and where."""
        data = form.cleaned_data
        role = "abbreviation" if data["abbreviation"] else "synonym"
        concept = add_term(data["text"], data["language"], data["same_as"], role)
        said = {"text": data["text"], "other": data["same_as"], "code": concept.code}
        messages.success(
            self.request,
            _("“%(text)s” now also finds “%(other)s” (concept %(code)s).") % said,
        )
        return redirect("search_report")
