# Lines of marketplace orders: what they need is not offered to others.
from odoo import api, fields, models

from ..compat import LINE_UNIT

# Odoo computes the quantity from that of packagings.
DEMAND_FIELDS = {
    "product_id", "product_packaging_id", "product_packaging_qty", "product_uom_qty", LINE_UNIT
}  # fmt: skip


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    marketplace_line = fields.Char(
        readonly=True, copy=False, help="What the marketplace calls this line."
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._mark_demand()
        return lines

    def write(self, vals):
        is_demand = DEMAND_FIELDS & vals.keys()
        if is_demand:
            self._mark_demand()
        result = super().write(vals)
        if is_demand:
            self._mark_demand()
        return result

    def unlink(self):
        self._mark_demand()
        return super().unlink()

    def _mark_demand(self):
        orders = self.order_id.filtered("marketplace_config_id")
        if orders:
            lines = self.filtered(lambda line: line.order_id in orders)
            self.env["marketplace.kits"]._mark_demand(lines.product_id, orders.company_id)
