"""An installed portal with a search index of its own."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache

from search.insight import counting
from search.rebuild import rebuild
from tests.factories import make_course, make_user
from tests.services.installed_site import install_site
from tests.signing_in import sign_in_as_staff


@pytest.fixture
def portal(db, settings, tmp_path):
    """Two courses that can be found."""
    settings.SEARCH = django_settings.SEARCH | {"INDEX_DIR": tmp_path / "search"}
    cache.clear()
    counting.flush()
    install_site()
    make_course({"az": "Elektron hökumətin əsasları"}, code="EGOV-101")
    make_course({"az": "Elektron hökumətin memarlığı"}, code="EGOV-102")
    rebuild()


@pytest.fixture
def moderator(portal, client):
    """Somebody who may place courses."""
    sign_in_as_staff(client, make_user("moderator"))
    return client
