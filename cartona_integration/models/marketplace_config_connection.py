# The connection of a config: what may stand in its address and token, its states, its test.
import re

from odoo import _, api, models
from odoo.exceptions import UserError, ValidationError

from ..compat import check_access
from ..const import STATE_TRANSITIONS
from ..exceptions import MarketplaceError
from ..utils.addresses import AddressError, check_base_url, origin
from ..utils.redaction_filter import redacting_filter
from ..utils.transitions import may_follow

_HEADER_NAME = re.compile(r"[A-Za-z0-9-]+")
# Long enough not to be an everyday word, and the same in JSON as on the wire, so that it can be
# found and masked wherever it turns up.
_TOKEN = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]{6,}")
_SECRET_FIELDS = ("auth_token", "webhook_token")


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._clean_secrets(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._clean_secrets(vals)
        if "api_base_url" in vals:
            self._check_token_reentered(vals)
        return super().write(vals)

    @api.model
    def _clean_secrets(self, vals):
        """Pasted secrets lose their blanks, and no log line of this process shows them."""
        for name in _SECRET_FIELDS:
            if isinstance(vals.get(name), str):
                vals[name] = vals[name].strip()
                redacting_filter.protect(vals[name])

    def _check_token_reentered(self, vals):
        """A token belongs to one server: it must not follow the address to another."""
        if vals.get("auth_token"):
            return
        for config in self.sudo():
            if config.auth_token and origin(config.api_base_url) != origin(vals["api_base_url"]):
                raise ValidationError(
                    _(
                        "The API address leads to another server. Enter the token again, so that "
                        "it is never sent to a server that it was not meant for."
                    )
                )

    @api.onchange("api_base_url")
    def _onchange_api_base_url(self):
        if self._origin and origin(self.api_base_url) != origin(self._origin.api_base_url):
            self.auth_token = False

    @api.constrains("api_base_url")
    def _check_api_base_url(self):
        api_client = self.env["marketplace.api"]
        for config in self:
            try:
                check_base_url(config.api_base_url, api_client._get_trusted_hosts())
            except AddressError as error:
                raise ValidationError(api_client._explain(f"address_{error.code}")) from error

    @api.constrains("auth_token", "state")
    def _check_auth_token(self):
        for config in self.sudo():
            token = config.auth_token
            if not token and config.state != "draft":
                raise ValidationError(self.env["marketplace.api"]._explain("no_token"))
            if token and not _TOKEN.fullmatch(token):
                raise ValidationError(
                    _(
                        "The token has blanks or letters in it that no token has. Copy it again "
                        "from the marketplace."
                    )
                )

    @api.constrains("auth_header")
    def _check_auth_header(self):
        for config in self:
            if not _HEADER_NAME.fullmatch(config.auth_header):
                raise ValidationError(
                    _(
                        "A header's name has only letters, digits and hyphens: %s",
                        config.auth_header,
                    )
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
        self.write({"state": state})

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
