# An order's money when it comes in several deliveries, or not all of it: collected once, for what
# the customer gets, and the slip, the run sheet and the transfer say the same.
from odoo.tests import Form, tagged

from ..compat import LINE_TAXES
from .delivery_common import DeliveryCase
from .prices_common import PricesCase


@tagged("post_install", "-at_install")
class TestDeliveryMoney(DeliveryCase, PricesCase):
    def assert_to_collect(self, picking, figure):
        """All papers of a delivery say that so much is collected with it."""
        amount = self.amount(figure)
        [stop], total = self.money(picking)
        self.assertTrue(stop.startswith(f"{amount} "), stop)
        self.assertEqual(total, amount)
        [box] = self.slip(picking)
        self.assertIn(f"To collect {amount}", self.plain(box))

    def assert_collected_with(self, picking, other):
        """No paper of a delivery has an amount; they all name the one that it is collected with."""
        [stop], total = self.money(picking)
        self.assertEqual((stop, total), (f"Collected with {other.name}", ""))
        [box] = self.slip(picking)
        words = self.plain(box)
        self.assertIn(f"To collect Nothing The order's money is collected with {other.name}", words)
        self.assertNotRegex(words, "192|160|32[.]50|whole order")
        with Form(picking) as form:
            self.assertEqual(form.collected_with_id, other)
            self.assertEqual(form.amount_to_collect, 0)

    def get_remark(self, picking):
        [box] = self.slip(picking)
        return "collected once, with this delivery" in self.plain(box)

    def test_an_order_in_one_delivery_needs_no_remark(self):
        picking = self.deliver()
        self.assert_to_collect(picking, "192.50")
        self.assertFalse(self.get_remark(picking))
        self.assertFalse(picking.collected_with_id)

    def test_the_first_delivery_carries_the_money_and_the_later_one_none(self):
        first = self.deliver()
        later = self.part(first, 2, 0)
        self.assert_to_collect(first, "192.50")
        self.assertTrue(self.get_remark(first))
        self.assert_collected_with(later, first)
        # when it has arrived, too
        self.load(later, 1)
        later.with_context(skip_sms=True).button_validate()
        self.assertEqual(later.state, "done")
        self.assert_to_collect(first, "192.50")
        self.assert_collected_with(later, first)
        # and on one sheet with it
        stops, total = self.money(first | later)
        self.assertEqual(
            sorted(stops),
            sorted([f"{self.amount('192.50')} Cash", f"Collected with {first.name}"]),
        )
        self.assertEqual(total, self.amount("192.50"))

    def test_a_slip_of_what_is_loaded_says_that_more_may_come(self):
        picking = self.deliver()
        self.load(picking, 2, 0)
        self.assert_to_collect(picking, "192.50")
        self.assertTrue(self.get_remark(picking))

    def test_goods_that_never_come_are_not_collected_for(self):
        (self.oil | self.rice).invoice_policy = "delivery"
        picking = self.deliver()
        self.finish(picking, 2, 0)
        # 2 x 80
        self.assert_to_collect(picking, "160.00")
        self.assertFalse(self.get_remark(picking))
        order = picking.sale_id
        self.assertEqual((order.amount_total, order.amount_to_collect), (192.50, 160))
        self.assertEqual(order._create_invoices().amount_total, 160)

    def test_a_part_of_a_line_is_collected_for(self):
        picking = self.deliver(cartona_credit=50, wallet_top_up=20.50)
        self.finish(picking, 1, 1)
        # 80 + 32.50 - 50 + 20.50
        self.assert_to_collect(picking, "83.00")

    def test_a_later_delivery_that_is_cancelled_leaves_what_has_come(self):
        first = self.deliver()
        later = self.part(first, 2, 0)
        later.action_cancel()
        self.assert_to_collect(first, "160.00")
        self.assertFalse(self.get_remark(first))

    def test_nobody_gets_cash_at_the_door(self):
        picking = self.deliver(cartona_credit=180, wallet_top_up=20.50)
        self.finish(picking, 2, 0)
        # the credit is more than the 160 of the goods: the top-up alone
        self.assert_to_collect(picking, "20.50")

    def test_a_cancelled_delivery_hands_the_money_on(self):
        first = self.deliver()
        order = first.sale_id
        first.action_cancel()
        order.order_line[1].product_uom_qty = 2
        [second] = order.picking_ids - first
        # no oil comes any more; 2 x 32.50
        self.assert_to_collect(second, "65.00")
        self.assertFalse(first.amount_to_collect)

    def test_where_there_are_never_later_deliveries_what_is_picked_counts(self):
        picking = self.deliver()
        picking.picking_type_id.create_backorder = "never"
        self.assert_to_collect(picking, "192.50")
        self.load(picking, 2, 0)
        self.assert_to_collect(picking, "160.00")
        self.assertFalse(self.get_remark(picking))

    def test_services_are_collected_for_whatever_comes(self):
        picking = self.deliver()
        carriage = self.env["product.product"].create({"name": "Carriage", "type": "service"})
        order = picking.sale_id
        values = {"order_id": order.id, "product_id": carriage.id, "price_unit": 15}
        self.env["sale.order.line"].create(values)[LINE_TAXES] = False
        self.assert_to_collect(picking, "207.50")
        self.finish(picking, 2, 0)
        # 160 + 15
        self.assert_to_collect(picking, "175.00")

    def test_taxes_of_what_comes_are_as_the_invoices(self):
        (self.oil | self.rice).invoice_policy = "delivery"
        self.oil.taxes_id = self.rice.taxes_id = self.new_tax("VAT", price_include=False)
        number = 0
        for included, expected in ((True, 112.50), (False, 128.25)):
            # 80 + 32.50 = 112.50; on top of it 11.20 + 4.55 = 15.75
            self.config.price_includes_tax = included
            for method in ("round_per_line", "round_globally"):
                with self.subTest(included=included, method=method):
                    self.env.company.tax_calculation_rounding_method = method
                    number += 1
                    picking = self.deliver(f"ord-{number}", number)
                    self.finish(picking, 1, 1)
                    order = picking.sale_id
                    self.assertEqual(round(order.amount_to_collect, 2), expected)
                    self.assertEqual(round(order._create_invoices().amount_total, 2), expected)

    def test_pieces_of_a_pack_that_came_are_collected_for_as_they_are_invoiced(self):
        (self.oil | self.rice).invoice_policy = "delivery"
        self.listing(self.oil).pack_qty = 7
        details = [
            {"id": "1", "internal_product_id": "MPT-OIL", "amount": 1, "selling_price": 10},
            {"id": "2", "internal_product_id": "MPT-RICE", "amount": 1, "selling_price": 32.5},
        ]
        picking = self.deliver(order_details=details)
        # 5 of 7 pieces at 10.00 the pack, which Odoo keeps as 0.71 packs
        self.finish(picking, 5, 0)
        self.assert_to_collect(picking, "7.10")
        invoice = picking.sale_id._create_invoices()
        self.assertEqual(round(invoice.amount_total, 2), 7.10)
