"""One call as Moodle sees it: who asks, with what, and may they."""

from __future__ import annotations

from typing import Any

from .site import Site, Token


class MoodleError(Exception):
    """Ends the call with the kept answer of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Call:
    """Arguments of a function, read as Moodle reads them."""

    def __init__(self, site: Site, form: dict[str, Any], function: str) -> None:
        self.site, self.form, self.function = site, form, function
        self.token = self._token()

    def _token(self) -> Token:
        name = str(self.form.get("wstoken", ""))
        token = self.site.tokens.get(name)
        if token is None:
            raise MoodleError("invalidtoken")
        if token.expired:
            # The first use of an expired token deletes it.
            del self.site.tokens[name]
            raise MoodleError("accessexception")
        return token

    def admit(self, known: set[str]) -> None:
        """The order of Moodle's own checks."""
        if self.function not in known:
            raise MoodleError("function_unknown")
        if self.token.functions is not None and self.function not in self.token.functions:
            raise MoodleError("accessexception")
        problem = self.token.problem
        is_info = self.function == "core_webservice_get_site_info"
        if problem and not (problem == "forcepasswordchangenotice" and is_info):
            raise MoodleError(problem)
        if self.token.user in self.site.users and self.site.users[self.token.user].suspended:
            raise MoodleError("wsaccessusersuspended")

    def text(self, name: str, default: str = "") -> str:
        """A plain argument."""
        value = self.form.get(name, default)
        return value if isinstance(value, str) else default

    def number(self, name: str) -> int:
        """A whole number; anything else is an invalid parameter."""
        return whole(self.text(name))

    def rows(self, name: str) -> list[Any]:
        """The entries of a list, in the order of their keys."""
        value = self.form.get(name)
        return list(value.values()) if isinstance(value, dict) else []

    def options(self) -> dict[str, str]:
        """Moodle's lists of name and value."""
        return {row.get("name", ""): row.get("value", "") for row in self.rows("options")}

    def may(self, right: str) -> bool:
        """Whether the token's user has a right."""
        return right not in self.token.lacks


def whole(text: Any) -> int:
    """A whole number of a form."""
    if not isinstance(text, str) or not text.lstrip("-").isdigit():
        raise MoodleError("invalidparameter")
    return int(text)
