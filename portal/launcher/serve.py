"""``make run``: from a fresh clone to a portal that answers."""

from __future__ import annotations

import http.client
import json
import os
import tempfile
import time
from pathlib import Path

from .checks import CONTENT_BYTES, check_disk, check_port, parse_port
from .children import Children, call
from .console import Problem, Steps, heading, say
from .environment import ROOT, Environment, ensure

TOTAL_STEPS = 8
PREPARE_STEPS = 4
READY_SECONDS = 120
LAST_PORT = 65535


def run() -> int:
    """Prepare what is missing, then serve until somebody stops it."""
    port = parse_port(os.environ.get("PORT", ""))
    heading("Learning Gate")
    steps = Steps(TOTAL_STEPS)
    steps.begin("Checking this machine")
    check_port(port)
    check_disk(Path(os.environ.get("DATA_DIR") or ROOT / "var").absolute(), CONTENT_BYTES)
    steps.begin("Python packages")
    environment = ensure("requirements.txt")
    variables = _variables(port)
    check_port(lms_port(port))
    steps.begin("Message catalogues")
    _must([environment.python, "-m", "portal.installation.catalogues"], variables)
    report = _prepare(environment, variables, steps)
    steps.begin("Starting web and worker")
    with Children() as children:
        check_port(port)
        children.start("web server", _web(environment, port), variables)
        children.start("worker", environment.manage("worker"), variables)
        if report["sign_in"]:
            children.start("demo learning system", _lms(environment, port), variables)
        _wait_until_ready(port, children)
        _print_addresses(port, report, environment.shown)
        name, status = children.wait()
        raise Problem(f"The {name} has ended (status {status}); see its last lines above.")


def _variables(port: int) -> dict[str, str]:
    """The children's environment: development settings unless something else was asked for."""
    lms = f"127.0.0.1:{lms_port(port)}"
    defaults = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "DEMO_LMS_URL": f"http://{lms}",
    }
    allowed = [*filter(None, os.environ.get("LMS_PRIVATE_HOSTS", "").split(",")), lms]
    fixed = {"PYTHONUNBUFFERED": "1", "LMS_PRIVATE_HOSTS": ",".join(allowed)}
    return defaults | os.environ | fixed


def lms_port(port: int) -> int:
    """Where the demo's learning system listens: a hundred beside the portal."""
    return port + 100 if port + 100 <= LAST_PORT else port - 100


def _must(argv: list[str], variables: dict[str, str]) -> None:
    if status := call(argv, variables):
        raise Problem(f"That step failed (status {status}); what it says stands above.")


def _prepare(environment: Environment, variables: dict[str, str], steps: Steps) -> dict:
    """Database, site, demo and index in one process: starting Django takes seconds."""
    with tempfile.TemporaryDirectory(prefix="learning-gate-") as folder:
        report = Path(folder) / "report.json"
        words = ["prepare", "--demo", f"--report={report}", f"--steps-before={steps.done}"]
        steps.done += PREPARE_STEPS
        words.append(f"--steps-after={steps.total - steps.done}")
        _must(environment.manage(*words), variables)
        return json.loads(report.read_text(encoding="utf-8"))


def _web(environment: Environment, port: int) -> list[str]:
    options = ["--workers=2", "--preload", f"--bind=127.0.0.1:{port}", "--log-level=warning"]
    return [environment.tool("gunicorn"), "portal.wsgi:application", *options]


def _lms(environment: Environment, port: int) -> list[str]:
    """The demonstration of an LMS; people and places there outlive a restart."""
    kept = Path(os.environ.get("DATA_DIR") or ROOT / "var").absolute() / "demo-lms.json"
    words = ["--port", str(lms_port(port)), "--file", str(kept)]
    return [environment.python, "-m", "portal.demo.lms_server", *words]


def _wait_until_ready(port: int, children: Children) -> None:
    deadline = time.monotonic() + READY_SECONDS
    answer = "no answer"
    while time.monotonic() < deadline:
        if gone := children.ended():
            raise Problem(f"The {gone[0]} did not start (status {gone[1]}); see above.")
        status, answer = _ask(port)
        if status == 200:
            return
        time.sleep(0.3)
    raise Problem(f"The portal did not become ready in {READY_SECONDS} seconds: {answer}")


def _ask(port: int) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        return response.status, response.read().decode("utf-8", "replace")
    except OSError as error:
        return 0, str(error)
    finally:
        connection.close()


def _print_addresses(port: int, report: dict, python: str) -> None:
    site = f"http://127.0.0.1:{port}"
    say()
    heading("Learning Gate is running. Ctrl-C stops it.")
    for language in report["languages"]:
        say(f"  {language['name']:<14} {site}/{language['code']}/")
    say(f"  {'Admin':<14} {site}/admin/")
    if report["sign_in"]:
        say(f"  {'Demo LMS':<14} http://127.0.0.1:{lms_port(port)}/   (a demonstration)")
        say("\n  Sign in with")
        width = max(len(who["username"]) for who in report["sign_in"])
        for who in report["sign_in"]:
            say(f"  {who['role']:<14} {who['username']:<{width}}   {who['password']}")
        say("\n  The code of the second step, as an app on a phone would show it:")
        say(f"  {python} manage.py demo code editor")
    else:
        say(f"\n  For an administrator: {python} manage.py setup --admin-email YOU@EXAMPLE")
