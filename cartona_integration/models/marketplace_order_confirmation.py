# When an order is confirmed by itself: where the marketplace says that it has been accepted, or
# where the connection's policy wants it; never while anything holds it. Called by the order writer,
# and whenever a hold ends. What Odoo refuses stays a quotation and is shown to people: no order is
# lost by it.
import logging

import psycopg2

from odoo import _, api, models
from odoo.exceptions import RedirectWarning, UserError

from ..unforeseen import UNFORESEEN
from .marketplace_order_holds import CONFIRM_FAILED
from .marketplace_order_writer import QUIET

_logger = logging.getLogger(__name__)

# The marketplace says that the customer can count on it.
ACCEPTED = ("approved", "assigned_to_salesman")


class MarketplaceOrderConfirmation(models.AbstractModel):
    _name = "marketplace.order.confirmation"
    _description = "Marketplace Order Confirmation"

    @api.model
    def _confirm_as_wanted(self, order, *, is_wanted=False):
        """Confirm an order by itself, if that is wanted and nothing holds it.

        :param is_wanted: whatever the connection's policy is
        """
        if not self.env["marketplace.order.holds"]._is_confirmable(order):
            return
        if is_wanted or self._is_wanted(order):
            self._confirm(order)

    @api.model
    def _is_wanted(self, order):
        if order.marketplace_status in ACCEPTED:
            return True
        # one that was delivered before it came here takes nothing any more
        if order.marketplace_status != "pending":
            return False
        policy = order.marketplace_config_id.confirm_policy
        return policy == "always" or (policy == "if_in_stock" and self._is_in_stock(order))

    @api.model
    def _confirm(self, order):
        """Confirm it as people would; what Odoo or another app refuses is theirs to mend."""
        order = order.with_company(order.company_id).with_context(**QUIET)
        try:
            with self.env.cr.savepoint():
                order.action_confirm()
                self.env.flush_all()
                if order.state != "sale":
                    raise UserError(_("Odoo asks a question first."))
            return
        except (UserError, RedirectWarning) as error:
            reason = str(error.args[0] if error.args else error)
        except (psycopg2.IntegrityError, *UNFORESEEN) as error:
            _logger.exception("Order %s can't be confirmed", order.id)
            reason = f"{type(error).__name__}: {error}"
        order.message_post(
            body=_("It could not be confirmed by itself: %s", reason), subtype_xmlid="mail.mt_note"
        )
        self.env["marketplace.order.holds"]._add(order, CONFIRM_FAILED)

    @api.model
    def _is_in_stock(self, order):
        """Whether the order's warehouse has all of it, once everything is taken off that has been
        promised to others, and to older quotations that can be served, too."""
        stock = self.env["marketplace.order.stock"]
        return order.id in stock._find_served(order.company_id, order.warehouse_id, upto=order)
