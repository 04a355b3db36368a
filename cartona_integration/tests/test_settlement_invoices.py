# The settlement happens once, whatever becomes of an order's invoices: several of them, taken back,
# credited, of several orders, in another currency or company; and it says what it lacks.
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .settlement_common import SettlementCase

OWED_TO_US = ("owed to us", "marketplace")
OWED_BY_US = ("owed by us", "marketplace")
BORNE = ("borne", "marketplace")
CUSTOMER = ("customers", "customer")


@tagged("post_install", "-at_install")
class TestSettlementInvoices(SettlementCase):
    def test_the_first_invoice_takes_what_it_can_and_the_next_the_rest(self):
        order = self.take(discount=5.25, cartona_credit=150, wallet_top_up=20)
        first = self.invoice(order, (1, 1))
        first.action_post()
        # 80 + 32.50, less than the credit; one discount of 5.25; the whole top-up
        self.assertEqual((first.amount_total, first.amount_residual), (112.50, 0))
        self.assertEqual(
            self.items(self.entries(order)),
            {OWED_TO_US: 117.75, CUSTOMER: -92.50, BORNE: -5.25, OWED_BY_US: -20},
        )
        second = self.invoice(order)
        second.action_post()
        # 80; 150 - 112.50 of the credit is left
        self.assertEqual((second.amount_total, second.amount_residual), (80, 42.50))
        self.assertEqual(
            self.items(self.entries(order)[1]), {OWED_TO_US: 42.75, CUSTOMER: -37.50, BORNE: -5.25}
        )
        # 192.50 - 150 + 20
        self.assertEqual(self.owed(order), 62.50)

    def test_thirds_of_a_piastre_add_up(self):
        self.listing(self.oil).pack_qty = 3
        order = self.take(discount=0.05)
        # two packs of three: 0.10 in all, 0.0166… a piece. Somebody invoices them by the piece:
        # 0.0166… is 0.02, 0.0333… is 0.03, then 0.05, and with the last three 0.10
        for pieces, borne in ((1, 0.02), (1, 0.01), (1, 0.02), (3, 0.05)):
            invoice = self.invoice(order, (1, 0))
            invoice.invoice_line_ids[0].product_uom_id = self.oil.uom_id
            invoice.invoice_line_ids[0].quantity = pieces
            invoice.action_post()
            self.assertEqual(self.entries(order)[-1].settled_discount, borne)
        self.assertEqual(self.items(self.entries(order)), {OWED_TO_US: 0.10, BORNE: -0.10})

    def test_an_invoice_that_is_reset_and_posted_again_settles_once(self):
        order = self.take(discount=5.25, cartona_credit=50, wallet_top_up=20)
        invoice = self.invoice(order)
        invoice.action_post()
        [before] = self.entries(order)
        invoice.button_draft()
        self.assertEqual(before.state, "cancel")
        self.assertFalse(self.entries(order))
        self.assertEqual(self.owed(order), 0)
        invoice.action_post()
        [entry] = self.entries(order)
        self.assertEqual(
            self.items(entry), {OWED_TO_US: 60.50, CUSTOMER: -30, BORNE: -10.50, OWED_BY_US: -20}
        )
        self.assertEqual(invoice.amount_residual, 142.50)

    def test_what_changed_meanwhile_counts_when_it_is_posted_again(self):
        order = self.take(cartona_credit=50)
        invoice = self.invoice(order)
        invoice.action_post()
        invoice.button_draft()
        self.receive(self.order(status="approved", cartona_credit=20, installment_cost=40))
        invoice.action_post()
        self.assertEqual(self.items(self.entries(order)), {OWED_TO_US: 60, CUSTOMER: -60})

    def test_a_cancelled_invoice_leaves_its_share_to_the_next(self):
        order = self.take(cartona_credit=50)
        invoice = self.invoice(order)
        invoice.action_post()
        invoice.button_draft()
        invoice.button_cancel()
        again = self.invoice(order)
        again.action_post()
        self.assertEqual(len(self.entries(order)), 1)
        self.assertEqual(again.amount_residual, 142.50)

    def credit(self, invoice, quantities=None):
        """A posted credit note; of so much of each line, if it says so."""
        refund = invoice._reverse_moves([{"invoice_date": invoice.date}])
        for line, quantity in zip(refund.invoice_line_ids, quantities or (), strict=False):
            line.quantity = quantity
        refund.action_post()
        return refund

    def test_a_credit_note_gives_nothing_back_to_the_marketplace(self):
        order = self.take(cartona_credit=50)
        invoice = self.invoice(order)
        invoice.action_post()
        before = self.entries(order)
        refund = self.credit(invoice)
        self.assertEqual(self.entries(order), before)
        self.assertIn(before.name, refund.message_ids.mapped("body")[0])
        # the customer has 50 to his credit, which the marketplace has paid
        self.assertEqual(self.owed(order), -50)
        order.order_line.invalidate_recordset()
        again = self.invoice(order)
        again.action_post()
        self.assertEqual(self.entries(order), before)
        self.assertEqual(again.amount_residual, 192.50)

    def test_a_discount_goes_back_with_its_goods(self):
        order = self.take(discount=5.25, cartona_credit=50)
        invoice = self.invoice(order)
        invoice.action_post()
        refund = self.credit(invoice, (1, 0))
        # one of the two that 5.25 was borne of
        [first, second] = self.entries(order)
        self.assertEqual(second.settled_invoice_id, refund)
        self.assertEqual(self.items(second), {OWED_TO_US: -5.25, BORNE: 5.25})
        self.assertEqual(
            [(item.debit, item.credit) for item in second.line_ids], [(0, 5.25), (5.25, 0)]
        )
        # the money that it has paid is spoken of, not the discount
        self.assertIn(first.name, refund.message_ids.mapped("body")[0])
        self.credit(invoice, (1, 1))
        self.assertEqual(self.items(self.entries(order)), {OWED_TO_US: 50, CUSTOMER: -50, BORNE: 0})

    def test_a_credit_note_that_is_taken_back_leaves_the_discount(self):
        order = self.take(discount=5.25)
        invoice = self.invoice(order)
        invoice.action_post()
        refund = self.credit(invoice)
        self.assertEqual(self.items(self.entries(order)), {OWED_TO_US: 0, BORNE: 0})
        self.assertNotIn("has paid", " ".join(refund.message_ids.mapped("body")))
        refund.button_draft()
        self.assertEqual(self.items(self.entries(order)), {OWED_TO_US: 10.50, BORNE: -10.50})

    def replace(self, invoice):
        """What the button Reverse and Create Invoice does.

        :return: the draft of the new invoice
        """
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard = wizard.create({"journal_id": invoice.journal_id.id, "date": invoice.date})
        return self.env["account.move"].browse(wizard.modify_moves()["res_id"])

    def test_an_invoice_that_is_reversed_and_made_anew_is_settled(self):
        order = self.take(discount=5.25, cartona_credit=50, wallet_top_up=20.50)
        invoice = self.invoice(order)
        invoice.action_post()
        again = self.replace(invoice)
        again.action_post()
        # 192.50 - 50; beside it stands the top-up
        self.assertEqual((again.amount_total, again.amount_residual), (192.50, 142.50))
        self.assertEqual(self.owed(order), 163.00)
        # the discount was given back and borne again; everything else was booked once
        self.assertEqual(
            [self.items(entry) for entry in self.entries(order)],
            [
                {OWED_TO_US: 60.50, CUSTOMER: -29.50, BORNE: -10.50, OWED_BY_US: -20.50},
                {OWED_TO_US: -10.50, BORNE: 10.50},
                {OWED_TO_US: 10.50, BORNE: -10.50},
            ],
        )
        # and once more
        third = self.replace(again)
        third.action_post()
        self.assertEqual((third.amount_residual, self.owed(order)), (142.50, 163.00))

    def test_a_new_invoice_takes_what_is_loose_before_anything_else(self):
        order = self.take(cartona_credit=50)
        invoice = self.invoice(order)
        invoice.action_post()
        again = self.replace(invoice)
        self.receive(self.order(status="approved", cartona_credit=70))
        again.invoice_line_ids[0].quantity = 0
        again.invoice_line_ids[1].quantity = 2
        again.action_post()
        # 65, of which 50 are loose: 15 of the 20 that have come to the credit
        self.assertEqual(again.amount_residual, 0)
        self.assertEqual(self.entries(order)[-1].settled_payment, 15)

    def test_an_invoice_of_two_orders_settles_both(self):
        orders = self.take("ord-1", cartona_credit=50) | self.take("ord-2", installment_cost=30)
        [invoice] = orders._create_invoices()
        self.assertEqual(invoice.amount_total, 385)
        invoice.action_post()
        self.assertEqual(
            [self.items(self.entries(order)) for order in orders],
            [{OWED_TO_US: 50, CUSTOMER: -50}, {OWED_TO_US: 30, CUSTOMER: -30}],
        )
        self.assertEqual(invoice.amount_residual, 305)

    def test_money_beyond_the_invoice_stays_with_the_marketplace(self):
        order = self.take(cartona_credit=500, released=True)
        invoice = self.invoice(order)
        invoice.action_post()
        self.assertEqual(self.items(self.entries(order)), {OWED_TO_US: 192.50, CUSTOMER: -192.50})

    def test_money_below_zero_books_nothing(self):
        order = self.take(cartona_credit=-50, wallet_top_up=-20, released=True)
        self.invoice(order).action_post()
        self.assertFalse(self.entries(order))

    def test_a_seller_without_rights_on_the_connection_can_post(self):
        clerk = new_test_user(self.env, "h2-clerk", groups="account.group_account_invoice")
        order = self.take(cartona_credit=50)
        invoice = self.invoice(order)
        invoice.with_user(clerk).action_post()
        self.assertEqual(invoice.amount_residual, 142.50)

    def test_nothing_is_posted_while_nobody_says_who_pays(self):
        order = self.take(cartona_credit=50)
        invoice = self.invoice(order)
        self.config.settlement_partner_id = False
        with self.assertRaisesRegex(UserError, 'Test.*"Settled With"'), self.cr.savepoint():
            invoice.action_post()
        self.assertEqual(invoice.state, "draft")
        self.config.settlement_partner_id = self.marketplace
        invoice.action_post()
        self.assertEqual(invoice.amount_residual, 142.50)

    def test_nothing_is_posted_while_there_is_no_income_account(self):
        order = self.take(discount=5.25)
        invoice = self.invoice(order)
        invoice.journal_id.default_account_id = False
        self.config.settlement_income_id = False
        with self.assertRaisesRegex(UserError, "an income account"), self.cr.savepoint():
            invoice.action_post()

    def test_an_order_that_the_marketplace_pays_nothing_of_needs_no_settlement(self):
        self.config.settlement_partner_id = False
        invoice = self.invoice(self.take())
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")

    def test_a_new_connection_is_settled_with_the_marketplaces_own_contact(self):
        config = self.env["marketplace.config"].create({"name": "Another"})
        self.assertEqual(
            config.settlement_partner_id, self.env.ref("cartona_integration.partner_cartona")
        )

    def test_another_currency_is_booked_at_the_invoices_rate(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        if euro == self.env.company.currency_id:
            euro = self.env.ref("base.USD")
        for day, rate in (("2020-01-01", 0.4), ("2024-01-01", 0.5)):
            self.env["res.currency.rate"].create(
                {"currency_id": euro.id, "name": day, "rate": rate}
            )
        element = self.order(cartona_credit=50, wallet_top_up=20)
        self.receive(element)
        order = self.sale_orders()
        order.pricelist_id = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id}
        )
        order.partner_id.property_account_receivable_id = self.accounts["customers"]
        order.action_confirm()
        invoice = self.invoice(order)
        self.assertEqual(invoice.currency_id, euro)
        invoice.invoice_date = "2023-06-01"
        invoice.action_post()
        self.assertEqual(invoice.amount_residual, 142.50)
        [entry] = self.entries(order)
        paid = entry.line_ids.filtered(lambda item: item.amount_currency == 50)
        # 1 / 0.4 = 2.50 for each, as on the invoice's day: 50 are 125, 20 are 50
        self.assertEqual(paid.balance, 125)
        self.assertEqual(self.items(entry), {OWED_TO_US: 125, CUSTOMER: -75, OWED_BY_US: -50})
        self.assertEqual(entry.line_ids.currency_id, euro)
