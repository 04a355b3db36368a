# Sends an adapter's requests: address, secrets, time-outs, log. It knows no business field. Split
# so that the engine can prepare with a cursor, send without one, and log with another.
import json
from urllib.parse import quote

from odoo import _, api, models

from ..const import PARAM_TRUSTED_HOSTS
from ..exceptions import AuthFailed, Rejected
from ..transport import PreparedCall
from ..utils.addresses import AddressError, check_base_url, parse_hosts
from ..utils.redaction_filter import redacting_filter

CONNECT_TIMEOUT = 10


class MarketplaceApi(models.AbstractModel):
    _name = "marketplace.api"
    _description = "Marketplace API Client"

    @api.model
    def _send(self, config, request, records=None):
        """Send one request and log the exchange.

        :param request: an ApiRequest of the config's adapter
        :param records: the records it is about, for the log
        :return: the ApiAnswer
        :raise MarketplaceError: for everything else
        """
        exchange = self._prepare(config, request).perform()
        self._log(config, request, exchange, records)
        if exchange.error:
            raise exchange.error
        return exchange.answer

    @api.model
    def _prepare(self, config, request):
        """Everything that sending ``request`` needs, so that no cursor is needed any more.

        :return: a PreparedCall
        :raise MarketplaceError: when the config is not fit to send anything
        """
        config = config.sudo()
        trusted_hosts = self._get_trusted_hosts()
        try:
            check_base_url(config.api_base_url, trusted_hosts)
        except AddressError as error:
            raise Rejected(f"address_{error.code}") from error
        body = None
        if request.payload is not None:
            body = json.dumps(request.payload, ensure_ascii=False, allow_nan=False).encode()
        return PreparedCall(
            method=request.method,
            url=self._get_url(config, request),
            headers=self._get_headers(config, has_body=body is not None),
            params=request.params,
            body=body,
            connect_timeout=min(CONNECT_TIMEOUT, config.timeout),
            read_timeout=config.timeout,
            trusted_hosts=frozenset(trusted_hosts),
        )

    @api.model
    def _log(self, config, request, exchange, records=None):
        """Keep the exchange in the log, with this env's cursor."""
        return self.env["marketplace.sync.log"]._record(config, request, exchange, records)

    @api.model
    def _get_trusted_hosts(self):
        param = self.env["ir.config_parameter"].sudo().get_param(PARAM_TRUSTED_HOSTS)
        return parse_hosts(param)

    @api.model
    def _get_url(self, config, request):
        override = config.endpoint_ids.filtered(lambda e: e.endpoint == request.endpoint)
        adapter = self.env["marketplace.adapter"]._for(config)
        path = override.path or adapter._get_endpoints()[request.endpoint]
        url = f"{config.api_base_url.rstrip('/')}/{path}"
        if request.path_suffix:
            url = f"{url}/{quote(request.path_suffix, safe='')}"
        return url

    @api.model
    def _get_headers(self, config, has_body):
        token = (config.auth_token or "").strip()
        if not token:
            raise AuthFailed("no_token")
        redacting_filter.protect(token)
        value = f"Bearer {token}" if config.auth_scheme == "bearer" else token
        headers = {
            config.auth_header: value,
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "Odoo marketplace connector",
        }
        if has_body:
            headers["Content-Type"] = "application/json"
        return headers

    @api.model
    def _explain(self, code):
        """A sentence for the person concerned: what is wrong and what to do next."""
        return self._get_explanations().get(code) or self._get_explanations()["failed"]

    @api.model
    def _get_explanations(self):
        return {
            "failed": _("The marketplace could not be asked. Try again; if it stays so, show the "
                        "log to your administrator."),
            "no_token": _("There is no token yet. Enter the token that the marketplace gave you."),
            "auth_failed": _("The marketplace does not accept the token. Copy it again from the "
                             "marketplace, without blanks, and make sure that it has not been "
                             "replaced by a newer one."),
            "unreachable": _("Nothing answers at this address. Check the API address and the "
                             "Internet connection of this server."),
            "tls": _("The connection is not secure: the server's certificate is not valid for "
                     "this address. Check the API address; don't send the token anywhere else."),
            "timeout": _("The marketplace did not answer in time. Try again in a minute; if it "
                         "stays so, set a longer time-out."),
            "interrupted": _("The connection broke off before the answer was complete. Try again."),
            "unavailable": _("The marketplace has a problem of its own at the moment. Nothing is "
                             "lost: what waits is sent when it is back."),
            "rate_limited": _("The marketplace asks us to slow down. Sending goes on by itself "
                              "after the pause it asked for."),
            "rejected": _("The marketplace refused the request. Its reason is in the log."),
            "not_found": _("Someone answers at this address, but not the marketplace's API. Check "
                           "the API address, to its last part."),
            "unexpected": _("Someone answers at this address, but it is not the marketplace. Check "
                            "the API address."),
            "not_json": _("Someone answers at this address, but it is not the marketplace. Check "
                          "the API address."),
            "too_large": _("The answer is larger than anything that a marketplace sends. Check "
                           "the API address."),
            "redirected": _("The address leads on to another one, and the token must not follow. "
                            "Enter the marketplace's own API address."),
            "private_address": _("This name leads into a private network. Enter the marketplace's "
                                 "public address."),
            "malformed_address": _("This is not a web address. It looks like https://host/api/v1/"),
        } | self._get_address_explanations()

    @api.model
    def _get_address_explanations(self):
        return {
            "address_malformed": _("This is not a web address. It looks like https://host/api/v1/"),
            "address_credentials": _("Leave the user name and the password out of the address: "
                                     "the token has a field of its own."),
            "address_scheme": _("The address must begin with https://, so that nobody on the way "
                                "can read the token."),
            "address_private": _("This address lies in a private network. Enter the marketplace's "
                                 "public address."),
        }
