# The connection of a config: what may stand in its header, its states, its test. The token has a
# file of its own, marketplace_config_token.py, and so has a change of what was tested.
from odoo import _, api, models
from odoo.exceptions import UserError, ValidationError

from ..compat import check_access
from ..const import STATE_TRANSITIONS
from ..exceptions import MarketplaceError
from ..utils.headers import is_header_name, is_taken
from ..utils.transitions import may_follow


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_state_untouched("draft", vals.get("state", "draft"))
        # said aloud, or a default from somewhere else could say another
        return super().create([{**vals, "state": "draft"} for vals in vals_list])

    def write(self, vals):
        for config in self if "state" in vals else ():
            self._check_state_untouched(config.state, vals["state"])
        return super().write(vals)

    @api.model
    def _check_state_untouched(self, now, wanted):
        """Only what the buttons do changes a state: an import could go live without a test."""
        if now != wanted:
            raise UserError(
                _(
                    "The state of a connection can't be entered. Use the buttons: test the "
                    "connection first, then go live."
                )
            )

    @api.constrains("auth_header")
    def _check_auth_header(self):
        for config in self:
            if not is_header_name(config.auth_header):
                raise ValidationError(
                    _(
                        "A header's name has letters and digits, and single hyphens between them: "
                        "%s",
                        config.auth_header or "",
                    )
                )
            if is_taken(config.auth_header):
                raise ValidationError(
                    _(
                        "The header %s has a meaning of its own, so it can't carry the token. "
                        "Enter the name that the marketplace gives, or Authorization.",
                        config.auth_header,
                    )
                )

    @api.constrains("name")
    def _check_name(self):
        if not all((config.name or "").strip() for config in self):
            raise ValidationError(
                _("Give the connection a name, for example the one of your account.")
            )

    def action_test_connection(self):
        """Ask the marketplace for something small, and say in plain words what came of it."""
        self.ensure_one()
        self._check_may_set_up()
        adapter = self.env["marketplace.adapter"]._for(self)
        api_client = self.env["marketplace.api"]
        try:
            answer = api_client._send(self, adapter._build_connection_test(self), records=self)
            adapter._parse_connection_test(answer)
        except MarketplaceError as error:
            return self._notify("danger", _("Not connected"), api_client._explain(error.code))
        if self.state == "draft":
            self._set_state("connected")
        return self._notify("success", _("Connected"), _("The marketplace accepts the token."))

    def action_go_live(self):
        """Let prices, stock, orders and statuses flow."""
        self._check_may_set_up()
        for config in self:
            if config.state == "draft":
                raise UserError(_("Test the connection first: nothing can flow without it."))
            config._set_state("live")
        return True

    def action_pause(self):
        """Hold everything back until somebody goes live again; nothing is lost meanwhile."""
        self._check_may_set_up()
        for config in self:
            config._set_state("paused")
        return True

    def action_reset_to_draft(self):
        """Back to the beginning: the connection must be tested again."""
        self._check_may_set_up()
        for config in self:
            config._set_state("draft")
        return True

    def _check_may_set_up(self):
        """A button is a public method: whoever may not write must not set anything off by it."""
        check_access(self, "write")

    def _set_state(self, state):
        self.ensure_one()
        if not may_follow(STATE_TRANSITIONS, self.state, state):
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                _(
                    "A connection that is %(now)s can't become %(wanted)s.",
                    now=labels[self.state],
                    wanted=labels[state],
                )
            )
        # past our own write, which would refuse it
        return super().write({"state": state})  # pylint: disable=super-method-mismatch

    @api.model
    def _notify(self, kind, title, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "title": title,
                "message": message,
                "sticky": kind == "danger",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
