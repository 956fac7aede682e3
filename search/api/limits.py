"""How often one address may ask: a count per minute in the shared cache."""

from __future__ import annotations

import hashlib
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from home.clients import client_address

WINDOW_SECONDS = 60


def seconds_to_wait(request: HttpRequest) -> int:
    """0 when the request may be answered; otherwise after how many seconds to ask again.

    Requests of the machine itself are not counted.
    """
    address = client_address(request)
    if not address:
        return 0
    now = int(time.time())
    window = now // WINDOW_SECONDS
    # Kept for a minute, and not as it is: an address is personal data.
    digest = hashlib.sha256(f"{settings.SECRET_KEY}:{window}:{address}".encode()).hexdigest()[:32]
    key = f"api-rate:{digest}"
    cache.add(key, 0, WINDOW_SECONDS * 2)
    try:
        asked = cache.incr(key)
    except ValueError:
        # It was pushed out of the cache meanwhile.
        return 0
    return WINDOW_SECONDS - now % WINDOW_SECONDS if asked > settings.SEARCH["PER_MINUTE"] else 0
