"""Whatever a server does, a request to an LMS ends: in time, in size and in plain words."""

from __future__ import annotations

import datetime
import gzip
import socket
import ssl
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from catalog.lms import Clock, Outcome, Reason, Services, Trouble, transport
from catalog.lms.addresses import is_public, resolve
from catalog.lms.http import Client, Limits
from catalog.lms.pace import FAILURES_BEFORE_REST

from .raw_server import RawServer, always, raw_server, reply

LOCAL = frozenset({"127.0.0.1", "localhost"})
QUICK = Limits(size=1000, connect=2, read=0.3, total=0.6)


def client(server: RawServer) -> Client:
    return Client(f"http://127.0.0.1:{server.port}", Services(LOCAL), per_minute=60_000)


def ask(client: Client, **kwargs):
    with client.open("GET", "/x", limits=kwargs.pop("limits", QUICK), **kwargs) as answer:
        return answer.json()


def trouble(client: Client, **kwargs) -> Trouble:
    with pytest.raises(Trouble) as caught:
        ask(client, **kwargs)
    return caught.value


def test_an_answer_is_read():
    with raw_server(always(reply(b'{"a": 1}'))) as server:
        assert ask(client(server)) == {"a": 1}


def test_a_connection_is_used_again():
    seen = []
    with raw_server(lambda head, sock: (seen.append(sock), sock.sendall(reply()))) as server:
        for _ in range(3):
            ask(client(server))
        assert len(server.requests) == 3
    assert len(set(map(id, seen))) == 1


def test_redirects_are_not_followed_and_named_without_their_path():
    answer = reply(status="303 See Other", Location="http://127.0.0.1:1/secret?token=abc")
    with raw_server(always(answer)) as server:
        fault = trouble(client(server))
        assert fault.reason is Reason.WRONG_ADDRESS
        assert fault.detail == "http://127.0.0.1:1"
        assert len(server.requests) == 1


def test_an_answer_over_the_cap_is_cut_off():
    with raw_server(always(reply(b"[" + b"1," * 600 + b"1]"))) as server:
        assert trouble(client(server)).reason is Reason.TOO_LARGE


def test_a_small_packet_that_unpacks_to_much_is_cut_off():
    packed = gzip.compress(b" " * 50_000_000)
    with raw_server(always(reply(packed, Content_Encoding="gzip"))) as server:
        assert trouble(client(server), limits=Limits(size=2**20)).reason is Reason.TOO_LARGE


def test_packed_answers_are_unpacked():
    body = b'{"a": "' + b"x" * 300_000 + b'"}'
    with raw_server(always(reply(gzip.compress(body), Content_Encoding="gzip"))) as server:
        assert len(ask(client(server), limits=Limits())["a"]) == 300_000


def _drip(data: bytes):
    def answer(_head: str, sock: socket.socket) -> None:
        for byte in data:
            sock.sendall(bytes([byte]))
            time.sleep(0.05)

    return answer


def test_a_head_that_comes_byte_by_byte_is_given_up():
    with raw_server(_drip(reply())) as server:
        assert trouble(client(server)).reason is Reason.TIMEOUT


def test_a_body_that_comes_byte_by_byte_is_given_up():
    head, _, body = reply(b"[" + b"1," * 400 + b"1]").partition(b"\r\n\r\n")

    def answer(request: str, sock: socket.socket) -> None:
        sock.sendall(head + b"\r\n\r\n")
        _drip(body)(request, sock)

    with raw_server(answer) as server:
        assert trouble(client(server)).reason is Reason.TIMEOUT


def test_silence_is_given_up():
    stop = threading.Event()
    with raw_server(lambda _head, _sock: stop.wait(5)) as server:
        assert trouble(client(server)).reason is Reason.TIMEOUT
        stop.set()


def test_an_answer_that_breaks_off_is_a_passing_fault():
    def answer(_head: str, sock: socket.socket) -> None:
        sock.sendall(reply(b"[1,2,3]")[:-3])
        sock.shutdown(socket.SHUT_RDWR)

    with raw_server(answer) as server:
        assert trouble(client(server)).reason is Reason.UNREACHABLE


def test_nobody_listening_is_a_passing_fault():
    with raw_server(always(b"")) as server:
        port = server.port
    gone = Client(f"http://127.0.0.1:{port}", Services(LOCAL), per_minute=600)
    assert trouble(gone).reason is Reason.UNREACHABLE


def test_html_where_data_was_due_is_a_passing_fault_with_its_text_kept():
    page = reply(b"<html><h1>Bad gateway</h1></html>", kind="text/html")
    with raw_server(always(page)) as server:
        fault = trouble(client(server))
        assert fault.reason is Reason.NOT_JSON
        assert fault.raw == "Bad gateway"


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("429 Too Many Requests", Reason.BUSY),
        ("503 Service Unavailable", Reason.MAINTENANCE),
        ("502 Bad Gateway", Reason.SERVER_ERROR),
    ],
)
def test_a_busy_or_failing_server_is_asked_again_when_it_says(status, reason):
    with raw_server(always(reply(b"", status, "text/html", Retry_After="300"))) as server:
        fault = trouble(client(server))
        assert fault.reason is reason
        assert fault.retry_after == 300


def test_a_server_cannot_send_the_portal_to_sleep_for_ever():
    answer = reply(b"", "503 Service Unavailable", Retry_After="999999")
    with raw_server(always(answer)) as server:
        assert trouble(client(server)).retry_after == 3600


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 192.168.0.1 172.16.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 "
    "::1 fe80::1%eth0 fc00::1 ::ffff:127.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 255.255.255.255 "
    "::".split(),
)
def test_addresses_inside_a_house_are_not_public(address):
    assert not is_public(address)


def test_a_private_address_is_refused_unless_listed():
    with raw_server(always(reply())) as server:
        url = f"http://127.0.0.1:{server.port}"
        for listed in ((), ("127.0.0.1:1",), ("moodle.internal",)):
            fault = trouble(Client(url, Services(frozenset(listed)), per_minute=600))
            assert fault.outcome is Outcome.MISCONFIGURED
        assert server.requests == []
        services = Services(frozenset({f"127.0.0.1:{server.port}"}))
        assert ask(Client(url, services, per_minute=600)) == {}


def test_a_name_that_leads_into_the_house_is_refused(monkeypatch):
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("169.254.169.254", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: inside)
    with pytest.raises(Trouble) as caught:
        resolve("innocent.example", 443, frozenset())
    assert caught.value.reason is Reason.PRIVATE_ADDRESS


def test_plain_http_is_for_this_machine_only():
    fault = trouble(
        Client("http://lms.example", Services(frozenset({"lms.example"})), per_minute=600)
    )
    assert fault.reason is Reason.OPTIONS


def _certificate(name: str, folder) -> ssl.SSLContext:
    """A server's context with a fresh certificate, and the certificate as ``ca.pem``."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "ca.pem").write_bytes(pem)
    (folder / "both.pem").write_bytes(
        pem
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "both.pem")
    return context


@pytest.fixture
def lms_example(monkeypatch, tmp_path):
    """A server with a certificate for lms.example, whose name leads to this machine."""
    context = _certificate("lms.example", tmp_path)
    real = socket.getaddrinfo
    asked = []

    def lookup(host, port, *args, **kwargs):
        if host in ("lms.example", "other.example"):
            asked.append(host)
            host = "127.0.0.1"
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    transport.trust.cache_clear()
    transport.pool.cache_clear()
    with raw_server(always(reply()), context) as server:
        server.asked = asked
        yield server
    transport.trust.cache_clear()
    transport.pool.cache_clear()


def https(server: RawServer, host: str) -> Client:
    return Client(f"https://{host}:{server.port}", Services(frozenset({host})), per_minute=600)


def test_tls_is_made_for_the_name_on_the_address_that_was_checked(
    lms_example, monkeypatch, tmp_path
):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    assert ask(https(lms_example, "lms.example")) == {}
    # Asked once: what is checked is what is used.
    assert lms_example.asked == ["lms.example"]
    assert f"Host: lms.example:{lms_example.port}" in lms_example.requests[0]


def test_a_certificate_for_another_name_is_refused(lms_example, monkeypatch, tmp_path):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    assert trouble(https(lms_example, "other.example")).reason is Reason.TLS
    assert lms_example.requests == []


def test_a_certificate_nobody_vouches_for_is_refused(lms_example):
    fault = trouble(https(lms_example, "lms.example"))
    assert fault.reason is Reason.TLS
    assert "self-signed" in fault.result().sentence
    assert lms_example.requests == []


class FakeTime:
    def __init__(self) -> None:
        self.seconds, self.slept = 1_000_000.0, 0.0

    def clock(self) -> Clock:
        return Clock(lambda: self.seconds, self.sleep)

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.seconds += seconds


def test_the_agreed_number_of_requests_a_minute_is_kept():
    fake = FakeTime()
    with raw_server(always(reply())) as server:
        url = f"http://127.0.0.1:{server.port}"
        asking = Client(url, Services(LOCAL, fake.clock()), per_minute=60)
        for _ in range(80):
            ask(asking)
    assert 59 <= fake.slept <= 61


def test_a_long_queue_is_told_when_to_come_again():
    fake = FakeTime()
    with raw_server(always(reply())) as server:
        url = f"http://127.0.0.1:{server.port}"
        asking = Client(url, Services(LOCAL, fake.clock()), per_minute=2)
        for _ in range(20):
            ask(asking)
        fault = trouble(asking)
        assert fault.reason is Reason.SLOW_DOWN
        assert 2 < fault.retry_after <= 30
        assert asking.pace.health.failures == 0


def test_a_failing_lms_is_left_alone_and_then_tried_by_one_request():
    fake = FakeTime()
    answers = {"now": reply(b"", "500 Internal Server Error")}
    with raw_server(lambda _head, sock: sock.sendall(answers["now"])) as server:
        url = f"http://127.0.0.1:{server.port}"
        asking = Client(url, Services(LOCAL, fake.clock()), per_minute=60_000)
        for _ in range(FAILURES_BEFORE_REST):
            assert trouble(asking).reason is Reason.SERVER_ERROR
        sent = len(server.requests)
        resting = trouble(asking)
        assert resting.reason is Reason.RESTING
        assert resting.retry_after == 30
        assert len(server.requests) == sent
        fake.seconds += 31
        assert trouble(asking).reason is Reason.SERVER_ERROR
        assert trouble(asking).retry_after == 60
        fake.seconds += 61
        answers["now"] = reply()
        assert ask(asking) == {}
        assert asking.pace.health.failures == 0
        assert asking.pace.health.last_error.sentence == "The LMS failed (HTTP 500)."


def test_what_only_concerns_one_person_does_not_rest_the_lms():
    with raw_server(always(reply())) as server:
        asking = client(server)
        for _ in range(FAILURES_BEFORE_REST * 2):
            with pytest.raises(Trouble), asking.open("GET", "/"):
                raise Trouble(Reason.WRITE_RACE)
        assert ask(asking) == {}
