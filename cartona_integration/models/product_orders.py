# Products and the orders that were put aside because of them: an archived one that comes back, or
# one that changes its company, lets just those in.
from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def write(self, vals):
        result = super().write(vals)
        if {"active", "company_id"} & vals.keys():
            self._retry_orders()
        return result

    def _retry_orders(self):
        self.env["marketplace.inbox"]._retry_needing(set(), self)


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def write(self, vals):
        result = super().write(vals)
        if "company_id" in vals:
            self.with_context(active_test=False).product_variant_ids._retry_orders()
        return result
