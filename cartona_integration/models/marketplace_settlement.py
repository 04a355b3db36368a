# The settlement: one journal entry for each posted invoice of a marketplace order, with what the
# marketplace pays for the customer, what it collects from him where it delivers, the discounts it
# bears and the wallet top-up that is collected for it; for a credit note, with the discounts that
# go back. Called by account_move.py; docs/adr/0010-money-of-an-order.md has the worked examples.
from dataclasses import dataclass

from odoo import Command, _, api, models

SIGNS = {"out_invoice": 1, "out_refund": -1}


@dataclass
class Shares:
    """What one invoice settles of its order, in the order's currency."""

    payment: float = 0.0
    cash: float = 0.0
    discount: float = 0.0
    top_up: float = 0.0

    def __bool__(self):
        return bool(self.payment or self.cash or self.discount or self.top_up)


class MarketplaceSettlement(models.AbstractModel):
    _name = "marketplace.settlement"
    _description = "Marketplace Settlement"

    @api.model
    def _settle(self, posted):
        """Book what the marketplace pays and gets, once for each invoice and order.

        :raise UserError: it can't be booked as things stand; nothing is posted then
        """
        for invoice in posted.sudo():
            if invoice.move_type in SIGNS:
                for order in self._get_orders(invoice):
                    self._settle_order(invoice.with_company(invoice.company_id), order)
            if invoice.move_type == "out_refund":
                self._remind(invoice)

    @api.model
    def _get_orders(self, invoice):
        orders = invoice.line_ids.sale_line_ids.order_id
        return orders.filtered("marketplace_config_id.settlement_journal_id")

    @api.model
    def _settle_order(self, invoice, order):
        self._keep_others_off(order)
        earlier = self._find_entries([("settled_order_id", "=", order.id)])
        if invoice.move_type == "out_refund":
            shares = self._get_shares_of_refund(order, earlier)
        else:
            self._reconcile(invoice, earlier)
            shares = self._get_shares(invoice, order, earlier)
        if shares:
            entry = self.env["account.move"].sudo().with_company(invoice.company_id)
            entry = entry.create(self._get_entry_values(invoice, order, shares))
            entry._post(soft=False)
            self._reconcile(invoice, entry)

    @api.model
    def _keep_others_off(self, order):
        """Two invoices of an order that are posted at once would both settle the same money: so
        one of the two fails to get its database row, and is tried again by Odoo."""
        order.flush_recordset()
        self.env.cr.execute("UPDATE sale_order SET id = id WHERE id = %s", [order.id])

    @api.model
    def _get_shares(self, invoice, order, earlier):
        """First come, first served: an invoice takes what earlier ones have left, and no more
        money of the customer's than it has left to pay."""
        to_pay = self._get_left_to_pay(invoice, order)
        payment = order._get_paid_by_marketplace() - sum(earlier.mapped("settled_payment"))
        payment = max(min(payment, to_pay), 0.0)
        cash = order._get_collected_by_marketplace() - sum(earlier.mapped("settled_cash"))
        discount = self._get_invoiced_discount(order) - sum(earlier.mapped("settled_discount"))
        top_up = order.amount_due_to_marketplace - sum(earlier.mapped("settled_top_up"))
        shares = (payment, min(cash, to_pay - payment), discount, top_up)
        return Shares(*(max(order.currency_id.round(amount), 0.0) for amount in shares))

    @api.model
    def _get_shares_of_refund(self, order, earlier):
        """The discounts of what is credited go back; who gets back what was paid is agreed on."""
        discount = self._get_invoiced_discount(order) - sum(earlier.mapped("settled_discount"))
        return Shares(discount=min(order.currency_id.round(discount), 0.0))

    @api.model
    def _get_left_to_pay(self, invoice, order):
        """Of an order's part of an invoice, which may be of several, in the order's currency."""
        others = invoice.invoice_line_ids.filtered(
            lambda item: order not in item.sale_line_ids.order_id
        )
        part = invoice.amount_total - sum(others.mapped("price_total"))
        return invoice.currency_id._convert(
            min(part, invoice.amount_residual),
            order.currency_id,
            invoice.company_id,
            invoice.date,
        )

    @api.model
    def _find_entries(self, domain):
        return self.env["account.move"].sudo().search([*domain, ("state", "=", "posted")])

    @api.model
    def _get_invoiced_discount(self, order):
        """What the marketplace bears of everything that is invoiced so far, and not credited."""
        return sum(
            line._get_borne_discount(
                SIGNS[item.move_id.move_type] * item.quantity, item.product_uom_id
            )
            for line in order.order_line
            for item in line.invoice_lines
            if item.parent_state == "posted" and item.move_id.move_type in SIGNS
        )

    @api.model
    def _get_entry_values(self, invoice, order, shares):
        return {
            "move_type": "entry",
            "journal_id": order.marketplace_config_id.settlement_journal_id.id,
            "date": invoice.date,
            "ref": f"{order.name} – {order.cartona_id or ''}".strip(" –"),
            "currency_id": invoice.currency_id.id,
            "settled_invoice_id": invoice.id,
            "settled_order_id": order.id,
            "settled_payment": shares.payment,
            "settled_cash": shares.cash,
            "settled_discount": shares.discount,
            "settled_top_up": shares.top_up,
            "line_ids": [
                Command.create(values) for values in self._get_items(invoice, order, shares)
            ],
        }

    @api.model
    def _get_items(self, invoice, order, shares):
        """The journal items: a debit and a credit for each of the shares."""
        config = order.marketplace_config_id
        marketplace, owed_to_us, owed_by_us, income = config._get_settlement_accounts(invoice)
        customer = invoice.commercial_partner_id
        collected = self._get_customer_account(invoice)
        rows = (
            (
                shares.payment,
                _("Paid by the marketplace: %s", order.name),
                (owed_to_us, marketplace),
                (collected, customer),
            ),
            (
                shares.cash,
                _("Collected by the marketplace at the door: %s", order.name),
                (owed_to_us, marketplace),
                (collected, customer),
            ),
            (
                shares.discount,
                _("Discount that the marketplace bears: %s", order.name),
                (owed_to_us, marketplace),
                (income, marketplace),
            ),
            (
                shares.top_up,
                _("Wallet top-up, collected for the marketplace: %s", order.name),
                (collected, customer),
                (owed_by_us, marketplace),
            ),
        )
        items = []
        for amount, label, debit, credit in rows:
            if amount:
                items += self._get_pair(invoice, order, amount, label, debit, credit)
        return items

    @api.model
    def _get_pair(self, invoice, order, amount, label, debit, credit):
        told = order.currency_id._convert(
            amount, invoice.currency_id, invoice.company_id, invoice.date
        )
        booked = self._get_balance(invoice, told)
        return [
            {
                "name": label,
                "account_id": account.id,
                "partner_id": partner.id,
                "currency_id": invoice.currency_id.id,
                "amount_currency": sign * told,
                "balance": sign * booked,
            }
            for sign, (account, partner) in ((1, debit), (-1, credit))
        ]

    @api.model
    def _get_balance(self, invoice, amount):
        """An amount in the company's currency, at the rate that the invoice was booked by."""
        company_currency = invoice.company_id.currency_id
        if invoice.currency_id == company_currency:
            return amount
        rate = abs(invoice.amount_total_signed) / invoice.amount_total
        return company_currency.round(amount * rate)

    @api.model
    def _get_open_items(self, invoice):
        """What the customer owes by an invoice."""
        return invoice.line_ids.filtered(
            lambda item: item.account_id.account_type == "asset_receivable"
        )

    @api.model
    def _get_customer_account(self, invoice):
        """An invoice of nothing has no such item."""
        customer = invoice.commercial_partner_id.with_company(invoice.company_id)
        account = self._get_open_items(invoice).account_id[:1]
        return account or customer.property_account_receivable_id

    @api.model
    def _reconcile(self, invoice, entries):
        """What the marketplace pays and collects is off the customer's bill. Of an invoice that was
        reversed to make this one, it lies loose on his account."""
        open_items = self._get_open_items(invoice).filtered(lambda item: not item.reconciled)
        customer = invoice.commercial_partner_id
        paid = entries.line_ids.filtered(
            lambda item: (
                item.balance < 0
                and not item.reconciled
                and item.account_id == self._get_customer_account(invoice)
                and item.partner_id == customer
            )
        )
        if open_items and paid:
            (open_items | paid).reconcile()

    @api.model
    def _take_back(self, invoices):
        """An invoice that is no longer posted settles nothing; what it did remains to be read."""
        entries = self.env["account.move"].sudo()
        entries = entries.search(
            [("settled_invoice_id", "in", invoices.ids), ("state", "!=", "cancel")]
        )
        if entries:
            entries.line_ids.remove_move_reconcile()
            # Odoo resets those to draft first that are posted
            entries.button_cancel()

    @api.model
    def _remind(self, refund):
        """What the marketplace has paid stays paid: whether it takes it back is agreed with it."""
        orders = self._get_orders(refund)
        entries = self._find_entries([("settled_order_id", "in", orders.ids)])
        entries = entries.filtered(lambda entry: entry.settled_payment or entry.settled_cash)
        if entries:
            refund.message_post(
                body=_(
                    "The marketplace has paid a part of this order (%s). The credit note changes "
                    "nothing in that: agree with the marketplace who gets it back.",
                    ", ".join(entries.mapped("name")),
                )
            )
