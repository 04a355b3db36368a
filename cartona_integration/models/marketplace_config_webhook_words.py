# What the test of the webhooks says to the person who pressed the button: what is wrong between the
# marketplace and this Odoo, and what to do about it. Asked by marketplace_config_webhook_check.py.
from urllib.parse import urlsplit

from odoo import _, api, models


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    def _explain_webhook(self, trouble):
        """A sentence for what keeps webhooks from arriving, with what to do about it."""
        url = self.webhook_test_url
        parts = {"url": url, "host": urlsplit(url or "").netloc}
        return (
            self._get_address_troubles(parts)
            | self._get_way_troubles(parts)
            | self._get_proxy_troubles(parts)
        )[trouble]

    @api.model
    def _get_address_troubles(self, parts):
        """Nobody is found where Odoo says that it is."""
        return {
            "malformed": _(
                "The server's public address is not a web address. Enter it in the system "
                "parameter web.base.url, for example https://odoo.example.com"
            ),
            "no_token": _("There is no webhook secret. Make a new one, and try again."),
            "unreachable": _(
                "Nobody answers at %(host)s. Check the system parameter web.base.url: it must be "
                "the address at which Odoo is reached from the Internet. If it is, this server "
                "may not reach itself by that name: ask your administrator to try it from outside.",
                **parts,
            ),
            "tls": _(
                "The certificate of %(host)s is not valid, so the marketplace will not send "
                "anything there. Renew it, or correct the system parameter web.base.url.",
                **parts,
            ),
            "timeout": _(
                "%(host)s did not answer in time. Either a firewall drops the call, or Odoo has no "
                "second worker free to answer itself: then try again in a minute.",
                **parts,
            ),
            "broken": _(
                "The connection to %(host)s broke off before there was an answer. Check the proxy "
                "in front of Odoo.",
                **parts,
            ),
            "to_https": _(
                "%(host)s leads on to https, and a webhook does not follow. Write the system "
                "parameter web.base.url with https://, and set proxy_mode in Odoo's configuration.",
                **parts,
            ),
            "redirected": _(
                "%(host)s leads on to another address, and a webhook does not follow. Enter the "
                "address that it leads to in the system parameter web.base.url.",
                **parts,
            ),
        }

    @api.model
    def _get_way_troubles(self, parts):
        """Somebody else answers than should."""
        return {
            "not_here": _(
                "Somebody answers at %(host)s, but has no webhooks. Either it is another server "
                "(check the system parameter web.base.url), or there are several databases and the "
                "server can't tell which is meant: set dbfilter, and add this addon to "
                "server_wide_modules in Odoo's configuration.",
                **parts,
            ),
            "no_database": _(
                "Odoo answers at %(host)s, but can't tell which of its databases is meant. Set "
                "dbfilter in Odoo's configuration, so that this name leads to this database.",
                **parts,
            ),
            "page": _(
                "A web page answered at %(host)s, not Odoo's webhooks: a maintenance page, a login "
                "of the proxy, or another server. Check the proxy and the system parameter "
                "web.base.url.",
                **parts,
            ),
            "stripped": _(
                "The webhook arrived, but without its secret: the proxy in front of Odoo drops the "
                "header AuthorizationToken. Have it passed on."
            ),
            "forbidden": _(
                "Something in front of Odoo refuses the call: a firewall or a password of the "
                "proxy. Let %(url)s and its neighbours through.",
                **parts,
            ),
            "elsewhere": _(
                "Another Odoo, or another database, answers at %(host)s: it does not know this "
                "secret. Check the system parameter web.base.url and dbfilter.",
                **parts,
            ),
            "copy": _(
                "A copy of this database answers at %(host)s, and would get the orders. Correct "
                "the system parameter web.base.url in one of them, or neutralize the copy.",
                **parts,
            ),
        }

    @api.model
    def _get_proxy_troubles(self, parts):
        """Something on the way changes or refuses what is sent."""
        return {
            "no_odoo": _(
                "The proxy at %(host)s answers, but does not reach Odoo behind it. Check its "
                "configuration, and whether Odoo has a worker free.",
                **parts,
            ),
            "chunked": _(
                "The proxy passes the body on in pieces, without its length. Have it pass on the "
                "Content-Length: in nginx, leave proxy_request_buffering on."
            ),
            "too_large": _(
                "The proxy lets no long orders through. Allow bodies of 1 MB: in nginx, "
                "client_max_body_size 2m;"
            ),
            "changed": _(
                "The proxy changes what is sent: the body's type or encoding. Have it pass "
                "webhooks on as they are."
            ),
            "signature": _(
                "The signature does not fit: something on the way changes the body, or the clocks "
                "of two servers differ by more than five minutes."
            ),
            "unexpected": _(
                "%(host)s answered in a way that no Odoo does. Check the proxy and the system "
                "parameter web.base.url.",
                **parts,
            ),
        }
