# Packs on orders: a line is about packs as the marketplace is, its total is right whatever a piece
# would cost, and the stock moves by pieces.
from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..compat import get_pack_values, version_info
from .order_lines_common import OrderLinesCase


@tagged("post_install", "-at_install")
class TestOrderPacks(OrderLinesCase):
    def test_packs_have_the_marketplace_s_price(self):
        self.new_pack(self.oil, 7)
        order = self.order_of(("MPT-OIL#7", 3, 10))
        self.assertEqual(self.lines(order), [(self.oil, 3.0, 10.0)])
        self.assertEqual(self.unit(order.order_line).name, "Pack of 7")
        self.assertIn("Pack of 7", order.order_line.name)
        self.assertEqual((order.amount_total, self.holds(order)), (30.0, []))

    def test_tax_in_the_price_of_packs(self):
        self.new_pack(self.oil, 7)
        self.oil.taxes_id = self.new_tax("VAT", price_include=False)
        # 30 / 1.14 = 26.3157…
        order = self.order_of(("MPT-OIL#7", 3, 10))
        self.assertEqual(self.amounts(order), (26.32, 3.68, 30.0))
        # 115.35 / 1.14 = 101.1842…
        order = self.order_of(("MPT-OIL#7", 1, 115.35))
        self.assertEqual(self.amounts(order), (101.18, 14.17, 115.35))

    def test_a_tax_of_so_much_a_piece_is_for_each_piece_of_the_packs(self):
        self.new_pack(self.oil, 12)
        self.oil.taxes_id = self.new_fixed_tax(1.0, price_include=False)
        # 24 pieces, at 972 / 12
        order = self.order_of(("MPT-OIL#12", 2, 972))
        self.assertEqual(self.lines(order), [(self.oil, 24.0, 81.0)])
        self.assertEqual(self.amounts(order), (1920.0, 24.0, 1944.0))
        self.config.price_includes_tax = False
        order = self.order_of(("MPT-OIL#12", 2, 960))
        self.assertEqual(self.amounts(order), (1920.0, 24.0, 1944.0))

    def test_pieces_of_a_pack_whose_price_can_t_be_divided(self):
        self.new_pack(self.oil, 7)
        self.oil.taxes_id = self.new_fixed_tax(0.1, price_include=False)
        order = self.order_of(("MPT-OIL#7", 1, 10))
        # 1.42 + 6 × 1.43; seven times 0.10 of tax
        self.assertEqual(self.amounts(order), (9.3, 0.7, 10.0))
        self.assertEqual(sum(order.order_line.mapped("product_uom_qty")), 7.0)
        if version_info < (19,):
            self.assertEqual(self.lines(order), [(self.oil, 1.0, 1.42), (self.oil, 6.0, 1.43)])
        self.send_again(order, ("MPT-OIL#7", 1, 14))
        self.assertEqual(self.lines(order), [(self.oil, 7.0, 2.0)])
        self.send_again(order, ("MPT-OIL#7", 2, 10))
        self.assertEqual((order.amount_total, self.holds(order)), (20.0, []))
        self.assertEqual(set(order.order_line.mapped("marketplace_line")), {"1"})

    def test_discounts_of_packs_that_become_pieces_add_up(self):
        self.new_pack(self.oil, 144)
        self.oil.taxes_id = self.new_fixed_tax(0.01, price_include=True)
        lines = [("MPT-OIL#144", 10, 1440)]
        details = self.details(*lines, applied_cartona_discount=0.5, applied_supplier_discount=0.3)
        order = self.order_of(*lines, order_details=details)
        self.assertEqual(self.lines(order), [(self.oil, 1440.0, 10.0)])
        # 10 packs at 0.50, and at 0.30
        self.assertEqual(order.amount_due_from_marketplace, 5.0)
        line = order.order_line
        self.assertAlmostEqual(line.supplier_discount * line.product_uom_qty, 3.0, 6)

    def test_packs_are_delivered_by_the_piece(self):
        self.new_pack(self.oil, 4)
        order = self.order_of(("MPT-OIL#4", 2, 10))
        order.action_confirm()
        move = order.picking_ids.move_ids
        self.assertEqual((move.product_qty, move.product_id), (8.0, self.oil))
        self.assertEqual(self.reserved(move), 8.0)
        # three of the eight pieces, then the others
        for pieces, packs in ((3, 0.75), (5, 2.0)):
            move = order.picking_ids.move_ids.filtered(lambda one: one.state == "assigned")
            move.quantity = pieces
            move.picked = True
            move._action_done()
            self.assertEqual(order.order_line.qty_delivered, packs)
        self.assertEqual(order.order_line.price_unit, 10.0)

    def reserved(self, move):
        return sum(move.move_line_ids.mapped("quantity_product_uom"))

    def test_packs_wait_for_nobody_else(self):
        self.new_pack(self.oil, 4)
        self.flush()
        self.stub.seen.clear()
        self.order_of(("MPT-OIL#4", 2, 10))
        self.flush()
        # 10 − 8
        told = {"MPT-OIL": 2, "MPT-OIL#4": 0}
        told = {name: {"available_stock_quantity": stock} for name, stock in told.items()}
        self.assertEqual(self.sent_products(), told)

    def test_a_unit_that_the_company_has_is_taken(self):
        crate = get_pack_values(self.oil.uom_id, 35.0) | {"name": "Crate"}
        crate = self.env["uom.uom"].create(crate)
        self.new_pack(self.oil, 35)
        order = self.order_of(("MPT-OIL#35", 2, 114))
        self.assertEqual(self.unit(order.order_line), crate)

    def test_a_unit_that_rounds_parts_of_it_is_not_taken(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.new_pack(self.oil, 12)
        unit = self.unit(self.order_of(("MPT-OIL#12", 2, 114)).order_line)
        self.assertEqual(unit._compute_quantity(1, self.oil.uom_id), 12.0)
        if version_info < (19,):
            # later, all units round alike
            self.assertNotEqual(unit, dozen)

    def test_a_unit_is_made_once(self):
        self.new_pack(self.oil, 7)
        self.new_pack(self.rice, 7)
        units = [
            self.unit(self.order_of((f"{product}#7", 1, 10)).order_line)
            for product in ("MPT-OIL", "MPT-OIL", "MPT-RICE")
        ]
        self.assertEqual(len(set(units)), 1)
        known = self.env["marketplace.pack.unit"].search([("pack_unit_id", "=", units[0].id)])
        values = {"unit_id": known.unit_id.id, "quantity": "7", "pack_unit_id": units[0].id}
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            known.create(values)

    def test_a_unit_that_has_got_another_size_is_no_such_pack_any_more(self):
        self.new_pack(self.oil, 7)
        before = self.unit(self.order_of(("MPT-OIL#7", 1, 10)).order_line)
        name = "relative_factor" if version_info >= (19,) else "factor"
        before[name] = 8.0 if version_info >= (19,) else 1 / 8
        after = self.unit(self.order_of(("MPT-OIL#7", 1, 10)).order_line)
        self.assertNotEqual(before, after)
        self.assertEqual(after._compute_quantity(1, self.oil.uom_id), 7.0)

    def test_half_a_kilo(self):
        kilo = self.env.ref("uom.product_uom_kgm")
        units = {"uom_id", "uom_po_id"} & self.oil._fields.keys()
        cheese = self.new_product("MPT-CHEESE", 90.0, **dict.fromkeys(units, kilo.id))
        self.flush()
        self.new_pack(cheese, 0.3)
        order = self.order_of(("MPT-CHEESE#0.3", 3, 33.35))
        # 3 × 33.35
        self.assertEqual((order.amount_total, self.holds(order)), (100.05, []))
        line = order.order_line
        self.assertEqual(self.unit(line).name, "Pack of 0.3 kg")
        self.assertEqual(self.unit(line)._compute_quantity(3, kilo), 0.9)
        # by weight it is sold, too
        order = self.order_of(("MPT-CHEESE", 1.25, 90))
        self.assertEqual(self.lines(order), [(cheese, 1.25, 90.0)])

    def test_a_part_of_a_pack_waits_for_somebody(self):
        pack = self.new_pack(self.oil, 12)
        event = self.send(("MPT-OIL#12", 1.5, 114))
        self.assert_quarantined(event, "pack_fraction", pack)
        event = self.send(("MPT-OIL", 1.005, 10), total=10.05)
        self.assert_quarantined(event, "amount_fraction", self.oil)
        self.assertFalse(self.sale_orders())
