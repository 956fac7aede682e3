"""Pages of a list, with bad page numbers answered by a 404 instead of an error."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404
from django.utils.translation import gettext as _


def page_of(items: Any, number: str | None, size: int) -> Page:
    """Page ``number`` (from a query string; None is the first) of ``items``, ``size`` to a page.

    Raises Http404 for anything that is not an existing page.
    """
    paginator = Paginator(items, size)
    if number is None:
        return paginator.page(1)
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise Http404(_("There is no such page of results."))
    try:
        return paginator.page(int(number))
    except EmptyPage as error:
        raise Http404(_("There is no such page of results.")) from error
