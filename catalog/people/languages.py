"""The language a person wants."""

from __future__ import annotations

from django.conf import settings
from wagtail.users.models import UserProfile

from .models import User


def mail_language(user: User) -> str:
    """The language a person wants mail in: that of their account, of their person, ours."""
    known = dict(settings.LANGUAGES)
    wanted = (UserProfile.get_for_user(user).preferred_language, user.language)
    return next((code for code in wanted if code in known), settings.LANGUAGE_CODE)


def keep_language(user: User) -> None:
    """The administration speaks the language of the person, too."""
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = user.language
    profile.save(update_fields=["preferred_language"])
