"""What the connector of a connection borrows: the shared pace and the platform of LTI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from catalog import lms
from catalog.lms.lti.stores import Platform
from catalog.lms.pace import Pace

from . import lti
from .pace import SharedPace

if TYPE_CHECKING:
    from catalog.models import LMSConnection

LTI_PATH = "/lti"


def services_of(connection: LMSConnection) -> lms.Services:
    """For a connection that is stored; one that is not has a pace of this process alone."""
    clock = lms.Clock()
    number, hidden = connection.pk, tuple(connection.secrets.values())

    def pace(per_minute: float) -> Pace:
        return SharedPace(per_minute, clock, connection=number, hidden=hidden)

    return lms.Services(
        private_hosts=frozenset(settings.LMS_PRIVATE_HOSTS),
        clock=clock,
        lti=platform(),
        pace=pace if number else None,
        list_megabytes=connection.list_megabytes,
    )


def platform() -> Platform:
    """The portal as a platform of LTI."""
    return Platform(
        issuer=settings.PUBLIC_URL,
        base=settings.PUBLIC_URL + LTI_PATH,
        keys=lti.Keys(),
        once=lti.Once(),
        directory=lti.Directory(),
        grades=lti.Grades(),
        services=lms.Services.from_settings(),
    )
