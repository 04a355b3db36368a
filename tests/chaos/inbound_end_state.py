"""The end state of every inbound scenario: each order of the marketplace stands in Odoo once and as
it is over there, the marketplace knows that it has arrived, nothing waits, no job has failed.
"""

from collections import Counter
from decimal import Decimal

from .end_state import SHOWN, check_no_failed_job

CANCELLED = {"cancelled_by_retailer", "cancelled_by_supplier", "returned"}
OPEN = """
    SELECT state, cause_code, cause_detail, count(*) FROM marketplace_inbox
     WHERE id > {} AND state IN ('received', 'held', 'quarantined')
       AND cause_code IS DISTINCT FROM '{}' GROUP BY 1, 2, 3
"""
# Old versions that come late, of an order whose newest one has left the list: nothing can decide
# that they are old, so that people see to them.
UNDECIDED = "SELECT count(*) FROM marketplace_inbox WHERE id > {} AND cause_code = 'two_versions'"
MARKS = "SELECT count(*) FROM marketplace_outbox"
ORDER_FIELDS = ["cartona_id", "marketplace_status", "state", "amount_total"]
LINE_FIELDS = ["order_id", "marketplace_line", "product_id", "product_uom_qty", "price_unit"]


def check_orders(market, *, except_for=(), late=None):
    """:param except_for: orders that the scenario looks at itself
    :param late: the scenario's figures, where old versions may come late; told how many wait
    """
    check_contents(market, except_for=except_for)
    waiting = market.queue() - set(except_for)
    assert not waiting, f"{len(waiting)} orders are not acknowledged: {sorted(waiting)[:SHOWN]}"
    if not except_for:
        allowed = "none" if late is None else "two_versions"
        left = market.world.moments.sql(OPEN.format(market.newest_event, allowed))
        assert not left, f"events wait: {left[:SHOWN]}"
    assert market.count(MARKS) == 0, "the outbox is not empty"
    if late is not None:
        late["for_people"] = market.count(UNDECIDED.format(market.newest_event))


def check_contents(market, *, except_for=()):
    """The orders are the same on both sides, whatever the marketplace knows of it."""
    check_no_failed_job(market.world)
    wanted = {
        one["hashed_id"]: remote_content(one)
        for one in market.all_orders()
        if one["hashed_id"] not in except_for
    }
    found = local_orders(market)
    twice = [name for name, number in Counter(name for name, _one in found).items() if number > 1]
    assert not twice, f"{len(twice)} orders stand in Odoo twice: {twice[:SHOWN]}"
    found = dict(found)
    unknown = found.keys() - wanted.keys() - set(except_for)
    assert not unknown, f"orders of nobody: {sorted(unknown)[:SHOWN]}"
    differing = {
        name: (value, found.get(name)) for name, value in wanted.items() if found.get(name) != value
    }
    shown = dict(list(differing.items())[:SHOWN])
    assert not differing, f"{len(differing)} of {len(wanted)} differ: (wanted, found) {shown}"


def remote_content(order):
    """What of an order must be the same: (status, state, total, lines)."""
    if order["status"] in CANCELLED:
        return order["status"], "cancel", None, None
    lines = {
        line["id"]: (
            line["internal_product_id"],
            Decimal(line["amount"]),
            Decimal(str(line["selling_price"])),
        )
        for line in order["order_details"]
    }
    return order["status"], "draft", Decimal(str(order["total_price"])), lines


def local_orders(market):
    """:return: [(Cartona's id, the same of the sales order)]"""
    rpc = market.world.rpc
    ours = [("id", ">", market.newest_order), ("marketplace_config_id", "!=", False)]
    orders = rpc.call("sale.order", "search_read", ours, ORDER_FIELDS)
    lines = {order["id"]: {} for order in orders}
    its = [("order_id", "in", list(lines))]
    for line in rpc.call("sale.order.line", "search_read", its, LINE_FIELDS):
        product = line["product_id"][0]
        lines[line["order_id"][0]][line["marketplace_line"]] = (
            market.known.get(product, str(product)),
            Decimal(str(line["product_uom_qty"])),
            Decimal(str(line["price_unit"])),
        )
    return [(order["cartona_id"], _local_content(order, lines[order["id"]])) for order in orders]


def _local_content(order, lines):
    if order["state"] == "cancel":
        return order["marketplace_status"], "cancel", None, None
    total = round(Decimal(str(order["amount_total"])), 2)
    return order["marketplace_status"], order["state"], total, lines
