# Whom a connection tells about its orders, and after how long it reminds them of those that nobody
# has answered. Read by marketplace.order.watch and marketplace.order.people.
from odoo import _, api, fields, models
from odoo.exceptions import ValidationError


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    notify_user_ids = fields.Many2many(
        "res.users",
        "marketplace_config_notify_users_rel",
        string="Tell About New Orders",
        domain="[('share', '=', False)]",
        check_company=True,
        help="They get a message for each new order.",
    )
    pending_alert_minutes = fields.Integer(
        "Remind After (minutes)",
        required=True,
        default=0,
        help="An order that nobody has confirmed or cancelled for so long is put on the list of "
        "things to do of its salesperson, or of those who are told about new orders. 0 never "
        "reminds.",
    )
    pending_escalation_minutes = fields.Integer(
        "Then Call Managers After (minutes)",
        required=True,
        default=0,
        help="So long after the reminder, an order that still waits is put on the managers' lists. "
        "0 never calls them.",
    )

    _sql_constraints = [
        (
            "pending_minutes_limits",
            "check (pending_alert_minutes between 0 and 100000 "
            "and pending_escalation_minutes between 0 and 100000)",
            "Reminders about orders: enter 0 to 100000 minutes.",
        ),
    ]

    @api.constrains("notify_user_ids")
    def _check_notify_user_ids(self):
        for config in self:
            strangers = config.notify_user_ids.filtered("share")
            if strangers:
                raise ValidationError(
                    _("Only your own staff can be told about orders: %s", strangers[0].name)
                )
