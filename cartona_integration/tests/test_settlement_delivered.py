# Orders that the marketplace's own driver takes to the customer: it collects there, so it owes us
# all of the invoice, and we owe it no top-up. The journal items of each mix, worked by hand.
from odoo.tests import tagged

from .prices_common import PricesCase
from .settlement_common import SettlementCase

OWED_TO_US = ("owed to us", "marketplace")
BORNE = ("borne", "marketplace")
CUSTOMER = ("customers", "customer")
THEIRS = "delivered_by_cartona"
PLAIN = {OWED_TO_US: 192.50, CUSTOMER: -192.50}
# and 5.25 for each of two
DISCOUNTED = {OWED_TO_US: 203.00, CUSTOMER: -192.50, BORNE: -10.50}
# credit, installments, top-up, discount of one:
# (what it pays for the customer, what it collects from him, items)
MIXES = {
    (0, 0, 0, 0): (0, 192.50, PLAIN),
    (50, 0, 0, 0): (50, 142.50, PLAIN),
    (0, 30.25, 0, 0): (30.25, 162.25, PLAIN),
    (0, 0, 20.50, 0): (0, 192.50, PLAIN),
    (50, 30.25, 0, 0): (80.25, 112.25, PLAIN),
    (50, 0, 20.50, 0): (50, 142.50, PLAIN),
    (0, 30.25, 20.50, 0): (30.25, 162.25, PLAIN),
    (50, 30.25, 20.50, 0): (80.25, 112.25, PLAIN),
    (0, 0, 0, 5.25): (0, 192.50, DISCOUNTED),
    (50, 0, 0, 5.25): (50, 142.50, DISCOUNTED),
    (0, 30.25, 0, 5.25): (30.25, 162.25, DISCOUNTED),
    (0, 0, 20.50, 5.25): (0, 192.50, DISCOUNTED),
    (50, 30.25, 0, 5.25): (80.25, 112.25, DISCOUNTED),
    (50, 0, 20.50, 5.25): (50, 142.50, DISCOUNTED),
    (0, 30.25, 20.50, 5.25): (30.25, 162.25, DISCOUNTED),
    (50, 30.25, 20.50, 5.25): (80.25, 112.25, DISCOUNTED),
    (100, 92.50, 20.50, 0): (192.50, 0, PLAIN),
}


@tagged("post_install", "-at_install")
class TestSettlementDelivered(SettlementCase, PricesCase):
    def take_theirs(self, remote_id="ord-1", discount=None, **values):
        return self.take(remote_id, discount, delivered_by=THEIRS, **values)

    def test_the_journal_items_of_each_mix(self):
        for number, (mix, (payment, cash, items)) in enumerate(MIXES.items()):
            credit, installments, top_up, discount = mix
            with self.subTest(mix):
                order = self.take_theirs(
                    f"ord-{number}",
                    discount,
                    cartona_credit=credit,
                    installment_cost=installments,
                    wallet_top_up=top_up,
                    retailer={"retailer_name": "Shop", "retailer_code": f"R{number}"},
                )
                self.assertEqual(
                    (
                        order.amount_to_collect,
                        order.amount_due_from_marketplace,
                        order.amount_due_to_marketplace,
                    ),
                    (0, items[OWED_TO_US], 0),
                )
                invoice = self.invoice(order)
                invoice.action_post()
                self.assertEqual((invoice.amount_residual, self.owed(order)), (0, 0))
                [entry] = self.entries(order)
                self.assertEqual(self.items(entry), items)
                self.assertEqual((entry.settled_payment, entry.settled_cash), (payment, cash))

    def test_an_entry_tells_what_was_paid_from_what_was_collected(self):
        order = self.take_theirs(cartona_credit=50, installment_cost=30.25)
        self.invoice(order).action_post()
        [entry] = self.entries(order)
        paid, collected = (
            f"Paid by the marketplace: {order.name}",
            f"Collected by the marketplace at the door: {order.name}",
        )
        self.assertEqual(
            [(item.name, item.debit, item.credit) for item in entry.line_ids],
            [(paid, 80.25, 0), (paid, 0, 80.25), (collected, 112.25, 0), (collected, 0, 112.25)],
        )

    def test_each_invoice_is_settled_whole(self):
        order = self.take_theirs(cartona_credit=150)
        first = self.invoice(order, (1, 1))
        first.action_post()
        second = self.invoice(order)
        second.action_post()
        self.assertEqual((first.amount_residual, second.amount_residual), (0, 0))
        # 80 + 32.50 on credit; 80, of which 37.50 are left of the credit
        self.assertEqual(
            [(entry.settled_payment, entry.settled_cash) for entry in self.entries(order)],
            [(112.50, 0), (37.50, 42.50)],
        )

    def test_what_was_collected_is_booked_once(self):
        order = self.take_theirs()
        invoice = self.invoice(order)
        invoice.action_post()
        refund = invoice._reverse_moves([{"invoice_date": invoice.date}], cancel=True)
        self.assertEqual(refund.amount_residual, 0)
        again = self.invoice(order)
        again.action_post()
        self.assertEqual(again.amount_residual, 0)
        self.assertEqual(self.items(self.entries(order)), PLAIN)

    def test_an_invoice_with_an_order_of_ours_leaves_that_ones_money_to_our_driver(self):
        for ours, theirs in (("ord-1", "ord-2"), ("ord-4", "ord-3")):
            with self.subTest(ours):
                orders = self.env["sale.order"]
                for remote_id in sorted((ours, theirs)):
                    if remote_id == ours:
                        orders |= self.take(ours, cartona_credit=50)
                    else:
                        orders |= self.take_theirs(theirs, installment_cost=30)
                [invoice] = orders._create_invoices()
                invoice.action_post()
                self.assertEqual((invoice.amount_total, invoice.amount_residual), (385, 142.50))
                found = {order.cartona_id: self.items(self.entries(order)) for order in orders}
                self.assertEqual(found, {ours: {OWED_TO_US: 50, CUSTOMER: -50}, theirs: PLAIN})

    def test_taxes_that_it_knows_nothing_of_are_the_customers(self):
        self.config.price_includes_tax = False
        (self.oil | self.rice).taxes_id = self.new_tax("VAT", price_include=False)
        order = self.take_theirs(cartona_credit=50)
        self.assertEqual(order.amount_due_from_marketplace, 192.50)
        invoice = self.invoice(order)
        invoice.action_post()
        # 22.40 + 4.55 of tax
        self.assertEqual(round(invoice.amount_total, 2), 219.45)
        self.assertEqual(round(invoice.amount_residual, 2), 26.95)
        self.assertEqual(self.items(self.entries(order)), PLAIN)

    def test_goods_that_it_was_not_given_are_not_collected_for(self):
        order = self.take_theirs(cartona_credit=50)
        self.set_stock(self.oil, 10)
        self.set_stock(self.rice, 10)
        picking = order.picking_ids
        picking.move_ids[0].quantity = 2
        picking.move_ids[1].quantity = 0
        picking.move_ids.picked = True
        picking.with_context(
            skip_backorder=True, picking_ids_not_to_backorder=picking.ids, skip_sms=True
        ).button_validate()
        # 2 x 80
        self.assertEqual(order.amount_due_from_marketplace, 160)
