"""Who asks is told by the proxies that the operator trusts, and by nobody else."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.test import RequestFactory

from home.clients import client_address


def asked(remote: str, forwarded: str = "") -> str:
    more = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=remote, **more))


@pytest.mark.parametrize("proxy", ["127.0.0.1", "::1", "::ffff:127.0.0.1", ""])
def test_a_proxy_on_this_machine_is_believed(proxy):
    assert asked(proxy, "198.51.100.7") == "198.51.100.7"
    assert asked(proxy) == ""


def test_only_the_address_that_the_proxy_saw_itself_counts():
    assert asked("127.0.0.1", "203.0.113.9, 198.51.100.7") == "198.51.100.7"


def test_a_stranger_is_not_believed():
    assert asked("203.0.113.5", "198.51.100.7") == "203.0.113.5"
    assert asked("172.18.0.1", "198.51.100.7") == "172.18.0.1"


def test_the_network_of_containers_is_believed_where_the_operator_says_so(settings):
    settings.TRUSTED_PROXIES = [ip_network("172.16.0.0/12")]
    assert asked("172.18.0.1", "198.51.100.7") == "198.51.100.7"
    assert asked("127.0.0.1", "198.51.100.7") == "127.0.0.1"
