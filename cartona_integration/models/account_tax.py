# Taxes: a price is shown with or without them.
from odoo import models

PRICE_FIELDS = {
    "active",
    "amount",
    "amount_type",
    "children_tax_ids",
    "formula",
    "include_base_amount",
    "invoice_repartition_line_ids",
    "is_base_affected",
    "price_include",
    "price_include_override",
    "python_compute",
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
        # Afterwards nobody could tell which products had it.
        templates = self.env["product.template"].sudo().with_context(active_test=False)
        taxed = templates.search([("taxes_id", "in", self._with_groups().ids)])
        self.env["marketplace.outbox"]._mark("price", "template", taxed.ids)
        return super().unlink()

    def _mark_prices(self):
        self.env["marketplace.outbox"]._mark("price", "tax", self._with_groups().ids)

    def _with_groups(self):
        """These, and the taxes that are made of them."""
        return self | self.sudo().search([("children_tax_ids", "in", self.ids)])
