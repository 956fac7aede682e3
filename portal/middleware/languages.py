"""Languages in addresses: only what is public stands below one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware

# Whatever is missing here is missing in every language.
OUTSIDE = ("/admin/", "/api/", "/covers/", "/documents/", "/media/", "/static/", "/.well-known/")


class LanguageMiddleware(LocaleMiddleware):
    """Django's own, but a missing address of the admin or of machines gets its 404 where it is.

    Pages may have any address below a language, so Django would send readers of ``/admin/nothing/``
    to ``/az/admin/nothing/`` first.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """As it is, where Django would look for a language."""
        if response.status_code == 404 and request.path_info.startswith(OUTSIDE):
            return response
        return super().process_response(request, response)
