# The marketplace's own catalogue: what it says is believed with care, whatever it says, and asking
# for it keeps to the same pauses as everything else.
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests.common import tagged

from odoo.addons.queue_job.exception import RetryableJobError

from .http_common import Reply
from .outbound_common import OutboundCase
from .test_outbound_faults import results


@tagged("post_install", "-at_install")
class TestCatalogue(OutboundCase):
    def setUp(self):
        super().setUp()
        self.go_live()
        self.env.cr.execute(
            "UPDATE marketplace_listing_sync SET sent_at = sent_at - %(past)s, "
            "acked_at = acked_at - %(past)s",
            {"past": timedelta(minutes=5)},
        )

    def jobs(self):
        return self.env["queue.job"].search(
            [("model_name", "=", "marketplace.reconcile"), ("state", "=", "pending")]
        )

    def read_pages(self, most=10):
        """Read the catalogue to its end, or so many pages of it.

        :return: how many pages were read
        """
        if not self.jobs():
            self.config.action_reconcile()
        read = 0
        while (jobs := self.jobs()) and read < most:
            with self.as_jobs_would():
                self.env["marketplace.reconcile"]._job_read_page(*jobs[0].args)
            jobs[0].button_done()
            read += 1
        self.env.invalidate_all()
        return read

    def read_in_vain(self):
        """:return: the seconds after which the job wants to try again"""
        # assertRaises would undo what the job has noted
        try:
            self.read_pages()
        except RetryableJobError as error:
            return error.seconds
        return 0

    def there(self, product, **changes):
        """A product as the marketplace shows it."""
        listing = self.listing(product)
        return {
            "internal_product_id": listing.identity,
            "selling_price": listing.sent_price,
            "available_stock_quantity": listing.sent_stock,
            "is_published": True,
        } | changes

    def test_the_catalogue_waits_as_long_as_a_flush_was_told_to(self):
        self.stub.will_answer(Reply({}, 429, {"Retry-After": "400"}))
        self.oil.list_price = 81.0
        self.flush()
        self.stub.seen.clear()
        self.assertGreater(self.read_in_vain(), 300)
        self.assertEqual(self.stub.seen, [])

    def test_a_flush_waits_as_long_as_the_catalogue_was_told_to(self):
        self.stub.will_answer(Reply({}, 429, {"Retry-After": "400"}))
        self.assertGreater(self.read_in_vain(), 300)
        self.stub.seen.clear()
        self.oil.list_price = 81.0
        self.assertGreater(self.flush(), 300)
        self.assertEqual(self.stub.seen, [])
        self.make_due(500)
        self.stub.will_answer(Reply([]))
        self.read_pages()
        self.assertFalse(self.env["marketplace.pace"].search([]))

    def test_a_server_whose_clock_is_ahead_of_the_database_s_misses_nothing(self):
        products = [self.there(product) for product in (self.oil, self.rice, self.tea)]
        self.stub.will_answer(Reply(products), Reply([]))
        ahead = fields.Datetime.now() + timedelta(minutes=1)
        with patch.object(fields.Datetime, "now", lambda: ahead):
            self.read_pages()
        self.assertEqual(self.listing(self.oil).status, "in_step")

    def test_a_change_of_what_was_not_in_the_catalogue_is_told_all_the_same(self):
        self.stub.will_answer(Reply([self.there(self.oil)]), Reply([]))
        self.read_pages()
        self.assertEqual(self.listing(self.tea).status, "missing")
        self.stub.seen.clear()
        self.tea.list_price = 13.0
        self.flush()
        self.assertEqual(self.sent()[0]["MPT-TEA"]["selling_price"], 13.0)
        self.assertEqual(self.listing(self.tea).status, "in_step")

    def test_what_was_refused_as_unknown_is_told_once_it_stands_there(self):
        salt = self.new_product("MPT-SALT", 5.0)
        self.stub.will_answer(results("unknown_product"))
        self.flush()
        self.assertEqual(self.listing(salt).status, "missing")
        nothing = {"selling_price": 0, "available_stock_quantity": 5, "is_published": False}
        self.stub.will_answer(Reply([self.there(salt, **nothing)]), Reply([]))
        self.read_pages()
        self.stub.seen.clear()
        self.flush()
        self.assertEqual(self.sent()[0]["MPT-SALT"]["selling_price"], 5.0)
        self.assertEqual(self.listing(salt).status, "in_step")

    def test_products_of_another_account_of_the_token_are_none_of_ours(self):
        self.config.supplier_code = "1"
        self.env.flush_all()
        own = self.there(self.oil, supplier_code=1, supplier_product_id=701)
        others = own | {"supplier_code": 2, "supplier_product_id": 702, "selling_price": 70.0}
        self.stub.will_answer(Reply([own, others]), Reply([others]), Reply([]))
        self.read_pages()
        self.stub.seen.clear()
        self.assertEqual(self.listing(self.oil).remote_id, "701")
        self.flush()
        self.assertEqual(self.sent(), [])
        self.assertEqual(self.listing(self.oil).status, "in_step")

    def test_a_catalogue_with_nothing_of_ours_proves_nothing(self):
        strange = {"internal_product_id": "NOBODY-S", "selling_price": 1}
        manager = self.new_user("mp_reader_of_pages", "manager")
        for pages in ([Reply([])], [Reply([strange]), Reply([])]):
            self.stub.will_answer(*pages)
            self.read_pages()
            self.assertEqual(self.listing(self.oil).status, "in_step")
        [alert] = self.alerts(manager)
        self.assertIn("catalogue", alert.summary)

    def test_numbers_that_nobody_can_mean_are_put_right(self):
        absurd = {"available_stock_quantity": 10**12, "selling_price": "1e400000"}
        self.stub.will_answer(Reply([self.there(self.oil, **absurd)]), Reply([]))
        self.read_pages()
        self.stub.seen.clear()
        self.flush()
        right = {"selling_price": 80.0, "available_stock_quantity": 10}
        self.assertEqual(self.sent(), [{"MPT-OIL": right}])

    def test_a_name_that_no_database_can_keep_stops_nothing(self):
        strange = b'{"internal_product_id": "a\\u0000b", "supplier_product_id": "\\ud800"}'
        oil = b'{"internal_product_id": "MPT-OIL", "selling_price": 1}'
        self.stub.will_answer(Reply(b"[" + strange + b"," + oil + b"]"), Reply([]))
        self.read_pages()
        self.stub.seen.clear()
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"selling_price": 80.0}}])

    def test_a_marketplace_that_knows_no_pages_is_not_asked_for_ever(self):
        self.stub.answer_always(Reply([self.there(self.oil)]))
        self.assertEqual(self.read_pages(), 2)
        self.assertEqual(self.listing(self.tea).status, "in_step")
