# The prices of orders' lines stay the marketplace's, whoever changes quantities or pricelists,
# until a person writes another one or the customer changes the line.
from odoo.tests import Form, tagged

from .order_lines_common import OrderLinesCase


@tagged("post_install", "-at_install")
class TestOrderPrices(OrderLinesCase):
    def setUp(self):
        super().setUp()
        # 80 over there, 99 here, and half of that for three or more
        self.oil.list_price = 99.0
        rule = {"compute_price": "percentage", "percent_price": 50.0, "min_quantity": 3.0}
        values = {}
        if "discount_policy" in self.env["product.pricelist"]._fields:
            values["discount_policy"] = "without_discount"
        self.config.pricelist_id = self.new_pricelist(
            rule, currency_id=self.config.currency_id.id, **values
        )
        for group in ("group_product_pricelist", "group_discount_per_so_line"):
            names = (f"product.{group}", f"sale.{group}")
            found = [self.env.ref(name, raise_if_not_found=False) for name in names]
            for group in filter(None, found):
                self.env.ref("base.group_user")._apply_group(group)

    def assert_price(self, order, price, discount=0.0):
        line = order.order_line[0]
        self.assertEqual((line.price_unit, line.discount), (price, discount))

    def test_the_pricelist_is_the_connection_s(self):
        order = self.order_of(("MPT-OIL", 2, 80))
        self.assertEqual(order.pricelist_id, self.config.pricelist_id)
        self.assertEqual(order.amount_total, 160.0)

    def test_quantities_change_no_price(self):
        order = self.order_of(("MPT-OIL", 2, 80))
        order.order_line.product_uom_qty = 5
        self.assert_price(order, 80.0)
        with Form(order) as form, form.order_line.edit(0) as line:
            line.product_uom_qty = 7
        self.assert_price(order, 80.0)
        self.assertEqual(order.amount_total, 560.0)
        order.action_confirm()
        order.order_line.product_uom_qty = 4
        self.assert_price(order, 80.0)

    def test_another_pricelist_changes_no_price(self):
        order = self.order_of(("MPT-OIL", 5, 80))
        order.pricelist_id = self.new_pricelist(
            {"compute_price": "fixed", "fixed_price": 3.0},
            currency_id=self.config.currency_id.id,
        )
        order.action_update_prices()
        self.assert_price(order, 80.0)
        order.order_line.product_uom_qty = 6
        self.assert_price(order, 80.0)

    def test_lines_that_people_add_have_our_prices(self):
        order = self.order_of(("MPT-OIL", 2, 80))
        order.order_line = [(0, 0, {"product_id": self.tea.id, "product_uom_qty": 2})]
        self.assertEqual(order.order_line[1].price_unit, 12.25)

    def test_people_may_write_another_price(self):
        order = self.order_of(("MPT-OIL", 2, 80))
        with Form(order) as form, form.order_line.edit(0) as line:
            line.price_unit = 70.0
            line.product_uom_qty = 4
        self.assert_price(order, 70.0)
        order.order_line.discount = 10.0
        order.action_update_prices()
        order.order_line.product_uom_qty = 6
        self.assert_price(order, 70.0, 10.0)

    def test_another_product_in_its_place_has_its_price(self):
        order = self.order_of(("MPT-OIL", 2, 80))
        order.order_line.product_id = self.rice
        self.assert_price(order, 80.0)

    def test_the_customer_s_edits_come_through(self):
        order = self.order_of(("MPT-OIL", 2, 80), ("MPT-RICE", 4, 31.5))
        self.send_again(order, ("MPT-OIL", 5, 80), ("MPT-RICE", 4, 30))
        self.assertEqual(
            [line[1:] for line in self.lines(order)],
            [(5.0, 80.0), (4.0, 30.0)],
        )
        self.assert_price(order, 80.0)
        self.assertEqual((order.amount_total, self.holds(order)), (520.0, []))

    def test_what_people_made_of_other_lines_stays(self):
        order = self.order_of(("MPT-OIL", 2, 80), ("MPT-RICE", 4, 31.5))
        kept = order.order_line[1]
        kept.write({"product_uom_qty": 3, "price_unit": 31.0})
        self.send_again(order, ("MPT-OIL", 5, 80), ("MPT-RICE", 4, 31.5))
        self.assertEqual([line[1:] for line in self.lines(order)], [(5.0, 80.0), (3.0, 31.0)])
        # 526 over there, 493 here
        self.assertEqual(self.holds(order), ["total_differs"])
        self.send_again(order, ("MPT-OIL", 5, 80), ("MPT-RICE", 1, 31.5))
        self.assertEqual((kept.product_uom_qty, kept.price_unit), (1.0, 31.5))
        self.assertEqual(self.holds(order), [])

    def test_the_same_product_on_two_lines(self):
        order = self.order_of(("MPT-OIL", 2, 80), ("MPT-OIL", 3, 60))
        self.assertEqual(self.lines(order), [(self.oil, 2.0, 80.0), (self.oil, 3.0, 60.0)])
        first, second = order.order_line
        self.send_again(order, ("MPT-OIL", 2, 80), ("MPT-OIL", 1, 60))
        self.assertEqual((first.product_uom_qty, second.product_uom_qty), (2.0, 1.0))
        self.send_again(order, ("MPT-OIL", 4, 80))
        self.assertEqual(order.order_line, first)
        self.assertEqual((first.product_uom_qty, first.price_unit), (4.0, 80.0))

    def test_discounts_are_kept(self):
        details = self.details(
            ("MPT-OIL", 2, 80),
            applied_supplier_discount=5,
            applied_cartona_discount=2.5,
            comment="باردة",
        )
        order = self.order_of(("MPT-OIL", 2, 80), order_details=details)
        line = order.order_line
        self.assertEqual((line.supplier_discount, line.marketplace_discount), (5.0, 2.5))
        self.assertEqual((line.price_before_discounts, line.marketplace_comment), (87.5, "باردة"))
        self.assertEqual((line.discount, order.amount_total), (0.0, 160.0))
        details[0] |= {"applied_supplier_discount": 0, "selling_price": 85}
        self.send_again(order, ("MPT-OIL", 2, 85), order_details=details)
        self.assertEqual((line.supplier_discount, line.price_before_discounts), (0.0, 87.5))

    def test_the_price_of_a_part_of_a_kilo(self):
        kilo = self.env.ref("uom.product_uom_kgm")
        units = {"uom_id", "uom_po_id"} & self.oil._fields.keys()
        cheese = self.new_product("MPT-CHEESE", 90.0, **dict.fromkeys(units, kilo.id))
        self.flush()
        # 0.25 × 90.90 = 22.725
        order = self.order_of(("MPT-CHEESE", 0.25, 90.9), total=22.73)
        self.assertEqual(self.lines(order), [(cheese, 0.25, 90.9)])
        self.assertEqual((order.amount_total, self.holds(order)), (22.73, []))

    def test_a_price_that_odoo_can_t_keep(self):
        """7.505 for each of two are 15.01."""
        order = self.order_of(("MPT-OIL", 2, 7.505), total=15.01)
        self.assertEqual((order.amount_total, self.holds(order)), (15.01, []))
        self.assertEqual(sum(order.order_line.mapped("product_uom_qty")), 2.0)
