# Transfers of marketplace orders: Odoo has the customer follow them, and writes to him from then
# on. The marketplace's customers hear from the marketplace.
from odoo import models

from .marketplace_order_people import get_customers, leave_out, without_followers


class StockMove(models.Model):
    _inherit = "stock.move"

    def _assign_picking(self):
        orders = self.sale_line_id.order_id
        return super(StockMove, without_followers(self, get_customers(orders)))._assign_picking()


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def write(self, vals):
        quiet = self
        if vals.get("partner_id"):
            orders = self.sale_id.filtered("marketplace_config_id")
            quiet = without_followers(self, orders and [vals["partner_id"]])
        return super(StockPicking, quiet).write(vals)

    def _create_backorder(self, *args, **kwargs):
        quiet = without_followers(self, get_customers(self.sale_id))
        return super(StockPicking, quiet)._create_backorder(*args, **kwargs).with_env(self.env)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        return super().message_subscribe(leave_out(self, partner_ids), subtype_ids)
