# A second company sells what it shares with the main one, whose currency shared prices are kept in:
# the piaster is the second's, and one of it is worth 0.02 of the main company's (80 / 0.02 = 4000).
from decimal import Decimal

from odoo.tests import tagged

from .prices_common import PricesCase


@tagged("post_install", "-at_install")
class TestPriceCurrencies(PricesCase):
    def setUp(self):
        super().setUp()
        self.main = self.env.ref("base.main_company").currency_id
        self.main.rate_ids.unlink()
        self.piaster = self.new_currency(rate=None)
        self.company = self.env["res.company"].create(
            {"name": "Cairo Wholesale", "currency_id": self.piaster.id}
        )
        self.config.company_id = self.company

    def new_listing(self, product, **values):
        return self.env["marketplace.listing"].create(
            {"config_id": self.config.id, "product_id": product.id, "identity": "X", **values}
        )

    def price(self, product, pricelist=None):
        """Its price as a number, or why there is none; as the dialog explains it, too."""
        self.config.pricelist_id = pricelist
        listing = self.new_listing(product)
        today = listing._get_today(self.config)[listing.id]
        self.steps = listing.get_explanation()["price"]["steps"]
        listing.unlink()
        return today.held or today.values["price"]

    def new_prices(self, *rules):
        return self.new_pricelist(*rules, currency_id=self.piaster.id, company_id=self.company.id)

    def assert_told(self, **prices):
        self.flush()
        told = {f"MPT-{name.upper()}": {"selling_price": price} for name, price in prices.items()}
        self.assertEqual(self.sent_once(), told)

    def test_a_shared_product_s_sales_price_is_converted(self):
        self.new_rate(self.main, 0.02)
        self.assertEqual(self.price(self.oil), Decimal("4000.00"))
        self.assertEqual(
            self.steps,
            [
                ("Sales price", "80"),
                (f"Converted from {self.main.name} at today's rate", "4,000"),
            ],
        )

    def test_a_shared_product_that_no_rule_is_for_is_converted(self):
        self.new_rate(self.main, 0.02)
        prices = self.new_prices()
        self.assertEqual(self.price(self.oil, prices), Decimal("4000.00"))
        its_own = prices.with_company(self.company)._get_product_price(self.oil, 1.0)
        self.assertEqual(its_own, 4000.0)
        # In the list's own currency none is needed between: 80 / 0.02 as well.
        prices = self.new_pricelist(currency_id=self.main.id, company_id=self.company.id)
        self.assertEqual(self.price(self.oil, prices), Decimal("4000.00"))

    def test_a_pack_of_a_shared_product_is_converted(self):
        self.new_rate(self.main, 0.02)
        listing = self.new_listing(self.tea, pack_qty=12)
        # 12.25 / 0.02 = 612.50; × 12
        today = listing._get_today(self.config)[listing.id]
        self.assertEqual(today.values["price"], Decimal("7350.00"))

    def test_the_company_s_own_product_has_the_company_s_price(self):
        salt = self.new_product("MPT-SALT", 80.0, company_id=self.company.id)
        self.assertEqual(self.price(salt), Decimal("80.00"))
        self.assertEqual(self.price(salt, self.new_prices()), Decimal("80.00"))

    def test_a_sales_price_that_nobody_can_convert_is_held(self):
        less = {"compute_price": "percentage", "percent_price": 10.0}
        ground = self.new_prices(less)
        for prices in (
            None,
            self.new_prices(),
            ground,
            self.new_prices({"compute_price": "formula", "price_discount": 10.0}),
            self.new_prices(self.built_on(ground)),
            self.new_prices(self.built_on(self.new_prices())),
        ):
            with self.subTest(prices=prices):
                self.assertEqual(self.price(self.oil, prices), "currency_unrated")

    def test_a_price_that_is_not_made_of_the_sales_price_needs_no_rate(self):
        self.oil.with_company(self.company).standard_price = 60.0
        ground = self.new_prices({"compute_price": "fixed", "fixed_price": 50.0})
        cost = {"compute_price": "formula", "base": "standard_price", "price_surcharge": 5.0}
        for prices, expected in (
            (ground, "50.00"),
            (self.new_prices(self.built_on(ground, price_surcharge=1.0)), "51.00"),
            (self.new_prices(cost), "65.00"),
        ):
            with self.subTest(prices=prices):
                self.assertEqual(self.price(self.oil, prices), Decimal(expected))

    def test_what_needs_no_rate_goes_out_beside_what_does(self):
        self.config.pricelist_id = self.new_prices(
            {
                "applied_on": "0_product_variant",
                "product_id": self.oil.id,
                "compute_price": "fixed",
                "fixed_price": 50.0,
            }
        )
        self.go_live()
        self.assertEqual(self.listing(self.oil).sent_price, 50.0)
        self.assertEqual(self.listing(self.rice).status, "held")
        self.assertIn("no rate for today", self.listing(self.rice).message)

    def test_a_new_rate_is_told(self):
        self.new_rate(self.main, 0.02, days_ago=1)
        self.go_live()
        # 31.5 / 0.02
        self.assertEqual(self.listing(self.rice).sent_price, 1575.0)
        rate = self.new_rate(self.main, 0.025)
        # 80, 31.5 and 12.25 / 0.025
        self.assert_told(oil=3200.0, rice=1260.0, tea=490.0)
        self.config.pricelist_id = self.new_prices(
            {"compute_price": "percentage", "percent_price": 10.0}
        )
        self.assert_told(oil=2880.0, rice=1134.0, tea=441.0)
        rate.rate = 0.05
        # 90 % of 80, 31.5 and 12.25, / 0.05
        self.assert_told(oil=1440.0, rice=567.0, tea=220.5)

    def test_a_product_that_is_given_to_the_company_has_another_price(self):
        self.new_rate(self.main, 0.02)
        salt = self.new_product("MPT-SALT", 80.0)
        self.go_live()
        self.assertEqual(self.listing(salt).sent_price, 4000.0)
        salt.product_tmpl_id.company_id = self.company
        self.assert_told(salt=80.0)
        salt.product_tmpl_id.company_id = False
        self.assert_told(salt=4000.0)

    def test_another_currency_of_the_main_company_is_told(self):
        self.new_rate(self.main, 0.02)
        self.go_live()
        other = self.new_currency(rate=0.04)
        self.env.cr.execute("DELETE FROM account_move_line")
        self.env.ref("base.main_company").currency_id = other
        # 80, 31.5 and 12.25 / 0.04
        self.assert_told(oil=2000.0, rice=787.5, tea=306.25)
