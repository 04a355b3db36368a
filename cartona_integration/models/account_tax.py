# Taxes: a price is shown with or without them, and ordered with or without them.
from odoo import fields, models

from .marketplace_tax_twin import FOLLOWED

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
TWIN_FIELDS = {
    *PRICE_FIELDS,
    *FOLLOWED,
    "refund_repartition_line_ids",
    "repartition_line_ids",
    "type_tax_use",
}


class AccountTax(models.Model):
    _inherit = "account.tax"

    marketplace_twin_ids = fields.One2many("marketplace.tax.twin", "tax_id")
    marketplace_origin_ids = fields.One2many("marketplace.tax.twin", "twin_id")

    def write(self, vals):
        result = super().write(vals)
        if PRICE_FIELDS & vals.keys():
            self._mark_prices()
        if TWIN_FIELDS & vals.keys():
            self.env["marketplace.tax.twin"].sudo()._follow(self.sudo()._with_groups())
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
