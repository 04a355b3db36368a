# Cartona's queue of new and changed orders: how it is asked for, and told what has arrived.
from odoo import api, models

from ...exceptions import Rejected
from ...utils.messages import ApiRequest
from .const import ORDER_KEYS

PAGE_SIZE = 100


class MarketplaceAdapterCartona(models.AbstractModel):
    _inherit = "marketplace.adapter.cartona"

    @api.model
    def _build_order_page(self, config, page, since=None):
        params = {"page": page, "per_page": PAGE_SIZE}
        if since:
            params["from"] = since.isoformat()
        return ApiRequest("GET", "orders", "order", params=params)

    @api.model
    def _parse_order_page(self, answer):
        payload = answer.payload
        if answer.status == 204:
            return []
        is_page = isinstance(payload, list) or (
            isinstance(payload, dict)
            and any(isinstance(payload.get(key), list) for key in ORDER_KEYS)
        )
        if not is_page:
            raise Rejected("unexpected", "the answer is not a page of orders")
        return self._split_events(payload)

    @api.model
    def _build_order_read(self, config, remote_id):
        return ApiRequest("GET", "order", "order", path_suffix=remote_id)

    @api.model
    def _parse_order_read(self, answer):
        elements = self._split_events(answer.payload)
        if len(elements) != 1:
            raise Rejected("unexpected", "the answer is not an order")
        return elements[0]

    @api.model
    def _build_acknowledgement(self, config, items):
        payload = [{"hashed_id": item.identity["remote"], "status": "synced"} for item in items]
        return ApiRequest("POST", "order_status", "order", payload=payload)

    @api.model
    def _parse_acknowledgement(self, answer, items):
        return self._parse_results(answer, items)
