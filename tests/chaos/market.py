"""The marketplace's side of an inbound scenario: who orders what, changes it, and tells Odoo of it.

Used by the inbound_*.py scenarios; what came of it is compared by inbound_end_state.py.
"""

import http.client
import json
from contextlib import suppress
from urllib.parse import urlsplit

from .waiting import NeverHappened, wait_until
from .writer import NO_ANSWER

SECRET = "the-secret-of-the-chaos-webhooks"
PULL = "order/pull-orders"
TELL = "order/update-order-status"
WEBHOOKS = "/cartona_integration/webhook"
RETAILERS = 12
MOST_POLLS = 12
# What the sandbox shows of an order beside what it tells the supplier.
NOT_TOLD = (
    "retailer_otp",
    "needs_otp",
    "to_collect",
    "in_queue",
    "changed_at",
    "account",
    "trail",
)
RECEIVED = "SELECT count(*) FROM marketplace_inbox WHERE state = 'received'"
DUE_NOW = "UPDATE marketplace_inbox SET due = timezone('utc', now()) WHERE state = 'received'"
NEWEST = """
    SELECT coalesce((SELECT max(id) FROM sale_order), 0),
           coalesce((SELECT max(id) FROM marketplace_inbox), 0)
"""


class Market:
    """Retailers, their orders at the sandbox, and what Odoo is told of them."""

    def __init__(self, world, random):
        self.world = world
        self.random = random
        self.orders = []
        # products that Cartona knows by something else than their number: {number: its name}
        self.known = {}
        self.newest_order, self.newest_event = self._look(NEWEST)
        world.configure(webhook_token=SECRET)

    def _look(self, statement):
        [row] = self.world.moments.sql(statement)
        return tuple(int(one) for one in row.split("|"))

    def listen(self, **settings):
        """From now on, Odoo is told of every change by webhook."""
        url = self.world.nodes[0].url
        self.world.shop.set_webhooks(base_url=url, token=SECRET, **settings)

    def place(self, *products, **order):
        """A retailer orders, by default any products. :return: the order's id"""
        placed = self.world.shop.place_order(
            *self._lines(products), force=True, **{"retailer": self._retailer(), **order}
        )
        self.orders.append(placed["hashed_id"])
        return placed["hashed_id"]

    def change_lines(self, order_id, *products):
        self.world.shop.admin(
            "PUT", f"orders/{order_id}/lines", json={"lines": self._lines(products), "force": True}
        )

    def edit(self, order_id):
        """The retailer edits an order and is done with it."""
        self.world.shop.act(order_id, "start-editing")
        self.change_lines(order_id)
        self.world.shop.act(order_id, "finish-editing")

    def reprice(self, order_id):
        """Cartona's staff sells other amounts at other prices on the same lines."""
        lines = self.world.shop.order(order_id)["order_details"]
        details = [
            {"id": line["id"], "amount": self._amount(), "price": float(self._price())}
            for line in lines
        ]
        self._answered("order/update-order-details", [self._about(order_id, order_details=details)])

    def move(self, order_id, status):
        """The supplier's staff changes an order's status in Cartona's own pages."""
        self._answered(TELL, [self._about(order_id, status=status)])

    @staticmethod
    def _about(order_id, **values):
        return {"hashed_id": order_id, **values}

    def _answered(self, path, items):
        answer = self.world.shop.api("POST", path, content=json.dumps(items)).json()
        assert all(one["success"] for one in answer["results"]), answer

    def _lines(self, products):
        chosen = products or self.random.sample(
            [product.identity for product in self.world.products], self.random.randrange(1, 6)
        )
        return [
            {"product": one, "amount": self._amount(), "selling_price": self._price()}
            for one in chosen
        ]

    def _amount(self):
        return self.random.randrange(1, 6)

    def _price(self):
        return str(self.random.randrange(100, 50_000) / 100)

    def _retailer(self):
        number = self.random.randrange(RETAILERS)
        return {
            "retailer_name": f"بقالة {number}",
            "retailer_code": f"C{number}",
            "retailer_number": f"+2010000001{number:02}",
            "retailer_address": f"شارع {number}",
        }

    def wire(self, order_id):
        """An order as Cartona tells of it."""
        shown = self.world.shop.order(order_id)
        told = {name: value for name, value in shown.items() if name not in NOT_TOLD}
        if told["delivered_by"] == "delivered_by_supplier":
            told["pickup_otp"] = None
        return told

    def post(self, element, kind="orders", node=0):
        """Tell Odoo once. :return: the answer's status, None when there was no answer"""
        try:
            with Sender(self.world.nodes[node].url) as sender:
                return sender.post(kind, json.dumps(element))
        except NO_ANSWER:
            return None

    def post_until_stored(self, element):
        """Tell Odoo as a sender does who repeats what was not answered."""
        wait_until(lambda: self.post(element) == 200, 120, "the webhook is answered with 200", 0.2)

    def poll(self):
        """Ask for orders now, as the button does."""
        self.world.rpc.call("marketplace.config", "action_pull_orders", [self.world.stage.config])

    def count(self, statement):
        return self.world.moments.number(statement)

    def queue(self):
        """The orders that Cartona takes to be unknown to the supplier."""
        return {one["hashed_id"] for one in self.all_orders() if one["in_queue"]}

    def all_orders(self):
        return self.world.shop.admin("GET", "orders")

    def wait_minutes(self, condition, what):
        """Wait as people do, who have scheduled actions every minute: they make good a wake-up that
        got lost."""
        for _minute in range(3):
            with suppress(NeverHappened):
                return wait_until(condition, 40, what)
            self.next_minute()
        return wait_until(condition, 40, what)

    def next_minute(self):
        """Who died took his wake-ups along; a cron finds what they were about."""
        if not self.world.real_time:
            self.world.moments.trigger("cron_wake")

    def rest(self, within=300):
        """Wait until every event has been dealt with, and nothing is left to be said."""
        self.world.rest(within)
        for _time in range(MOST_POLLS):
            if not self.count(RECEIVED):
                return
            if self.world.real_time:
                wait_until(lambda: not self.count(RECEIVED), within, "every event is dealt with")
            else:
                self.world.moments.sql(DUE_NOW)
                self.world.moments.trigger("cron_wake")
            self.world.rest(within)
        raise AssertionError(f"{self.count(RECEIVED)} events are not dealt with")

    def rest_paused(self, within=120):
        """Wait until nothing is left to do but what waits for the connection to be live."""
        self.world.moments.wait_quiet(within)

    def settle(self, within=300):
        """Wait until Cartona has heard of everything that it has arrived. :return: polls taken"""
        self.rest(within)
        for polls in range(MOST_POLLS):
            if not self.queue():
                return polls
            self.poll()
            self.rest(within)
        raise AssertionError(f"{len(self.queue())} orders are never acknowledged")

    def wait_for_deliveries(self, within):
        """Wait until every webhook has been answered. :return: all of them"""
        shop = self.world.shop
        wait_until(lambda: not shop.deliveries(state="waiting"), within, "all webhooks are through")
        return shop.deliveries(limit=100_000)

    def held_acknowledgement(self):
        """Wait until an acknowledgement is held back. :return: the orders that it is about"""
        call = wait_until(lambda: self._get_open(TELL), 60, "an acknowledgement is held")
        return [told["hashed_id"] for told in json.loads(call["body"])]

    def _get_open(self, path):
        return next((call for call in self.calls(path) if not call["finished"]), None)

    def calls(self, path="order/"):
        """What Odoo asked and told about orders, oldest first; not what this test did itself."""
        found = self.world.shop.journal(path=path, limit=200_000)
        return [call for call in found if "python-httpx" not in call["headers"]["user-agent"]]


class Sender:
    """A sender's connection to Odoo, which may also stop in the middle."""

    def __init__(self, url):
        self._address = urlsplit(url)
        self.connection = http.client.HTTPConnection(
            self._address.hostname, self._address.port, timeout=60
        )

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.connection.close()

    def begin(self, kind, body):
        """Send all but the last byte. :return: that byte"""
        body = body.encode()
        self.connection.putrequest("POST", f"{WEBHOOKS}/{kind}")
        self.connection.putheader("Content-Type", "application/json")
        self.connection.putheader("AuthorizationToken", SECRET)
        self.connection.putheader("Content-Length", str(len(body)))
        self.connection.endheaders()
        self.connection.send(body[:-1])
        return body[-1:]

    def finish(self, rest):
        self.connection.send(rest)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status

    def post(self, kind, body):
        """:return: the answer's status"""
        return self.finish(self.begin(kind, body))
