"""Scenarios of one order among many that can't be taken in: the others are, it is once it can."""

from .inbound_end_state import check_orders
from .market import RECEIVED, Market

PUT_ASIDE = """
    SELECT remote_id, cause_code, replace(cause_detail, E'\\n', ' ') FROM marketplace_inbox
     WHERE state = 'quarantined' ORDER BY id
"""
TAKEN_IN = """
    SELECT count(*) FROM sale_order WHERE id > {} AND marketplace_config_id IS NOT NULL
"""
REFUSE = """
    CREATE FUNCTION chaos_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE 'not now' USING ERRCODE = 'query_canceled'; END $$;
    CREATE TRIGGER chaos_refuse BEFORE INSERT ON sale_order FOR EACH ROW
    WHEN (NEW.cartona_id LIKE 'refused%') EXECUTE FUNCTION chaos_refuse();
"""
ACCEPT = "DROP TRIGGER chaos_refuse ON sale_order; DROP FUNCTION chaos_refuse();"
STRANGER = "a-product-of-nobody"
# More than an index of PostgreSQL can hold, in letters that can't be packed together.
LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهويًٌٍَُِّْ٠١٢٣٤٥٦٧٨٩"
LONG_NAME = 2_000


def unknown_product(world, random, figures, orders, webhooks):
    """An order of a product that Odoo doesn't have says so, and comes in once it has it."""
    market = Market(world, random)
    if webhooks:
        market.listen()
    stranger = f"{STRANGER}-{market.newest_order}"
    world.shop.put_products({"internal_product_id": stranger, "selling_price": "5"})
    poison = place_among(market, orders, lambda: market.place(stranger))
    bring(market, webhooks)
    [(order_id, code, detail)] = put_aside(market)
    assert (order_id, code) == (poison, "product_unknown") and stranger in detail
    check_orders(market, except_for=[poison])
    assert market.queue() == {poison}, "what is not here was acknowledged"
    mend(market, stranger)
    figures.update(orders=len(market.orders), webhooks=webhooks, polls=market.settle())
    check_orders(market)


def mend(market, stranger):
    """Somebody creates the product under the name that Cartona knows."""
    rpc, model = market.world.rpc, "product.product"
    [other] = rpc.call(model, "read", [market.world.products[0].variant], ["company_id"])
    values = {"name": "Found", "default_code": "chaos-found", "cartona_id": stranger}
    company = other["company_id"][0]
    [made] = rpc.call(model, "create", [{**values, "taxes_id": [], "company_id": company}])
    market.known[made] = stranger
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


def stubborn_database(world, random, figures, orders):
    """PostgreSQL refuses one order again and again as if it were busy: all others come in
    meanwhile, and it does when the trouble is over."""
    market = Market(world, random)
    market.listen()
    world.moments.sql(REFUSE)
    try:
        place_among(market, orders, lambda: market.place(hashed_id=f"refused-{random.random()}"))
        market.wait_for_deliveries(120)
        taken_in = TAKEN_IN.format(market.newest_order)
        market.wait_minutes(lambda: market.count(taken_in) == orders - 1, "the others are taken in")
    finally:
        world.moments.sql(ACCEPT)
    figures.update(orders=orders, polls=market.settle())
    check_orders(market)


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
