# What was kept back is let go as soon as its reason is gone, whatever else is sent meanwhile; and
# what nobody sends keeps nothing back.
from odoo.tests import tagged

from .orders_common import OrdersCase
from .prices_common import PricesCase

# More than anybody has: a barcode that was scanned into the quantity.
ABSURD = 1e21


@tagged("post_install", "-at_install")
class TestRelease(OrdersCase, PricesCase):
    def setUp(self):
        super().setUp()
        self.go_live()

    def state(self, product):
        listing = self.listing(product)
        return listing.status, listing.message or ""

    def hold(self, price, limit=0.0):
        self.config.price_change_limit = limit
        self.oil.list_price = price
        self.flush()
        self.sent()
        self.assertEqual(self.listing(self.oil).status, "held")

    def test_a_price_that_is_right_again_while_stock_is_sent(self):
        self.hold(0.0)
        self.oil.list_price = 80.0
        self.set_stock(self.oil, 5)
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-OIL": {"available_stock_quantity": 15}})
        self.assertEqual(self.state(self.oil), ("in_step", ""))

    def test_a_stock_that_is_right_again_while_a_price_is_sent(self):
        self.set_stock(self.oil, 2.0**32)
        self.flush()
        self.assertEqual(self.listing(self.oil).status, "held")
        self.set_stock(self.oil, -(2.0**32))
        self.oil.list_price = 81.0
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-OIL": {"selling_price": 81.0}})
        self.assertEqual(self.state(self.oil), ("in_step", ""))

    def test_a_change_that_was_taken_back_waits_for_nobody(self):
        self.hold(200.0, limit=20.0)
        self.oil.list_price = 80.0
        self.set_stock(self.oil, 5)
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-OIL": {"available_stock_quantity": 15}})
        self.assertEqual(self.state(self.oil), ("in_step", ""))
        self.assertFalse(self.listing(self.oil).is_change_held)

    def test_a_price_that_is_wrong_still_is_still_held(self):
        self.hold(0.0)
        self.set_stock(self.oil, 5)
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-OIL": {"available_stock_quantity": 15}})
        self.assertEqual(self.listing(self.oil).status, "held")

    def test_what_is_held_can_leave_and_be_deleted(self):
        for price, limit in ((0.0, 0.0), (200.0, 20.0)):
            with self.subTest(price=price):
                self.hold(price, limit)
                self.oil.active = False
                self.flush()
                self.assertEqual(
                    self.sent_once(),
                    {"MPT-OIL": {"available_stock_quantity": 0, "is_published": False}},
                )
                listing = self.listing(self.oil)
                self.assertEqual((listing.status, listing.message or ""), ("off", ""))
                self.assertFalse(listing.is_change_held)
                self.config.price_change_limit = 0.0
                self.oil.write({"active": True, "list_price": 80.0})
                self.flush()
                self.sent()
        self.oil.active = False
        self.flush()
        listing.unlink()
        self.assertFalse(listing.exists())

    def test_prices_that_are_off_keep_nothing_back(self):
        self.config.price_mode = "off"
        self.oil.list_price = 0.0
        self.set_stock(self.oil, 5)
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-OIL": {"available_stock_quantity": 15}})
        self.assertEqual(self.state(self.oil), ("in_step", ""))

    def test_a_product_is_not_introduced_without_its_stock(self):
        for mode in ("off", "observe"):
            with self.subTest(mode=mode):
                self.config.price_mode = mode
                salt = self.new_product(f"MPT-SALT-{mode}", 0.0)
                self.set_stock(salt, 2.0**32)
                self.flush()
                self.assertEqual(self.sent(), [])
                self.assertEqual(self.listing(salt).status, "held")

    def test_what_was_sold_without_end_ends_when_it_leaves(self):
        self.config.stock_unlimited = True
        self.flush()
        self.sent()
        self.oil.active = False
        self.flush()
        self.assertEqual(
            self.sent_once(),
            {
                "MPT-OIL": {
                    "available_stock_quantity": 0,
                    "is_unlimited_stock": False,
                    "is_published": False,
                }
            },
        )

    def test_an_absurd_quotation_holds_its_own_product_only(self):
        self.new_order((self.oil, ABSURD))
        self.new_order((self.rice, 3))
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-RICE": {"available_stock_quantity": 17}})
        self.assertEqual(self.listing(self.oil).status, "held")
        self.assertEqual(self.state(self.rice), ("in_step", ""))

    def test_an_absurd_delivery_holds_its_own_product_only(self):
        self.new_order((self.oil, ABSURD)).action_confirm()
        self.new_order((self.rice, 3)).action_confirm()
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-RICE": {"available_stock_quantity": 17}})
        self.assertEqual(self.listing(self.oil).status, "held")
