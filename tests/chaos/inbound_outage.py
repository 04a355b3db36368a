"""A scenario of two days without a webhook: everything comes by asking, page by page."""

import json

from .inbound_end_state import check_orders
from .market import PULL, TELL, Market
from .waiting import wait_until

LONG_AGO = """
    UPDATE marketplace_poll SET started_at = started_at - interval '48 hours',
                                finished_at = finished_at - interval '48 hours'
"""
PAGE = 20
SLOW = 0.25


def outage(world, random, figures, orders, shape):
    """All orders come and are acknowledged, none of them before all pages have been read, although
    one page fails and retailers order and edit meanwhile.

    :param shape: of the pages, object or array
    """
    market = Market(world, random)
    market.poll()
    market.rest()
    world.shop.set(largest_page=PAGE, list_answers=shape)
    for _order in range(orders):
        market.place()
    for order_id in random.sample(market.orders, orders // 10):
        market.edit(order_id)
    pages = orders // PAGE
    world.shop.add_fault("delay", path=PULL, seconds=SLOW, times=max(1, pages // 2))
    world.shop.add_fault("status", path=PULL, status=503, times=1)
    world.shop.add_fault("delay", path=PULL, seconds=SLOW, times=pages + 2)
    seen = world.shop.last_seq()
    world.moments.sql(LONG_AGO)
    world.moments.trigger("cron_poll")
    wait_until(lambda: _count_pages(market, seen) > 1, 400, "the first page has been read")
    late = [market.place() for _order in range(max(2, orders // 20))]
    for order_id in random.sample(market.orders[:orders], max(2, orders // 20)):
        market.edit(order_id)
    assert not _told(market, seen), "it was all over before anything changed"
    polls = market.settle(600)
    readings = check_readings([call for call in market.calls() if call["seq"] > seen])
    [failed] = [fault for fault in world.shop.admin("GET", "faults") if fault["kind"] == "status"]
    figures.update(
        orders=len(market.orders),
        late=len(late),
        shape=shape,
        pages=_count_pages(market, seen),
        failed_pages=failed["hits"],
        readings=readings,
        more_polls=polls,
    )
    assert failed["hits"] == 1, "no page failed"
    check_orders(market)


def _count_pages(market, seen):
    return len([one for one in market.calls(PULL) if one["seq"] > seen and one["finished"]])


def _told(market, seen):
    return [one for one in market.calls(TELL) if one["seq"] > seen]


def check_readings(calls):
    """Between two acknowledgements the list is read to its end or not at all.

    :return: how often it was read
    """
    reading, readings = [], 0
    for call in calls:
        if PULL in call["path"]:
            reading.append(call)
            continue
        if reading:
            _check_complete(reading)
            readings += 1
        reading = []
    return readings


def _check_complete(reading):
    pages = [(_page(call), _orders(call)) for call in reading if call["status"] == 200]
    assert any(not orders for _page, orders in pages), "acknowledged before the last page"
    last_page, last_orders = pages[-1]
    before = [one for _page, orders in pages[:-1] for one in orders]
    assert all(one in before for one in last_orders), f"page {last_page} had brought something new"


def _page(call):
    return dict(pair.split("=") for pair in call["query"].split("&"))["page"]


def _orders(call):
    answer = json.loads(call["answer"])
    return answer if isinstance(answer, list) else answer["orders"]
