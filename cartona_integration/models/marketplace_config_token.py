# The token of a config, which goes in and never comes out: people see a mask, marketplace.api alone
# reads what lies behind it (secret_store.py).
import re

from odoo import _, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..utils.addresses import origin
from ..utils.redact import MASK
from ..utils.redaction_filter import SHORTEST_SECRET, redacting_filter
from .marketplace_config import MANAGER
from .secret_store import find_secrets, prepare_columns, write_secret

# What a header carries as it is, and JSON need not escape; those who escape more than they need are
# met where secrets are masked (redact.py). What is left of a mask is no token either.
_TOKEN = re.compile(r"(?!.*\*{3})[\x21\x23-\x5b\x5d-\x7e]+")
_SECRET_FIELDS = (
    "auth_token",
    "webhook_token",
    "webhook_token_previous",
    "webhook_signing_secret",
    "webhook_signing_secret_previous",
)


def _clean_secrets(vals):
    """:return: the values, with pasted secrets freed of blanks and hidden from every log line"""
    secrets = {
        name: vals[name].strip() for name in _SECRET_FIELDS if isinstance(vals.get(name), str)
    }
    if "auth_token" in secrets:
        secrets["auth_token"] = _get_typed(secrets["auth_token"])
    redacting_filter.protect(*(set(secrets.values()) - {MASK}))
    return vals | secrets


def _get_typed(token):
    """What was typed, also by somebody who did not empty the field of its mask first."""
    if token == MASK:
        return token
    return token.removeprefix(MASK) if token.startswith(MASK) else token.removesuffix(MASK)


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    auth_token = fields.Char(
        "Token",
        compute="_compute_auth_token",
        inverse="_inverse_auth_token",
        search="_search_auth_token",
        groups=MANAGER,
        copy=False,
        help="The marketplace gives it to you. Once it is saved, nobody can read it here any more; "
        "type another one to replace it.",
    )

    def init(self):
        prepare_columns(self.env.cr)

    def _compute_auth_token(self):
        with_token = find_secrets(self._origin)
        for config in self:
            config.auth_token = config._origin.id in with_token and MASK

    @api.model
    def _search_auth_token(self, _operator, _value):
        raise UserError(_("Nobody can search by tokens: they are not kept where Odoo looks."))

    def _inverse_auth_token(self):
        for config in self:
            token = config.auth_token
            if token == MASK:
                continue
            if token and len(token) < SHORTEST_SECRET:
                raise ValidationError(
                    _(
                        "The token is too short: it has at least %s characters. Empty the field "
                        "and copy the token again from the marketplace, from its first letter to "
                        "its last.",
                        SHORTEST_SECRET,
                    )
                )
            if token and not _TOKEN.fullmatch(token):
                raise ValidationError(
                    _(
                        "The token has blanks or letters in it that no token has. Empty the field "
                        "and copy the token again from the marketplace."
                    )
                )
            write_secret(config, token)
            # only the cache: Odoo is in the midst of writing this field
            config.auth_token = token and MASK

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([_clean_secrets(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(_clean_secrets(vals))

    def _check_token_reentered(self, address):
        """A token belongs to one server: it must not follow the address to another."""
        for config in self.browse(find_secrets(self)).sudo():
            if origin(config.api_base_url) != origin(address):
                raise ValidationError(
                    _(
                        "The API address leads to another server. Enter the token again, so that "
                        "it is never sent to a server that it was not meant for."
                    )
                )

    @api.onchange("api_base_url")
    def _onchange_api_base_url(self):
        if not self._origin:
            return
        if origin(self.api_base_url) == origin(self._origin.api_base_url):
            self.auth_token = self.auth_token or self._origin.auth_token
        elif self.auth_token == MASK:
            self.auth_token = False
