# Truth: the sweep finds what no hook saw, and the marketplace's own catalogue what was changed
# over there.
from datetime import timedelta

from odoo import fields
from odoo.tests.common import tagged

from .http_common import Reply
from .outbound_common import OutboundCase

PAGES = "supplier-product?page="


@tagged("post_install", "-at_install")
class TestSweep(OutboundCase):
    def setUp(self):
        super().setUp()
        self.go_live()

    def run_jobs(self, model):
        """Run the jobs of a model until there are no more."""
        jobs = self.env["queue.job"].search([("model_name", "=", model), ("state", "=", "pending")])
        while jobs:
            with self.as_jobs_would():
                for job in jobs:
                    getattr(self.env[model], job.method_name)(*job.args)
                    job.button_done()
            jobs = self.env["queue.job"].search(
                [("model_name", "=", model), ("state", "=", "pending")]
            )
        self.env.invalidate_all()

    def sweep(self):
        self.env["marketplace.sweep"]._cron_sweep()
        self.run_jobs("marketplace.sweep")
        self.flush()

    def reconcile(self, *products):
        """Read a catalogue of one page and an empty one."""
        self.env.cr.execute(
            "UPDATE marketplace_listing_sync SET sent_at = sent_at - %(past)s, "
            "acked_at = acked_at - %(past)s, seen_at = seen_at - %(past)s",
            {"past": timedelta(minutes=5)},
        )
        self.stub.will_answer(Reply({"supplier_products": list(products)}), Reply([]))
        self.config.action_reconcile()
        self.run_jobs("marketplace.reconcile")
        self.flush()

    def there(self, product, **changes):
        """A product as the marketplace shows it."""
        listing = self.listing(product)
        return {
            "supplier_product_id": 7000 + listing.id,
            "internal_product_id": listing.identity,
            "selling_price": listing.sent_price,
            "available_stock_quantity": listing.sent_stock,
            "is_published": True,
        } | changes

    def test_a_price_that_changed_behind_our_back_is_found(self):
        self.env.cr.execute(
            "UPDATE product_template SET list_price = 95 WHERE id = %s",
            [self.oil.product_tmpl_id.id],
        )
        self.env.invalidate_all()
        self.flush()
        self.assertEqual(self.sent(), [])
        self.sweep()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"selling_price": 95.0}}])

    def test_a_product_that_nobody_listed_is_found(self):
        salt = self.new_product("MPT-SALT", 3.5)
        self.marks().unlink()
        self.flush()
        self.assertFalse(self.listing(salt))
        self.sweep()
        self.assertEqual(list(self.sent_once()), ["MPT-SALT"])

    def test_nothing_changed_is_nothing_sent(self):
        self.sweep()
        self.assertEqual(self.sent(), [])
        self.assertFalse(self.marks())

    def test_what_was_refused_is_not_swept_up_again(self):
        self.oil.list_price = 81.0
        self.stub.will_answer(Reply({"results": [{"success": False, "error": "too high"}]}))
        self.flush()
        self.sent()
        self.sweep()
        self.assertEqual(self.sent(), [])

    def test_a_price_that_was_changed_over_there_is_put_right(self):
        self.reconcile(
            self.there(self.oil, selling_price=1.0),
            self.there(self.rice),
            self.there(self.tea, available_stock_quantity=999),
        )
        catalogue, _empty, *updates = self.stub.seen
        self.assertIn(PAGES, catalogue["path"])
        self.stub.seen[:] = updates
        oil, tea = (str(7000 + self.listing(product).id) for product in (self.oil, self.tea))
        self.assertEqual(
            self.sent_once("supplier_product_id"),
            {oil: {"selling_price": 80.0}, tea: {"available_stock_quantity": 30}},
        )

    def test_the_marketplace_s_own_number_is_learned_and_used(self):
        self.reconcile(*(self.there(product) for product in (self.oil, self.rice, self.tea)))
        remote_id = str(7000 + self.listing(self.oil).id)
        self.assertEqual(self.listing(self.oil).remote_id, remote_id)
        self.stub.seen.clear()
        self.oil.list_price = 83.0
        self.flush()
        self.assertIn(
            b'"supplier_product_id": "%s"' % remote_id.encode(), self.stub.seen[0]["body"]
        )

    def test_a_product_that_is_gone_over_there_is_said_to_be(self):
        self.reconcile(self.there(self.oil), self.there(self.rice))
        self.assertEqual(self.listing(self.tea).status, "missing")
        self.assertEqual(self.listing(self.oil).status, "in_step")
        self.assertIn("does not list this product", self.listing(self.tea).message)
        self.stub.seen.clear()
        self.reconcile(*(self.there(product) for product in (self.oil, self.rice, self.tea)))
        self.assertEqual(self.listing(self.tea).status, "in_step")

    def test_what_we_told_since_is_not_taken_for_drift(self):
        self.env.cr.execute(
            "UPDATE marketplace_listing_sync SET sent_at = %s",
            [fields.Datetime.now() + timedelta(minutes=6)],
        )
        self.reconcile(self.there(self.oil, selling_price=1.0))
        self.assertEqual(self.listing(self.oil).sent_price, 80.0)
