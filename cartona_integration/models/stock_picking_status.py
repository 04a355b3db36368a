# How the order of a transfer stands on its marketplace, and what holds it: so that the warehouse
# sees it before it ships. Shown by views/stock_picking_status_views.xml.
from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    marketplace_status = fields.Selection(
        related="sale_id.marketplace_status", string="Status on Marketplace"
    )
    marketplace_hold_reason = fields.Text(related="sale_id.marketplace_hold_reason")
