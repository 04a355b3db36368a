# A supplier's policies: at which price, how much stock, and what becomes of an order. Read by the
# engine whenever it computes a value; never written by it.
from odoo import _, api, fields, models
from odoo.exceptions import ValidationError


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    # Prices
    pricelist_id = fields.Many2one(
        "product.pricelist",
        check_company=True,
        help="Prices are taken from here. Without one, from the products' sales prices.",
    )
    price_includes_tax = fields.Boolean(
        "Prices Include Tax", default=True, help="Whether the marketplace shows prices with tax."
    )
    price_change_limit = fields.Float(
        "Hold Changes Over %",
        digits=(16, 2),
        help="A price that changes by more than this waits for a manager. 0 never waits.",
    )

    # Stock
    warehouse_ids = fields.Many2many(
        "stock.warehouse",
        string="Warehouses",
        check_company=True,
        help="Their stock is offered. Without any, that of all the company's warehouses.",
    )
    stock_basis = fields.Selection(
        [
            ("free", "On hand and not reserved"),
            ("on_hand", "On hand"),
            ("forecast", "Forecast"),
        ],
        required=True,
        default="free",
    )
    stock_buffer = fields.Float(
        "Keep Back", digits="Product Unit of Measure", help="So much is never offered."
    )
    stock_share = fields.Float(
        "Share (%)", digits=(16, 2), default=100.0, help="So much of the rest is offered."
    )
    stock_cap = fields.Integer("Show at Most", help="0 shows all that is offered.")

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

    @api.constrains("price_change_limit", "stock_buffer", "stock_share", "stock_cap")
    def _check_policies(self):
        for config in self:
            if config.price_change_limit < 0:
                raise ValidationError(_("The limit for price changes can't be negative."))
            if config.stock_buffer < 0 or config.stock_cap < 0:
                raise ValidationError(
                    _("What is kept back or shown of the stock can't be negative.")
                )
            if not 0 <= config.stock_share <= 100:
                raise ValidationError(_("The share of the stock lies between 0 and 100 percent."))
