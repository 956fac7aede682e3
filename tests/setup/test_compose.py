"""The container set-up keeps its schema, and its settings pass Django's own deployment check."""

from __future__ import annotations

import json
import subprocess
import sys

import jsonschema
import yaml

from .conftest import ROOT, newcomers_environment

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
VALUES = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "a-key-of-a-test-" + "0123456789abcdef" * 4 + "xyz",
    "PUBLIC_URL": "https://learning.example.org",
}


def manage(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=newcomers_environment(**(VALUES | variables)),
        capture_output=True,
        text=True,
        check=False,
    )


def test_compose_file_keeps_the_schema_of_the_compose_specification():
    schema = json.loads((ROOT / "tests" / "data" / "compose-spec.json").read_text())
    jsonschema.Draft7Validator(schema).validate(COMPOSE)


def test_nothing_in_the_compose_file_is_said_twice():
    waiting = [yaml.compose((ROOT / "compose.yaml").read_text())]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            names = [key.value for key, _value in node.value]
            assert len(names) == len(set(names)), names
            waiting += [value for _key, value in node.value]


def test_no_service_but_the_web_is_reached_from_outside_and_that_only_by_the_proxy():
    ports = {name: service.get("ports", []) for name, service in COMPOSE["services"].items()}
    assert {name for name, listed in ports.items() if listed} == {"web"}
    assert all(port.startswith("127.0.0.1:") for port in ports["web"])


def test_every_command_of_the_portal_is_there():
    known = manage("help", "--commands").stdout.split()
    for name in ("prepare", "worker"):
        command = COMPOSE["services"][name]["command"]
        assert command[:2] == ["python", "manage.py"]
        assert command[2] in known


def test_production_settings_pass_the_deployment_check(tmp_path):
    checked = manage("check", "--deploy", "--fail-level", "WARNING", DATA_DIR=str(tmp_path))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "no issues" in checked.stdout


def test_production_refuses_to_start_without_its_key(tmp_path):
    refused = manage("check", SECRET_KEY="", DATA_DIR=str(tmp_path))
    assert refused.returncode != 0
    assert "SECRET_KEY" in refused.stderr
