"""Sign-in with the e-mail address, since usernames are opaque."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from .models import User


class EmailOrUsernameBackend(ModelBackend):
    """Accepts an e-mail address wherever a username is asked for."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        email: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """The person, or None; takes as long for an address that nobody has."""
        username = email or username
        if username and "@" in username:
            found = User.objects.filter(email__iexact=username).values_list("username", flat=True)
            username = found[0] if len(found) == 1 else username
        return super().authenticate(request, username=username, password=password, **kwargs)
