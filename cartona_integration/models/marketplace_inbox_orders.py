# What events that could not be taken in mean for the sales order that is here already: as long as
# one waits, the order may not be what the customer wants any more, and is held. Called whenever an
# event moves on.
from odoo import api, fields, models

from ..const import TWO_VERSIONS, UNDECIDED_CODE
from .marketplace_order_holds import NEWER_VERSION, split

# A person carries these out by hand, and ignores them then.
BY_HAND = {"cancel_failed", "cancelled_here", "changed_after_confirmation"}


class MarketplaceInbox(models.Model):
    _inherit = "marketplace.inbox"

    is_reopened = fields.Boolean(
        help="It waited, and is being dealt with again: its order is held until it has been."
    )
    is_released = fields.Boolean(
        copy=False, help="Somebody who had seen it has released its order all the same."
    )

    def _set_state(self, state, cause_code=False, cause_detail=False, **values):
        was_untaken = self._is_untaken()
        is_reopened = state == "received" and was_untaken
        if is_reopened != self.is_reopened:
            values["is_reopened"] = is_reopened
        if state == "quarantined" and not self.is_released and self._was_released():
            values["is_released"] = True
        elif state == "done" and self.is_released:
            values["is_released"] = False
        result = super()._set_state(state, cause_code, cause_detail, **values)
        if state != "received" and (was_untaken or self._is_untaken() or self._is_holding()):
            self.env["marketplace.order.holds"]._follow_inbox(self)
        return result

    def _is_untaken(self):
        undecided = self.cause_code in (UNDECIDED_CODE, TWO_VERSIONS)
        is_waiting = self.state == "quarantined" or (self.state == "held" and undecided)
        return is_waiting or self.is_reopened

    def _was_released(self):
        """Whether the order was released although the same had arrived before."""
        same = [("fingerprint", "=", self.fingerprint), ("is_released", "=", True)]
        return bool(self.search_count([*self._get_order_domain(), *same], limit=1))

    def _is_holding(self):
        """Whether its order was held for it, or for another one."""
        return NEWER_VERSION in split(self.order_id.marketplace_holds)

    @api.model
    def _find_untaken(self, config, remote_id):
        """The events of an order that say something newer of it, perhaps, and wait."""
        return self.search(
            [
                ("config_id", "=", config.id),
                ("remote_id", "=", remote_id),
                ("is_released", "=", False),
                "|",
                "|",
                ("state", "=", "quarantined"),
                "&",
                ("state", "=", "received"),
                ("is_reopened", "=", True),
                "&",
                ("state", "=", "held"),
                ("cause_code", "in", (UNDECIDED_CODE, TWO_VERSIONS)),
            ]
        )

    def action_ignore(self):
        """Do nothing with these events; what they ask for on a sales order was done by hand."""
        for event in self._get_decidable():
            if event.state == "quarantined" and event.cause_code in BY_HAND:
                self.env["marketplace.order.changes"].sudo()._note_dealt_with(event)
        return super().action_ignore()
