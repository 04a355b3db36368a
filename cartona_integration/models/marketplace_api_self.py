# How this Odoo calls itself, through its public address: what is on the way is on the marketplace's
# way too. Asked by marketplace.config, for its test of the webhooks.
import time
from urllib.parse import urlsplit

from odoo import api, models

from ..transport import PreparedCall
from ..utils.addresses import origin
from ..utils.secret import Secret
from ..utils.signature import sign

CONNECT_TIMEOUT = 5
READ_TIMEOUT = 15


class MarketplaceApi(models.AbstractModel):
    _inherit = "marketplace.api"

    @api.model
    def _call_ourselves(self, config, method, url, body=None):
        """Send one request, as the marketplace would send it, to one of our own addresses.

        :return: the Exchange
        """
        home = origin(url)
        headers = {
            "AuthorizationToken": Secret(config.webhook_token, home),
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "Odoo marketplace connector",
        }
        if body is not None:
            headers["Content-Type"] = "application/json"
            if config.webhook_signing:
                signature = sign(config.webhook_signing_secret or "", body, time.time())
                headers["X-Marketplace-Signature"] = Secret(signature, home)
        return PreparedCall(
            method=method,
            url=url,
            headers=headers,
            body=body,
            connect_timeout=CONNECT_TIMEOUT,
            read_timeout=READ_TIMEOUT,
            # wherever the public address leads to, it is meant
            trusted_hosts=frozenset({urlsplit(url).hostname.lower()}),
        ).perform()
