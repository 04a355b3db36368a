# Orders come in once, whichever way and however often they come.
from odoo.tests import tagged

from .inbound_common import InboundCase


@tagged("post_install", "-at_install")
class TestInbox(InboundCase):
    def test_an_order_becomes_a_quotation(self):
        [event] = self.receive(self.order())
        self.assertEqual((event.state, event.cause), ("done", False), event.cause_detail)
        order = self.sale_orders()
        self.assertEqual(event.order_id, order)
        self.assertEqual((order.state, order.cartona_id), ("draft", "ord-1"))
        self.assertEqual(order.marketplace_status, "pending")
        self.assertEqual(
            [(line.product_id, line.product_uom_qty, line.price_unit) for line in order.order_line],
            [(self.oil, 2, 80.0), (self.rice, 1, 32.5)],
        )
        self.assertEqual(
            (order.partner_id.name, order.partner_id.cartona_id),
            ("بقالة الأمانة", "retailer_R1001"),
        )

    def test_a_duplicate_creates_no_second_order(self):
        self.receive(self.order())
        self.receive(self.order(), self.order(total_price=192.50))
        self.assertEqual(len(self.sale_orders()), 1)
        self.assertEqual(self.events().mapped("cause_code"), [False, "duplicate", "duplicate"])

    def test_a_poll_takes_in_and_acknowledges(self):
        self.listed = [self.order("ord-1"), self.order("ord-2")]
        self.poll()
        self.assertEqual(len(self.sale_orders()), 2)
        self.assertEqual(len(self.sale_orders().partner_id), 1)
        self.assertEqual(self.acknowledged(), [])
        self.flush()
        self.assertEqual(sorted(sum(self.acknowledged(), [])), ["ord-1", "ord-2"])
        self.assertEqual(self.listed, [])
        self.flush()
        self.assertEqual(len(sum(self.acknowledged(), [])), 2)
