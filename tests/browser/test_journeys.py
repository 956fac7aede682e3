"""A reader finds a course and the way to it: with and without scripts, without a mouse."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import opened
from tests.services.demo_portal import DemoPortal

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


def result_of(course: str) -> str:
    """Matches the result that leads to the course of that path; search counts what is opened."""
    return f".results a[href*='to=course%3A{number_in(course)}&']"


def with_lms(page: Page) -> Page:
    """The page of a reader for whom the LMS of the demo answers."""
    page.route("https://lms.academy.example/**", lambda route: route.fulfill(body="the LMS"))
    return page


def test_a_reader_comes_from_the_front_page_to_the_lms(
    demo_portal: DemoPortal, reader: Page
) -> None:
    page, course = with_lms(reader), demo_portal.pages["az"]["course"]
    page.goto(demo_portal.address("az", "home"))
    field = page.locator("main input[name=q]")
    field.fill(word_of_the_course(demo_portal))
    field.press("Enter")
    page.locator(result_of(course)).click()
    expect(page).to_have_url(demo_portal.url + course)
    page.locator(".enrol a").click()
    expect(page).to_have_url(re.compile(r"^https://lms\.academy\.example/"))


def test_a_reader_learns_whether_they_can_enrol(demo_portal: DemoPortal, reader: Page) -> None:
    page = reader
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


def test_keyboard_alone_leads_from_the_front_page_into_the_lms(
    demo_portal: DemoPortal, reader: Page
) -> None:
    page, course = with_lms(reader), demo_portal.pages["az"]["course"]
    page.goto(demo_portal.address("az", "home"))
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, "main input[name=q]")
    page.keyboard.type(word_of_the_course(demo_portal))
    page.keyboard.press("Enter")
    expect(page.locator(".results a").first).to_be_visible()
    tab_to(page, result_of(course))
    page.keyboard.press("Enter")
    expect(page).to_have_url(demo_portal.url + course)
    tab_to(page, ".enrol a")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"^https://lms\.academy\.example/"))


def test_keyboard_alone_changes_the_language_of_the_same_course(
    demo_portal: DemoPortal, reader: Page
) -> None:
    page = reader
    page.goto(demo_portal.address("az", "course"))
    number, title = number_in(page.url), page.locator("h1").inner_text()
    tab_to(page, "nav.languages a[lang=ru]")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    assert urlsplit(page.url).path == demo_portal.pages["ru"]["course"]
    assert number_in(page.url) == number
    assert page.locator("h1").inner_text() != title


def test_keyboard_alone_narrows_the_results_and_takes_the_filter_off_again(
    demo_portal: DemoPortal, reader: Page
) -> None:
    page = reader
    page.goto(demo_portal.address("az", "search"))
    results = page.locator(".results > li")
    before = results.count()
    choice = page.locator("label.facet__value", has=page.locator("[name=kind][value=live]"))
    promised = int(choice.locator(".facet__count").inner_text())
    tab_to(page, "[name=kind][value=live]")
    page.keyboard.press("Space")
    tab_to(page, ".facets__apply button")
    page.keyboard.press("Enter")
    chip = page.locator(".chips .chip:not(.chip--clear)")
    expect(chip).to_have_count(1)
    expect(results).to_have_count(promised)
    assert 0 < promised < before
    assert page.locator("[name=kind][value=live]").is_checked()
    tab_to(page, ".chips .chip:not(.chip--clear)")
    page.keyboard.press("Enter")
    expect(chip).to_have_count(0)
    expect(results).to_have_count(before)


def test_on_a_phone_the_sheet_of_filters_opens_and_closes(
    demo_portal: DemoPortal, chromium: Browser, scripts: bool
) -> None:
    with opened(chromium, 360, scripts=scripts) as page:
        page.goto(demo_portal.address("az", "search"))
        sheet = page.locator("#filters")
        expect(sheet).to_be_hidden()
        page.locator("a[href='#filters']").click()
        expect(sheet).to_be_visible()
        page.locator(".facets__close").click()
        expect(sheet).to_be_hidden()


def test_keyboard_alone_sends_a_message_after_mending_what_was_wrong(
    demo_portal: DemoPortal, reader: Page
) -> None:
    page = reader
    page.goto(f"{demo_portal.url}/az/write-to-us/")
    tab_to(page, "#contact-message")
    page.keyboard.type("Kurs nə vaxt başlayır?")
    tab_to(page, ".contact button")
    page.keyboard.press("Enter")
    # The summary is where the reader lands; its first link leads to the first field.
    expect(page.locator("#contact-errors")).to_be_in_viewport()
    tab_to(page, "#contact-errors a")
    page.keyboard.press("Enter")
    expect(page.locator("#contact-email")).to_be_focused()
    page.keyboard.type("leyla@example.org")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#contact-message")).to_have_value("Kurs nə vaxt başlayır?")
    tab_to(page, ".contact button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/az/write-to-us/sent/[0-9A-Z]{4}-[0-9A-Z]{4}/"))
