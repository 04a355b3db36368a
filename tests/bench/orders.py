"""Orders for the measurements, as the marketplace words them. Used by test_import.py and
test_webhook.py.
"""

import itertools
import json

from . import bars

SECRET = "the-secret-of-the-bench-webhooks"
ROUTE = "/cartona_integration/webhook"
BARE = "/bench_probe/bare"
HEADERS = {"Content-Type": "application/json", "AuthorizationToken": SECRET}
_numbers = itertools.count(1)


def new_order(shop, random):
    """An order of five lines by one of a hundred retailers."""
    number = next(_numbers)
    retailer = random.randrange(100)
    lines = [
        {
            "id": f"{number}-{line}",
            "internal_product_id": str(product),
            "product_name": f"Product {product}",
            "amount": 1 + line,
            "selling_price": 7.25 + line,
        }
        for line, product in enumerate(random.sample(shop.variants, bars.ORDER_LINES))
    ]
    return {
        "hashed_id": f"bench-{number}",
        "status": "pending",
        "supplier_code": "1",
        "total_price": sum(line["amount"] * line["selling_price"] for line in lines),
        "retailer": {
            "retailer_name": f"بقالة {retailer}",
            "retailer_code": f"B{retailer}",
            "retailer_number": f"+2010000000{retailer:02}",
            "retailer_address": f"شارع {retailer}",
        },
        "order_details": lines,
    }


def accept_webhooks(shop):
    shop.rpc.call("marketplace.config", "write", [shop.config], {"webhook_token": SECRET})


def request(shop, at, name, element, kind="orders"):
    """A line of the plan for load.py."""
    path = BARE if name == "bare" else f"{ROUTE}/{kind}"
    return {
        "at": at,
        "name": name,
        "key": element["hashed_id"],
        "url": shop.odoo.url + path,
        "body": json.dumps(element),
        "headers": HEADERS,
    }
