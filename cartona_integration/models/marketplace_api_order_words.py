# What the codes on a sales order mean, said to the person who opens it: why it waits, and what to
# do next; and those of events that ask for something on a sales order which only people can do.
from odoo import _, api, models


class MarketplaceApi(models.AbstractModel):
    _inherit = "marketplace.api"

    @api.model
    def _get_explanations(self):
        return (
            super()._get_explanations()
            | self._get_hold_explanations()
            | self._get_change_explanations()
        )

    @api.model
    def _get_hold_explanations(self):
        return {
            "editing": _(
                "The customer is changing this order on the marketplace. Wait until that is done: "
                "the order follows by itself."
            ),
            "newer_version": _(
                "The marketplace has told more of this order, which is not taken in yet. It "
                "stands in the inbox."
            ),
            "confirm_failed": _(
                "It was to be confirmed by itself, and Odoo refused. The reason stands among the "
                "order's messages: mend it, then confirm the order."
            ),
            "already_delivered": _(
                "The marketplace says that the customer has the goods already, so it was not "
                "confirmed by itself. Confirm it if its goods are to be taken from your stock, "
                "and validate its transfer; else cancel it, or press Release."
            ),
            "called_off": _(
                "The order was cancelled or returned on the marketplace, and its open transfers "
                "are cancelled, so that nothing more leaves. Take back what has left, reverse what "
                "is invoiced, and cancel the order; or press Release once that is settled."
            ),
            "put_back": _(
                "The order is cancelled, and goods for it have been taken from their shelves. Put "
                "them back, then press Release."
            ),
        }

    @api.model
    def _get_change_explanations(self):
        return {
            "changed_after_confirmation": _(
                "The customer changed the order, and its goods have been picked or invoiced "
                "already; the details say what changed. Change the sales order by hand if you can, "
                "or call the customer; then ignore this: it counts as done, and the amounts of "
                "money that were told are taken over."
            ),
            "cancelled_here": _(
                "The sales order is cancelled in Odoo, and the marketplace goes on with the order. "
                "Cancel it on the marketplace, too, or set the sales order back to quotation and "
                "replay this."
            ),
            "cancel_failed": _(
                "The order is cancelled on the marketplace, and Odoo does not let go of the "
                "transfers or invoices in the details. Cancel them by hand, then replay this."
            ),
        }
