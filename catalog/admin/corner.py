"""Who is signed in, in the corner of the administration: by the whole name."""

from __future__ import annotations

from typing import Any

from wagtail.admin.telepath import register
from wagtail.admin.ui import sidebar


class CornerAdapter(sidebar.BaseSidebarAdapter):
    """Wagtail says the first name or the username, and some have no first name."""

    js_constructor = "wagtail.sidebar.MainMenuModule"

    def js_args(self, module: sidebar.MainMenuModule) -> list[Any]:
        """Wagtail's own, with another name."""
        *menus, told = module.js_args()
        return [*menus, told | {"name": str(module.user)}]


register(CornerAdapter(), sidebar.MainMenuModule)
