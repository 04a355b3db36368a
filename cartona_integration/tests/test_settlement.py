# Posting an invoice books what the marketplace pays and gets: the journal items of each mix of
# payments, worked by hand.
from odoo.tests import tagged

from .settlement_common import SettlementCase

OWED_TO_US = ("owed to us", "marketplace")
OWED_BY_US = ("owed by us", "marketplace")
BORNE = ("borne", "marketplace")
CUSTOMER = ("customers", "customer")
# credit, installments, top-up, discount of one (there are two):
# (the invoice's balance, what the driver collects, {where: debit or -credit}).
# On the customer's account the payment stands as credit, the top-up as debit.
MIXES = {
    (0, 0, 0, 0): (192.50, 192.50, {}),
    (50, 0, 0, 0): (142.50, 142.50, {OWED_TO_US: 50, CUSTOMER: -50}),
    (0, 30.25, 0, 0): (162.25, 162.25, {OWED_TO_US: 30.25, CUSTOMER: -30.25}),
    (0, 0, 20.50, 0): (192.50, 213.00, {CUSTOMER: 20.50, OWED_BY_US: -20.50}),
    (0, 0, 0, 5.25): (192.50, 192.50, {OWED_TO_US: 10.50, BORNE: -10.50}),
    (50, 30.25, 0, 0): (112.25, 112.25, {OWED_TO_US: 80.25, CUSTOMER: -80.25}),
    (50, 0, 20.50, 0): (
        142.50,
        163.00,
        {OWED_TO_US: 50, CUSTOMER: -29.50, OWED_BY_US: -20.50},
    ),
    (50, 0, 0, 5.25): (142.50, 142.50, {OWED_TO_US: 60.50, CUSTOMER: -50, BORNE: -10.50}),
    (0, 30.25, 20.50, 0): (
        162.25,
        182.75,
        {OWED_TO_US: 30.25, CUSTOMER: -9.75, OWED_BY_US: -20.50},
    ),
    (0, 30.25, 0, 5.25): (
        162.25,
        162.25,
        {OWED_TO_US: 40.75, CUSTOMER: -30.25, BORNE: -10.50},
    ),
    (0, 0, 20.50, 5.25): (
        192.50,
        213.00,
        {OWED_TO_US: 10.50, CUSTOMER: 20.50, BORNE: -10.50, OWED_BY_US: -20.50},
    ),
    (50, 30.25, 20.50, 0): (
        112.25,
        132.75,
        {OWED_TO_US: 80.25, CUSTOMER: -59.75, OWED_BY_US: -20.50},
    ),
    (50, 30.25, 0, 5.25): (
        112.25,
        112.25,
        {OWED_TO_US: 90.75, CUSTOMER: -80.25, BORNE: -10.50},
    ),
    (50, 0, 20.50, 5.25): (
        142.50,
        163.00,
        {OWED_TO_US: 60.50, CUSTOMER: -29.50, BORNE: -10.50, OWED_BY_US: -20.50},
    ),
    (0, 30.25, 20.50, 5.25): (
        162.25,
        182.75,
        {OWED_TO_US: 40.75, CUSTOMER: -9.75, BORNE: -10.50, OWED_BY_US: -20.50},
    ),
    (50, 30.25, 20.50, 5.25): (
        112.25,
        132.75,
        {OWED_TO_US: 90.75, CUSTOMER: -59.75, BORNE: -10.50, OWED_BY_US: -20.50},
    ),
    # all of it on credit, and a top-up: nothing of the invoice is left
    (100, 92.50, 20.50, 0): (
        0,
        20.50,
        {OWED_TO_US: 192.50, CUSTOMER: -172.00, OWED_BY_US: -20.50},
    ),
}


@tagged("post_install", "-at_install")
class TestSettlement(SettlementCase):
    def test_the_journal_items_of_each_mix(self):
        for number, (mix, (balance, collected, items)) in enumerate(MIXES.items()):
            credit, installments, top_up, discount = mix
            with self.subTest(mix):
                order = self.take(
                    f"ord-{number}",
                    discount,
                    cartona_credit=credit,
                    installment_cost=installments,
                    wallet_top_up=top_up,
                    retailer={"retailer_name": "Shop", "retailer_code": f"R{number}"},
                )
                invoice = self.invoice(order)
                invoice.action_post()
                self.assertEqual(invoice.amount_residual, balance)
                self.assertEqual(self.items(self.entries(order)), items)
                # what the books say that the customer owes is what the driver asks him for
                self.assertEqual(self.owed(order), collected)
                self.assertEqual(order.amount_to_collect, collected)

    def test_an_entry_says_what_it_is_about(self):
        order = self.take(cartona_credit=50, wallet_top_up=20)
        invoice = self.invoice(order)
        invoice.action_post()
        [entry] = self.entries(order)
        self.assertEqual((entry.journal_id, entry.date), (self.journal, invoice.date))
        self.assertEqual(entry.ref, f"{order.name} – ord-1")
        self.assertEqual(entry.settled_invoice_id, invoice)
        self.assertEqual(
            entry.line_ids.mapped("name"),
            [
                f"Paid by the marketplace: {order.name}",
                f"Paid by the marketplace: {order.name}",
                f"Wallet top-up, collected for the marketplace: {order.name}",
                f"Wallet top-up, collected for the marketplace: {order.name}",
            ],
        )

    def test_what_is_paid_in_full_is_paid(self):
        order = self.take(cartona_credit=192.50)
        invoice = self.invoice(order)
        invoice.action_post()
        self.assertEqual(invoice.payment_state, "paid")

    def test_the_drivers_cash_settles_the_rest(self):
        order = self.take(cartona_credit=50, wallet_top_up=20.50)
        invoice = self.invoice(order)
        invoice.action_post()
        cash = self.env["account.move"].create(
            {
                "move_type": "entry",
                "line_ids": [
                    (0, 0, {"account_id": self.accounts["clearing"].id, "debit": 163.00}),
                    (
                        0,
                        0,
                        {
                            "account_id": self.accounts["customers"].id,
                            "partner_id": order.partner_id.id,
                            "credit": 163.00,
                        },
                    ),
                ],
            }
        )
        cash.action_post()
        items = (invoice | self.entries(order) | cash).line_ids.filtered(
            lambda item: item.account_id == self.accounts["customers"] and not item.reconciled
        )
        items.reconcile()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(self.owed(order), 0)
        self.assertEqual(set(items.mapped("reconciled")), {True})

    def test_without_a_settlement_journal_nothing_is_booked(self):
        self.config.settlement_journal_id = False
        order = self.take(cartona_credit=50, wallet_top_up=20)
        invoice = self.invoice(order)
        invoice.action_post()
        self.assertFalse(self.entries(order))
        self.assertEqual(invoice.amount_residual, 192.50)

    def test_invoices_of_others_are_left_alone(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Somebody"}).id,
                "order_line": [(0, 0, {"product_id": self.oil.id, "product_uom_qty": 1})],
            }
        )
        order.action_confirm()
        self.invoice(order).action_post()
        self.assertFalse(self.env["account.move"].search([("settled_invoice_id", "!=", False)]))

    def test_a_miscellaneous_journal_and_a_cash_journal_do_as_well(self):
        for kind in ("general", "cash"):
            with self.subTest(kind):
                self.config.settlement_journal_id = self.env["account.journal"].create(
                    {"name": kind, "code": kind[:4], "type": kind}
                )
                order = self.take(f"ord-{kind}", cartona_credit=50)
                invoice = self.invoice(order)
                invoice.action_post()
                self.assertEqual(invoice.amount_residual, 142.50)
