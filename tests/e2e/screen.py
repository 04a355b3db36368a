"""Odoo's screen in Chromium, as a person has it before them. For the tests named *_on_screen."""

import pytest

from tests.sandbox.tests.browser import chromium

PATIENCE = 60_000  # milliseconds


@pytest.fixture
def page():
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE)
        yield page


def log_in(page, url):
    page.goto(f"{url}/web/login")
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click("button[type=submit]:visible")
    page.wait_for_selector(".o_main_navbar")


def open_form(page, url, model, record):
    page.goto(f"{url}/web#model={model}&view_type=form&id={record}")
    page.wait_for_selector(".o_form_view")
