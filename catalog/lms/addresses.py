"""Which machines an LMS may be on: a name is resolved once, and only public addresses pass."""

from __future__ import annotations

import socket
from ipaddress import IPv6Address, IPv6Network, ip_address

from .reasons import Reason
from .results import Trouble

# Of several addresses of a name so many are tried.
MOST_ADDRESSES = 4
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """False for anything inside a house, also when an IPv4 address hides in an IPv6 one.

    >>> is_public("169.254.169.254"), is_public("::ffff:10.0.0.1"), is_public("1.1.1.1")
    (False, False, True)
    """
    found = ip_address(address.split("%", 1)[0])
    if not found.is_global or found.is_multicast:
        return False
    if not isinstance(found, IPv6Address):
        return True
    if found in _NAT64:
        return is_public(str(ip_address(int(found) & 0xFFFFFFFF)))
    inner = found.sixtofour or (found.teredo[1] if found.teredo else None)
    return inner is None or is_public(str(inner))


def is_listed(host: str, port: int, private_hosts: frozenset[str]) -> bool:
    """Whether the operator of the portal has allowed this host by name."""
    return bool({host, f"{host}:{port}"} & private_hosts)


def resolve(host: str, port: int, private_hosts: frozenset[str]) -> list[str]:
    """The numeric addresses to connect to. ``Trouble`` when there is none or none is allowed.

    The connection is made to these very addresses: a name that points elsewhere a moment later
    leads nowhere.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Trouble(Reason.UNREACHABLE, f"{host} has no address", raw=str(error)) from error
    found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    if not is_listed(host, port, private_hosts):
        found = [address for address in found if is_public(address)]
    if not found:
        raise Trouble(Reason.PRIVATE_ADDRESS, host)
    return found[:MOST_ADDRESSES]
