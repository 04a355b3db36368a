# What holds an order of a marketplace, as people see it: a banner in words, the button Release, and
# no confirmation on any road while it is held. The rules lie in marketplace_order_holds.py.
from odoo import _, api, fields, models
from odoo.exceptions import AccessError

from ..compat import check_access, is_locking_confirmed
from .marketplace_order_people import (
    TO_LOOK_AT,
    UNANSWERED,
    get_customers,
    leave_out,
    without_followers,
)

# Written by the engine, and by the button alone.
GUARDED = {"marketplace_holds", "marketplace_released"}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    marketplace_released = fields.Char(
        readonly=True, copy=False, help="What people have taken on themselves: codes, by commas."
    )
    marketplace_hold_reason = fields.Text(
        "Why It Waits", compute="_compute_marketplace_hold_reason", compute_sudo=True
    )
    is_hold_releasable = fields.Boolean(
        compute="_compute_marketplace_hold_reason", compute_sudo=True
    )

    @api.depends("marketplace_holds")
    @api.depends_context("lang")
    def _compute_marketplace_hold_reason(self):
        holds = self.env["marketplace.order.holds"]
        for order in self:
            reasons = holds._explain(order) if order.marketplace_holds else []
            order.marketplace_hold_reason = "\n".join(reasons)
            order.is_hold_releasable = holds._is_releasable(order)

    def action_release_hold(self):
        """Take what holds these orders on oneself; they can be confirmed then."""
        check_access(self, "write")
        self.env["marketplace.order.holds"].sudo()._release(self.sudo())
        return True

    def action_open_untaken(self):
        """Show what the marketplace has told of the order and is not taken in yet."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cartona_integration.action_marketplace_inbox"
        )
        domain = [
            ("config_id", "=", self.marketplace_config_id.id),
            ("remote_id", "=", self.cartona_id),
        ]
        return action | {"domain": domain, "context": {"search_default_attention": True}}

    def action_confirm(self):
        self._check_not_held()
        return super(SaleOrder, without_followers(self, get_customers(self))).action_confirm()

    def _check_not_held(self):
        """:raise UserError: nobody may confirm one of them now"""
        for order in self.filtered("marketplace_holds"):
            self.env["marketplace.order.holds"].sudo()._check(order.sudo())

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Odoo has customers follow their orders once they are confirmed, and writes to them from
        then on; the marketplace's customers hear from the marketplace."""
        return super().message_subscribe(leave_out(self, partner_ids), subtype_ids)

    def _should_be_locked(self):
        """Odoo asks whether who made the order locks confirmed ones; nobody has made this one."""
        if self.marketplace_config_id:
            return is_locking_confirmed(self.env)
        return super()._should_be_locked()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_may_hold(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_may_hold(vals)
        result = super().write(vals)
        if vals.get("state") in ("sale", "cancel"):
            self.filtered("marketplace_config_id").sudo()._settle_marketplace_asks()
        return result

    def _check_may_hold(self, vals):
        if GUARDED & vals.keys() and not self.env.su:
            raise AccessError(_("What holds an order can only be released by its button."))

    def _settle_marketplace_asks(self):
        """Somebody has decided about these orders: nobody is asked about them any more."""
        for order in self:
            if order.marketplace_holds:
                order.marketplace_holds = False
        self.env["marketplace.order.people"]._settle(self, [TO_LOOK_AT, *UNANSWERED])
