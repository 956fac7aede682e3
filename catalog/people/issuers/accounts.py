"""What an identity does to an account: a new one, or news about the one that is there."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from catalog.people.models import Country, Institution, Issuer, User

from .identity import Identity


def follow_subject(issuer: Issuer, identity: Identity) -> None:
    """Who is known by an older digest of the same number is known by the newest from now on."""
    accounts = SocialAccount.objects.filter(provider=issuer.key)
    if not identity.older or accounts.filter(uid=identity.subject).exists():
        return
    known = {row.uid: row for row in accounts.filter(uid__in=identity.older)}
    # Keys that came and went may have left several; one of them can be followed.
    if newest := next((known[uid] for uid in identity.older if uid in known), None):
        accounts.filter(pk=newest.pk).update(uid=identity.subject)


# What ``describe`` may change.
DESCRIBED = ["first_name", "last_name", "country", "institution", "language"]


def describe(user: User, issuer: Issuer, identity: Identity) -> None:
    """Puts what the service says into ``user``, unsaved; what it does not say stays.

    The language is the person's own choice once there is one. E-mail is for new accounts only:
    people change where they want mail, and an address is no proof of who somebody is.
    """
    user.first_name = identity.first_name or user.first_name
    user.last_name = identity.last_name or user.last_name
    user.country = _country(issuer, identity) or user.country
    if identity.institution:
        found = Institution.objects.filter(code__iexact=identity.institution)
        user.institution = found.filter(country=user.country).first() or user.institution
    if user.institution and user.institution.country_id != user.country_id:
        user.institution = None
    user.language = user.language or _language(identity)


def save_new(user: User, account: SocialAccount, email: str) -> User:
    """The new account, or the one that the same person has just got in another window.

    An address that somebody has already is left with them: the new account has none.
    """
    user.email = _free_email(email)
    try:
        with transaction.atomic():
            user.save()
            account.user = user
            account.save()
    except IntegrityError:
        known = SocialAccount.objects.filter(provider=account.provider, uid=account.uid).first()
        if known:
            return known.user
        user.pk, user.email = None, ""
        with transaction.atomic():
            user.save()
            account.user = user
            account.save()
    return user


def _country(issuer: Issuer, identity: Identity) -> Country | None:
    if issuer.country:
        return issuer.country
    if not identity.country:
        return None
    by_code = Country.objects.filter(code__iexact=identity.country).first()
    return by_code or Country.objects.filter(iso_code__iexact=identity.country).first()


def _language(identity: Identity) -> str:
    code = identity.language.replace("_", "-").split("-")[0].lower()
    return code if code in dict(settings.LANGUAGES) else ""


def _free_email(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        return ""
    email = User.objects.normalize_email(email)
    return "" if User.objects.filter(email__iexact=email).exists() else email
