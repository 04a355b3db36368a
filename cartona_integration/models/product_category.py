# Categories: pricelists and exceptions hold for those below them.
from odoo import models


class ProductCategory(models.Model):
    _inherit = "product.category"

    def write(self, vals):
        result = super().write(vals)
        if "parent_id" in vals:
            for kind in ("price", "stock"):
                self.env["marketplace.outbox"]._mark(kind, "category", self.ids)
        return result
