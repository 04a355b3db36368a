# Each thing that changes a price, at the far end of a chain of pricelists, with tax, for the piece
# and for the pack of twelve. The chain: half of the ground's price, and one more on top; the oil
# begins at 80: 80 / 2 + 1 = 41, with 14 % tax 46.74; of twelve 492, with tax 560.88.
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .prices_common import PricesCase


@tagged("post_install", "-at_install")
class TestPriceMatrix(PricesCase):
    def setUp(self):
        super().setUp()
        self.ground = self.new_pricelist()
        self.middle = self.new_pricelist(self.built_on(self.ground, price_discount=50.0))
        self.top = self.new_pricelist(self.built_on(self.middle, price_surcharge=1.0))
        self.vat = self.new_tax("VAT 14%", price_include=False)
        self.oil.taxes_id = self.vat
        self.config.write(
            {
                "pricelist_id": self.top.id,
                "scope_domain": "[('default_code', 'in', ('MPT-OIL', 'MPT-LARGE'))]",
            }
        )

    def go_live_with_a_pack(self):
        self.go_live()
        self.pack = self.new_pack(self.oil, "MPT-OIL#1")
        self.flush()
        self.forget_later_marks()
        told = self.sent_once()
        self.assertEqual(told["MPT-OIL#1"]["selling_price"], 560.88)
        self.assertEqual((self.listing(self.oil) - self.pack).sent_price, 46.74)

    def new_pack(self, product, identity):
        return self.env["marketplace.listing"].create(
            {
                "config_id": self.config.id,
                "product_id": product.id,
                "identity": identity,
                "pack_qty": 12,
                "pack_number": 1,
            }
        )

    def assert_told(self, piece=None, pack=None):
        """Exactly these prices are told, and nothing where they are none."""
        self.flush()
        told = {"MPT-OIL": piece, "MPT-OIL#1": pack}
        self.assertEqual(
            self.sent_once(),
            {name: {"selling_price": price} for name, price in told.items() if price},
        )

    def add_ground_rule(self, **values):
        return self.env["product.pricelist.item"].create(
            {
                "pricelist_id": self.ground.id,
                "applied_on": "0_product_variant",
                "product_id": self.oil.id,
                "compute_price": "fixed",
                **values,
            }
        )

    def test_the_sales_price(self):
        self.go_live_with_a_pack()
        self.oil.list_price = 100.0
        # 51 × 1.14; 612 × 1.14
        self.assert_told(58.14, 697.68)
        self.oil.list_price = 100.0
        self.assert_told()

    def test_an_extra_price(self):
        large = self.with_sizes(self.oil)[1]
        self.go_live()
        self.new_pack(large, "MPT-LARGE#1")
        self.flush()
        self.assertEqual(self.sent_once()["MPT-LARGE#1"]["selling_price"], 560.88)
        large.product_template_attribute_value_ids.price_extra = 2.5
        self.flush()
        # 82.5 / 2 + 1 = 42.25; × 1.14 = 48.165; 42.25 × 12 = 507; × 1.14 = 577.98
        self.assertEqual(
            self.sent_once(),
            {"MPT-LARGE": {"selling_price": 48.17}, "MPT-LARGE#1": {"selling_price": 577.98}},
        )

    def test_rules_of_each_link(self):
        self.go_live_with_a_pack()
        rule = self.add_ground_rule(fixed_price=60.0)
        # 60 / 2 + 1 = 31
        self.assert_told(35.34, 424.08)
        rule.fixed_price = 62.0
        # 32
        self.assert_told(36.48, 437.76)
        rule.unlink()
        self.assert_told(46.74, 560.88)
        self.middle.item_ids.price_discount = 25.0
        # 80 × 75 % + 1 = 61
        self.assert_told(69.54, 834.48)
        self.top.item_ids.price_surcharge = 3.0
        # 63
        self.assert_told(71.82, 861.84)

    def test_rules_of_each_scope(self):
        self.go_live_with_a_pack()
        template = self.oil.product_tmpl_id
        values = {"applied_on": "1_product", "product_id": False, "product_tmpl_id": template.id}
        rule = self.add_ground_rule(fixed_price=60.0, **values)
        # 31
        self.assert_told(35.34, 424.08)
        rule.write({"applied_on": "3_global", "product_tmpl_id": False, "fixed_price": 62.0})
        # 32
        self.assert_told(36.48, 437.76)
        rule.unlink()
        self.assert_told(46.74, 560.88)

    def test_another_link(self):
        self.go_live_with_a_pack()
        other = self.new_pricelist({"compute_price": "fixed", "fixed_price": 60.0})
        self.assert_told()
        self.middle.item_ids.base_pricelist_id = other
        self.assert_told(35.34, 424.08)
        self.config.pricelist_id = self.middle
        # 30 × 1.14; 360 × 1.14
        self.assert_told(34.2, 410.4)

    def test_a_rule_for_a_category(self):
        category = self.env["product.category"].create({"name": "Oils"})
        self.go_live_with_a_pack()
        self.add_ground_rule(
            applied_on="2_product_category",
            product_id=False,
            categ_id=category.id,
            fixed_price=60.0,
        )
        self.assert_told()
        self.oil.categ_id = category
        self.assert_told(35.34, 424.08)

    def test_the_cost(self):
        self.oil.standard_price = 64.0
        self.add_ground_rule(compute_price="formula", base="standard_price", price_discount=-25.0)
        # 64 + 25 % = 80
        self.go_live_with_a_pack()
        self.oil.standard_price = 48.0
        # 60, as above 31
        self.assert_told(35.34, 424.08)

    def test_the_rate_of_a_currency(self):
        currency = self.new_currency(rate=0.025, days_ago=1)
        self.ground.currency_id = currency
        self.add_ground_rule(fixed_price=2.0)
        # 2 / 0.025 = 80
        self.go_live_with_a_pack()
        self.new_rate(currency, 0.02)
        # 2 / 0.02 = 100
        self.assert_told(58.14, 697.68)

    def test_another_currency(self):
        currency = self.new_currency(rate=0.5, days_ago=1)
        self.add_ground_rule(fixed_price=80.0)
        self.go_live_with_a_pack()
        self.ground.currency_id = currency
        # 80 / 0.5 = 160, half of it and 1: 81; × 1.14; 972 × 1.14
        self.assert_told(92.34, 1108.08)
        currency.active = False
        self.assert_told()
        currency.active = True
        self.assert_told()

    def test_taxes_in(self):
        self.go_live_with_a_pack()
        self.vat.amount = 10.0
        # 41 × 1.1; 492 × 1.1
        self.assert_told(45.1, 541.2)
        self.oil.taxes_id = False
        self.assert_told(41.0, 492.0)

    def test_taxes_out(self):
        self.go_live_with_a_pack()
        self.config.price_includes_tax = False
        self.assert_told(41.0, 492.0)
        inside = self.new_tax("VAT 14% inside", price_include=True)
        self.oil.taxes_id = inside
        # 41 / 1.14 = 35.9649…; 492 / 1.14 = 431.5789…
        self.assert_told(35.96, 431.58)
        inside.amount = 10.0
        # 37.2727…; 447.2727…
        self.assert_told(37.27, 447.27)

    def test_a_rule_that_begins_and_ends(self):
        self.go_live_with_a_pack()
        now = fields.Datetime.now()
        rule = self.add_ground_rule(
            fixed_price=60.0,
            date_start=now + timedelta(minutes=20),
            date_end=now + timedelta(minutes=40),
        )
        self.assert_told()
        self.let_pass(rule, 21)
        self.assert_told(35.34, 424.08)
        self.let_pass(rule, 20)
        self.assert_told(46.74, 560.88)

    def let_pass(self, rule, minutes):
        self.env.cr.execute(
            "UPDATE product_pricelist_item SET date_start = date_start - %(past)s, "
            "date_end = date_end - %(past)s WHERE id = %(rule)s",
            {"past": timedelta(minutes=minutes), "rule": rule.id},
        )
        self.make_due(minutes * 60)

    def test_a_rule_for_twelve_and_more_is_the_pack_s(self):
        self.go_live_with_a_pack()
        self.add_ground_rule(fixed_price=50.0, min_quantity=12)
        # 26 each: 312 × 1.14
        self.assert_told(pack=355.68)

    def test_another_number_of_pieces(self):
        self.go_live_with_a_pack()
        self.pack.pack_qty = 6
        self.flush()
        # 41 × 6 = 246; × 1.14 = 280.44. Of 10 pieces one pack, where there was none.
        told = {"selling_price": 280.44, "available_stock_quantity": 1}
        self.assertEqual(self.sent_once(), {"MPT-OIL#1": told})

    def test_a_listing_s_own_pricelist(self):
        self.go_live_with_a_pack()
        exception = self.env["marketplace.policy"].create(
            {
                "config_id": self.config.id,
                "listing_id": self.pack.id,
                "own_prices": True,
                "pricelist_id": self.middle.id,
            }
        )
        # 40 × 12 = 480; × 1.14
        self.assert_told(pack=547.2)
        self.add_ground_rule(fixed_price=60.0)
        # 31 × 1.14; 30 × 12 × 1.14
        self.assert_told(35.34, 410.4)
        exception.unlink()
        self.assert_told(pack=424.08)
