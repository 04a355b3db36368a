# Invoices of marketplace orders: posting one books what the marketplace pays for the customer, and
# taking one back takes that back. What is booked is decided in marketplace_settlement.py.
from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    # of the entries that the settlement makes
    settled_invoice_id = fields.Many2one(
        "account.move", "Settles Invoice", readonly=True, copy=False, index="btree_not_null"
    )
    settled_order_id = fields.Many2one(
        "sale.order", "Settles Order", readonly=True, copy=False, index="btree_not_null"
    )
    settled_currency_id = fields.Many2one(
        related="settled_order_id.currency_id", string="Settled Currency"
    )
    settled_payment = fields.Monetary(
        "Paid by the Marketplace",
        currency_field="settled_currency_id",
        readonly=True,
        copy=False,
    )
    settled_cash = fields.Monetary(
        "Collected by the Marketplace",
        currency_field="settled_currency_id",
        readonly=True,
        copy=False,
    )
    settled_discount = fields.Monetary(
        "Discount It Bears", currency_field="settled_currency_id", readonly=True, copy=False
    )
    settled_top_up = fields.Monetary(
        "Wallet Top-up", currency_field="settled_currency_id", readonly=True, copy=False
    )

    def _post(self, soft=True):
        posted = super()._post(soft)
        self.env["marketplace.settlement"]._settle(posted)
        return posted

    def button_draft(self):
        self.env["marketplace.settlement"]._take_back(self)
        return super().button_draft()
