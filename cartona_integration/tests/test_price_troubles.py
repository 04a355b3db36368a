# One product whose price Odoo can't work out: its listing says so, and all the others go on, in the
# flush and in the sweep; and once it is put right, its price is told.
from unittest.mock import patch

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .prices_common import PricesCase

SAID = "Odoo can't work out this price"


@tagged("post_install", "-at_install")
class TestPriceTroubles(PricesCase):
    def setUp(self):
        super().setUp()
        self.pricelist = self.new_pricelist({"compute_price": "percentage", "percent_price": 10.0})
        self.config.pricelist_id = self.pricelist

    def for_oil(self, **values):
        return {
            "applied_on": "0_product_variant",
            "product_id": self.oil.id,
            "compute_price": "formula",
            **values,
        }

    def add_rule(self, pricelist, **values):
        return self.env["product.pricelist.item"].create({"pricelist_id": pricelist.id, **values})

    def assert_only_the_oil_waits(self):
        """What the marketplace has been told of the others: their price less 10 %."""
        self.assertEqual(self.listing(self.oil).status, "held")
        self.assertIn(SAID, self.listing(self.oil).message)
        self.assertIn(SAID, self.listing(self.oil).get_explanation()["message"])
        others = self.listing(self.rice) | self.listing(self.tea)
        self.assertEqual(set(others.mapped("status")), {"in_step"})
        # 31.5 and 12.25 less 10 %, the second 11.025
        self.assertEqual(self.listing(self.rice).sent_price, 28.35)
        self.assertEqual(self.listing(self.tea).sent_price, 11.03)

    def assert_others_go_on(self):
        self.rice.list_price = 40.0
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-RICE": {"selling_price": 36.0}}])
        self.env.cr.execute(
            "UPDATE product_template SET list_price = 50 WHERE id = %s",
            [self.tea.product_tmpl_id.id],
        )
        self.env.invalidate_all()
        self.env["marketplace.sweep"]._sweep(self.config.with_env(self.env), 0)
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-TEA": {"selling_price": 45.0}}])

    def assert_told(self, price):
        self.flush()
        [told] = self.sent()
        self.assertEqual(
            {name: content["selling_price"] for name, content in told.items()}, {"MPT-OIL": price}
        )
        self.assertEqual(self.listing(self.oil).status, "in_step")

    def test_a_rule_that_rounds_to_less_than_nothing(self):
        rule = self.add_rule(self.pricelist, **self.for_oil(price_surcharge=2.0))
        # Its form refuses this, an import and the API don't.
        rule.price_round = -1.0
        self.go_live()
        self.assert_only_the_oil_waits()
        self.assert_others_go_on()
        rule.price_round = 5.0
        self.flush()
        self.assertEqual(self.listing(self.oil).status, "in_step")
        # 80 is a multiple of 5; and 2 on top
        self.assertEqual(self.listing(self.oil).sent_price, 82.0)

    def test_a_rule_that_goes_wrong_later(self):
        rule = self.add_rule(self.pricelist, **self.for_oil(price_surcharge=2.0))
        self.go_live()
        rule.price_round = -1.0
        self.flush()
        self.assertEqual(self.sent(), [])
        self.assert_only_the_oil_waits()
        self.assert_others_go_on()
        rule.write({"price_round": 0.0, "price_surcharge": 3.0})
        self.assert_told(83.0)

    def test_pricelists_that_build_on_each_other_in_a_circle(self):
        other = self.new_pricelist()
        self.add_rule(self.pricelist, **self.for_oil(base="pricelist", base_pricelist_id=other.id))
        back = self.add_rule(other, **self.for_oil(base="list_price"))
        # 19.0 refuses to save this.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE product_pricelist_item SET base = 'pricelist', base_pricelist_id = %s "
            "WHERE id = %s",
            [self.pricelist.id, back.id],
        )
        self.env.invalidate_all()
        self.go_live()
        self.assert_only_the_oil_waits()
        self.assert_others_go_on()
        back.write({"base": "list_price", "base_pricelist_id": False, "price_surcharge": 3.0})
        self.assert_told(83.0)

    def test_a_circle_that_no_product_goes_round_holds_nothing(self):
        other = self.new_pricelist({"compute_price": "fixed", "fixed_price": 50.0})
        self.add_rule(self.pricelist, **self.for_oil(base="pricelist", base_pricelist_id=other.id))
        back = self.add_rule(other, **self.for_oil(base="list_price", min_quantity=100))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE product_pricelist_item SET base = 'pricelist', base_pricelist_id = %s "
            "WHERE id = %s",
            [self.pricelist.id, back.id],
        )
        self.env.invalidate_all()
        self.go_live()
        self.assertEqual(self.listing(self.oil).sent_price, 50.0)

    def test_a_tax_whose_formula_fails(self):
        tax = self.new_tax("Formula", price_include=False)
        self.oil.taxes_id = tax
        # Formulas are an app of their own.
        self.env.flush_all()
        self.env.cr.execute("UPDATE account_tax SET amount_type = 'code' WHERE id = %s", [tax.id])
        self.env.invalidate_all()
        taxes = type(tax)

        def compute_by_formula(taxes, *_args, product, **_kwargs):
            try:
                taxes.env.cr.execute("SELECT 1 / (%s - %s)", [product.id, product.id])
            except psycopg2.DataError as error:
                raise UserError(str(error)) from error

        with patch.object(taxes, "compute_all", compute_by_formula), mute_logger("odoo.sql_db"):
            self.go_live()
            self.assert_only_the_oil_waits()
            self.assert_others_go_on()
        self.oil.taxes_id = False
        self.assert_told(72.0)
