# Moves: they make a forecast, and those of marketplace orders are needed until they are reserved.
from odoo import api, models

DEMAND_FIELDS = {
    "location_dest_id",
    "location_final_id",
    "location_id",
    "product_id",
    "product_uom",
    "product_uom_qty",
    "state",
}


class StockMove(models.Model):
    _inherit = "stock.move"

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        moves._mark_demand()
        return moves

    def write(self, vals):
        result = super().write(vals)
        if DEMAND_FIELDS & vals.keys():
            self._mark_demand()
        return result

    def unlink(self):
        self.env["marketplace.kits"]._mark_stock(self.product_id)
        return super().unlink()

    def _mark_demand(self):
        self.env["marketplace.outbox"]._mark("stock", "move", self.ids)
        self.env["marketplace.kits"]._mark_kits(self.product_id)
