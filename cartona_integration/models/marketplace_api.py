# Sends an adapter's requests: address, secrets, time-outs, log. It knows no business field. Split
# so that the engine can prepare with a cursor, send without one, and log with another.
import json
from urllib.parse import quote

from odoo import api, models

from ..const import PARAM_TRUSTED_HOSTS
from ..exceptions import AuthFailed, Rejected
from ..transport import PreparedCall
from ..utils.addresses import AddressError, check_base_url, origin, parse_hosts
from ..utils.redaction_filter import redacting_filter
from ..utils.secret import Secret
from .secret_store import read_secret

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
            headers=_build_headers(config, has_body=body is not None),
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


def _build_headers(config, has_body):
    """No method of the model: a template's expression could call it, and would have the token."""
    token = read_secret(config)
    if not token:
        raise AuthFailed("no_token")
    redacting_filter.protect(token)
    value = f"Bearer {token}" if config.auth_scheme == "bearer" else token
    headers = {
        config.auth_header: Secret(value, origin(config.api_base_url)),
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "User-Agent": "Odoo marketplace connector",
    }
    if has_body:
        headers["Content-Type"] = "application/json"
    return headers
