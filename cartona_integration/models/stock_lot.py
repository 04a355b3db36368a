# Lots: expired ones are not offered (their dates exist where product_expiry is installed).
from odoo import models


class StockLot(models.Model):
    _inherit = "stock.lot"

    def write(self, vals):
        result = super().write(vals)
        if {"expiration_date", "removal_date"} & vals.keys():
            self.env["marketplace.kits"]._mark_stock(self.product_id)
        return result
