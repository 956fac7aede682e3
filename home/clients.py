"""Who asks: the address that a request comes from."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Behind one of TRUSTED_PROXIES the last address it names; "" for the machine itself."""
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if not _is_trusted(address):
        return address
    return forwarded.rpartition(",")[2].strip()[:64] if forwarded else ""


def _is_trusted(address: str) -> bool:
    try:
        known = ip_address(address)
    except ValueError:
        # A Unix socket has no address.
        return True
    if isinstance(known, IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    return any(known in network for network in settings.TRUSTED_PROXIES)
