# "Fetch orders": a dialog by which a manager has orders asked for now: the new ones, all since a
# day, or a single one. Opened from a connection and from the inbox.
from datetime import timedelta

from odoo import api, fields, models


class MarketplaceFetch(models.TransientModel):
    _name = "marketplace.fetch"
    _description = "Fetch Orders"
    _rec_name = "config_id"

    config_id = fields.Many2one(
        "marketplace.config",
        "Connection",
        required=True,
        ondelete="cascade",
        domain="[('state', '=', 'live'), ('order_mode', '!=', 'off')]",
        default=lambda self: self._default_config(),
    )
    what = fields.Selection(
        [
            ("new", "New and changed orders"),
            ("since", "All orders since a day"),
            ("one", "One order, by its number"),
        ],
        string="Fetch",
        required=True,
        default="new",
    )
    since = fields.Date(default=lambda self: fields.Date.context_today(self) - timedelta(days=7))
    remote_id = fields.Char("Order Number")

    @api.model
    def _default_config(self):
        """The connection, where there is only one that takes orders in."""
        live = self.env["marketplace.config"].search([("state", "=", "live")])
        takers = live.filtered("is_taking_orders")
        return takers if len(takers) == 1 else takers.browse()

    def action_fetch(self):
        """Have it fetched, and say what happens now."""
        self.ensure_one()
        if self.what == "one":
            return self.config_id.action_fetch_order(self.remote_id)
        if self.what == "since":
            return self.config_id.action_fetch_since(self.since)
        return self.config_id.action_pull_orders()
