# Pricelists: what they are as a whole; their rules have hooks of their own.
from odoo import models

PRICE_FIELDS = {"active", "company_id", "currency_id"}


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    def write(self, vals):
        result = super().write(vals)
        if PRICE_FIELDS & vals.keys():
            self.env["marketplace.price.marks"]._mark_pricelists(self)
        return result

    def unlink(self):
        self.env["marketplace.price.marks"]._mark_pricelists(self)
        return super().unlink()
