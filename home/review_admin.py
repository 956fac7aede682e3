"""What an editor reads who asks to publish words that nobody else has seen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from home.review import has_new_words


def keep_as_draft(request: HttpRequest, obj: Any, edit_url: str) -> HttpResponse | None:
    """The way back to the form when the revision just saved brings words of the reader's own."""
    if request.user.is_superuser or not has_new_words(obj):
        return None
    messages.warning(
        request,
        _("Your changes are saved as a draft. Submit them: a second person reads and publishes."),
    )
    return redirect(edit_url)
