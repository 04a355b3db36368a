# Several accounts under one token: which of them an order is for. Asked by the inbox for each event
# and by the poll, which asks the marketplace once for all of them.
from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ..const import NOT_TAKEN
from .secret_store import find_sharing


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    is_taking_orders = fields.Boolean(compute="_compute_is_taking_orders")

    @api.depends("active", "state", "order_mode")
    def _compute_is_taking_orders(self):
        for config in self:
            config.is_taking_orders = (
                config.active and config.state == "live" and config.order_mode != "off"
            )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([_without_blanks(vals) for vals in vals_list])

    def write(self, vals):
        result = super().write(_without_blanks(vals))
        if vals.get("order_mode") == "live":
            self._reopen_not_taken()
        return result

    def _set_state(self, state):
        result = super()._set_state(state)
        if state == "live":
            self._take_in_what_waits()
        return result

    def _take_in_what_waits(self):
        """What arrived while nothing was taken in, and what has not arrived yet."""
        waiting = [("config_id", "in", self.ids), ("state", "=", "received")]
        self.env["marketplace.inbox"].sudo().search(waiting)._wake()
        for config in self:
            self.env["marketplace.poll"].sudo()._ask_soon(config)

    def _reopen_not_taken(self):
        """Orders are taken in again: begin with those that came meanwhile."""
        held = [
            ("config_id", "in", self.ids),
            ("state", "=", "held"),
            ("cause_code", "in", list(NOT_TAKEN.values())),
        ]
        for event in self.env["marketplace.inbox"].sudo().search(held):
            event._set_state("received")
        self._take_in_what_waits()

    def action_pull_orders(self):
        """Ask the marketplace for its new and changed orders now."""
        self._check_may_set_up()
        for config in self:
            if not config.is_taking_orders:
                raise UserError(
                    _("The connection %s takes no orders in. Go live, and set Orders.", config.name)
                )
            self.env["marketplace.poll"].sudo()._delay(config._get_poller())
        return self._notify(
            "success", _("On its way"), _("The marketplace is being asked for its orders.")
        )

    def _get_poller(self):
        """The connection that asks for all accounts of the token; none where none takes orders."""
        return self.sudo()._get_accounts().filtered("is_taking_orders")[:1]

    def _get_accounts(self):
        """The connections that use this one's token, itself among them, the eldest first."""
        self.ensure_one()
        return self.browse(sorted({self.id, *find_sharing(self)}))

    def _may_be_own(self, supplier_code):
        """Whether what carries this code, "" where it carries none, may be this account's."""
        return not (supplier_code and self.supplier_code) or supplier_code == self.supplier_code

    def _find_account(self, supplier_code, remote_id=""):
        """Whose order it is, among those that use this connection's token.

        :param supplier_code: what the order says, "" where it doesn't
        :param remote_id: the order, which may be known already
        :return: the connection; none where nobody can say
        """
        accounts = self._get_accounts()
        if len(accounts) == 1 and not (supplier_code and self.supplier_code):
            return self
        # where it is already, it stays: in another account it would come in a second time
        domain = [("config_id", "in", accounts.ids), ("remote_id", "=", remote_id)]
        known = self.env["marketplace.order"].search(domain, limit=2)._get_only_account()
        if known or not supplier_code:
            return known
        fitting = accounts.filtered(lambda account: account.supplier_code == supplier_code)
        return fitting if len(fitting) == 1 else self.browse()


def _without_blanks(vals):
    """A blank that nobody sees would make the code another one."""
    code = vals.get("supplier_code")
    return vals | {"supplier_code": code.strip()} if code else vals
