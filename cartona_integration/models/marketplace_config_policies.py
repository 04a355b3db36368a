# A supplier's policies: at which price, how much stock (the fields of marketplace.policy.fields),
# and what becomes of an order. Read by the engine when it computes a value; never written by it.
from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from .marketplace_policy_fields import LIMIT_POLICY, PRICE_POLICY, STOCK_POLICY


class MarketplaceConfig(models.Model):
    _name = "marketplace.config"
    _inherit = ["marketplace.config", "marketplace.policy.fields"]

    # Prices
    price_change_limit = fields.Float(
        "Hold Changes Over %",
        digits=(16, 2),
        help="A price that changes by more than this waits for a manager. 0 never waits.",
    )

    # Orders
    order_warehouse_id = fields.Many2one(
        "stock.warehouse",
        "Ship From",
        check_company=True,
        help="Without one, the company's first warehouse.",
    )
    user_id = fields.Many2one(
        "res.users", "Salesperson", domain="[('share', '=', False)]", check_company=True
    )
    team_id = fields.Many2one("crm.team", "Sales Team", check_company=True)
    payment_term_id = fields.Many2one("account.payment.term", "Payment Terms", check_company=True)
    confirm_policy = fields.Selection(
        [
            ("never", "Stay quotations until somebody confirms them"),
            ("if_in_stock", "Are confirmed when everything is in stock"),
            ("always", "Are confirmed at once"),
        ],
        "New Orders",
        required=True,
        default="never",
    )
    invoice_policy = fields.Selection(
        [
            ("off", "Nobody but our staff makes them"),
            ("confirmed", "Made when the order is confirmed"),
            ("delivered", "Made when the order is delivered"),
        ],
        "Invoices",
        required=True,
        default="off",
    )
    settlement_journal_id = fields.Many2one(
        "account.journal",
        check_company=True,
        domain="[('type', 'in', ('bank', 'cash'))]",
        help="What the marketplace pays on the retailer's behalf is registered here.",
    )

    @api.constrains("price_change_limit")
    def _check_price_change_limit(self):
        for config in self:
            if config.price_change_limit < 0:
                raise ValidationError(_("The limit for price changes can't be negative."))

    def write(self, vals):
        result = super().write(vals)
        outbox = self.env["marketplace.outbox"]
        if {"price_change_limit", "price_mode", *PRICE_POLICY} & vals.keys():
            outbox._mark("price", "config", self.ids)
        if {"stock_mode", *STOCK_POLICY, *LIMIT_POLICY} & vals.keys():
            outbox._mark("stock", "config", self.ids)
        return result

    def _get_config(self):
        return self._origin
