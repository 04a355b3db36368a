# Locations: what lies in one counts for the warehouse that it belongs to, if it is an internal one.
from odoo import models

STOCK_FIELDS = {"active", "company_id", "location_id", "usage"}


class StockLocation(models.Model):
    _inherit = "stock.location"

    def write(self, vals):
        watched = STOCK_FIELDS & vals.keys()
        companies = self.company_id if watched else None
        result = super().write(vals)
        if watched:
            (companies | self.company_id)._mark_stock()
        return result
