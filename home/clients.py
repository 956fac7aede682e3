"""Who asks: the address that a request comes from."""

from __future__ import annotations

from ipaddress import ip_address

from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Behind a proxy on this machine the last address it names; "" for the machine itself."""
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if not _is_local(address):
        return address
    return forwarded.rpartition(",")[2].strip()[:64] if forwarded else ""


def _is_local(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        # A Unix socket has no address.
        return True
