"""Scenarios of retailers who think again: they edit, cancel, and Odoo hears of it late or never."""

from .inbound_end_state import check_orders
from .market import TELL, Market


def edited_orders(world, random, figures, orders, rounds, webhooks):
    """At rest each quotation is what Cartona has, whichever way the news came and in whatever
    order.

    :param webhooks: whether Odoo hears of it by webhooks, shuffled; else only by asking
    """
    market = Market(world, random)
    if webhooks:
        market.listen(shuffle_seconds=2)
    for _order in range(orders):
        market.place()
    for number in range(rounds):
        for order_id in market.random.sample(market.orders, orders // 2):
            _think_again(market, order_id, is_last=number == rounds - 1)
        if webhooks:
            market.wait_for_deliveries(120)
        market.settle()
        check_orders(market)
    figures.update(orders=orders, rounds=rounds, webhooks=webhooks)


def _think_again(market, order_id, is_last):
    if market.world.shop.order(order_id)["status"] != "pending":
        return
    market.edit(order_id)
    chance = market.random.random()
    if chance < 0.3:
        market.reprice(order_id)
    elif chance < 0.5 and is_last:
        market.world.shop.act(order_id, "cancel")
    elif chance < 0.7 and is_last:
        market.world.shop.act(order_id, "start-editing")
        market.change_lines(order_id)


def hidden_edit(world, random, figures, orders):
    """An acknowledgement of the old content arrives after the retailer's edit, so that Cartona's
    list never shows it: the webhook that told of it is not forgotten."""
    market = Market(world, random)
    world.configure(timeout=30)
    world.shop.set(order_by_id=True)
    for _order in range(orders):
        market.place()
    world.shop.add_fault("hold", path=TELL, times=1)
    market.poll()
    held = market.held_acknowledgement()
    market.listen()
    for order_id in held:
        market.edit(order_id)
    market.wait_for_deliveries(60)
    world.shop.release()
    market.rest()
    hidden = len(held)
    market.settle()
    figures.update(orders=orders, hidden=hidden)
    assert hidden, "nothing was hidden"
    check_orders(market)
