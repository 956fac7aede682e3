"""The plain link: an address template with the course's key in it."""

from __future__ import annotations

from string import Formatter
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.lms.base import Connector
from catalog.lms.values import Field, Launch

_FIELDS = {"key", "language"}
_LOCAL = {"localhost", "127.0.0.1", "::1"}


class LinkConnector(Connector):
    """Options: ``url_template`` with ``{key}`` and, if wanted, ``{language}``."""

    kind = "link"
    fields = (
        Field(
            "url_template",
            gettext_lazy("address template"),
            gettext_lazy("For example https://lms.example.org/course/{key}?lang={language}"),
        ),
    )

    def problems(self) -> list[str]:
        """Checks scheme, host and placeholders."""
        template = self.options.get("url_template", "")
        try:
            pieces = list(Formatter().parse(template))
            address = urlsplit(template)
            host = address.hostname
        except ValueError:
            return [_("The address cannot be read.")]
        found = []
        if not host or "{" in address.netloc or "@" in address.netloc:
            found.append(_("Write a whole address that starts with https:// and a fixed host."))
        elif address.scheme != "https" and not (address.scheme == "http" and host in _LOCAL):
            found.append(_("The address must start with https://."))
        if any(
            name is not None and (name not in _FIELDS or spec or conv)
            for _text, name, spec, conv in pieces
        ):
            found.append(_("Only {key} and {language} may stand in braces."))
        return found

    def launch(self, key: str, language: str) -> Launch | None:
        """The template filled in; what is put in is escaped, so it cannot leave its place."""
        if self.problems():
            return None
        values = {"key": quote(key, safe=""), "language": quote(language, safe="")}
        url = self.options["url_template"].format(**values)
        return Launch(url=url, host=urlsplit(url).hostname or "")
