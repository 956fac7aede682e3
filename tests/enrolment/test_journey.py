"""The whole way without scripts: find a course, sign in, ask for a place, read that it is there."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.accounts.services import CLIENT, real_provider
from tests.services.portal_copy import ROOT
from tests.services.process import free_port, running, scratch_folder, wait_until

pytestmark = pytest.mark.browser
TITLE = "İqlim dəyişikliyi və dövlət idarəetməsi"
COURSE = "env-101"
MOST_RELOADS = 240
SUBJECT = "aze-1"
PEOPLE = {
    SUBJECT: {
        "given_name": "İlqar",
        "family_name": "Şıxəliyev",
        "email": "ilqar@example.gov.az",
        "email_verified": True,
        "locale": "az-AZ",
    }
}
# The row that an administrator makes of a service in the admin.
ISSUER = """
import sys, django
django.setup()
from catalog.people.models import Country, Issuer
Issuer.objects.create(
    key="asan", name={"az": "ASAN Giriş"}, url=sys.argv[1], client_id=sys.argv[2],
    secret="s3cret-of-asan", country=Country.objects.get(code="az"), active=True,
)
"""


@dataclass(frozen=True)
class House:
    """A demo portal with its worker and the demonstration LMS."""

    url: str
    lms: str
    who: dict[str, str]


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with scratch_folder("enrolment") as folder, contextlib.ExitStack() as stack:
        port, lms_port = free_port(), free_port()
        issuer = stack.enter_context(real_provider(PEOPLE))
        url, lms = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{lms_port}"
        kept = {k: v for k, v in os.environ.items() if not k.endswith(("DATABASE_URL", "SEARCH"))}
        env = kept | {
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "DATA_DIR": str(folder / "data"),
            "PUBLIC_URL": url,
            "DEMO_LMS_URL": lms,
            "LMS_PRIVATE_HOSTS": f"127.0.0.1:{lms_port}",
            "SIGN_IN_PRIVATE_HOSTS": urlsplit(issuer).netloc,
        }
        prepare = [sys.executable, "manage.py", "prepare", "--demo"]
        subprocess.run(prepare, env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        connect = [sys.executable, "-c", ISSUER, issuer, CLIENT]
        subprocess.run(connect, env=env, cwd=ROOT, check=True)

        def start(name: str, *argv: str):
            log = folder / f"{name}.log"
            return log, stack.enter_context(
                running([sys.executable, *argv], log, env=env, cwd=ROOT)
            )

        start("lms", "-m", "portal.demo.lms_server", "--port", str(lms_port))
        start("worker", "manage.py", "worker")
        web = ("-m", "gunicorn", "portal.wsgi:application", f"--bind=127.0.0.1:{port}")
        log, process = start("web", *web, "--threads=4", "--log-level=warning")
        wait_until(lambda: _answers(f"{url}/readyz"), process, log, seconds=90)
        signs = json.loads(Path(folder / "data" / "demo-sign-in.json").read_text())
        yield House(url, lms, next(row for row in signs if row["role"] == "official"))


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A telephone without scripts."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 760}, java_script_enabled=False, locale="az-AZ"
    )
    yield context.new_page()
    context.close()


def find(page: Page, house: House) -> None:
    """From the front page to the course."""
    page.goto(f"{house.url}/az/")
    field = page.locator("main input[name=q]")
    field.fill(TITLE)
    field.press("Enter")
    page.get_by_role("link", name=TITLE, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def sign_in_by_service(page: Page) -> None:
    """There, who they are; and back."""
    page.get_by_role("link", name="ASAN Giriş").click()
    page.locator("input[name=sub]").fill(SUBJECT)
    page.get_by_role("button", name="Authorize").click()


def sign_in_by_password(page: Page, house: House) -> None:
    page.locator("input[name=login]").fill(house.who["username"])
    page.locator("input[name=password]").fill(house.who["password"])
    page.locator("main form button[type=submit]").first.click()


def reload_until(page: Page, selector: str) -> None:
    """The state is shown on reload; nothing refreshes by itself."""
    for _look in range(MOST_RELOADS):
        if page.locator(selector).count():
            return
        time.sleep(0.5)
        page.reload()
    raise AssertionError(f"{selector} never came:\n{page.locator('main').inner_text()}")


def test_from_the_search_to_a_place_in_the_lms_and_back(house: House, page: Page):
    find(page, house)
    page.locator(".enrol a").click()
    sign_in_by_service(page)
    # Back on the very page that was asked for: one click more stores the wish.
    expect(page).to_have_url(re.compile(r"/az/enrol/course/\d+/$"))
    page.locator("form.form button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/az/enrol/\d+/$"))
    own = page.url
    reload_until(page, "a[href$='/go/']")
    # My learning stands on every page; from there it is one click into the course.
    page.locator(".header__account").click()
    expect(page.locator("h1")).to_have_text("Mənim təlimim")
    page.locator(".learning a[href$='/go/']").click()
    expect(page).to_have_url(re.compile(re.escape(house.lms) + r"/course/view\.php"))
    expect(page.locator("[role=note]")).to_contain_text("nümayiş")
    page.goto(own)
    page.locator("main details summary").click()
    page.locator("main details form button").click()
    expect(page).to_have_url(own)
    assert page.locator("a[href$='/go/']").count() == 0


def test_the_pages_of_enrolment_have_no_barriers(house: House, chromium: Browser):
    context = chromium.new_context(viewport={"width": 360, "height": 760}, locale="az-AZ")
    page = context.new_page()
    try:
        find(page, house)
        page.locator(".enrol a").click()
        sign_in_by_password(page, house)
        seen = [page.url]
        page.locator("form.form button[type=submit]").click()
        expect(page).to_have_url(re.compile(r"/az/enrol/\d+/$"))
        seen.append(page.url)
        for address in seen:
            page.goto(address)
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= 360, address
    finally:
        context.close()
