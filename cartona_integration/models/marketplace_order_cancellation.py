# An order that is off: it is cancelled as Odoo cancels it. Where goods have left, an invoice is
# posted, or Odoo or another app refuses, it is called off: nothing more leaves, and a person is
# asked to take back what is out. Called by marketplace.order.changes, the writer and the holds.
from odoo import _, api, models
from odoo.exceptions import UserError

from ..const import CANCELLED_STATUSES
from ..exceptions import Unusable

OVER = ("done", "cancel")


class MarketplaceOrderCancellation(models.AbstractModel):
    _name = "marketplace.order.cancellation"
    _description = "Marketplace Order Cancellation"

    @api.model
    def _cancel(self, order):
        """:raise Unusable: something could still leave"""
        if order.state == "cancel":
            return
        refusal = self._try_to_cancel(order)
        if refusal:
            order.message_post(
                body=_("It could not be cancelled by itself: %s", refusal),
                subtype_xmlid="mail.mt_note",
            )
        if order.state != "cancel":
            self._call_off(order)
        self._check_stopped(order)

    @api.model
    def _try_to_cancel(self, order):
        """:return: why Odoo, or another app, does not want it; "" where it has been asked"""
        try:
            with self.env.cr.savepoint():
                if order.locked:
                    order.action_unlock()
                # it would ask people whether to write an e-mail; nobody is there to answer
                order.with_context(disable_cancel_warning=True).action_cancel()
                self.env.flush_all()
        except UserError as error:
            return str(error)
        return ""

    @api.model
    def _call_off(self, order):
        """Nothing more of the order leaves, and nothing more of it is invoiced.

        :raise Unusable: something could still leave
        """
        self._get_open_transfers(order).action_cancel()
        self._get_drafts(order).button_cancel()
        self.env.flush_all()
        self._check_stopped(order)

    @api.model
    def _check_stopped(self, order):
        left = [
            *self._get_open_transfers(order).mapped("name"),
            *self._get_drafts(order).mapped("display_name"),
        ]
        if left:
            raise Unusable("cancel_failed", ", ".join(left), record=order)

    @api.model
    def _get_open_transfers(self, order):
        """Those by which goods of the order may yet leave, not those that bring goods back."""
        return order.picking_ids.filtered(
            lambda picking: (
                picking.state not in OVER
                and picking.location_id.usage != "customer"
                and not picking.move_ids.origin_returned_move_id
            )
        )

    @api.model
    def _get_drafts(self, order):
        return order.invoice_ids.filtered(
            lambda invoice: invoice.state == "draft" and invoice.move_type == "out_invoice"
        )

    @api.model
    def _is_called_off(self, order):
        return order.state != "cancel" and order.marketplace_status in CANCELLED_STATUSES

    @api.model
    def _get_out(self, order):
        """What only a person can take back: transfers and invoices, by name."""
        changes = self.env["marketplace.order.changes"]
        transfers, invoices = changes._get_left(order), changes._get_posted(order)
        return ", ".join([*transfers.mapped("name"), *invoices.mapped("name")])

    @api.model
    def _get_to_put_back(self, order):
        """The transfers of such an order by which goods were taken from their shelves that have not
        left."""
        return order.picking_ids.filtered(
            lambda picking: (
                picking.state == "done"
                and picking.location_dest_id.usage == "internal"
                and picking.location_id.usage == "internal"
                and any(self._is_left_here(move) for move in picking.move_ids)
            )
        )

    @api.model
    def _is_left_here(self, move):
        """Whether more was taken by a move than has gone on from where it was put."""
        later = move.move_dest_ids.filtered(lambda one: one.state == "done")
        return move.state == "done" and _count(move) > sum(_count(one) for one in later)


def _count(move):
    return move.product_uom._compute_quantity(move.quantity, move.product_id.uom_id)
