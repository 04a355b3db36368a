# What becomes of a sales order when the marketplace tells another status or other content of it:
# the steps of utils/order_steps.py, by Odoo's own actions, each looked at afterwards. Called by the
# order writer. Whatever can't be done by itself is raised, so that nothing is left half done.
from odoo import api, models

from ..exceptions import Unusable
from ..utils import order_steps as steps
from .marketplace_order_people import UNANSWERED

QUOTATION = ("draft", "sent")
OVER = ("done", "cancel")
UNANSWERED_STATUSES = ("pending", "editing")


class MarketplaceOrderChanges(models.AbstractModel):
    _name = "marketplace.order.changes"
    _description = "Marketplace Order Changes"

    @api.model
    def _apply(self, config, order, remote, is_edited):
        """:return: whether the order is to be confirmed now, if nothing holds it
        :raise Unusable: a person has to decide
        """
        stage = self._get_stage(order)
        step = steps.STEPS[remote.status][stage]
        if step == steps.REVIVED:
            raise Unusable("cancelled_here", remote.status, record=order)
        if step == steps.ASK:
            raise Unusable("cancelled_after_confirmation", self._word_gone(order), record=order)
        if step == steps.CANCEL:
            self._cancel(order)
        elif is_edited and stage != steps.CANCELLED:
            self.env["marketplace.order.edits"]._apply(config, order, remote, stage)
        order.write(self.env["marketplace.order.facts"]._get_values(config, remote, order))
        if remote.status not in UNANSWERED_STATUSES:
            people = self.env["marketplace.order.people"]
            people._settle(order, UNANSWERED)
        return step == steps.CONFIRM

    @api.model
    def _get_stage(self, order):
        """:return: how far the order has come here"""
        if order.state == "cancel":
            return steps.CANCELLED
        if order.state in QUOTATION:
            return steps.QUOTATION
        if self._get_posted(order):
            return steps.INVOICED
        if self._get_left(order) or any(line.qty_delivered for line in order.order_line):
            return steps.SHIPPED
        moves = order.picking_ids.move_ids.filtered(lambda move: move.state != "cancel")
        is_taken = any(move.state == "done" or move.picked for move in moves)
        return steps.PICKING if is_taken else steps.CONFIRMED

    @api.model
    def _get_posted(self, order):
        return order.invoice_ids.filtered(lambda invoice: invoice.state == "posted")

    @api.model
    def _get_left(self, order):
        """The transfers by which goods have left for the customer."""
        return order.picking_ids.filtered(
            lambda picking: picking.state == "done" and picking.location_dest_id.usage == "customer"
        )

    @api.model
    def _word_gone(self, order):
        """What only a person can take back."""
        names = [*self._get_left(order).mapped("name"), *self._get_posted(order).mapped("name")]
        return ", ".join(names)

    @api.model
    def _cancel(self, order):
        """:raise Unusable: Odoo has not done it, or only a part of it"""
        if order.state == "cancel":
            return
        if order.locked:
            order.action_unlock()
        # it would ask people whether to write an e-mail; nobody is there to answer
        order.with_context(disable_cancel_warning=True).action_cancel()
        self.env.flush_all()
        if order.state != "cancel" or self._get_open(order):
            raise Unusable("cancel_failed", self._get_open(order), record=order)

    @api.model
    def _get_open(self, order):
        """What a cancelled order must not leave behind, in words."""
        transfers = order.picking_ids.filtered(lambda picking: picking.state not in OVER)
        drafts = order.invoice_ids.filtered(lambda invoice: invoice.state == "draft")
        return ", ".join([*transfers.mapped("name"), *drafts.mapped("display_name")])

    @api.model
    def _get_to_put_back(self, order):
        """The transfers of a cancelled order by which goods were taken from their shelves."""
        return order.picking_ids.filtered(
            lambda picking: (
                picking.state == "done"
                and picking.location_dest_id.usage == "internal"
                and picking.location_id.usage == "internal"
            )
        )

    @api.model
    def _note_dealt_with(self, event):
        """A person has done by hand what an event asks for: the order is as the marketplace says,
        so that what follows is not taken for news."""
        known = self.env["marketplace.order"]._find(event.config_id, event.remote_id)
        remote = self.env["marketplace.order.processor"]._parse(event.config_id, event)
        if known.order_id and not known._is_further_than(remote.status):
            known._note_applied(event.config_id, remote, known.order_id)
            known.order_id.marketplace_status = remote.status
