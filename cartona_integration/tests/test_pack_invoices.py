# Packs of which a part has been delivered: that part is invoiced by the piece, and all invoices
# together are the order's total to the piastre, however the pieces were delivered.
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..compat import LINE_UNIT, version_info
from .order_lines_common import OrderLinesCase
from .stages_common import StagesCase


@tagged("post_install", "-at_install")
class TestPackInvoices(OrderLinesCase, StagesCase):
    def setUp(self):
        super().setUp()
        self.oil.invoice_policy = "delivery"
        self.set_stock(self.oil, 5000)

    def ordered(self, pieces, packs, price):
        """A confirmed order of so many packs, each of so many pieces."""
        if not self.listing(self.oil).filtered(lambda one: one.pack_qty == pieces):
            self.new_pack(self.oil, pieces)
        order = self.order_of((f"MPT-OIL#{pieces}", packs, price))
        order.partner_id.property_account_receivable_id = self.receivable
        order.action_confirm()
        return order

    def deliver(self, order, *deliveries):
        for pieces in deliveries:
            move = order.picking_ids.move_ids.filtered(lambda one: one.state == "assigned")
            move.quantity = pieces
            move.picked = True
            move._action_done()

    def items(self, invoice):
        """What an invoice says: (quantity, whether it counts pieces, price)."""
        return [
            (item.quantity, item.product_uom_id == self.oil.uom_id, item.price_unit)
            for item in invoice.invoice_line_ids
        ]

    def quantities_of(self, line):
        return line.qty_delivered, line.qty_invoiced, line.qty_to_invoice

    def assert_all_is_invoiced(self, order):
        invoices = order.invoice_ids
        self.assertEqual(round(sum(invoices.mapped("amount_total")), 2), order.amount_total)
        self.assertEqual((order.invoice_status, order.order_line.qty_to_invoice), ("invoiced", 0))
        self.assertEqual(order.order_line.qty_delivered, order.order_line.product_uom_qty)
        invoices.action_post()
        self.assertAlmostEqual(order.order_line.untaxed_amount_to_invoice, 0, 2)
        with self.assertRaises(UserError):
            self.invoice(order)

    def test_a_bottle_of_a_pack_is_broken(self):
        order = self.ordered(12, 1, 1140)
        self.deliver(order, 11)
        line = order.order_line
        self.assertEqual(self.quantities_of(line), (0.92, 0.0, 0.92))
        # 1140 / 12 = 95
        invoice = self.invoice(order)
        self.assertEqual(self.items(invoice), [(11.0, True, 95.0)])
        self.assertEqual(invoice.amount_total, 1045.0)
        self.assertEqual(self.quantities_of(line), (0.92, 0.92, 0.0))
        invoice.action_post()
        self.assertEqual((line.untaxed_amount_to_invoice, line.untaxed_amount_invoiced), (0, 1045))

    def test_what_counts_pieces_does_not_say_packs(self):
        order = self.ordered(12, 2, 1140)
        self.deliver(order, 17)
        name = self.invoice(order).invoice_line_ids.name
        self.assertIn(order.order_line[LINE_UNIT].name, order.order_line.name)
        self.assertNotIn(order.order_line[LINE_UNIT].name, name)
        self.assertIn("MPT-OIL", name)

    def test_a_hundred_of_a_hundred_and_forty_four(self):
        order = self.ordered(144, 1, 1440)
        self.deliver(order, 100)
        # 1440 / 144 = 10
        invoice = self.invoice(order)
        self.assertEqual(self.items(invoice), [(100.0, True, 10.0)])
        self.assertEqual(invoice.amount_total, 1000.0)

    def test_a_third_and_a_third_and_a_third_are_a_pack(self):
        order = self.ordered(12, 1, 1140)
        for pieces in (4, 4, 4):
            self.deliver(order, pieces)
            # 4 × 95
            self.assertEqual(self.items(self.invoice(order)), [(4.0, True, 95.0)])
        self.assert_all_is_invoiced(order)

    def test_a_pack_that_was_delivered_in_parts_is_invoiced_as_one(self):
        order = self.ordered(12, 1, 1140)
        self.deliver(order, 4, 4, 4)
        self.assertEqual(self.quantities_of(order.order_line), (1.0, 0.0, 1.0))
        self.assertEqual(self.items(self.invoice(order)), [(1.0, False, 1140.0)])
        self.assert_all_is_invoiced(order)

    def test_whole_packs_first_and_then_parts(self):
        order = self.ordered(12, 2, 1140)
        for pieces, item in (
            (12, (1.0, False, 1140.0)),
            (5, (5.0, True, 95.0)),
            (7, (7.0, True, 95.0)),
        ):
            self.deliver(order, pieces)
            self.assertEqual(self.items(self.invoice(order)), [item])
        self.assert_all_is_invoiced(order)

    def test_a_price_that_can_t_be_divided(self):
        vat = self.new_tax("VAT", price_include=True)
        for taxes in (self.oil.taxes_id, vat):
            self.oil.taxes_id = taxes
            order = self.ordered(7, 1, 10)
            amounts = []
            for pieces in (3, 2, 2):
                self.deliver(order, pieces)
                invoice = self.invoice(order)
                self.assertEqual(sum(invoice.invoice_line_ids.mapped("quantity")), pieces)
                amounts.append(round(invoice.amount_total, 2))
            # 30 / 7 = 4.2857…, 50 / 7 = 7.1428…: 4.29, 7.14 − 4.29, 10 − 7.14
            self.assertEqual(amounts, [4.29, 2.85, 2.86])
            if version_info < (18,):
                # 1.42 + 1.43
                second = order.invoice_ids.sorted("id")[1]
                self.assertEqual(self.items(second), [(1.0, True, 1.42), (1.0, True, 1.43)])
            self.assert_all_is_invoiced(order)

    def test_the_price_of_each_piece_of_many(self):
        order = self.ordered(1000, 1, 1234.56)
        # 1234.56 × 3 / 1000 = 3.70368; × 997 / 1000 = 1230.85632, and 1234.56 − 3.70
        for pieces, amount in ((3, 3.7), (997, 1230.86)):
            self.deliver(order, pieces)
            self.assertEqual(order.invoice_status, "to invoice")
            invoice = self.invoice(order)
            self.assertEqual(round(invoice.amount_total, 2), amount)
            self.assertEqual(sum(invoice.invoice_line_ids.mapped("quantity")), pieces)
        self.assert_all_is_invoiced(order)

    def test_what_is_left_of_many_pieces_is_invoiced_too(self):
        order = self.ordered(1000, 1, 1000)
        for pieces in (997, 3):
            self.deliver(order, pieces)
            self.assertEqual(self.invoice(order).amount_total, pieces)
        self.assert_all_is_invoiced(order)

    def test_a_discount_that_people_give(self):
        order = self.ordered(7, 1, 10)
        order.order_line.discount = 5.0
        # 9.50 × 3 / 7 = 4.0714…, and 9.50 − 4.07
        for pieces, amount in ((3, 4.07), (4, 5.43)):
            self.deliver(order, pieces)
            self.assertEqual(round(self.invoice(order).amount_total, 2), amount)
        self.assert_all_is_invoiced(order)

    def test_pieces_that_come_back_are_credited(self):
        order = self.ordered(12, 1, 1140)
        self.deliver(order, 12)
        self.invoice(order).action_post()
        transfer = order.picking_ids
        wizard = self.env["stock.return.picking"].with_context(
            active_id=transfer.id, active_ids=transfer.ids, active_model="stock.picking"
        )
        wizard = wizard.create({"picking_id": transfer.id})
        wizard.product_return_moves.write({"quantity": 1.0, "to_refund": True})
        make = "action_create_returns" if version_info >= (18,) else "create_returns"
        back = self.env["stock.picking"].browse(getattr(wizard, make)()["res_id"])
        back.move_ids.write({"quantity": 1.0, "picked": True})
        back.move_ids._action_done()
        refund = order._create_invoices(final=True)
        self.assertEqual((refund.move_type, self.items(refund)), ("out_refund", [(1, True, 95)]))
        self.assertEqual(refund.amount_total, 95.0)
        self.assertEqual(order.order_line.qty_to_invoice, 0.0)

    def test_what_is_invoiced_as_ordered_stays_packs(self):
        self.oil.invoice_policy = "order"
        order = self.ordered(12, 2, 1140)
        self.deliver(order, 11)
        self.assertEqual(self.items(self.invoice(order)), [(2.0, False, 1140.0)])

    def test_a_pack_more_after_parts_were_delivered(self):
        order = self.ordered(12, 1, 1140)
        self.deliver(order, 4, 4, 4)
        order.order_line.product_uom_qty = 2
        waiting = order.picking_ids.move_ids.filtered(lambda one: one.state != "done")
        self.assertEqual(waiting.product_qty, 12.0)

    def test_pieces_are_never_invoiced_as_other_lines_are(self):
        order = self.order_of(("MPT-OIL", 3, 80))
        order.partner_id.property_account_receivable_id = self.receivable
        order.action_confirm()
        self.deliver(order, 2)
        self.assertEqual(self.items(self.invoice(order)), [(2.0, True, 80.0)])
