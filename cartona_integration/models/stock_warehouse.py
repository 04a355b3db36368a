# Warehouses: a connection that names none offers all of its company's.
from odoo import api, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    @api.model_create_multi
    def create(self, vals_list):
        warehouses = super().create(vals_list)
        warehouses.company_id._mark_stock()
        return warehouses

    def write(self, vals):
        result = super().write(vals)
        if {"active", "view_location_id"} & vals.keys():
            self.company_id._mark_stock()
        return result

    def unlink(self):
        self.company_id._mark_stock()
        return super().unlink()
