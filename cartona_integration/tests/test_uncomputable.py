# A product whose price or stock can't be worked out, by the fault of another addon's code or of its
# own rules, says so; the others go on, in a flush and in a sweep.
from odoo.tests import tagged
from odoo.tools import mute_logger

from .outbound_common import OutboundCase

LANE = "odoo.addons.cartona_integration.models.marketplace_lane_product"
ERRORS = (ZeroDivisionError("nobody's mistake"), RecursionError(), KeyError("bom"))


@tagged("post_install", "-at_install")
class TestUncomputable(OutboundCase):
    def setUp(self):
        super().setUp()
        self.salt = self.new_product("MPT-SALT", 3.5)
        self.go_live()

    def fail_for(self, product, error):
        """Another addon's prices can't bear a product."""
        prices = type(self.env["marketplace.unit.price"])
        trace = prices._trace

        def fail(this, config, pricelist, products, pack_qty):
            if product in products:
                raise error
            return trace(this, config, pricelist, products, pack_qty)

        self.patch(prices, "_trace", fail)

    @mute_logger(LANE)
    def test_the_listing_says_so_and_the_rest_goes_on(self):
        for number, error in enumerate(ERRORS):
            with self.subTest(error=error):
                self.fail_for(self.oil, error)
                self.oil.list_price = 81.0 + number
                for product in (self.rice, self.tea, self.salt):
                    product.list_price = 5.0 + number
                self.flush()
                told = self.sent_once()
                self.assertEqual(
                    {name: item["selling_price"] for name, item in told.items()},
                    dict.fromkeys(("MPT-RICE", "MPT-TEA", "MPT-SALT"), 5.0 + number),
                )
                listing = self.listing(self.oil)
                self.assertEqual(listing.status, "held")
                self.assertIn("can't work out", listing.message)
                self.assertEqual(listing.sent_price, 80.0)
                explained = listing.get_explanation()
                self.assertEqual(explained["message"], listing.message)
                self.assertEqual(explained["price"]["there"], "80")

    @mute_logger(LANE, "odoo.sql_db")
    def test_what_postgresql_refuses_stops_nobody_else_either(self):
        prices = type(self.env["marketplace.unit.price"])
        trace = prices._trace

        def fail(this, config, pricelist, products, pack_qty):
            if self.oil in products:
                this.env.cr.execute("SELECT 1 / 0")
            return trace(this, config, pricelist, products, pack_qty)

        self.patch(prices, "_trace", fail)
        self.oil.list_price = 81.0
        self.rice.list_price = 5.0
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-RICE": {"selling_price": 5.0}})
        self.assertEqual(self.listing(self.oil).status, "held")

    @mute_logger(LANE)
    def test_a_sweep_goes_past_it(self):
        self.fail_for(self.oil, ZeroDivisionError())
        self.env.cr.execute(
            "UPDATE product_template SET list_price = 95 WHERE id = %s",
            [self.rice.product_tmpl_id.id],
        )
        self.env.invalidate_all()
        self.env["marketplace.sweep"]._sweep(self.config, 0)
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-RICE": {"selling_price": 95.0}})

    @mute_logger(LANE)
    def test_a_product_that_nobody_can_compute_is_not_introduced(self):
        sugar = self.new_product("MPT-SUGAR", 9.0)
        self.fail_for(sugar, ZeroDivisionError())
        self.flush()
        self.assertEqual(self.sent(), [])
        self.assertEqual(self.listing(sugar).status, "held")

    def test_it_is_sent_once_it_can_be_computed(self):
        with self.subTest("fails"), mute_logger(LANE):
            prices = type(self.env["marketplace.unit.price"])
            trace = prices._trace
            self.fail_for(self.oil, ZeroDivisionError())
            self.oil.list_price = 81.0
            self.flush()
            self.assertEqual(self.sent(), [])
        self.patch(prices, "_trace", trace)
        self.oil.list_price = 82.0
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-OIL": {"selling_price": 82.0}})
        self.assertEqual(self.listing(self.oil).status, "in_step")
