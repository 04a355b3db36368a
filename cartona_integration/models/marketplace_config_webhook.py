# The webhooks of a config: who may send them, what they are signed with, how one secret follows
# another. Asked by the controller.
import hmac
import re
import secrets
import time
from datetime import timedelta

from odoo import _, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_datetime

from ..utils.redaction_filter import SHORTEST_SECRET, redacting_filter
from ..utils.signature import is_signed
from .marketplace_config import MANAGER

OVERLAP = timedelta(hours=24)
_KEY = re.compile(r"[0-9A-Za-z_-]{1,64}")
# What the controller needs of a connection, read in one query.
_NEEDED = (
    "webhook_token",
    "webhook_token_previous",
    "webhook_signing",
    "webhook_signing_secret",
    "webhook_signing_secret_previous",
    "webhook_previous_until",
    "platform",
    "company_id",
    "supplier_code",
)


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    webhook_signing_secret = fields.Char(
        "Signing Secret",
        groups=MANAGER,
        copy=False,
        default=lambda self: secrets.token_urlsafe(32),
        help="The marketplace signs every webhook with it, where webhooks are signed.",
    )
    webhook_token_previous = fields.Char("Old Webhook Secret", groups=MANAGER, copy=False)
    webhook_signing_secret_previous = fields.Char("Old Signing Secret", groups=MANAGER, copy=False)
    webhook_previous_until = fields.Datetime(
        "Old Secrets Valid Until", groups=MANAGER, copy=False, readonly=True
    )

    @api.constrains("webhook_token", "webhook_signing_secret")
    def _check_length_of_webhook_secrets(self):
        for secret in self.mapped("webhook_token") + self.mapped("webhook_signing_secret"):
            if secret and len(secret) < SHORTEST_SECRET:
                raise ValidationError(
                    _(
                        "The secret is too short: it has at least %s characters. Enter a longer "
                        "one, or make one with the button New webhook secret.",
                        SHORTEST_SECRET,
                    )
                )

    @api.constrains("webhook_token", "webhook_token_previous")
    def _check_webhook_token(self):
        # whichever company has it, and archived ones, too: they may come back
        everybody = self.sudo().with_context(active_test=False)
        for config in everybody.browse(self.ids):
            secrets = [config.webhook_token, config.webhook_token_previous]
            secrets = [secret for secret in secrets if secret]
            others = [
                ("id", "!=", config.id),
                *("|", ("webhook_token", "in", secrets)),
                ("webhook_token_previous", "in", secrets),
            ]
            if secrets and everybody.search_count(others, limit=1):
                raise ValidationError(
                    _(
                        "Another connection has this webhook secret. Give each one its own: the "
                        "secret says which connection an order is for."
                    )
                )

    def action_new_webhook_token(self):
        """Make other webhook secrets; the old ones go on for a day, so that nothing is refused
        while the marketplace is given the new ones."""
        self._check_may_set_up()
        for config in self:
            config._check_no_secret_is_followed()
            config.write(
                {
                    "webhook_token_previous": config.webhook_token,
                    "webhook_signing_secret_previous": config.webhook_signing_secret,
                    "webhook_previous_until": fields.Datetime.now() + OVERLAP,
                    "webhook_token": secrets.token_urlsafe(32),
                    "webhook_signing_secret": secrets.token_urlsafe(32),
                }
            )
        return self._notify(
            "warning",
            _("New webhook secret"),
            _(
                "Give it to the marketplace today: orders that come with the old one are accepted "
                "for 24 hours more."
            ),
        )

    def _check_no_secret_is_followed(self):
        """The secret that the marketplace has would be forgotten by the second change after it."""
        if len(self._get_valid("webhook_token")) > 1:
            raise UserError(
                _(
                    "The secret was changed lately: until %s the old one is accepted, too, because "
                    "the marketplace may still have it. Give the marketplace the new one, press "
                    "Forget the old secret, and then make another one.",
                    format_datetime(self.env, self.webhook_previous_until),
                )
            )

    def action_forget_old_webhook_token(self):
        """Accept the new secrets only, from now on."""
        self._check_may_set_up()
        self.write(
            {
                "webhook_token_previous": False,
                "webhook_signing_secret_previous": False,
                "webhook_previous_until": False,
            }
        )
        return True

    @api.model
    def _find_by_secret(self, sent, endpoint_key=""):
        """The connection whose webhook secret was sent, archived ones excepted.

        :param bytes sent: what came along
        :param endpoint_key: the key in the path, which the secret must fit
        """
        domain = [("endpoint_key", "=", endpoint_key)] if endpoint_key else []
        found = self.browse()
        if not sent or (endpoint_key and not _KEY.fullmatch(endpoint_key)):
            return found
        for config in self.search_fetch(domain, _NEEDED):
            # all of them are compared, so that the time it takes says nothing
            for known in config._get_valid("webhook_token"):
                if hmac.compare_digest(known.encode(), sent):
                    found = found or config
        return found

    def _is_signed(self, signature, body):
        """Whether what came along is a signature over the body, made lately."""
        return is_signed(signature, body, self._get_valid("webhook_signing_secret"), time.time())

    def _get_valid(self, name):
        """The values of a secret that are accepted now: during a change there are two."""
        values = [self[name]]
        if self.webhook_previous_until and self.webhook_previous_until > fields.Datetime.now():
            values.append(self[f"{name}_previous"])
        values = [value for value in values if value]
        redacting_filter.protect(*values)
        return values

    def _split_webhook(self, payload):
        """:return: the elements of a webhook's body; none if it has no order with an id"""
        adapter = self.env["marketplace.adapter"]._for(self)
        elements = adapter._split_events(payload)
        return elements if any(adapter._identify(one)[0] for one in elements) else []
