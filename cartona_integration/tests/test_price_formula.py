# The price of a listing, step by step, with figures worked out by hand. EGP by name or not, the
# company's currency has two digits.
from datetime import timedelta
from decimal import Decimal

from freezegun import freeze_time

from odoo import fields
from odoo.tests.common import tagged

from .prices_common import PricesCase


@tagged("post_install", "-at_install")
class TestPriceFormula(PricesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vat = cls.new_tax("VAT 14%", price_include=False)
        cls.vat_inside = cls.new_tax("VAT 14% inside", price_include=True)

    def new_listing(self, product, **values):
        return self.env["marketplace.listing"].create(
            {"config_id": self.config.id, "product_id": product.id, "identity": "X", **values}
        )

    def own_prices(self, **values):
        return self.env["marketplace.policy"].create(
            {"config_id": self.config.id, "own_prices": True, **values}
        )

    def today(self, listing):
        listing.flush_recordset()
        return listing._get_today(self.config)[listing.id]

    def price(self, listing):
        today = self.today(listing)
        return today.held or today.values["price"]

    def assert_price(self, listing, expected):
        self.assertEqual(self.price(listing), Decimal(expected))

    def test_tax_goes_into_a_price_that_has_none(self):
        for sales_price, pack_qty, expected in (
            (100.0, 1, "114.00"),
            (31.5, 1, "35.91"),
            # 12.25 × 1.14 = 13.965
            (12.25, 1, "13.97"),
            # 12 × 12.25 = 147; × 1.14 = 167.58, and not 12 × 13.97 = 167.64
            (12.25, 12, "167.58"),
        ):
            with self.subTest(sales_price=sales_price, pack_qty=pack_qty):
                goods = self.new_product("MPT-TAXED", sales_price, taxes_id=self.vat.ids)
                self.assert_price(self.new_listing(goods, pack_qty=pack_qty), expected)

    def test_tax_comes_out_of_a_price_that_has_it(self):
        self.config.price_includes_tax = False
        for sales_price, pack_qty, expected in (
            (114.0, 1, "100.00"),
            # 91.25 / 1.14 = 80.0438…
            (91.25, 1, "80.04"),
            # 24 × 91.25 = 2190; / 1.14 = 1921.0526…
            (91.25, 24, "1921.05"),
        ):
            with self.subTest(sales_price=sales_price, pack_qty=pack_qty):
                goods = self.new_product("MPT-TAXED", sales_price, taxes_id=self.vat_inside.ids)
                self.assert_price(self.new_listing(goods, pack_qty=pack_qty), expected)

    def test_a_price_that_is_as_the_marketplace_shows_it_stays(self):
        inside = self.new_product("MPT-IN", 91.25, taxes_id=self.vat_inside.ids)
        outside = self.new_product("MPT-OUT", 91.25, taxes_id=self.vat.ids)
        self.assert_price(self.new_listing(inside), "91.25")
        self.config.price_includes_tax = False
        self.assert_price(self.new_listing(outside), "91.25")

    def test_another_company_s_tax_is_none_of_ours(self):
        other = self.env["res.company"].create({"name": "Another wholesaler"})
        foreign = self.vat.copy({"company_id": other.id, "country_id": self.vat.country_id.id})
        goods = self.new_product("MPT-FOREIGN", 100.0)
        goods.sudo().taxes_id = foreign
        self.assert_price(self.new_listing(goods), "100.00")

    def test_half_a_piastre_is_rounded_up(self):
        # 10.15 less 5 % is 9.6425; less 10 % 9.135
        for percent, expected in ((5.0, "9.64"), (10.0, "9.14")):
            rule = {"compute_price": "percentage", "percent_price": percent}
            self.config.pricelist_id = self.new_pricelist(rule)
            goods = self.new_product("MPT-HALF", 10.15)
            self.assert_price(self.new_listing(goods), expected)

    def test_a_pack_s_price_is_that_of_so_many_pieces(self):
        self.config.pricelist_id = self.new_pricelist(
            {"compute_price": "fixed", "fixed_price": 9.5, "min_quantity": 12},
            {"compute_price": "fixed", "fixed_price": 10.0, "min_quantity": 0},
        )
        for number, (pack_qty, expected) in enumerate(((1, "10.00"), (11, "110"), (12, "114.00"))):
            listing = self.new_listing(self.oil, pack_qty=pack_qty, pack_number=number)
            self.assert_price(listing, expected)

    def test_a_variant_s_extra_price_counts_for_each_piece(self):
        small, large = self.with_sizes(self.new_product("MPT-SIZED", 20.0))
        large.product_template_attribute_value_ids.price_extra = 2.5
        small.default_code = "MPT-SMALL"
        self.assert_price(self.new_listing(small, pack_qty=6), "120.00")
        self.assert_price(self.new_listing(large, pack_qty=6), "135.00")

    def test_pricelists_may_build_on_each_other(self):
        ground = self.new_pricelist({"compute_price": "fixed", "fixed_price": 50.0})
        middle = self.new_pricelist(self.built_on(ground, price_discount=10.0))
        # 50 − 10 % = 45; 45 + 3 = 48
        self.config.pricelist_id = self.new_pricelist(self.built_on(middle, price_surcharge=3.0))
        self.assert_price(self.new_listing(self.oil), "48.00")

    def test_a_rule_holds_on_its_dates_only(self):
        now = fields.Datetime.now()
        rule = {"compute_price": "fixed", "fixed_price": 50.0}
        day = timedelta(days=1)
        for start, end, expected in (
            (now - day, now + day, "50.00"),
            (now + day, False, "80.00"),
            (False, now - day, "80.00"),
        ):
            with self.subTest(start=start, end=end):
                self.config.pricelist_id = self.new_pricelist(
                    {**rule, "date_start": start, "date_end": end}
                )
                self.assert_price(self.new_listing(self.oil, pack_number=1), expected)
                self.env["marketplace.listing"].search([("pack_number", "=", 1)]).unlink()

    def test_the_cost_is_that_of_the_connection_s_company(self):
        self.oil.with_company(self.config.company_id).standard_price = 40.0
        rule = {"compute_price": "formula", "base": "standard_price", "price_discount": -25.0}
        self.config.pricelist_id = self.new_pricelist(rule)
        other = self.env["res.company"].create({"name": "Another wholesaler"})
        listing = self.new_listing(self.oil).with_company(other)
        # 40 + 25 %
        self.assert_price(listing, "50.00")

    def test_another_currency_is_converted_at_today_s_rate(self):
        currency = self.new_currency(rate=0.02, days_ago=0)
        rule = {"compute_price": "fixed", "fixed_price": 1.99}
        self.config.pricelist_id = self.new_pricelist(rule, currency_id=currency.id)
        # One of ours is 0.02 of theirs: 1.99 / 0.02 = 99.50
        self.assert_price(self.new_listing(self.oil), "99.50")

    @freeze_time("2026-06-10 22:30:00")
    def test_the_rate_is_the_same_whoever_has_the_price_computed(self):
        currency = self.new_currency(rate=None)
        currency.rate_ids = [
            (0, 0, {"name": day, "rate": rate})
            for day, rate in (("2026-06-10", 0.05), ("2026-06-11", 0.02))
        ]
        rule = {"compute_price": "fixed", "fixed_price": 1.99}
        pricelist = self.new_pricelist(rule, currency_id=currency.id)
        for prices in (pricelist, self.new_pricelist(self.built_on(pricelist))):
            self.config.pricelist_id = prices
            for timezone in (False, "America/New_York", "Africa/Cairo", "Pacific/Auckland"):
                with self.subTest(prices=prices, timezone=timezone):
                    config = self.config.with_context(tz=timezone)
                    listing = self.new_listing(self.oil).with_env(config.env)
                    # As Odoo's own pricelists do, by the day in UTC: 1.99 / 0.05 = 39.80
                    today = listing._get_today(config)[listing.id]
                    self.assertEqual(today.values["price"], Decimal("39.80"))
                    explained = listing.get_explanation()["price"]["now"]
                    self.assertEqual(Decimal(explained), Decimal("39.80"))
                    listing.unlink()

    def test_a_currency_that_nobody_knows_the_worth_of_holds_the_price(self):
        rule = {"compute_price": "fixed", "fixed_price": 1.99}
        for code, values in (
            ("currency_unrated", {"rate": None}),
            ("currency_unrated", {"rate": 0.02, "days_ago": -1}),
            ("currency_inactive", {"rate": 0.02, "active": False}),
        ):
            with self.subTest(**values):
                currency = self.new_currency(**values)
                pricelist = self.new_pricelist(rule, currency_id=currency.id)
                self.config.pricelist_id = self.new_pricelist(self.built_on(pricelist))
                listing = self.new_listing(self.oil)
                self.assertEqual(self.price(listing), code)
                self.assertNotIn("price", self.today(listing).values)
                listing.unlink()

    def test_a_fixed_price_is_sent_as_it_stands(self):
        self.oil.taxes_id = self.vat
        listing = self.new_listing(self.oil, pack_qty=12)
        self.own_prices(listing_id=listing.id, fixed_price=999.994)
        self.assert_price(listing, "999.99")

    def test_the_nearest_policy_wins(self):
        ten, twenty, thirty = (
            self.new_pricelist({"compute_price": "fixed", "fixed_price": price}).id
            for price in (10.0, 20.0, 30.0)
        )
        above = self.env["product.category"].create({"name": "Groceries"})
        below = self.env["product.category"].create({"name": "Oils", "parent_id": above.id})
        self.oil.categ_id = below
        self.config.pricelist_id = ten
        listing = self.new_listing(self.oil)
        self.assert_price(listing, "10.00")
        self.own_prices(category_id=above.id, pricelist_id=twenty)
        self.assert_price(listing, "20.00")
        nearer = self.own_prices(category_id=below.id, pricelist_id=thirty)
        self.assert_price(listing, "30.00")
        nearer.own_prices = False
        self.assert_price(listing, "20.00")
        self.own_prices(listing_id=listing.id, fixed_price=5.0)
        self.assert_price(listing, "5.00")

    def test_prices_that_nobody_can_mean_are_held(self):
        for sales_price, code in (
            (0.0, "held_price"),
            (-3.0, "held_price"),
            (0.004, "held_price"),
            (1_000_000_000.0, "price_overflow"),
            (1e30, "price_overflow"),
        ):
            with self.subTest(sales_price=sales_price):
                goods = self.new_product("MPT-ODD", sales_price)
                self.assertEqual(self.price(self.new_listing(goods)), code)

    def test_one_odd_price_does_not_hold_back_the_others(self):
        odd = self.new_product("MPT-ODD", 1e15)
        self.go_live()
        self.assertEqual(self.listing(odd).status, "held")
        self.assertIn("typing error", self.listing(odd).message)
        self.assertEqual(self.listing(self.oil).status, "in_step")

    def test_a_pricelist_of_another_company_holds_the_price(self):
        other = self.env["res.company"].create({"name": "Another wholesaler"})
        rule = {"compute_price": "fixed", "fixed_price": 5.0}
        pricelist = self.new_pricelist(rule)
        self.config.pricelist_id = self.new_pricelist(self.built_on(pricelist))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE product_pricelist SET company_id = %s WHERE id = %s", [other.id, pricelist.id]
        )
        self.env.invalidate_all()
        self.assertEqual(self.price(self.new_listing(self.oil)), "price_company")
