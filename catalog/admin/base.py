"""What the catalogue's viewsets share."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from home.languages.folding import fold_text
from home.languages.translated import Translated

from .chooser import ChooserViewSet


class CatalogueIndexView(IndexView):
    """A list of rows that the reader may all open, which costs no query for each row."""

    def user_has_permission_for_instance(self, permission: str, instance: Model) -> bool:
        """The model's right: the viewset lists nobody else's rows."""
        return self.user_has_permission(permission)

    def get_base_queryset(self) -> QuerySet:
        """With the rows that columns name."""
        fields = self.model._meta.get_fields()
        foreign = {field.name for field in fields if field.many_to_one and field.concrete}
        named = [name for name in self.list_display if isinstance(name, str) and name in foreign]
        return super().get_base_queryset().select_related(*named)


class FoldedIndexView(CatalogueIndexView):
    """A list of a small table, searched in every language, without case and diacritics.

    The rows are compared here and not in the database, which cannot fold.
    """

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """Rows in which every word of the query stands."""
        if not self.is_searching:
            return queryset
        words = fold_text(self.search_query).split()
        found = [
            row.pk
            for row in queryset.only("pk", *self.search_fields)
            if all(word in self.folded(row) for word in words)
        ]
        return queryset.filter(pk__in=found)

    def folded(self, row: Model) -> str:
        """The searched fields of ``row`` as one folded text."""
        values = [getattr(row, name) for name in self.search_fields]
        texts = [
            part
            for value in values
            for part in (value.values() if isinstance(value, Translated) else [str(value)])
        ]
        return fold_text(" ".join(texts))


class _AtOnce:
    """For what is public as soon as it is saved: never saved behind the editor's back."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Without autosave."""
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False


class AtOnceCreateView(_AtOnce, CreateView):
    """Makes a row that is public at once."""


class AtOnceEditView(_AtOnce, EditView):
    """Changes a row that is public at once."""


class CatalogueViewSet(SnippetViewSet):
    """A model of the catalogue in the admin; nothing of it enters Wagtail's search index."""

    search_backend_name = None
    list_per_page = 50
    chooser_per_page = 20
    chooser_viewset_class = ChooserViewSet
    copy_view_enabled = False
    index_view_class = FoldedIndexView
    add_view_class = AtOnceCreateView
    edit_view_class = AtOnceEditView
