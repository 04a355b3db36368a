"""Scenarios of one order among many that can't be taken in: the others are, it is once it can."""

from .inbound_end_state import check_orders
from .market import RECEIVED, Market

PUT_ASIDE = """
    SELECT remote_id, cause_code, cause_detail FROM marketplace_inbox
     WHERE state = 'quarantined' ORDER BY id
"""
STRANGER = "a-product-of-nobody"
# More than an index of PostgreSQL can hold, in letters that can't be packed together.
LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهويًٌٍَُِّْ٠١٢٣٤٥٦٧٨٩"
LONG_NAME = 2_000


def unknown_product(world, random, figures, orders, webhooks):
    """An order of a product that Odoo doesn't have says so, and comes in once it has it."""
    market = Market(world, random)
    if webhooks:
        market.listen()
    world.shop.put_products({"internal_product_id": STRANGER, "selling_price": "5"})
    poison = place_among(market, orders, lambda: market.place(STRANGER))
    bring(market, webhooks)
    [(order_id, code, detail)] = put_aside(market)
    assert (order_id, code) == (poison, "unknown_product") and STRANGER in detail
    check_orders(market, except_for=[poison])
    assert market.queue() == {poison}, "what is not here was acknowledged"
    mend(market)
    figures.update(orders=len(market.orders), webhooks=webhooks, polls=market.settle())
    check_orders(market)


def mend(market):
    """Somebody creates the product under the name that Cartona knows."""
    values = {"name": "Found", "default_code": "chaos-found", "cartona_id": STRANGER}
    [made] = market.world.rpc.call("product.product", "create", [{**values, "taxes_id": []}])
    market.known[made] = STRANGER
    market.rest()


def unbearable_name(world, random, figures, orders, webhooks):
    """A retailer's name that PostgreSQL can't keep makes the code crash: the order is put aside
    with its cause, and the shard goes on."""
    market = Market(world, random)
    if webhooks:
        market.listen()
    name = "".join(random.choice(LETTERS) for _letter in range(LONG_NAME))
    retailer = {"retailer_name": name, "retailer_code": "too-long"}
    poison = place_among(market, orders, lambda: market.place(retailer=retailer))
    bring(market, webhooks)
    [(order_id, code, _detail)] = put_aside(market)
    assert order_id == poison, "another order was put aside"
    figures.update(orders=len(market.orders), webhooks=webhooks, cause=code)
    check_orders(market, except_for=[poison])


def place_among(market, orders, place_poison):
    """:return: the poison, the first of them, so that all others come after it"""
    poison = place_poison()
    for _order in range(orders - 1):
        market.place()
    return poison


def bring(market, webhooks):
    if webhooks:
        market.wait_for_deliveries(120)
        market.rest()
    market.poll()
    market.rest()
    assert not market.count(RECEIVED)


def put_aside(market):
    return [tuple(line.split("|", 2)) for line in market.world.moments.sql(PUT_ASIDE)]
