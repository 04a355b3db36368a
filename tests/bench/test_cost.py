"""What the addon adds to what people wait for: two Odoos on the same data, asked in turn.

Every touched product is listed and changes, and the marks are counted: a run that measures an
addon with nothing to do fails.
"""

import time
from functools import partial
from itertools import count

import pytest

from . import bars
from .report import Figure
from .stats import ratios, spread

LINES = 5
QUIETLY = {"skip_sms": True}
_prices = count(11)


def seconds(call):
    started = time.perf_counter()
    result = call()
    return time.perf_counter() - started, result


class Pairs:
    """Times the same request at both Odoos, each time at another one first."""

    def __init__(self, plain, shop):
        self._sides = [plain, shop]
        self.pairs = []

    def measure(self, ask, touched):
        """:param ask: given a Shop and its number (0 or 1), sends the one request that counts
        :param touched: how many products it changes, each of which has to be marked
        """
        took = {}
        order = [0, 1] if len(self.pairs) % 2 else [1, 0]
        shop = self._sides[1]
        for side in order:
            shop.settle()
            before = shop.db.marks()
            took[side], _result = seconds(partial(ask, self._sides[side], side))
            assert shop.db.marks() - before == (touched if side else 0)
        self.pairs.append((took[0], took[1]))

    def report(self, report, bar):
        found = ratios(self.pairs)
        without, with_it = (spread(side)["median"] for side in zip(*self.pairs, strict=True))
        report.remark(f"{bar.what}: {1000 * without:.1f} ms without, {1000 * with_it:.1f} with")
        report(Figure(bar, spread(found)["median"], samples=found))


@pytest.fixture
def pairs(plain, shop):
    return Pairs(plain, shop)


def warmed(shop, plain, ask):
    """Ask each a few times, so that every worker has done it once."""
    for _time in range(8):
        for side, one in enumerate((plain, shop)):
            ask(one, side)
            shop.settle()


def test_one_price_costs_little_more(plain, shop, pairs, report):
    def ask(one, _side):
        values = {"list_price": price}
        return one.rpc.call("product.template", "write", [one.templates[0]], values)

    price = next(_prices)
    warmed(shop, plain, ask)
    for _pair in range(4 * bars.PAIRS):
        price = next(_prices)
        pairs.measure(ask, 1)
    pairs.report(report, bars.ONE_PRICE)


def test_a_thousand_written_prices_cost_little_more(plain, shop, pairs, report):
    def ask(one, _side):
        ids = one.templates[: bars.IN_ONE_GO]
        return one.rpc.call("product.template", "write", ids, {"list_price": price})

    price = next(_prices)
    warmed(shop, plain, ask)
    # a hundred milliseconds vary by a third from one to the next, whoever does the work
    for _pair in range(3 * bars.PAIRS):
        price = next(_prices)
        pairs.measure(ask, bars.IN_ONE_GO)
    pairs.report(report, bars.WRITE)


def test_a_thousand_imported_prices_cost_little_more(plain, shop, pairs, report):
    def ask(one, _side):
        rows = [[str(id_), str(price)] for id_ in one.templates[: bars.IN_ONE_GO]]
        answer = one.rpc.call("product.template", "load", [".id", "list_price"], rows)
        assert len(answer["ids"]) == bars.IN_ONE_GO

    price = next(_prices)
    warmed(shop, plain, ask)
    for _pair in range(bars.PAIRS):
        price = next(_prices)
        pairs.measure(ask, bars.IN_ONE_GO)
    pairs.report(report, bars.IMPORT)


def new_order(shop):
    lines = [
        (0, 0, {"product_id": product, "product_uom_qty": 1}) for product in shop.variants[:LINES]
    ]
    partner = shop.rpc.record("base.res_partner_2")
    return shop.rpc.call("sale.order", "create", {"partner_id": partner, "order_line": lines})


def test_selling_costs_little_more(plain, shop, report):
    confirming, validating = Pairs(plain, shop), Pairs(plain, shop)

    def confirm(one, side):
        return one.rpc.call("sale.order", "action_confirm", [orders[side]])

    def ship(one, side):
        return one.rpc.call("stock.picking", "button_validate", transfers[side], context=QUIETLY)

    for number in range(8 + bars.PAIRS):
        if number == 8:
            confirming.pairs, validating.pairs = [], []
        orders = [new_order(one) for one in (plain, shop)]
        confirming.measure(confirm, LINES)
        transfers = [
            one.rpc.call("stock.picking", "search", [("sale_id", "=", order)])
            for one, order in zip((plain, shop), orders, strict=True)
        ]
        validating.measure(ship, LINES)
        for one, ids in zip((plain, shop), transfers, strict=True):
            [transfer] = one.rpc.call("stock.picking", "read", ids, ["state"])
            assert transfer["state"] == "done"
    confirming.report(report, bars.CONFIRM)
    validating.report(report, bars.VALIDATE)
