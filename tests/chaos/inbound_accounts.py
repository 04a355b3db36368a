"""Scenarios of connections: one that is paused, and two that share a token."""

from .inbound_end_state import check_orders
from .market import PULL, RECEIVED, Market

POLLS = "SELECT config_id FROM marketplace_poll WHERE started_at IS NOT NULL"
LONG_AGO = "UPDATE marketplace_poll SET started_at = started_at - interval '1 hour'"
OURS = """
    SELECT cartona_id, marketplace_config_id FROM sale_order
     WHERE id > {} AND marketplace_config_id IS NOT NULL
"""
COUNT_OURS = f"SELECT count(*) FROM ({OURS}) ours"


def paused_connection(world, random, figures, orders):
    """What arrives while a connection is paused is kept until it is live again."""
    market = Market(world, random)
    market.listen()
    world.rpc.call("marketplace.config", "action_pause", [world.stage.config])
    for _order in range(orders):
        market.place()
    for order_id in market.random.sample(market.orders, orders // 2):
        market.edit(order_id)
    deliveries = market.wait_for_deliveries(120)
    assert all(one["state"] == "delivered" for one in deliveries), "a webhook was turned away"
    kept = market.count(RECEIVED)
    assert kept == len(deliveries), f"{kept} of {len(deliveries)} events are kept"
    assert not market.count(COUNT_OURS.format(market.newest_order)), "a paused one took orders"
    world.rpc.call("marketplace.config", "action_go_live", [world.stage.config])
    figures.update(orders=orders, events=kept, polls=market.settle())
    check_orders(market)


def shared_token(world, random, figures, orders):
    """Two connections of one token: Cartona is asked once, and each gets its own orders."""
    second, its_products = add_account(world)
    market = Market(world, random)
    placed = {}
    for _pair in range(orders // 2):
        placed[market.place(supplier_code="1")] = world.stage.config
        chosen = random.sample(its_products, 3)
        placed[market.place(*chosen, supplier_code="2")] = second
    seen = world.shop.last_seq()
    world.moments.sql(LONG_AGO)
    world.moments.trigger("cron_poll")
    market.rest()
    asked = world.shop.journal(since=seen, path=PULL, bodies=False)
    figures.update(orders=orders, asked=len(asked), polls=market.settle())
    found = dict(line.split("|") for line in world.moments.sql(OURS.format(market.newest_order)))
    assert found == {name: str(config) for name, config in placed.items()}, "wrong account"
    assert world.moments.sql(POLLS) == [str(world.stage.config)], "both of them ask"
    check_orders(market)


def add_account(world):
    """Make the stage's connection one of two under the same token.

    :return: (the other one, what Cartona calls its products)
    """
    config = world.stage.config
    world.configure(supplier_code="1")
    rows = [
        {"internal_product_id": product.identity, "supplier_code": "2"}
        for product in world.products
    ]
    products = world.shop.put_products(*rows)
    shared = ["api_base_url", "scope_domain", "deployment"]
    [values] = world.rpc.call("marketplace.config", "read", [config], shared)
    del values["id"]
    values |= {"name": "Wholesale", "auth_token": "sandbox-token", "supplier_code": "2"}
    second = world.rpc.call("marketplace.config", "create", values)
    world.rpc.call("marketplace.config", "action_test_connection", [second])
    world.rpc.call("marketplace.config", "action_go_live", [second])
    world.rest(120)
    return second, products
