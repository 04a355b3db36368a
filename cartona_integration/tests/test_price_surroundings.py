# What surrounds a price: the pricelist as a whole, the unit that a product is counted in, the
# currency of the connection's company.
from odoo.tests import tagged

from ..compat import LINE_UNIT
from .prices_common import PricesCase


@tagged("post_install", "-at_install")
class TestPriceSurroundings(PricesCase):
    def setUp(self):
        super().setUp()
        self.config.scope_domain = "[('default_code', '=', 'MPT-OIL')]"

    def assert_told(self, **content):
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": content}] if content else [])

    def test_an_archived_pricelist_stays_the_one_that_was_chosen(self):
        ground = self.new_pricelist({"compute_price": "fixed", "fixed_price": 50.0})
        self.config.pricelist_id = self.new_pricelist(self.built_on(ground, price_surcharge=1.0))
        self.go_live()
        self.assertEqual(self.listing(self.oil).sent_price, 51.0)
        ground.active = False
        self.assert_told()
        ground.item_ids.with_context(active_test=False).fixed_price = 60.0
        self.assert_told(selling_price=61.0)
        self.config.pricelist_id.active = False
        self.assert_told()
        ground.active = self.config.pricelist_id.active = True
        self.assert_told()

    def test_another_unit_of_the_product(self):
        units, dozens = self.env.ref("uom.product_uom_unit"), self.env.ref("uom.product_uom_dozen")
        self.oil.uom_id = units
        self.set_stock(self.oil, 10)
        order = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Shop"}).id,
                "marketplace_config_id": self.config.id,
                "order_line": [
                    (0, 0, {"product_id": self.oil.id, "product_uom_qty": 12, LINE_UNIT: units.id})
                ],
            }
        )
        self.config.pricelist_id = self.new_pricelist(
            {"compute_price": "fixed", "fixed_price": 80.0}
        )
        self.go_live()
        # 20 less the 12 of the quotation
        listing = self.listing(self.oil)
        self.assertEqual((listing.sent_price, listing.sent_stock), (80.0, 8.0))
        values = {"uom_id": dozens.id}
        if "uom_po_id" in self.env["product.template"]._fields:
            values["uom_po_id"] = dozens.id
        self.oil.product_tmpl_id.write(values)
        # A rule's price is that of whatever the unit is; of 20 dozens one is ordered. From 19.0 on
        # the quotation is counted in the new unit, too: 20 less 12, as before.
        went_along = order.order_line[LINE_UNIT] == dozens
        self.assert_told(**({} if went_along else {"available_stock_quantity": 19}))
        order.unlink()
        self.assert_told(available_stock_quantity=20)

    def test_another_currency_of_the_company(self):
        pounds, piasters = self.new_currency(rate=None), self.new_currency(rate=None)
        company = self.env["res.company"].create({"name": "Cairo", "currency_id": pounds.id})
        self.config.company_id = company
        self.config.pricelist_id = self.new_pricelist(
            {"compute_price": "fixed", "fixed_price": 80.0},
            currency_id=pounds.id,
            company_id=company.id,
        )
        self.go_live()
        self.assertEqual(self.listing(self.oil).sent_price, 80.0)
        company.currency_id = piasters
        self.flush()
        # Nobody has said what a pound is worth.
        self.assertEqual(self.listing(self.oil).status, "held")
        self.assertIn("no rate for today", self.listing(self.oil).message)
        self.sent()
        self.new_rate(pounds, 0.01)
        # 80 / 0.01
        self.assert_told(selling_price=8000.0)
