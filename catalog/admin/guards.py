"""What is needed elsewhere is not deleted; what was never edited keeps its first wording."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import quote
from django.db import transaction
from django.db.models import PROTECT, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import ReferenceIndex, Revision, WorkflowMixin

from catalog.models import CourseText


def needed_by(row: Model) -> list[str]:
    """What would be left hanging without ``row``: names of kinds, empty when nothing.

    Asks the tables besides the reference index, since imported rows are not in that.
    """
    kinds = []
    for relation in row._meta.related_objects:
        if relation.on_delete is not PROTECT:
            continue
        if relation.related_model._base_manager.filter(**{relation.field.name: row}).exists():
            kinds.append(str(relation.related_model._meta.verbose_name_plural))
    references = ReferenceIndex.get_references_to(row).exclude(
        object_id=str(row.pk), base_content_type=ReferenceIndex._get_base_content_type(type(row))
    )
    if not kinds and references.exists():
        kinds.append(str(_("other content")))
    return kinds


def refuse_deletion(request: HttpRequest, rows: Iterable[Model]) -> HttpResponse | None:
    """Sends to the usage of the first of ``rows`` that something needs."""
    for row in rows:
        if isinstance(row, CourseText):
            why = _("It is published. Unpublish it first.") if row.live else ""
        else:
            kinds = needed_by(row)
            why = _("It is used by: %(kinds)s.") % {"kinds": ", ".join(kinds)} if kinds else ""
        if why:
            messages.error(
                request,
                _("%(kind)s “%(name)s” cannot be deleted. %(why)s")
                % {"kind": capfirst(row._meta.verbose_name), "name": row, "why": why},
            )
            return redirect(row.snippet_viewset.get_url_name("usage"), quote(row.pk))
    return None


@transaction.atomic
def keep_first_wording(row: Any) -> None:
    """Store the wording of a row that was written in bulk as its first revision.

    Otherwise the first edit by a person would be the beginning of its history.
    """
    if not isinstance(row, WorkflowMixin) or not row.live or row.latest_revision_id:
        return
    revision = row.save_revision(changed=False, clean=False, log_action=True)
    if row.last_published_at:
        Revision.objects.filter(pk=revision.pk).update(created_at=row.last_published_at)
    type(row)._default_manager.filter(pk=row.pk).update(
        live_revision=revision, has_unpublished_changes=False
    )
    row.live_revision, row.has_unpublished_changes = revision, False
