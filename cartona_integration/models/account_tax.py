# Taxes: a price is shown with or without them.
from odoo import models

PRICE_FIELDS = {
    "active",
    "amount",
    "amount_type",
    "children_tax_ids",
    "include_base_amount",
    "is_base_affected",
    "price_include",
    "price_include_override",
    "sequence",
}


class AccountTax(models.Model):
    _inherit = "account.tax"

    def write(self, vals):
        result = super().write(vals)
        if PRICE_FIELDS & vals.keys():
            self._mark_prices()
        return result

    def unlink(self):
        self._mark_prices()
        return super().unlink()

    def _mark_prices(self):
        groups = self.sudo().search([("children_tax_ids", "in", self.ids)])
        self.env["marketplace.outbox"]._mark("price", "tax", (self | groups).ids)
