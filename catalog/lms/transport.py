"""Connections that bind a name to the address it was checked under, with TLS for the name."""

from __future__ import annotations

import contextlib
import ssl
import threading
from functools import lru_cache
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

CONNECTIONS_KEPT = 16
ADDRESSES_KEPT = 64


class _BoundedHead:
    """The head of an answer must be there in time as a whole, not only its next byte."""

    def getresponse(self) -> Any:
        """Cuts the connection when time is up; the reader then sees it end."""
        sock, seconds = self.sock, self.timeout
        late = threading.Event()

        def cut() -> None:
            late.set()
            with contextlib.suppress(OSError):
                sock.shutdown(2)

        timer = threading.Timer(seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            return super().getresponse()
        except Exception as error:
            if late.is_set():
                raise TimeoutError("the head of the answer took too long") from error
            raise
        finally:
            timer.cancel()


class _Plain(_BoundedHead, HTTPConnection):
    """HTTP, for LMSs on this machine only."""


class _Secure(_BoundedHead, HTTPSConnection):
    """HTTPS."""


@lru_cache(maxsize=1)
def trust() -> ssl.SSLContext:
    """The certificates this machine trusts (SSL_CERT_FILE names others)."""
    return ssl.create_default_context()


@lru_cache(maxsize=ADDRESSES_KEPT)
def pool(scheme: str, address: str, port: int, host: str) -> urllib3.HTTPConnectionPool:
    """Kept connections to ``address`` that speak for ``host``."""
    options = {"maxsize": CONNECTIONS_KEPT, "block": False, "retries": False}
    if scheme == "http":
        plain = urllib3.HTTPConnectionPool(address, port, **options)
        plain.ConnectionCls = _Plain
        return plain
    secure = urllib3.HTTPSConnectionPool(
        address, port, ssl_context=trust(), server_hostname=host, assert_hostname=host, **options
    )
    secure.ConnectionCls = _Secure
    return secure
