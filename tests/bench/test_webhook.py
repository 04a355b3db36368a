"""How fast webhooks are answered, and how soon each new order is a sales order, while fifty of them
arrive every second: a few are new orders, the others repeat or move known ones.

The same Odoo serves a bare route in between, which only reads its body and asks the database for
nothing: what no addon can beat.
"""

import json
import random
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

from tools import venvs

from . import bars, orders
from .report import Figure
from .stats import percentile
from .waiting import until

SECONDS = 60
BARE_A_SECOND = 20
LOAD = Path(__file__).with_name("load.py")
HERE = "SELECT cartona_id FROM sale_order WHERE cartona_id LIKE 'bench-%'"
STORED = "SELECT count(*) FROM marketplace_inbox WHERE source = 'webhook'"
OPEN = "SELECT count(*) FROM marketplace_inbox WHERE state NOT IN ('done', 'ignored')"
WARM = 40
LOOK = 0.1  # seconds between two looks at the orders


def make_plan(shop, seconds):
    """:return: the requests, at evenly spread moments, in the order of their arrival"""
    chance = random.Random(3)
    known, plan = [], []
    step = 1 / bars.REQUESTS
    for number in range(seconds * bars.REQUESTS):
        if number % (bars.REQUESTS // bars.ORDERS) == 0:
            known.append(orders.new_order(shop, chance))
            plan.append(orders.request(shop, number * step, "new", known[-1]))
        else:
            plan.append(repetition(shop, chance, number * step, known))
    for number in range(seconds * BARE_A_SECOND):
        # between two others, never at the same moment as one
        at = number / BARE_A_SECOND + step / 2
        plan.append(orders.request(shop, at, "bare", chance.choice(known)))
    return sorted(plan, key=lambda request: request["at"])


def repetition(shop, chance, at, known):
    """An order or its status once more, as it is told again and again."""
    element = chance.choice(known[-50:])
    if chance.random() < 0.5:
        return orders.request(shop, at, "repeated", element)
    told = {name: element[name] for name in ("hashed_id", "supplier_code", "status")}
    return orders.request(shop, at, "status", told, kind="status")


class Arrivals:
    """Notes when each sales order is there, as one sees it who looks again and again."""

    def __init__(self, shop):
        self._shop = shop
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.seen = {}

    def __enter__(self):
        self.seen = dict.fromkeys(self._shop.db.column(HERE))
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._over.set()
        self._thread.join()

    def _watch(self):
        while not self._over.wait(LOOK):
            self._look()

    def _look(self):
        for name in self._shop.db.column(HERE):
            self.seen.setdefault(name, time.time())


def play(plan):
    """Send all requests. :return: what came of each"""
    load = subprocess.run(
        [str(venvs.tests()), str(LOAD)],
        input="\n".join(map(json.dumps, plan)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(load.stdout)


def took(answers, *names):
    return [1000 * one["took"] for one in answers if one["name"] in names]


def test_webhooks_are_answered_at_once_while_orders_are_taken_in(shop, report):
    orders.accept_webhooks(shop)
    play(make_plan(shop, WARM // bars.ORDERS))
    shop.settle()
    stored = shop.db.row(STORED)[0]
    plan = make_plan(shop, SECONDS)
    new = {request["key"] for request in plan if request["name"] == "new"}
    with Arrivals(shop) as arrivals:
        answers = play(plan)
        assert Counter(one["status"] for one in answers) == {200: len(plan)}
        until(lambda: new <= arrivals.seen.keys(), 300, "all orders")
    shop.settle()
    posted = [one for one in answers if one["name"] != "bare"]
    assert shop.db.row(STORED)[0] - stored == len(posted), "a webhook is lost"
    assert shop.db.row(OPEN)[0] == 0
    ours, bare = took(answers, "new", "repeated", "status"), took(answers, "bare")
    there = [arrivals.seen[one["key"]] - one["sent"] for one in answers if one["name"] == "new"]
    report.remark(
        f"webhooks: p50 {percentile(ours, 50):.1f} ms, p99 {percentile(ours, 99):.1f} ms;"
        f" a bare route p50 {percentile(bare, 50):.1f} ms, p99 {percentile(bare, 99):.1f} ms"
    )
    report(
        Figure(bars.ANSWER, percentile(ours, 99), samples=ours),
        Figure(bars.BARE_ROUTE, percentile(ours, 99) / percentile(bare, 99), samples=bare),
        Figure(bars.TAKEN_IN, percentile(there, 99), samples=there),
    )
