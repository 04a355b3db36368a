# Transfers of marketplace orders: what the warehouse and the driver have to know of the order, on
# the transfer's form, in its list and on the delivery slip.
from odoo import fields, models
from odoo.tools.sql import column_exists, create_column

from ..compat import PHONES


class StockPicking(models.Model):
    _inherit = "stock.picking"

    cartona_id = fields.Char(related="sale_id.cartona_id")
    marketplace_currency_id = fields.Many2one(related="sale_id.currency_id")
    amount_to_collect = fields.Monetary(
        related="sale_id.amount_to_collect", currency_field="marketplace_currency_id"
    )
    payment_kind = fields.Selection(related="sale_id.payment_kind")
    requires_otp = fields.Boolean(related="sale_id.requires_otp")
    delivered_by = fields.Selection(related="sale_id.delivered_by")
    pickup_date = fields.Char(related="sale_id.pickup_date")
    pickup_otp = fields.Char(related="sale_id.pickup_otp", groups="base.group_user")
    marketplace_note = fields.Text(related="sale_id.marketplace_note")
    # stored, so that a list of transfers can be grouped by it
    distribution_route_code = fields.Char(related="sale_id.distribution_route_code", store=True)

    def _auto_init(self):
        # No transfer that was here before the addon has a route.
        if not column_exists(self.env.cr, self._table, "distribution_route_code"):
            create_column(self.env.cr, self._table, "distribution_route_code", "varchar")
        return super()._auto_init()

    def _is_collected_by_us(self):
        """Whether our own driver takes the goods to the customer, and asks for money there."""
        return bool(self.cartona_id) and self.delivered_by != "marketplace"

    def _get_customer_phones(self):
        """Where the customer can be called: the place's own numbers first."""
        people = self.partner_id | self.sale_id.sudo().partner_id
        numbers = [person[name] for person in people for name in PHONES if person[name]]
        return list(dict.fromkeys(numbers))

    def _get_sibling_deliveries(self):
        """The transfers that take an order to its customer; it may need several."""
        return self.sale_id.sudo().picking_ids.filtered(
            lambda one: one.picking_type_code == "outgoing" and one.state != "cancel"
        )
