# Quantities: every change of stock goes through here, whatever caused it.
from odoo import api, models

STOCK_FIELDS = {"quantity", "reserved_quantity", "location_id"}


class StockQuant(models.Model):
    _inherit = "stock.quant"

    @api.model_create_multi
    def create(self, vals_list):
        quants = super().create(vals_list)
        quants._mark_stock()
        return quants

    def write(self, vals):
        result = super().write(vals)
        if STOCK_FIELDS & vals.keys():
            self._mark_stock()
        return result

    def unlink(self):
        self._mark_stock()
        return super().unlink()

    def _mark_stock(self):
        self.env["marketplace.kits"]._mark_stock(self.product_id)
