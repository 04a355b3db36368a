# What becomes of a sales order when the marketplace tells another status or other content of it:
# the steps of utils/order_steps.py, by Odoo's own actions, each looked at afterwards. Called by the
# order writer. What only a person can decide is raised, so that nothing is left half done; a
# cancelled order is cancelled as far as that can be done, in marketplace_order_cancellation.py.
from odoo import api, models

from ..exceptions import Unusable
from ..utils import order_steps as steps
from .marketplace_order_people import UNANSWERED

QUOTATION = ("draft", "sent")
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
        cancellation = self.env["marketplace.order.cancellation"]
        if step == steps.CANCEL:
            cancellation._cancel(order)
        elif step == steps.CALL_OFF:
            cancellation._call_off(order)
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
    def _note_dealt_with(self, event):
        """A person has done by hand what an event asks for: the order is as the marketplace says,
        so that what follows is not taken for news. What people can't write is written here, and
        whatever he has left out is found."""
        config = event.config_id
        known = self.env["marketplace.order"]._find(config, event.remote_id)
        remote = self.env["marketplace.order.processor"]._parse(config, event)
        order = known.order_id
        if not order or known._is_further_than(remote.status):
            return
        event.write({"status": remote.status, "digest": remote.digest})
        known._note_applied(config, remote, order)
        values = self.env["marketplace.order.facts"]._get_values(config, remote, order)
        if remote.digest:
            customers = self.env["marketplace.customer"]
            values["told_address"] = customers._word_address(remote.customer)
        order.write(values)
        is_edited = bool(remote.digest)
        self.env["marketplace.order.holds"]._refresh(config, order, remote, is_edited)
