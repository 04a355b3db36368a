# The webhooks: verify, store, answer. What the marketplace posts is kept raw in the inbox, and
# nothing of it is understood here but whose it is and that it is an order at all.
import logging

from odoo import SUPERUSER_ID, http
from odoo.http import request

from ..utils.strict_json import Malformed, parse
from .failed_attempts import FailedAttempts
from .refusal import Refusal, no_database
from .webhook_dispatcher import ROUTE_TYPE
from .webhook_request import read_body, read_secret_sent, read_signature_sent

_logger = logging.getLogger(__name__)

ROOTS = (
    "/cartona_integration/webhook",
    "/marketplace_integration/webhook",
)
MOST_EVENTS = 1_000
LONGEST_ADDRESS = 45
_failed = FailedAttempts()


def webhook(name, method):
    """The routes of one of the calls: at both roots, with and without the connection's key."""
    paths = [f"{root}{key}/{name}" for root in ROOTS for key in ("", "/<string:endpoint_key>")]
    return http.route(
        paths,
        type=ROUTE_TYPE,
        auth="none",
        methods=[method],
        csrf=False,
        save_session=False,
        readonly=False,
    )


class MarketplaceWebhook(http.Controller):
    @webhook("orders", "POST")
    def receive_orders(self, endpoint_key=""):
        """Keep new and changed orders."""
        return self._receive("order", endpoint_key)

    @webhook("status", "POST")
    def receive_statuses(self, endpoint_key=""):
        """Keep orders' statuses."""
        return self._receive("status", endpoint_key)

    @webhook("test", "GET")
    def test(self, endpoint_key=""):
        """Say that somebody is here, and how he is to whoever has the secret."""
        env = _get_env()
        if not read_secret_sent(request.httprequest):
            return {"alive": True}
        config = _authenticate(env, endpoint_key)
        return {"alive": True, **config._get_health()}

    def _receive(self, kind, endpoint_key):
        body = read_body(request.httprequest)
        env = _get_env()
        config = _authenticate(env, endpoint_key)
        _check_signature(config, body)
        elements = _take_apart(config, body)
        env["marketplace.inbox"]._receive(config, kind, elements, "webhook")
        return {"received": len(elements)}


def _get_env():
    """The database that the request has led to, as superuser.

    :raise Refusal: it has led to none, or to one without this addon
    """
    if not request.db or request.env is None:
        raise no_database()
    env = request.env(user=SUPERUSER_ID)
    if "marketplace.inbox" not in env:
        raise Refusal(404, "not_installed", "This database takes no orders in.")
    return env


def _authenticate(env, endpoint_key):
    """:return: the connection whose secret came along
    :raise Refusal: none has it
    """
    sent = read_secret_sent(request.httprequest)
    config = env["marketplace.config"]._find_by_secret(sent, endpoint_key)
    if config:
        return config
    # as long as an address is; a proxy may have been told anything
    sender = (request.httprequest.remote_addr or "")[:LONGEST_ADDRESS]
    pause = _failed.add(sender)
    if pause:
        raise Refusal(
            429,
            "slow_down",
            "Too many attempts with a wrong secret. Wait, then use the right one.",
            retry_after=pause,
        )
    _logger.info("A webhook from %s came without the right secret", sender)
    if not sent:
        raise Refusal(401, "no_secret", "The webhook secret is missing.")
    raise Refusal(401, "wrong_secret", "The webhook secret is wrong for this address.")


def _check_signature(config, body):
    if config.webhook_signing:
        signature = read_signature_sent(request.httprequest)
        if not config._is_signed(signature, body):
            raise Refusal(401, "wrong_signature", "The signature is missing, too old or wrong.")


def _take_apart(config, body):
    """:return: the orders that were sent, or their statuses
    :raise Refusal: there are none
    """
    try:
        payload = parse(body)
    except Malformed as error:
        raise Refusal(400, "not_json", f"The body can't be read: {error}.") from error
    elements = config._split_webhook(payload)
    if not elements:
        raise Refusal(400, "no_order", "The body has no order with a hashed_id.")
    if len(elements) > MOST_EVENTS:
        raise Refusal(413, "too_many", f"Send at most {MOST_EVENTS} orders in one call.")
    return elements
