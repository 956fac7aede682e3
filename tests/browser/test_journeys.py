"""A reader finds a course and the way to it: without scripts, without a mouse, in two languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DemoPortal

pytestmark = pytest.mark.browser
# The search page has a long row of filters before its results.
MOST_TABS = 300


def number_in(address: str) -> str:
    """The number that ends the path of a course's page."""
    found = re.search(r"-(\d+)/$", urlsplit(address).path)
    assert found, address
    return found[1]


def word_of_the_course(portal: DemoPortal) -> str:
    """A word that finds the course whose page is among the key pages."""
    return parse_qs(urlsplit(portal.pages["az"]["search"]).query)["q"][0]


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element that the selector matches has the focus."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector} on {page.url}")


@pytest.fixture
def scriptless_page(chromium: Browser) -> Iterator[Page]:
    """A page whose reader has switched scripts off."""
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_scripts_a_reader_comes_from_the_front_page_to_the_lms(
    demo_portal: DemoPortal, scriptless_page: Page
) -> None:
    page, course = scriptless_page, demo_portal.pages["az"]["course"]
    page.goto(demo_portal.address("az", "home"))
    field = page.locator("main input[name=q]")
    field.fill(word_of_the_course(demo_portal))
    field.press("Enter")
    page.locator(f".results a[href='{course}']").click()
    expect(page).to_have_url(demo_portal.url + course)
    door = page.locator(".enrol a").get_attribute("href")
    assert urlsplit(door).hostname == "lms.academy.example"


def test_without_scripts_a_reader_learns_whether_they_can_enrol(
    demo_portal: DemoPortal, scriptless_page: Page
) -> None:
    page = scriptless_page
    page.goto(demo_portal.address("az", "course"))
    expect(page.locator(".eligibility--unknown")).to_be_visible()
    for institution, answer in (("other", "yes"), ("none", "no")):
        question = page.locator("details.question")
        if question.get_attribute("open") is None:
            question.locator("summary").click()
        question.locator("[name=country]").select_option("az")
        question.locator("[name=institution]").select_option(institution)
        question.locator("button").click()
        expect(page.locator(f".eligibility--{answer}")).to_be_visible()
        page.goto(demo_portal.address("az", "course"))


def test_keyboard_alone_leads_from_the_front_page_into_a_course(
    demo_portal: DemoPortal, browser_page: Page
) -> None:
    page = browser_page
    page.goto(demo_portal.address("az", "home"))
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, "main input[name=q]")
    page.keyboard.type(word_of_the_course(demo_portal))
    page.keyboard.press("Enter")
    first = page.locator(".results a").first
    expect(first).to_be_visible()
    title, target = first.inner_text(), first.get_attribute("href")
    tab_to(page, ".results a")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(demo_portal.url + target)
    expect(page.locator("h1")).to_have_text(title)


def test_another_language_is_the_same_course(demo_portal: DemoPortal, browser_page: Page) -> None:
    page = browser_page
    page.goto(demo_portal.address("az", "course"))
    number, title = number_in(page.url), page.locator("h1").inner_text()
    page.locator("nav.languages a[lang=ru]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    assert urlsplit(page.url).path == demo_portal.pages["ru"]["course"]
    assert number_in(page.url) == number
    assert page.locator("h1").inner_text() != title


def test_a_filter_narrows_the_results_until_its_chip_is_removed(
    demo_portal: DemoPortal, browser_page: Page
) -> None:
    page = browser_page
    page.goto(demo_portal.address("az", "search"))
    results = page.locator(".results > li")
    before = results.count()
    choice = page.locator("label.facet__value", has=page.locator("[name=kind][value=live]"))
    promised = int(choice.locator(".facet__count").inner_text())
    choice.locator("input").check()
    page.locator(".facets__apply button").click()
    chip = page.locator(".chips .chip:not(.chip--clear)")
    expect(chip).to_have_count(1)
    expect(results).to_have_count(promised)
    assert 0 < promised < before
    assert page.locator("[name=kind][value=live]").is_checked()
    chip.click()
    expect(chip).to_have_count(0)
    expect(results).to_have_count(before)
