"""A person takes a connection live in Chromium and watches its first sync: the bar rises with each
product that the marketplace confirms, Pause stops it before the next call, Go live goes on.

The sandbox holds every call until the test lets it go, so each step of the bar can be seen.
"""

import json

import pytest
from playwright.sync_api import expect

from tests.chaos.stage import make_products
from tests.chaos.world import UPDATE
from tests.sandbox.client import Sandbox as Controls
from tests.sandbox.tests.browser import needs_chromium

from . import screen
from .screen import PATIENCE, log_in, open_form
from .waiting import wait_until

pytestmark = needs_chromium
page = screen.page

COUNT = 16
HALF = 8
AT_ONCE = 2  # calls at a time: what odoo.conf gives to the channel of pushes
ACTIVE = ("pending", "enqueued", "started")


@pytest.fixture
def shop(sandbox):
    """The sandbox's own controls; every call to it is held until somebody lets it go."""
    with Controls(sandbox.url, token=sandbox.token) as running:
        running.set(auto_create=True)
        running.add_fault("hold", path=UPDATE)
        yield running


@pytest.fixture
def connection(rpc, sandbox, installation):
    """A connection that nobody has tested yet, with products to offer. :return: its id"""
    make_products(rpc, installation.odoo.series, COUNT)
    return rpc.call(
        "marketplace.config",
        "create",
        {
            "name": "Watched",
            "api_base_url": sandbox.api,
            "auth_token": sandbox.token,
            "deployment": "supplier",
            "scope_domain": "[('default_code', '=like', 'chaos-%')]",
            "batch_size": 1,
            "timeout": 50,
        },
    )


class Watcher:
    """A person before the connection's form, who never reloads it."""

    def __init__(self, page, url, connection):
        self._page = page
        log_in(page, url)
        open_form(page, url, "marketplace.config", connection)

    def button(self, label):
        return self._page.locator(".o_form_view").get_by_role("button", name=label, exact=True)

    def sees_bar(self, number):
        """So many products are in step, in words and as the bar's length."""
        summary = self._page.locator(".o_marketplace_progress_summary")
        expect(summary).to_have_text(f"{number} of {COUNT} products in step", timeout=PATIENCE)
        bar = self._page.locator(".o_marketplace_progress .progress")
        percent = f"{100 * number / COUNT:g}"
        expect(bar).to_have_attribute("aria-valuenow", percent)
        length = bar.locator(".bg-success").evaluate("bar => bar.style.width")
        assert length == f"{percent}%"

    def loses_its_line(self):
        """The next time that the form asks how far it is, nobody answers."""
        self._page.route("**/get_sync_progress", lambda route: route.abort(), times=1)
        with self._page.expect_event("requestfailed"):
            pass

    def reads(self, words):
        self._page.locator(".o_marketplace_progress").get_by_text(words).wait_for()


def let_go(shop, number=1):
    """Let the oldest held calls through, once there are so many."""
    held = wait_until(lambda: len(shop.held()) >= number and shop.held())
    for seq in held[:number]:
        shop.release(seq)


def told(shop):
    """The products that the marketplace was told about, call by call."""
    calls = [json.loads(call["body"]) for call in shop.journal(path=UPDATE, limit=1000)]
    assert [len(items) for items in calls] == [1] * len(calls)
    return [items[0]["internal_product_id"] for items in calls]


def test_a_first_sync_is_watched_stopped_half_way_and_finished(shop, connection, rpc, odoo, page):
    watcher = Watcher(page, odoo.url, connection)
    watcher.button("Test connection").click()
    watcher.button("Go live").click()
    watcher.sees_bar(0)
    watcher.loses_its_line()
    for number in range(1, HALF + 1):
        let_go(shop)
        watcher.sees_bar(number)

    wait_until(lambda: len(shop.held()) == AT_ONCE)
    watcher.button("Pause").click()
    watcher.reads("wait until you go live")
    let_go(shop, AT_ONCE)
    before = HALF + AT_ONCE
    watcher.sees_bar(before)
    watcher.reads(f"Stopped: {COUNT - before} wait until you go live")
    wait_until(lambda: not rpc.call("queue.job", "search_count", [("state", "in", ACTIVE)]))
    assert shop.held() == []
    assert len(told(shop)) == before

    shop.clear_faults()
    watcher.button("Go live").click()
    watcher.sees_bar(COUNT)
    identities = told(shop)
    assert len(identities) == len(set(identities)) == COUNT, "a confirmed one was sent again"
