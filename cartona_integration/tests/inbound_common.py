# A live connection that takes orders in, and a marketplace that lists what a test wants it to list.
# take_in() and poll() do what the jobs would; locks and wakes are proven with real processes.
import json
from copy import deepcopy

from ..const import SHARDS
from .http_common import Reply
from .outbound_common import OutboundCase

ORDER = {
    "hashed_id": "ord-1",
    "supplier_code": "1",
    "status": "pending",
    "total_price": 192.5,
    "retailer": {
        "retailer_name": "بقالة الأمانة",
        "retailer_code": "R1001",
        "retailer_number": "+201000000101",
        "retailer_address": "١٢ شارع النصر",
    },
    "order_details": [
        {"id": "1", "internal_product_id": "MPT-OIL", "amount": 2, "selling_price": 80},
        {"id": "2", "internal_product_id": "MPT-RICE", "amount": 1, "selling_price": 32.5},
    ],
}


class InboundCase(OutboundCase):
    def setUp(self):
        super().setUp()
        self.go_live()
        self.listed = []
        self.stub.decide(self._answer)
        self.env["queue.job"].search([]).unlink()

    def _answer(self, request):
        """Every page after the first is empty; what is acknowledged leaves the list."""
        path, _, query = request["path"].partition("?")
        if path.endswith("pull-orders"):
            return Reply({"orders": self.listed if "page=1&" in f"{query}&" else []})
        if path.endswith("update-order-status"):
            told = {one["hashed_id"] for one in json.loads(request["body"])}
            self.listed = [one for one in self.listed if one["hashed_id"] not in told]
            return Reply({"success": True})
        return None

    def order(self, remote_id="ord-1", **values):
        """An order as the marketplace words it."""
        return deepcopy(ORDER) | {"hashed_id": remote_id} | values

    def receive(self, *elements, kind="order", source="webhook"):
        """What the controller does with what it was sent, and what the job does then."""
        rows, _new = self.env["marketplace.inbox"]._receive(
            self.config, kind, list(elements), source
        )
        self.take_in()
        return rows

    def take_in(self):
        self.env.flush_all()
        with self.as_jobs_would():
            intake = self.env["marketplace.intake"]
            for config in self.get_takers():
                for shard in range(SHARDS):
                    # whoever lets go of a shard looks again
                    while intake._is_due(config.id, shard):
                        intake._take_in(config.id, shard)
                        self.env.invalidate_all()
        self.env.invalidate_all()

    def get_takers(self):
        """The connections whose jobs run."""
        return self.config

    def poll(self, **options):
        """:return: the pause that was asked for"""
        self.env.flush_all()
        with self.as_jobs_would():
            pause = self.env["marketplace.poll"]._poll(self.config.id, **options)
        self.env.invalidate_all()
        self.take_in()
        return pause

    def sale_orders(self):
        return self.env["sale.order"].search([("marketplace_config_id", "=", self.config.id)])

    def events(self, *states):
        domain = [("config_id", "=", self.config.id)]
        return self.env["marketplace.inbox"].search(
            [*domain, ("state", "in", states)] if states else domain, order="id"
        )

    def acknowledged(self):
        """What the marketplace was told to have arrived, call by call."""
        return [
            [one["hashed_id"] for one in json.loads(request["body"])]
            for request in self.stub.seen
            if request["path"].endswith("update-order-status")
        ]
