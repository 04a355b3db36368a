# Cartona's dialect: its defaults and its connection test.
from odoo import _, api, models

from ...exceptions import Rejected
from ...utils.messages import ApiRequest
from .const import AUTH_HEADER, BASE_URL, ENDPOINTS, PAGE_KEYS, PRODUCT_KEYS


class MarketplaceAdapterCartona(models.AbstractModel):
    _name = "marketplace.adapter.cartona"
    _inherit = "marketplace.adapter"
    _description = "Cartona"

    @api.model
    def _get_config_defaults(self):
        return {
            "name": _("Cartona"),
            "api_base_url": BASE_URL,
            "auth_header": AUTH_HEADER,
            "auth_scheme": "token",
        }

    @api.model
    def _get_endpoints(self):
        return dict(ENDPOINTS)

    @api.model
    def _build_connection_test(self, config):
        return ApiRequest("GET", "products", "connection", params={"page": 1, "per_page": 1})

    @api.model
    def _parse_connection_test(self, answer):
        self._parse_page(answer.payload)

    @api.model
    def _parse_page(self, payload):
        """The products of a page, which is a list or an object around one.

        :raise Rejected: when nothing in it looks like Cartona's products
        """
        items = payload
        if isinstance(payload, dict):
            items = next((payload[k] for k in PAGE_KEYS if isinstance(payload.get(k), list)), None)
        is_page = isinstance(items, list) and all(
            isinstance(item, dict) and PRODUCT_KEYS & item.keys() for item in items
        )
        if not is_page:
            raise Rejected("unexpected", "the answer is not a page of products")
        return items
