# What a marketplace says of an order besides its lines and money: who delivers it, when, by which
# route, what the customer wrote. Filled by marketplace_order_facts.py; people only read it.
from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    delivered_by = fields.Selection(
        [("supplier", "Us"), ("marketplace", "The marketplace")],
        readonly=True,
        copy=False,
        help="Who takes the goods to the customer, and collects the money there.",
    )
    marketplace_note = fields.Text(
        "Customer's Note", readonly=True, copy=False, help="As the customer wrote it."
    )
    ordered_at = fields.Datetime(
        "Placed On", readonly=True, copy=False, help="When the customer ordered."
    )
    distribution_route_code = fields.Char("Route", readonly=True, copy=False)
    receipt_number = fields.Char("Receipt", readonly=True, copy=False)
    preferred_delivery = fields.Char(
        "Wanted On",
        readonly=True,
        copy=False,
        help="When the customer would like the goods, as the marketplace worded it last. It "
        "becomes the order's delivery date; a date that people have set meanwhile stays until the "
        "marketplace names another one.",
    )
    estimated_delivery_day = fields.Date("Announced For", readonly=True, copy=False)
    delivery_day = fields.Date("Delivered On", readonly=True, copy=False)
    pickup_date = fields.Char(
        "Pick-up",
        readonly=True,
        copy=False,
        help="When the marketplace's driver comes for the goods.",
    )
    # Customers read their own orders in the portal.
    pickup_otp = fields.Char(
        "Pick-up Code",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The marketplace's driver gets the goods for this code.",
    )
    told_cancellation_reason = fields.Char("Reason for Cancelling", readonly=True, copy=False)
    told_return_reason = fields.Char("Reason for Returning", readonly=True, copy=False)
    unread_facts = fields.Text(
        "Not Understood",
        readonly=True,
        copy=False,
        help="What the marketplace said in a form that nobody could read, word for word.",
    )
