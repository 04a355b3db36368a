"""What taking an order in costs more than making the same sales order by hand."""

import random

from . import bars
from .orders import new_order
from .report import Figure
from .stats import ratios, spread

WARM = 8
# The order alone is compared: who orders is known, as in the bare one, and so is the address.
REGULAR = {
    "retailer_name": "بقالة",
    "retailer_code": "B-import",
    "retailer_number": "+201000000100",
    "retailer_address": "شارع",
}


def test_taking_an_order_in_costs_little_more_than_making_one(shop, report):
    chance = random.Random(5)
    pairs = []
    for number in range(WARM + bars.ORDER_PAIRS):
        element = new_order(shop, chance)
        element["retailer"] = REGULAR
        if number == 0:
            shop.rpc.call("bench.probe", "time_import", shop.config, element)
            continue
        shop.settle()
        took = {side: measure(shop, side, element) for side in sides(number)}
        if number >= WARM:
            pairs.append((took["bare"], took["import"]))
    found = ratios(pairs)
    bare, ours = (spread(side)["median"] for side in zip(*pairs, strict=True))
    report.remark(f"order import: {1000 * bare:.1f} ms to create one, {1000 * ours:.1f} to import")
    again = [measure(shop, "import", element) for _time in range(bars.PAIRS)]
    report.remark(f"order import: {1000 * spread(again)['median']:.1f} ms for one that is known")
    report(Figure(bars.TAKE_IN, spread(found)["median"], samples=found))


def sides(number):
    return ("bare", "import") if number % 2 else ("import", "bare")


def measure(shop, side, element):
    """:return: seconds, taken inside Odoo, the commit included"""
    if side == "import":
        return shop.rpc.call("bench.probe", "time_import", shop.config, element)
    [partner] = shop.db.column("SELECT id FROM res_partner WHERE cartona_id = 'retailer_B-import'")
    lines = [
        (int(line["internal_product_id"]), line["amount"], line["selling_price"])
        for line in element["order_details"]
    ]
    return shop.rpc.call("bench.probe", "time_bare_create", partner, lines)
