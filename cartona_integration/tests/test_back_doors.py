# Prices, stock and scope that change although nobody touched the field they are in: by something
# that is deleted, computed or moved somewhere else. The oil begins with 10 pieces at 80.
from odoo.tests import tagged

from ..compat import LINE_UNIT
from .orders_common import OrdersCase
from .prices_common import PricesCase


@tagged("post_install", "-at_install")
class TestBackDoors(OrdersCase, PricesCase):
    def assert_told(self, **values):
        """This is told of the oil and nothing else; nothing at all when there is nothing."""
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-OIL": values} if values else {})

    def test_a_tax_that_is_deleted(self):
        self.oil.taxes_id = vat = self.new_tax("VAT", price_include=False)
        self.go_live()
        # 80 × 1.14
        self.assertEqual(self.listing(self.oil).sent_price, 91.2)
        vat.unlink()
        self.assert_told(selling_price=80.0)

    def test_a_group_s_tax_that_is_deleted(self):
        small = self.new_tax("Stamp", price_include=False)
        group = self.env["account.tax"].create(
            {
                "name": "VAT and stamp",
                "amount_type": "group",
                "type_tax_use": "sale",
                "children_tax_ids": [
                    (6, 0, (self.new_tax("VAT", price_include=False) | small).ids)
                ],
            }
        )
        self.oil.taxes_id = group
        self.go_live()
        # 80 × 1.28
        self.assertEqual(self.listing(self.oil).sent_price, 102.4)
        small.unlink()
        self.assert_told(selling_price=91.2)

    def test_a_tax_that_is_taken_back_again(self):
        self.oil.taxes_id = vat = self.new_tax("VAT", price_include=False)
        self.go_live()
        back = [(0, 0, {"repartition_type": "tax", "factor_percent": -100.0})]
        vat.write({"invoice_repartition_line_ids": back, "refund_repartition_line_ids": back})
        self.assert_told(selling_price=80.0)

    def test_an_attribute_with_one_value_that_is_dearer(self):
        bottle = self.env["product.attribute"].create(
            {
                "name": "Bottle",
                "value_ids": [(0, 0, {"name": "Glass", "default_extra_price": 4.5})],
            }
        )
        self.go_live()
        template = self.env["product.template"].browse(self.oil.product_tmpl_id.id)
        template.attribute_line_ids = [
            (0, 0, {"attribute_id": bottle.id, "value_ids": [(6, 0, bottle.value_ids.ids)]})
        ]
        self.assertEqual(template.product_variant_ids, self.oil)
        self.assert_told(selling_price=84.5)
        template.attribute_line_ids.unlink()
        self.assert_told(selling_price=80.0)

    def test_a_category_that_is_offered(self):
        offered = self.env["product.category"].create({"name": "Offered"})
        self.config.scope_domain = (
            f"[('default_code', '=like', 'MPT-%'), ('categ_id', '=', {offered.id})]"
        )
        self.go_live()
        self.assertFalse(self.listing(self.oil))
        self.oil.categ_id = offered
        self.assert_told(
            selling_price=80.0,
            available_stock_quantity=10,
            is_published=True,
            is_unlimited_stock=False,
        )

    def test_a_quotation_that_moves_with_its_salesperson(self):
        second = self.new_warehouse("Second")
        self.config.warehouse_ids = self.warehouse
        self.go_live()
        order = self.new_order((self.oil, 3))
        self.assert_told(available_stock_quantity=7)
        far_away = self.new_user("mp_far_away")
        far_away.property_warehouse_id = second
        order.user_id = far_away
        self.assertEqual(order.warehouse_id, second)
        self.assert_told(available_stock_quantity=10)

    def test_a_quotation_counted_in_packagings(self):
        if "product.packaging" not in self.env:
            return
        pair = self.env["product.packaging"].create(
            {"name": "Pair", "product_id": self.oil.id, "qty": 2}
        )
        self.go_live()
        order = self.new_order((self.oil, 2))
        self.assert_told(available_stock_quantity=8)
        order.order_line.product_packaging_id = pair
        order.order_line.product_packaging_qty = 3
        self.assertEqual(order.order_line.product_uom_qty, 6)
        self.assert_told(available_stock_quantity=4)

    def test_another_unit(self):
        self.go_live()
        order = self.new_order((self.oil, 6))
        self.assert_told(available_stock_quantity=4)
        self.oil.product_tmpl_id.uom_id = self.env.ref("uom.product_uom_dozen")
        self.env.flush_all()
        if order.order_line[LINE_UNIT] == self.oil.uom_id:
            # 19.0 takes quotations along: 6 dozens of 10
            self.assert_told()
        else:
            # half a dozen of 10 dozens
            self.assert_told(available_stock_quantity=9)
