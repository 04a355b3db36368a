"""How long 10,000 changed prices take to be on the marketplace, in how many calls.

Beside it the naive way: a job for each product, with the addon's own client.
"""

import math
import time

import pytest

from . import bars, catalogue
from .report import Figure
from .systems import forget_second_looks
from .waiting import until

# The naive way is measured with fewer products: it takes as much longer as there are more of them.
NAIVE = 300
LONGEST = 300
IMPORTED = [".id", "list_price"]


def wait_for_items(shop, seen, number):
    """Wait until the marketplace has had so many items. :return: the calls, as journalled"""

    def calls():
        found = shop.sandbox.journal(
            since=seen, path="bulk-update", bodies=False, limit=2 * bars.BURST
        )
        done = [call for call in found if call["finished"]]
        return sum(len(call["items"]) for call in done) >= number and done

    return until(calls, LONGEST, f"{number} items", every=0.2)


def measure(shop, prices, change):
    """Change prices. :return: (seconds from the commit to the last answer, number of calls)"""
    shop.settle()
    seen = shop.sandbox.last_seq()
    committed = change()
    calls = wait_for_items(shop, seen, len(prices))
    shop.settle()
    there = {
        row["internal_product_id"]: float(row["selling_price"])
        for row in shop.sandbox.product_state()
    }
    assert {product: there[product] for product in prices} == prices
    assert len(shop.sandbox.journal(since=seen, bodies=False)) == len(calls)
    return max(call["finished"] for call in calls) - committed, len(calls)


def write(shop, price):
    prices = {str(product): price for product in shop.variants}
    return measure(shop, prices, lambda: shop.set_price(shop.templates, price))


def load(shop, price):
    rows = [[str(template), str(price + n)] for n, template in enumerate(shop.templates)]
    prices = {str(product): price + n for n, product in enumerate(shop.variants)}
    return measure(shop, prices, lambda: shop.timed("product.template", [], "load", IMPORTED, rows))


def ideal_calls(shop):
    [config] = shop.rpc.call("marketplace.config", "read", [shop.config], ["batch_size"])
    return math.ceil(bars.BURST / config["batch_size"])


def naive_takes(shop):
    """:return: seconds for one product when each has a job of its own"""
    listings = shop.db.column(
        "SELECT id FROM marketplace_listing WHERE config_id = %s ORDER BY id LIMIT %s",
        shop.config,
        NAIVE,
    )
    shop.settle()
    seen = shop.sandbox.last_seq()
    committed = shop.timed("bench.probe", [], "delay_job_per_listing", listings)
    calls = wait_for_items(shop, seen, NAIVE)
    assert len(calls) == NAIVE
    shop.settle()
    return (max(call["finished"] for call in calls) - committed) / NAIVE


def test_many_prices_are_there_in_seconds(shop, report):
    started = time.monotonic()
    written, calls = write(shop, 77.5)
    report.remark(f"burst: one write and all it took, {time.monotonic() - started:.1f} s")
    started = time.monotonic()
    loaded, load_calls = load(shop, 100.25)
    report.remark(f"burst: one import and all it took, {time.monotonic() - started:.1f} s")
    naive = naive_takes(shop) * bars.BURST
    ideal = ideal_calls(shop)
    report(
        Figure(bars.ALL_THERE, written, note="one write"),
        Figure(bars.ALL_THERE, loaded, note="one import"),
        Figure(bars.CALLS, calls, ideal, note="one write"),
        Figure(bars.CALLS, load_calls, ideal, note="one import"),
        Figure(
            bars.FASTER,
            naive / max(written, loaded),
            note=f"{naive:.0f} s, from {NAIVE} products, linearly",
        ),
    )


@pytest.fixture
def ruled_shop(shop):
    """A shop whose prices come from a pricelist with a rule for each product."""
    pricelist = shop.rpc.call(
        "product.pricelist", "create", {"name": "A rule a product", "company_id": 1}
    )
    catalogue.add_rules(shop.db, pricelist)
    set_pricelist(shop, pricelist)
    yield shop
    set_pricelist(shop, False)


def set_pricelist(shop, pricelist):
    shop.rpc.call("marketplace.config", "write", [shop.config], {"pricelist_id": pricelist})
    shop.rpc.call("marketplace.config", "action_sync_all", [shop.config])
    shop.settle()
    forget_second_looks(shop)


def test_many_prices_by_rules_are_there_in_seconds(ruled_shop, report):
    prices = {str(product): 108.0 for product in ruled_shop.variants}
    seconds, calls = measure(
        ruled_shop, prices, lambda: ruled_shop.set_price(ruled_shop.templates, 120)
    )
    report(
        Figure(bars.ALL_THERE_BY_RULES, seconds),
        Figure(bars.CALLS, calls, ideal_calls(ruled_shop), note="by rules"),
    )
