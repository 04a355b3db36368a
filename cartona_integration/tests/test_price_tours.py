# Prices in a real browser: why a number is what it is, deciding on a change that waits, and seeing
# that a change has arrived.
from datetime import datetime

from odoo import fields
from odoo.tests.common import tagged

from .prices_common import PricesCase
from .tour_common import TourCase


@tagged("post_install", "-at_install")
class TestPriceTours(TourCase, PricesCase):
    def test_a_listing_s_numbers_are_explained_step_by_step(self):
        # 80 × 1.14 = 91.20; 10 − 3 = 7
        self.oil.taxes_id = self.new_tax("Tour VAT", price_include=False)
        self.config.stock_buffer = 3
        self.go_live()
        self.tour("explanation", self.listing(self.oil))

    def test_a_manager_approves_one_price_and_rejects_another(self):
        self.go_live()
        self.config.price_change_limit = 20.0
        self.oil.list_price = 160.0
        self.rice.list_price = 63.0
        self.flush()
        self.assertEqual(self.sent(), [])
        self.tour("price_changes", self.config)
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"selling_price": 160.0}}])
        oil, rice = self.listing(self.oil), self.listing(self.rice)
        self.assertEqual((oil.decision, rice.decision), ("approved", "rejected"))
        self.assertEqual((oil.status, rice.status), ("in_step", "held"))

    def test_a_price_changed_on_the_form_is_seen_to_arrive(self):
        self.go_live()
        self.env.cr.execute(
            "UPDATE marketplace_listing_sync SET sent_at = %s", [datetime(2024, 3, 1, 9, 0)]
        )
        product = self.oil.product_tmpl_id
        self.tour("price_change", product)
        before = fields.Datetime.now()
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"selling_price": 81.5}}])
        self.assertGreaterEqual(product.marketplace_sent_at, before)
        self.tour("price_arrived", product)
