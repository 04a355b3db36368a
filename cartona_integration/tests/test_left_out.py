# What a sender leaves out, or writes a 0 for, means nothing of its own.
from odoo.tests import tagged

from .inbound_common import InboundCase


@tagged("post_install", "-at_install")
class TestLeftOut(InboundCase):
    def without_status(self, **values):
        order = self.order(**values)
        del order["status"]
        return order

    def test_a_new_order_without_a_status_is_a_new_one(self):
        self.receive(self.without_status())
        self.assertEqual(self.sale_orders().marketplace_status, "pending")

    def test_an_order_without_a_status_is_as_far_as_it_was(self):
        self.receive(self.order(status="approved"))
        edited = self.without_status()
        edited["order_details"][0]["amount"] = 5
        self.listed = [edited]
        self.poll()
        order = self.sale_orders()
        self.assertEqual(order.marketplace_status, "approved")
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [5, 1])
        self.assertFalse(self.events("held", "quarantined", "received"))

    def test_a_code_of_0_is_no_customer_s(self):
        orders = [self.order(one) for one in ("a", "b")]
        for order, number in zip(orders, ("+201000000111", "+201000000222"), strict=True):
            order["retailer"] |= {"retailer_code": 0, "retailer_number": number}
        self.receive(*orders)
        self.assertEqual(len(self.sale_orders().partner_id), 2)
