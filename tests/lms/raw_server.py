"""An HTTP server that says exactly what a test wants, byte by byte if need be."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass
class RawServer:
    """``answer`` gets the head of the request and writes what it likes to the connection."""

    answer: Callable[[str, socket.socket], None]
    port: int = 0
    requests: list[str] = field(default_factory=list)
    context: ssl.SSLContext | None = None
    _open: bool = True

    def serve(self, listening: socket.socket) -> None:
        """Takes connections until the test is over."""
        while self._open:
            with contextlib.suppress(OSError):
                connection, _address = listening.accept()
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            connection.settimeout(10)
            while head := self._request(connection):
                self.requests.append(head)
                self.answer(head, connection)

    @staticmethod
    def _request(connection: socket.socket) -> str:
        """Head and body of one request; "" when the client has gone."""
        text = b""
        while b"\r\n\r\n" not in text:
            if not (more := connection.recv(65536)):
                return ""
            text += more
        head, _end, body = text.partition(b"\r\n\r\n")
        length = next(
            (
                int(line.split(b":")[1])
                for line in head.split(b"\r\n")
                if line.lower().startswith(b"content-length:")
            ),
            0,
        )
        while len(body) < length:
            body += connection.recv(65536)
        return (head + b"\n\n" + body).decode()


@contextlib.contextmanager
def raw_server(
    answer: Callable[[str, socket.socket], None], context: ssl.SSLContext | None = None
) -> Iterator[RawServer]:
    """A server on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = RawServer(answer, listening.getsockname()[1], context=context)
        thread = threading.Thread(target=server.serve, args=(listening,), daemon=True)
        thread.start()
        yield server
        server._open = False
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), 1):
            pass
        thread.join(5)


def reply(
    body: bytes = b"{}", status: str = "200 OK", kind: str = "application/json", **headers: str
) -> bytes:
    """A whole answer; names of headers with _ for -."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def always(data: bytes) -> Callable[[str, socket.socket], None]:
    """An answer that is the same each time."""
    return lambda _head, connection: connection.sendall(data)
