# A live connection with three products of its own and nothing else in scope. flush() does what the
# jobs would; locks, wakes and snapshots are proven with real processes, in tests/e2e.
import json
from contextlib import contextmanager
from datetime import timedelta

from odoo import fields

from ..compat import GOODS_DOMAIN
from ..const import PRODUCT_LANE, SHARDS
from .common import MarketplaceCase
from .http_common import Reply

ACCEPTED = Reply({"success": True})
GOODS = {GOODS_DOMAIN[0][0]: "product"} if GOODS_DOMAIN[0][0] != "type" else {"is_storable": True}


class OutboundCase(MarketplaceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["marketplace.config"].search([("id", "!=", cls.config.id)]).active = False
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.oil, cls.rice, cls.tea = (
            cls.new_product(f"MPT-{name}", price)
            for name, price in (("OIL", 80.0), ("RICE", 31.5), ("TEA", 12.25))
        )
        cls.config.write(
            {
                "identity_source": "default_code",
                "scope_domain": "[('default_code', '=like', 'MPT-%')]",
                "batch_size": 10,
            }
        )
        for product, quantity in ((cls.oil, 10), (cls.rice, 20), (cls.tea, 30)):
            cls.set_stock(product, quantity)

    @classmethod
    def new_product(cls, code, price, **values):
        return cls.env["product.product"].create(
            {
                "name": code.title(),
                "default_code": code,
                "list_price": price,
                "taxes_id": False,
                **GOODS,
                **values,
            }
        )

    @classmethod
    def set_stock(cls, product, quantity):
        """Put so much more into the warehouse."""
        cls.env["stock.quant"]._update_available_quantity(
            product, cls.warehouse.lot_stock_id, quantity
        )

    def go_live(self):
        """A marketplace that accepts everything, and knows everything by now."""
        self.stub = self.start_marketplace()
        self.stub.answer_always(ACCEPTED)
        self.config._set_state("connected")
        self.config.action_go_live()
        self.flush()
        self.forget_later_marks()
        self.stub.seen.clear()

    @contextmanager
    def as_jobs_would(self):
        """New cursors share this test's transaction."""
        if hasattr(self, "enter_registry_test_mode"):
            with self.enter_registry_test_mode():
                yield
        else:
            self.registry.enter_test_mode(self.cr)
            try:
                yield
            finally:
                self.registry.leave_test_mode()

    def flush(self):
        """Flush every shard that has something due.

        :return: the longest pause that a flush asked for
        """
        pauses = {}
        with self.as_jobs_would():
            while shards := set(self.due_shards()) - {s for s, p in pauses.items() if p}:
                for shard in sorted(shards):
                    pauses[shard] = self.env["marketplace.flush"]._flush(*shard)
        self.env.invalidate_all()
        return max(pauses.values(), default=0)

    def alerts(self, manager):
        """What the managers' jobs have put onto a manager's list of things to do."""
        jobs = self.env["queue.job"].search(
            [("method_name", "=", "_job_call_managers"), ("state", "=", "pending")]
        )
        with self.as_jobs_would():
            for job in jobs:
                job.records._job_call_managers(*job.args)
        jobs.write({"state": "done"})
        self.env.invalidate_all()
        return self.config.activity_ids.filtered(lambda one: one.user_id == manager)

    def due_shards(self):
        self.env.cr.flush()
        return self.env["marketplace.outbox"]._get_due_shards()

    def forget_later_marks(self):
        """A listing's second look, five minutes later, is not what most tests are about."""
        self.marks().filtered(lambda mark: mark.due > fields.Datetime.now()).unlink()

    def forget_listings(self):
        """As if nothing had ever been listed; people can't, while the marketplace shows it."""
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM marketplace_listing")
        self.env.invalidate_all()

    def marks(self):
        self.env.cr.flush()
        return self.env["marketplace.outbox"].search([("config_id", "=", self.config.id)])

    def marked_listings(self):
        self.env.cr.execute(
            "SELECT unnest(res_ids) FROM marketplace_outbox WHERE config_id = %s", [self.config.id]
        )
        return self.env["marketplace.listing"].browse(row[0] for row in self.env.cr.fetchall())

    def claim(self, product, limit=10):
        """Take a product's marks as a flush does that dies while it waits for the answer."""
        self.env.cr.flush()
        outbox = self.env["marketplace.outbox"]
        listing = self.listing(product)
        shard = (self.config.id, PRODUCT_LANE, listing.id % SHARDS)
        taken = outbox._take(*shard, limit)
        outbox._claim(*shard, {listing.id: taken[listing.id]})

    def make_due(self, seconds=120):
        """Let so much time pass for everything that waits."""
        past = timedelta(seconds=seconds)
        for mark in self.marks():
            mark.due -= past
        for pace in self.env["marketplace.pace"].search([]):
            pace.wait_until -= past
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE marketplace_listing_sync SET unsure_since = unsure_since - %s", [past]
        )
        self.env.invalidate_all()

    def listing(self, product):
        return self.env["marketplace.listing"].search(
            [("config_id", "=", self.config.id), ("product_id", "=", product.id)]
        )

    def sent(self, name="internal_product_id"):
        """What the marketplace was told since last asked: {identity: content}, call by call."""
        calls = [
            {item.pop(name): item for item in json.loads(request["body"])}
            for request in self.stub.seen
        ]
        self.stub.seen.clear()
        return calls

    def sent_once(self, name="internal_product_id"):
        """The same, of one call at most for each listing."""
        told = {}
        for call in self.sent(name):
            self.assertFalse(told.keys() & call.keys())
            told |= call
        return told
