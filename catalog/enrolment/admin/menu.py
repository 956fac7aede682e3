"""Where enrolment stands in the admin's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .enrolments import EnrolmentViewSet
from .keys import InvitationKeyViewSet


class EnrolmentGroup(SnippetViewSetGroup):
    """Wishes for places and the keys that open courses."""

    menu_label = _("Enrolment")
    menu_icon = "user"
    menu_name = "enrolment"
    menu_order = 115
    items = (EnrolmentViewSet, InvitationKeyViewSet)
