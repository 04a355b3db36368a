# Orders of a marketplace: what it calls them, and that what they need and have not reserved yet is
# not offered to others.
from odoo import api, fields, models

from ..const import ORDER_STATUSES

# Odoo computes the warehouse of a quotation from its company and its salesperson.
DEMAND_FIELDS = {
    "company_id", "marketplace_config_id", "order_line", "state", "user_id", "warehouse_id"
}  # fmt: skip


class SaleOrder(models.Model):
    _inherit = "sale.order"

    marketplace_config_id = fields.Many2one(
        "marketplace.config",
        "Marketplace",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    cartona_id = fields.Char(
        "Cartona Order", readonly=True, copy=False, help="What Cartona calls this order."
    )
    told_address = fields.Char(
        readonly=True, copy=False, help="The address as the marketplace worded it last."
    )
    marketplace_status = fields.Selection(
        ORDER_STATUSES, "Status on Marketplace", readonly=True, copy=False
    )

    def init(self):
        # Quotations that take stock are few, whatever number of orders there has been.
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS sale_order_marketplace_quoted_idx "
            "ON sale_order (warehouse_id) "
            "WHERE marketplace_config_id IS NOT NULL AND state IN ('draft', 'sent')"
        )
        # behind all locks: an order comes in once
        self.env.cr.execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS sale_order_marketplace_unique "
            "ON sale_order (marketplace_config_id, cartona_id) "
            "WHERE marketplace_config_id IS NOT NULL AND cartona_id IS NOT NULL"
        )
        return super().init()

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._mark_demand()
        return orders

    def write(self, vals):
        result = super().write(vals)
        if DEMAND_FIELDS & vals.keys():
            self._mark_demand()
        return result

    def unlink(self):
        self._mark_demand()
        return super().unlink()

    def _mark_demand(self):
        self.filtered("marketplace_config_id").order_line._mark_demand()
