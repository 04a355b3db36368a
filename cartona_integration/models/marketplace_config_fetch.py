# What a manager can have fetched by hand: everything since a day, or one order. Entered by the
# dialog wizards/marketplace_fetch.py and by an event's button.
import math

from odoo import _, fields, models
from odoo.exceptions import UserError

from ..exceptions import MarketplaceError, RateLimited

# What marketplaces answer that don't know the order, or can't tell about a single one.
_NO_SUCH_ORDER = ("not_found", "rejected", "unexpected")


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    def action_open_fetch(self):
        """Ask what to fetch."""
        self.ensure_one()
        self._check_may_set_up()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cartona_integration.action_marketplace_fetch"
        )
        return action | {"context": {"default_config_id": self.id}}

    def action_fetch_since(self, since):
        """Ask for all orders since a day, those that were settled long ago included.

        :param since: a date, or its text
        """
        self._check_may_fetch()
        day = fields.Date.to_date(since)
        if not day or day > fields.Date.context_today(self):
            raise UserError(_("Choose a day that has begun already."))
        poller = self._get_poller()
        self.env["marketplace.poll"].sudo()._delay(poller, since=day.isoformat())
        return self._notify(
            "success",
            _("On its way"),
            _(
                "The marketplace is being asked for its orders since %s. Those that are here "
                "already stay as they are.",
                fields.Date.to_string(day),
            ),
        )

    def action_fetch_order(self, remote_id):
        """Read one order as the marketplace has it now, and show what has arrived of it.

        :param remote_id: what the marketplace calls the order
        """
        self._check_may_fetch()
        remote_id = str(remote_id or "").strip()
        if not remote_id:
            raise UserError(_("Enter the order's number as the marketplace shows it."))
        try:
            self.env["marketplace.poll"].sudo()._read_one(self, remote_id)
        except MarketplaceError as error:
            raise UserError(self._explain_unread(error, remote_id)) from error
        return self._open_events(remote_id)

    def _explain_unread(self, error, remote_id):
        """Why an order could not be read, and what to do."""
        if isinstance(error, RateLimited):
            return _(
                "The marketplace asked us to wait. Fetch the order again in %s seconds.",
                math.ceil(error.retry_after),
            )
        if error.code in _NO_SUCH_ORDER:
            return _(
                "The marketplace says nothing about an order %s. Compare the number with the "
                "marketplace. Not every marketplace tells about a single order: fetch all "
                "orders since a day instead.",
                remote_id,
            )
        return self.env["marketplace.api"]._explain(error.code)

    def _check_may_fetch(self):
        self.ensure_one()
        self._check_may_set_up()
        if not self.is_taking_orders:
            raise UserError(
                _("The connection %s takes no orders in. Go live, and set Orders.", self.name)
            )

    def _open_events(self, remote_id):
        """The events of one order, whichever of the token's connections they are for."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cartona_integration.action_marketplace_inbox"
        )
        return action | {
            "name": _("Order %s", remote_id),
            "domain": [
                ("config_id", "in", self.sudo()._get_accounts().ids),
                ("remote_id", "=", remote_id),
            ],
            "context": {},
        }
