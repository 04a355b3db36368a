# Bundles, beside manufacturing: a line about one becomes its parts, which share its price to the
# piastre. A box is 2 oil at 80 and 3 rice at 31.50: 160 and 94.50 of 254.50.
from odoo.tests import tagged

from ..compat import version_info
from .order_lines_common import OrderLinesCase


@tagged("post_install", "-at_install", "-standard", "neighbours")
class TestOrderBundles(OrderLinesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.box = cls.new_product("MPT-BOX", 200.0)
        cls.bom = cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.box.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    (0, 0, {"product_id": part.id, "product_qty": taken})
                    for part, taken in ((cls.oil, 2), (cls.rice, 3))
                ],
            }
        )

    def of(self, order, product):
        lines = order.order_line.filtered(lambda line: line.product_id == product)
        return sum(lines.mapped("product_uom_qty")), round(sum(lines.mapped("price_total")), 2)

    def test_a_bundle_becomes_its_parts(self):
        order = self.order_of(("MPT-BOX", 1, 200), ("MPT-TEA", 1, 12.25))
        # rice 200 × 94.50 / 254.50 = 74.263…
        if version_info < (19,):
            # 24.75 each; the oil has the rest, 62.87 and 62.88
            self.assertEqual(
                self.lines(order),
                [(self.oil, 1.0, 62.87), (self.oil, 1.0, 62.88), (self.rice, 3.0, 24.75),
                 (self.tea, 1.0, 12.25)],
            )  # fmt: skip
        else:
            self.assertEqual(self.of(order, self.oil), (2.0, 125.74))
            self.assertEqual(self.of(order, self.rice), (3.0, 74.26))
        self.assertEqual((order.amount_total, self.holds(order)), (212.25, []))
        parts = order.order_line.filtered(lambda line: line.marketplace_line == "1")
        self.assertEqual(parts.product_id, self.oil | self.rice)

    def test_the_parts_are_held_back_and_delivered(self):
        self.flush()
        self.stub.seen.clear()
        order = self.order_of(("MPT-BOX", 2, 200))
        self.flush()
        # 10 − 4, 20 − 6; 6 / 2
        told = {"MPT-OIL": 6, "MPT-RICE": 14, "MPT-BOX": 3}
        told = {name: {"available_stock_quantity": stock} for name, stock in told.items()}
        self.assertEqual(self.sent_products(), told)
        order.action_confirm()
        moved = {}
        for move in order.picking_ids.move_ids:
            moved[move.product_id] = moved.get(move.product_id, 0) + move.product_qty
        self.assertEqual(moved, {self.oil: 4.0, self.rice: 6.0})

    def test_the_customer_s_edits_come_through(self):
        order = self.order_of(("MPT-BOX", 1, 200), ("MPT-TEA", 1, 12.25))
        self.send_again(order, ("MPT-BOX", 3, 199.99), ("MPT-TEA", 1, 12.25))
        self.assertEqual(self.of(order, self.oil)[0], 6.0)
        self.assertEqual(self.of(order, self.rice)[0], 9.0)
        # 3 × 199.99 + 12.25
        self.assertEqual((order.amount_total, self.holds(order)), (612.22, []))
        details = self.details(("MPT-BOX", 3, 199.99), ("MPT-TEA", 1, 12.25))[1:]
        self.send_again(order, ("MPT-TEA", 1, 12.25), order_details=details)
        self.assertEqual(self.lines(order), [(self.tea, 1.0, 12.25)])

    def test_taxes_of_the_parts(self):
        self.oil.taxes_id = self.new_tax("VAT", price_include=False)
        for price in (200, 199.99, 0.01, 77.77):
            order = self.order_of(("MPT-BOX", 1, price))
            self.assertEqual((order.amount_total, self.holds(order)), (price, []))
        self.assertEqual(self.taxes(order.order_line[0]).price_include, True)
        self.assertFalse(self.taxes(order.order_line[-1]))

    def test_discounts_are_shared_as_the_price_is(self):
        details = self.details(("MPT-BOX", 1, 254.5), applied_cartona_discount=25.45)
        order = self.order_of(("MPT-BOX", 1, 254.5), order_details=details)
        self.assertEqual(
            [(line.price_unit, line.marketplace_discount) for line in order.order_line],
            [(80.0, 8.0), (31.5, 3.15)],
        )

    def test_a_bundle_that_is_given_away(self):
        details = self.details(("MPT-BOX", 1, 0), applied_cartona_discount=254.5)
        order = self.order_of(("MPT-BOX", 1, 0), order_details=details)
        self.assertEqual((order.amount_total, self.holds(order)), (0.0, ["zero_price"]))
        shared = sum(line.product_uom_qty * line.marketplace_discount for line in order.order_line)
        self.assertAlmostEqual(shared, 254.5, 2)

    def test_discounts_of_many_bundles_add_up(self):
        self.bom.bom_line_ids.unlink()
        parts = [self.new_product(f"MPT-PART{number}", 10.0) for number in range(3)]
        self.bom.bom_line_ids = [
            (0, 0, {"product_id": part.id, "product_qty": 1}) for part in parts
        ]
        lines = [("MPT-BOX", 60, 30)]
        details = self.details(*lines, applied_cartona_discount=1)
        order = self.order_of(*lines, order_details=details)
        self.assertEqual(self.lines(order), [(part, 60.0, 10.0) for part in parts])
        # 60 × 1.00
        self.assertEqual(order.amount_due_from_marketplace, 60.0)

    def test_three_bundles_that_take_one_part(self):
        self.bom.product_qty = 3.0
        self.bom.bom_line_ids[1].unlink()
        self.bom.bom_line_ids.product_qty = 1.0
        order = self.order_of(("MPT-BOX", 3, 25))
        self.assertEqual(self.lines(order), [(self.oil, 1.0, 75.0)])
        event = self.send(("MPT-BOX", 1, 25))
        # 1 oil / 3
        self.assert_quarantined(event, "amount_fraction", self.box)

    def test_a_part_that_nobody_can_count(self):
        self.bom.product_qty = 7.0
        event = self.send(("MPT-BOX", 1, 200))
        # 2 oil / 7
        self.assert_quarantined(event, "amount_fraction", self.box)
        self.bom.bom_line_ids.unlink()
        event = self.send(("MPT-BOX", 1, 200))
        self.assert_quarantined(event, "bundle_unclear", self.box)

    def test_a_part_that_is_archived(self):
        self.oil.active = False
        event = self.send(("MPT-BOX", 1, 200))
        self.assert_quarantined(event, "product_archived", self.oil)
