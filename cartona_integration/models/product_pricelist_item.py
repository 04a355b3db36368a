# Rules of pricelists: every change of them may be a change of prices, of what they were for too.
from odoo import api, models


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._mark_prices()
        return rules

    def write(self, vals):
        self._mark_prices()
        result = super().write(vals)
        self._mark_prices()
        return result

    def unlink(self):
        self._mark_prices()
        return super().unlink()

    def _mark_prices(self):
        self.env["marketplace.price.marks"]._mark_rules(self)
        self.env["marketplace.price.dates"]._plan(self)
