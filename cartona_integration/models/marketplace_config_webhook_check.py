# The test of the webhooks: this Odoo calls itself as the marketplace would, and says in plain words
# what a proxy, a database filter or a wrong public address spoils. Entered by a button.
import hmac
import json
from urllib.parse import urlsplit

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ..utils.addresses import origin

# As long as a long order, so that a proxy's limit shows; and no order, so that nothing is kept.
EMPTY_BODY = b"[" + b" " * 500_000 + b"]"
_NOBODY = {"unreachable": "unreachable", "timeout": "timeout", "tls": "tls"}
_PROXY = {502: "no_odoo", 503: "no_odoo", 504: "no_odoo", 411: "chunked", 413: "too_large"}
_OURS = {
    "no_secret": "stripped",
    "wrong_secret": "elsewhere",
    "slow_down": "elsewhere",
    "wrong_signature": "signature",
    "no_database": "no_database",
    "not_installed": "not_here",
    "no_length": "chunked",
    "not_json_type": "changed",
    "encoded": "changed",
}


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    webhook_status_url = fields.Char("Status Webhook Address", compute="_compute_webhook_urls")
    webhook_test_url = fields.Char("Webhook Test Address", compute="_compute_webhook_urls")
    webhook_header = fields.Char(
        "Header of the Secret",
        compute="_compute_webhook_urls",
        help="The marketplace sends the secret in this header. Authorization: Bearer and the "
        "secret is accepted too.",
    )

    @api.depends("webhook_url")
    def _compute_webhook_urls(self):
        for config in self:
            root = (config.webhook_url or "").removesuffix("orders")
            config.webhook_status_url = f"{root}status"
            config.webhook_test_url = f"{root}test"
            config.webhook_header = "AuthorizationToken"

    def action_send_test_webhook(self):
        """Call our own webhooks through the public address, and say what came of it."""
        self.ensure_one()
        self._check_may_set_up()
        if not self.active:
            raise UserError(_("An archived connection takes no webhooks. Bring it back first."))
        trouble = self._find_webhook_trouble()
        if trouble:
            message = self._explain_webhook(trouble)
            return self._notify("danger", _("Webhooks don't arrive"), message)
        return self._notify(
            "success",
            _("Webhooks arrive"),
            _("A test order came in through %s, and was not kept.", self.webhook_url),
        )

    def _find_webhook_trouble(self):
        """:return: the code of what keeps webhooks from arriving, "" if nothing does"""
        if not origin(self.webhook_test_url):
            return "malformed"
        if not self.webhook_token:
            return "no_token"
        client = self.env["marketplace.api"]
        asked = client._call_ourselves(self, "GET", self.webhook_test_url)
        trouble = self._judge_test(asked)
        if trouble:
            return trouble
        posted = client._call_ourselves(self, "POST", self.webhook_url, EMPTY_BODY)
        return "" if _get_code(posted) == "no_order" else _judge(posted)

    def _judge_test(self, exchange):
        content = _get_json(exchange)
        if exchange.status != 200 or "alive" not in content:
            return _judge(exchange)
        if "database" not in content:
            return "stripped"
        known = hmac.compare_digest(str(content["database"]), self._get_database_mark())
        return "" if known else "copy"


def _judge(exchange):
    """:return: the code of what went wrong with a call to ourselves"""
    if not exchange.status:
        return _NOBODY.get(exchange.error.code, "broken")
    code = _get_code(exchange)
    if code:
        return _OURS.get(code, "unexpected")
    if 300 <= exchange.status < 400:
        return _judge_redirect(exchange)
    if exchange.status in _PROXY:
        return _PROXY[exchange.status]
    if exchange.status in (401, 403, 407):
        return "forbidden"
    if exchange.status in (404, 405):
        return "not_here"
    return "page" if exchange.raw.lstrip()[:1] == b"<" else "unexpected"


def _judge_redirect(exchange):
    asked = urlsplit(exchange.call.url)
    target = urlsplit(exchange.headers.get("Location", ""))
    is_same = target.hostname == asked.hostname and asked.scheme == "http"
    return "to_https" if is_same and target.scheme == "https" else "redirected"


def _get_json(exchange):
    try:
        content = json.loads(exchange.raw.decode("utf-8"))
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _get_code(exchange):
    """The word by which our own controller says what is wrong."""
    error = _get_json(exchange).get("error")
    return error.get("code", "") if isinstance(error, dict) else ""
