# Whatever changes a price: exactly that price reaches the marketplace, and where nothing changed,
# no call is made. Figures are worked out by hand.
from datetime import timedelta

from odoo import fields
from odoo.tests import Form, tagged

from .prices_common import PricesCase


@tagged("post_install", "-at_install")
class TestPriceTriggers(PricesCase):
    def setUp(self):
        super().setUp()
        self.pricelist = self.new_pricelist()
        self.config.pricelist_id = self.pricelist

    def assert_told(self, **prices):
        """Exactly these prices are told: {"oil": 81.0}; nothing at all when there are none."""
        self.flush()
        told = {f"MPT-{name.upper()}": {"selling_price": price} for name, price in prices.items()}
        self.assertEqual(self.sent_once(), told)

    def add_rule(self, pricelist=None, **values):
        pricelist = pricelist or self.pricelist
        return self.env["product.pricelist.item"].create(
            {"pricelist_id": pricelist.id, "compute_price": "fixed", **values}
        )

    def for_oil(self, **values):
        return {"applied_on": "0_product_variant", "product_id": self.oil.id, **values}

    def test_the_sales_price_however_it_is_entered(self):
        self.go_live()
        template = self.oil.product_tmpl_id
        with Form(template) as form:
            form.list_price = 81.0
        self.assert_told(oil=81.0)
        self.oil.lst_price = 82.0
        self.assert_told(oil=82.0)
        self.env["product.template"].load([".id", "list_price"], [[str(template.id), "83"]])
        self.assert_told(oil=83.0)
        (self.oil + self.tea).product_tmpl_id.list_price = 84.0
        self.assert_told(oil=84.0, tea=84.0)
        template.list_price = 84.0
        template.description_sale = "Fresh"
        self.assert_told()

    def test_the_extra_price_of_an_attribute(self):
        large = self.with_sizes(self.oil)[1]
        self.go_live()
        self.assertEqual(self.listing(large).sent_price, 80.0)
        large.product_template_attribute_value_ids.price_extra = 2.5
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-LARGE": {"selling_price": 82.5}}])

    def test_rules_of_each_scope(self):
        self.go_live()
        rule = self.add_rule(**self.for_oil(fixed_price=70.0))
        self.assert_told(oil=70.0)
        rule.fixed_price = 71.0
        self.assert_told(oil=71.0)
        rule.write({"product_id": self.tea.id, "product_tmpl_id": self.tea.product_tmpl_id.id})
        self.assert_told(oil=80.0, tea=71.0)
        rule.unlink()
        self.assert_told(tea=12.25)
        template = self.rice.product_tmpl_id
        self.add_rule(applied_on="1_product", product_tmpl_id=template.id, fixed_price=30.0)
        self.assert_told(rice=30.0)
        category = self.env["product.category"].create({"name": "Groceries"})
        below = self.env["product.category"].create({"name": "Teas", "parent_id": category.id})
        self.tea.categ_id = below
        self.assert_told()
        self.add_rule(applied_on="2_product_category", categ_id=category.id, fixed_price=9.0)
        self.assert_told(tea=9.0)
        self.add_rule(applied_on="3_global", fixed_price=50.0)
        self.assert_told(oil=50.0)
        below.parent_id = False
        self.assert_told(tea=50.0)

    def test_rules_that_nobody_uses_make_no_mark(self):
        self.go_live()
        elsewhere = self.new_pricelist()
        self.add_rule(elsewhere, applied_on="3_global", fixed_price=1.0)
        self.add_rule(elsewhere, **self.for_oil(fixed_price=1.0))
        self.assertFalse(self.marks())
        self.assert_told()

    def test_a_chain_of_pricelists(self):
        ground, middle = self.new_pricelist(), self.new_pricelist()
        self.add_rule(self.pricelist, **self.built_on(middle, price_surcharge=1.0))
        self.add_rule(middle, **self.built_on(ground, price_discount=50.0))
        self.go_live()
        self.assertEqual(self.listing(self.oil).sent_price, 41.0)
        rule = self.add_rule(ground, **self.for_oil(fixed_price=60.0))
        # 60 / 2 + 1
        self.assert_told(oil=31.0)
        rule.fixed_price = 100.0
        self.assert_told(oil=51.0)

    def test_the_cost_where_a_rule_goes_by_it(self):
        self.go_live()
        self.oil.standard_price = 40.0
        self.assertFalse(self.marks())
        self.assert_told()
        self.add_rule(
            **self.for_oil(compute_price="formula", base="standard_price", price_discount=-25.0)
        )
        # 40 + 25 %
        self.assert_told(oil=50.0)
        self.oil.standard_price = 44.0
        self.assert_told(oil=55.0)
        self.rice.standard_price = 20.0
        self.assert_told()

    def test_the_rate_of_the_pricelist_s_currency(self):
        currency = self.new_currency(rate=0.02, days_ago=1)
        foreign = self.new_pricelist(currency_id=currency.id)
        self.add_rule(foreign, **self.for_oil(fixed_price=2.0))
        self.config.pricelist_id = foreign
        self.go_live()
        # 2 / 0.02
        self.assertEqual(self.listing(self.oil).sent_price, 100.0)
        rate = self.new_rate(currency, 0.025)
        # 2 / 0.025
        self.assert_told(oil=80.0)
        rate.rate = 0.02
        self.assert_told(oil=100.0)
        rate.rate = 0.025
        rate.unlink()
        self.assert_told()
        currency.active = False
        self.assert_told()
        self.assertEqual(self.listing(self.oil).status, "held")
        self.assertIn("not active", self.listing(self.oil).message)

    def test_another_currency_s_rate_makes_no_mark(self):
        self.go_live()
        self.new_rate(self.new_currency(rate=0.5, days_ago=1), 0.25)
        self.assertFalse(self.marks())
        self.assert_told()

    def test_taxes(self):
        self.oil.taxes_id = vat = self.new_tax("VAT", price_include=False)
        self.go_live()
        # 80 × 1.14
        self.assertEqual(self.listing(self.oil).sent_price, 91.2)
        vat.amount = 10.0
        self.assert_told(oil=88.0)
        self.oil.taxes_id = False
        self.assert_told(oil=80.0)
        self.rice.taxes_id = vat
        self.assert_told(rice=34.65)
        self.config.price_includes_tax = False
        self.assert_told(rice=31.5)

    def test_the_connection_s_pricelist(self):
        self.go_live()
        other = self.new_pricelist()
        self.add_rule(other, **self.for_oil(fixed_price=66.0))
        self.config.pricelist_id = other
        self.assert_told(oil=66.0)
        other.unlink()
        self.assert_told(oil=80.0)

    def test_exceptions(self):
        self.go_live()
        other = self.new_pricelist()
        self.add_rule(other, applied_on="3_global", fixed_price=66.0)
        category = self.env["product.category"].create({"name": "Oils"})
        exception = self.env["marketplace.policy"].create(
            {
                "config_id": self.config.id,
                "category_id": category.id,
                "own_prices": True,
                "pricelist_id": other.id,
            }
        )
        self.assert_told()
        self.oil.categ_id = category
        self.assert_told(oil=66.0)
        self.add_rule(other, **self.for_oil(fixed_price=65.0))
        self.assert_told(oil=65.0)
        exception.own_prices = False
        self.assert_told(oil=80.0)
        exception.own_prices = True
        self.assert_told(oil=65.0)
        exception.unlink()
        self.assert_told(oil=80.0)
        self.env["marketplace.policy"].create(
            {
                "config_id": self.config.id,
                "listing_id": self.listing(self.tea).id,
                "own_prices": True,
                "fixed_price": 5.0,
            }
        )
        self.assert_told(tea=5.0)

    def test_a_rule_that_begins_soon_is_told_when_it_begins(self):
        self.go_live()
        soon = fields.Datetime.now() + timedelta(minutes=20)
        rule = self.add_rule(**self.for_oil(fixed_price=70.0, date_start=soon))
        self.assert_told()
        self.assertEqual(self.marked_listings(), self.listing(self.oil))
        self.make_due(20 * 60 + 2)
        self.env.cr.execute(
            "UPDATE product_pricelist_item SET date_start = date_start - interval '21 minutes' "
            "WHERE id = %s",
            [rule.id],
        )
        self.env.invalidate_all()
        self.assert_told(oil=70.0)

    def test_whatever_a_rule_is_about_is_told_when_it_begins(self):
        self.go_live()
        category = self.env["product.category"].create({"name": "Groceries"})
        self.tea.categ_id = self.env["product.category"].create(
            {"name": "Teas", "parent_id": category.id}
        )
        self.flush()
        soon = fields.Datetime.now() + timedelta(minutes=20)
        for about, products in (
            ({"applied_on": "0_product_variant", "product_id": self.oil.id}, self.oil),
            (
                {"applied_on": "1_product", "product_tmpl_id": self.rice.product_tmpl_id.id},
                self.rice,
            ),
            ({"applied_on": "2_product_category", "categ_id": category.id}, self.tea),
            ({"applied_on": "3_global"}, self.oil | self.rice | self.tea),
        ):
            self.forget_later_marks()
            self.add_rule(fixed_price=7.0, date_start=soon, **about)
            self.flush()
            self.assertEqual(self.marked_listings().product_id, products, about)

    def test_the_sweep_looks_ahead_for_rules_that_end(self):
        later = fields.Datetime.now() + timedelta(hours=5)
        rule = self.add_rule(**self.for_oil(fixed_price=70.0, date_end=later))
        self.go_live()
        self.assertFalse(self.marks())
        self.env.cr.execute(
            "UPDATE product_pricelist_item SET date_end = date_end - interval '4 hours' "
            "WHERE id = %s",
            [rule.id],
        )
        self.env.invalidate_all()
        self.env["marketplace.price.dates"]._plan_all()
        [mark] = self.marks()
        self.assertEqual(self.marked_listings(), self.listing(self.oil))
        self.assertGreater(mark.due, rule.date_end)
        self.assertLess(mark.due, rule.date_end + timedelta(seconds=5))
