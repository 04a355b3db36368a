"""A scenario of a crowd of events: doubled, shuffled, from eight senders at a time."""

import time

from .inbound_end_state import check_contents, check_orders
from .market import Market

# Of all that is posted, so many are posted for the second time.
DUPLICATES = 0.3
STORED = "SELECT count(*) FROM marketplace_inbox WHERE source = 'webhook' AND id > {}"
# What may come next for an order in each status.
NEXT = {
    "pending": ("start-editing", "start-editing", "reprice", "approved", "cancel"),
    "editing": ("change", "finish-editing", "finish-editing"),
    "approved": ("reprice", "assigned_to_salesman", "cancel"),
}


def shuffled_events(world, random, figures, events, shuffle):
    """One order an id, the newest state after the next poll, none lost.

    :param events: how many webhooks are posted, the doubled ones counted
    :param shuffle: each is held back for up to so many seconds
    """
    market = Market(world, random)
    chance = DUPLICATES / (1 - DUPLICATES)
    market.listen(duplicate_probability=chance, shuffle_seconds=shuffle, timeout_seconds=30)
    started = time.monotonic()
    posted = changes = 0
    while posted < events:
        for _time in range(max(1, (events - posted) // 3)):
            something_happens(market)
        posted, changes = len(world.shop.deliveries(limit=100_000)), changes + 1
    deliveries = market.wait_for_deliveries(600)
    assert all(one["state"] == "delivered" for one in deliveries), "a webhook was not taken"
    stored = market.count(STORED.format(market.newest_event))
    figures.update(
        events=len(deliveries),
        doubled=f"{1 - len({one['body'] for one in deliveries}) / len(deliveries):.0%}",
        attempts=sum(len(one["attempts"]) for one in deliveries),
        orders=len(market.orders),
        answered_s=round(time.monotonic() - started, 1),
    )
    assert stored >= len(deliveries), f"only {stored} of {len(deliveries)} events are stored"
    market.rest(600)
    figures["taken_in_s"] = round(time.monotonic() - started, 1)
    market.poll()
    market.rest(600)
    check_contents(market)
    figures["more_polls"] = market.settle(600)
    check_orders(market, late=figures)


def something_happens(market):
    """A retailer orders something, or somebody goes on with an order."""
    shop = market.world.shop
    if not market.orders or market.random.random() < 0.3:
        market.place()
        return
    order_id = market.random.choice(market.orders)
    step = market.random.choice(NEXT.get(shop.order(order_id)["status"], ("nothing",)))
    if step == "reprice":
        market.reprice(order_id)
    elif step == "change":
        market.change_lines(order_id)
    elif step in ("approved", "assigned_to_salesman"):
        market.move(order_id, step)
    elif step != "nothing":
        shop.act(order_id, step)
