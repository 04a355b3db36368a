# Transfers of marketplace orders: what the warehouse and the driver have to know of the order, on
# the transfer's form, in its list and on the delivery slip.
from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

from ..compat import PHONES


class StockPicking(models.Model):
    _inherit = "stock.picking"

    cartona_id = fields.Char(related="sale_id.cartona_id")
    marketplace_currency_id = fields.Many2one(related="sale_id.currency_id")
    amount_to_collect = fields.Monetary(
        "To Collect",
        compute="_compute_amount_to_collect",
        compute_sudo=True,
        currency_field="marketplace_currency_id",
        help="With this delivery: all that is to be collected for the order, or nothing, if "
        "another delivery carries it.",
    )
    collected_with_id = fields.Many2one(
        "stock.picking",
        compute="_compute_amount_to_collect",
        compute_sudo=True,
        help="The order's first delivery: all money of the order is collected with it.",
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
        return self.sale_id.sudo().picking_ids._origin.filtered(
            lambda one: one.picking_type_code == "outgoing" and one.state != "cancel"
        )

    @api.depends(
        "sale_id.amount_to_collect",
        "sale_id.picking_ids.picking_type_id",
        "sale_id.picking_ids.state",
    )
    def _compute_amount_to_collect(self):
        """The oldest delivery carries an order's money. Which one is the oldest changes neither
        with days nor with what arrives first, so that no two papers ever ask for it."""
        for picking in self:
            siblings = picking._get_sibling_deliveries().sorted("id")
            is_first = siblings[:1] == picking._origin
            amount = picking.sale_id.amount_to_collect if is_first else 0.0
            picking.amount_to_collect = amount
            is_other = picking.cartona_id and picking._origin in siblings and not is_first
            picking.collected_with_id = is_other and siblings[0]

    def _is_in_parts(self):
        """Whether goods of the order come with other deliveries too, as far as it can be seen."""
        return len(self._get_sibling_deliveries()) > 1 or self._is_loaded_short()

    def _is_loaded_short(self):
        under_way = self.move_ids.filtered(lambda move: move._is_under_way())
        is_missing = any(move.quantity < move._get_coming_quantity() for move in under_way)
        return is_missing and any(under_way.mapped("quantity"))
