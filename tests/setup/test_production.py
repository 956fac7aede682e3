"""compose.yaml's commands and docs/deploy.md's, word for word, on real servers."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator

import psycopg
import pytest
import redis

from tests.services import elasticsearch, postgres
from tests.services import redis as redis_service
from tests.services.compose import Machine, address
from tests.services.guide import follow
from tests.services.process import free_port

from .conftest import ROOT

pytestmark = [pytest.mark.postgres, pytest.mark.elasticsearch, pytest.mark.redis]

SECRETS = {
    "SECRET_KEY": "a-key-of-a-test-" + "0123456789abcdef" * 4,
    "POSTGRES_PASSWORD": "hunter2hunter2",
    "ELASTIC_PASSWORD": "hunter3hunter3",
}
SEARCHED = "Quraqlığa davamlı əkinçilik"
PUBLISH = f"""
from io import BytesIO
from django.core.files.images import ImageFile
from PIL import Image
from home.models import PortalImage
from tests.factories import make_course, make_run
file = BytesIO()
Image.new("RGB", (800, 600), "teal").save(file, "PNG")
image = PortalImage.objects.create(title="A field", file=ImageFile(file, "field.png"))
course = make_course({{"az": {SEARCHED!r}, "ru": "Устойчивое земледелие"}}, live=False, image=image)
make_run(course)
for text in course.texts.all():
    text.save_revision().publish()
print("number", course.pk)
"""


class Servers:
    """Servers of the test's own, which it may stop."""

    def __init__(self) -> None:
        self._running: dict[str, contextlib.ExitStack] = {}
        self.urls: dict[str, str] = {}

    def start(self, name: str, server: contextlib.AbstractContextManager[str]) -> None:
        """Until it is stopped."""
        self._running[name] = contextlib.ExitStack()
        self.urls[name] = self._running[name].enter_context(server)

    def stop(self, name: str) -> None:
        """This server is gone for good."""
        self._running.pop(name).close()

    def stop_all(self) -> None:
        """Those that still run."""
        for name in list(self._running):
            self.stop(name)

    def empty(self) -> None:
        """As on a new machine."""
        with psycopg.connect(self.urls["postgres"], autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS portal WITH (FORCE)")
            connection.execute("CREATE DATABASE portal")
        redis.Redis.from_url(self.urls["redis"]).flushall()
        url = self.urls["elasticsearch"]
        with urllib.request.urlopen(f"{url}/_cat/indices?h=index") as answer:
            for index in answer.read().decode().split():
                urllib.request.urlopen(urllib.request.Request(f"{url}/{index}", method="DELETE"))


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    with contextlib.ExitStack() as stack:
        made = Servers()
        stack.callback(made.stop_all)
        made.start("postgres", postgres.own_server())
        made.start("elasticsearch", elasticsearch.own_server())
        made.start("redis", redis_service.server())
        made.empty()
        yield made


@pytest.fixture(scope="module")
def machine(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """The portal, installed as the guide says."""
    folder = tmp_path_factory.mktemp("machine") / "volumes"
    folder.mkdir()
    values = dict(re.findall(r"^(\w+)=(.*)$", (ROOT / "docs" / "env.example").read_text(), re.M))
    servers_at = {name: address(url) for name, url in servers.urls.items()}
    made = Machine(folder, values | SECRETS, servers_at, free_port())
    with contextlib.ExitStack() as stack:
        stack.callback(made.stop)
        follow(made, "Install")
        wait_until_well(made)
        yield made


@pytest.fixture(scope="module")
def course(machine: Machine) -> int:
    """The number of a course that was published after the installation."""
    said = machine.execute("web", ["python", "manage.py", "shell", "-c", PUBLISH])
    return int(re.search(r"^number (\d+)", said, re.MULTILINE)[1])


def get(machine: Machine, path: str, *, secure: bool = True) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers as the TLS proxy gets them."""
    connection = http.client.HTTPConnection("127.0.0.1", machine.port, timeout=60)
    headers = {"Host": "learning.example.org"} | ({"X-Forwarded-Proto": "https"} if secure else {})
    connection.request("GET", urllib.parse.quote(path, safe="/?=&%"), headers=headers)
    answer = connection.getresponse()
    with contextlib.closing(connection):
        return answer.status, answer.read(), dict(answer.getheaders())


def ready(machine: Machine) -> tuple[int, dict]:
    status, body, headers = get(machine, "/readyz")
    assert headers["Content-Type"] == "application/json"
    assert not any(secret in body.decode() for secret in SECRETS.values())
    return status, json.loads(body)


def eventually(machine: Machine, service: str, true: Callable[[], bool]) -> None:
    """Return once it is true; AssertionError with the service's log if that never happens."""
    deadline = time.monotonic() + 180
    while not true():
        assert time.monotonic() < deadline, machine.log(service)
        time.sleep(0.3)


def wait_until_well(machine: Machine) -> None:
    """As Docker does: the health check, again until it succeeds."""

    def is_well() -> bool:
        with contextlib.suppress(AssertionError):
            machine.healthcheck("web")
            return True
        return False

    eventually(machine, "web", is_well)
    eventually(machine, "web", lambda: ready(machine)[1]["status"] == "ok")


def found(machine: Machine) -> bool:
    query = urllib.parse.urlencode({"q": "quraqliga davamli"})
    status, body, _headers = get(machine, f"/az/search/?{query}")
    assert status == 200
    return SEARCHED in re.sub(r"</?(mark|span)[^>]*>", "", body.decode())


def wait_until_found(machine: Machine) -> None:
    eventually(machine, "worker", lambda: found(machine))


def content(machine: Machine, course: int) -> dict[str, bytes]:
    """What visitors see: the course's pages, and the picture in them."""
    _status, _body, headers = get(machine, f"/az/kataloq/x-{course}/")
    seen = {}
    for path in (headers["Location"], "/ru/", "/kk/", "/sitemap.xml"):
        status, seen[path], _headers = get(machine, path)
        assert status == 200, path
    picture = re.search(rb'src="(/media/images/[^"]+)"', seen[headers["Location"]])[1].decode()
    status, seen[picture], _headers = get(machine, picture)
    assert status == 200
    return seen


def test_its_commands_make_a_portal_that_is_ready(machine):
    status, said = ready(machine)
    assert status == 200, said
    assert said["status"] == "ok"
    assert all(part["ok"] for part in said["parts"].values())
    for language in ("az", "tr", "en", "ru", "kk"):
        status, body, headers = get(machine, f"/{language}/")
        assert status == 200
        assert f'<html lang="{language}"' in body.decode()
        assert "max-age" in headers["Strict-Transport-Security"]
    style = re.search(r'href="(/static/css/portal\.[0-9a-f]+\.css)"', body.decode())[1]
    assert get(machine, style)[0] == 200


def test_visitors_without_tls_are_led_to_it(machine):
    status, _body, headers = get(machine, "/az/", secure=False)
    assert (status, headers["Location"]) == (301, "https://learning.example.org/az/")


def test_the_worker_makes_a_published_course_findable(machine, course):
    wait_until_found(machine)
    assert ready(machine)[1]["parts"]["queue"]["ok"]


def test_an_upgrade_keeps_the_content(machine, course):
    before = content(machine, course)
    follow(machine, "Upgrade")
    machine.compose(["up", "--detach", "prepare"])
    wait_until_well(machine)
    assert content(machine, course) == before
    assert found(machine)
    assert "Traceback" not in machine.log("web") + machine.log("worker")


def test_a_backup_brings_the_portal_back_on_a_new_machine(machine, course, servers):
    before = content(machine, course)
    follow(machine, "Back up")
    machine.stop()
    machine.forget()
    servers.empty()
    follow(machine, "Restore")
    wait_until_well(machine)
    assert content(machine, course) == before
    assert found(machine)
    assert ready(machine)[0] == 200


def test_a_stopped_server_is_named_and_what_can_be_served_is_served(machine, course, servers):
    wait_until_found(machine)
    servers.stop("redis")
    status, said = ready(machine)
    assert (status, said["status"]) == (200, "degraded")
    assert "redis does not answer" in said["parts"]["cache"]["detail"]
    assert found(machine)

    servers.stop("elasticsearch")
    status, said = ready(machine)
    assert (status, said["status"]) == (200, "degraded")
    assert said["parts"]["engine"]["degraded"]
    assert found(machine)

    servers.stop("postgres")
    status, said = ready(machine)
    assert (status, said["status"]) == (503, "unavailable")
    assert not said["parts"]["database"]["ok"]
    assert "database" in said["parts"]["queue"]["detail"]
    assert get(machine, "/healthz")[0] == 200
    status, body, _headers = get(machine, "/az/")
    assert status in (500, 503)
    assert b"<html" in body
