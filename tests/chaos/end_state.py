"""The end state that every scenario must reach, whatever happened before: the sandbox has what the
test wrote to Odoo, item by item; nothing waits; no job has failed.
"""

from decimal import Decimal

FAILED = """
    SELECT concat_ws(' ', name, exc_name, replace(exc_message, E'\\n', ' '))
      FROM queue_job WHERE state = 'failed'
"""
KNOWN = """
    SELECT listing.identity, sync.price, sync.stock, sync.unlimited, sync.published, sync.status
      FROM marketplace_listing listing
      JOIN marketplace_listing_sync sync ON sync.listing_id = listing.id
"""
SHOWN = 5


def check_end_state(world, *, except_for=()):
    """:param except_for: products that the scenario looks at itself"""
    left_out = {product.identity for product in except_for}
    products = [one for one in world.products if one.identity not in left_out]
    check_no_failed_job(world)
    assert world.moments.number("SELECT count(*) FROM marketplace_outbox") == 0
    wanted = {product.identity: product.values for product in products}
    _compare("Odoo has other prices", {p.identity: p.price for p in products}, odoo_prices(world))
    _compare("Cartona has other values", wanted, world.shelf())
    _compare("Odoo believes other values", wanted, believed(world))
    return len(products)


def check_no_failed_job(world):
    failed = world.moments.sql(FAILED)
    assert not failed, f"{len(failed)} failed jobs: {failed[:SHOWN]}"


def odoo_prices(world):
    rows = world.rpc.call(
        "product.product", "search_read", [("default_code", "=like", "chaos-%")], ["list_price"]
    )
    # Odoo keeps prices as binary fractions; cents are what was written.
    return {str(row["id"]): round(Decimal(str(row["list_price"])), 2) for row in rows}


def believed(world):
    """What the engine takes to stand there, of the listings that are in step."""
    rows = (line.split("|") for line in world.moments.sql(KNOWN))
    return {
        identity: (Decimal(price), int(stock), unlimited == "t", published == "t")
        for identity, price, stock, unlimited, published, status in rows
        if status == "in_step" and price and stock
    }


def _compare(what, wanted, found):
    differing = {
        name: (value, found.get(name)) for name, value in wanted.items() if found.get(name) != value
    }
    shown = dict(list(differing.items())[:SHOWN])
    assert not differing, f"{what} for {len(differing)} of {len(wanted)}: (wanted, found) {shown}"
