"""Scenarios of a marketplace that is ill while orders come in: errors, time-outs, lost answers,
pauses that it asks for.
"""

from .inbound_end_state import check_orders
from .inbound_outage import check_readings
from .market import PULL, TELL, Market
from .waiting import wait_until

BAD_NETWORK = (
    {"kind": "status", "status": 503, "probability": 0.15},
    {"kind": "rate_limit", "seconds": 1, "probability": 0.05},
    {"kind": "timeout", "probability": 0.05},
    {"kind": "reset", "probability": 0.05},
    {"kind": "lose_answer", "probability": 0.1},
    {"kind": "truncate", "probability": 0.05},
    {"kind": "not_json", "status": 200, "apply": True, "probability": 0.05},
)
LONGEST_PAUSE = 4
PACES = """
    SELECT count(*) FROM marketplace_pace
     WHERE is_for_all AND wait_until > timezone('utc', now())
"""
TOLD_TOO_EARLY = "acknowledged without having been imported"


def bad_network(world, random, figures, orders, rounds, chance=None):
    """Pulls and acknowledgements fail every other time: nothing is lost, and what Cartona believes
    to have arrived has arrived.

    :param chance: the seed that decides which calls fail
    """
    market = Market(world, random)
    market.listen()
    # nobody has to see it wait for a minute
    world.configure(retry_max_delay=LONGEST_PAUSE)
    world.shop.seed_chance(random.randrange(1000) if chance is None else chance)
    for fault in BAD_NETWORK:
        world.shop.add_fault(path="order/*", **fault)
    for _round in range(rounds):
        for number in range(orders):
            # half of them are known by asking alone
            world.shop.set_webhooks(enabled=number % 2 == 0)
            market.place()
        for order_id in random.sample(market.orders[-orders:], orders // 4):
            market.edit(order_id)
        market.poll()
        market.rest(600)
        check_acknowledged(market)
    hits = {fault["kind"]: fault["hits"] for fault in world.shop.admin("GET", "faults")}
    figures.update(orders=len(market.orders), calls=len(market.calls()), **hits)
    world.shop.clear_faults()
    figures["polls"] = market.settle()
    world.configure(retry_max_delay=60)
    check_orders(market)
    assert sum(hits.values()) >= 5, f"hardly anything failed: {hits}"


def check_acknowledged(market):
    """What has left Cartona's list is here."""
    ours = market.world.rpc.call(
        "sale.order", "search_read", [("id", ">", market.newest_order)], ["cartona_id"]
    )
    left = set(market.orders) - market.queue()
    missing = left - {order["cartona_id"] for order in ours}
    assert not missing, f"{len(missing)} orders were {TOLD_TOO_EARLY}: {sorted(missing)[:5]}"


def pause_asked_for(world, random, figures, seconds, path):
    """429 with Retry-After: nobody asks or tells anything about orders before its time has come.

    :param path: which call is told to wait
    """
    market = Market(world, random)
    market.listen()
    market.place()
    market.wait_for_deliveries(60)
    market.rest()
    world.shop.add_fault("rate_limit", path=path, seconds=seconds, times=1)
    seen = world.shop.last_seq()
    market.poll()
    told = wait_until(lambda: _told_to_wait(market, seen), 60, "somebody is told to wait")
    wait_until(lambda: market.count(PACES), 10, "the pause is noted")
    free_at = told["finished"] + seconds
    for _order in range(8):
        market.place()
    market.wait_for_deliveries(60)
    market.poll()
    market.settle()
    calls = [one for one in world.shop.journal(since=told["seq"]) if _is_odoos(one)]
    early = [one["path"] for one in calls if one["arrived"] < free_at]
    figures.update(pause=f"{seconds} s", path=path, calls=len(calls), early_calls=len(early))
    check_orders(market)
    assert not early, f"{len(early)} calls came before the pause was over: {early}"


def _is_odoos(call):
    return "python-httpx" not in call["headers"]["user-agent"]


def _told_to_wait(market, seen):
    return next((one for one in market.calls() if one["seq"] > seen and one["status"] == 429), None)


def pause_amid_pages(world, random, figures, seconds, orders):
    """A push is told to wait while the list of orders is being read: its reader waits, too."""
    market = Market(world, random)
    world.configure(timeout=30)
    world.shop.set(largest_page=2)
    for _order in range(orders):
        market.place()
    world.shop.add_fault("delay", path=PULL, seconds=0.5)
    world.shop.add_fault("rate_limit", path="supplier-product/*", seconds=seconds, times=1)
    market.poll()
    wait_until(lambda: market.calls(PULL), 60, "the list is being read")
    product = world.products[0]
    values = {"list_price": float(product.price + 1)}
    world.rpc.call("product.template", "write", [product.template], values)
    product.price += 1
    [told] = wait_until(lambda: _pushes_told_to_wait(world.shop), 60, "the push is told to wait")
    wait_until(lambda: market.count(PACES), 60, "the pause is noted")
    # the page that is on its way already, and the moment until the pause is known
    free_at, known_at = told["finished"] + seconds, told["finished"] + 1
    market.settle()
    calls = [one for one in world.shop.journal(since=told["seq"]) if _is_odoos(one)]
    early = [one["path"] for one in calls if known_at < one["arrived"] < free_at]
    figures.update(pause=f"{seconds} s", calls=len(calls), early_calls=len(early))
    assert not early, f"{len(early)} calls came before the pause was over"
    check_readings(market.calls())
    check_orders(market)


def _pushes_told_to_wait(shop):
    calls = shop.journal(path="supplier-product")
    return [one for one in calls if one["status"] == 429 and one["finished"]]


PAUSED_PATHS = (PULL, TELL)
