# What Cartona is told about products, in its own words, and what it answers.
from odoo import api, models

from ...exceptions import Retryable
from ...utils.messages import ApiRequest, Verdict
from .const import ANSWER_KEYS, REFUSALS, UNKNOWN_PRODUCT_WORDS

_IDENTITIES = {"internal_product_id": "own", "supplier_product_id": "remote"}
_WIRE_NAMES = {
    "price": "selling_price",
    "stock": "available_stock_quantity",
    "unlimited": "is_unlimited_stock",
    "published": "is_published",
    "min_order": "min_order",
    "max_order": "max_order",
}


class MarketplaceAdapterCartona(models.AbstractModel):
    _inherit = "marketplace.adapter.cartona"

    @api.model
    def _build_product_update(self, config, items):
        payload = [self._word_item(config, item) for item in items]
        return ApiRequest("POST", "products_update", "product", payload=payload)

    @api.model
    def _word_item(self, config, item):
        words = {"internal_product_id": item.identity["own"]}
        if item.identity["remote"]:
            words = {"supplier_product_id": item.identity["remote"]}
        for name, value in item.content.items():
            words[_WIRE_NAMES[name]] = float(value) if name == "price" else value
        if config.supplier_code:
            words["supplier_code"] = config.supplier_code
        return words

    @api.model
    def _parse_product_update(self, answer, items):
        return self._parse_results(answer, items)

    @api.model
    def _parse_results(self, answer, items):
        """A bulk answer, read per item where it has items and as a whole where it has none.

        :raise Retryable: when it speaks of other items than were sent
        """
        results = self._find_results(answer.payload)
        if results is None:
            self._check_acceptance(answer.payload)
            return {item.res_id: Verdict() for item in items}
        if len(results) != len(items):
            raise Retryable("unexpected", "the answer has another number of items", ambiguous=True)
        return {
            item.res_id: self._read_result(result)
            for item, result in zip(items, self._put_in_order(results, items), strict=True)
        }

    @api.model
    def _put_in_order(self, results, items):
        """Results that all say which product they mean are believed, whatever their order."""
        for name, kind in _IDENTITIES.items():
            by_identity = {str(one[name]): one for one in results if one.get(name)}
            wanted = [item.identity[kind] for item in items]
            if by_identity.keys() == set(wanted):
                return [by_identity[identity] for identity in wanted]
        return results

    @api.model
    def _check_acceptance(self, payload):
        """An answer without items is a yes, unless it says otherwise.

        :raise Retryable: when it does, or is nothing that could say so
        """
        says_no = isinstance(payload, dict) and (
            payload.get("success") is False
            or payload.get("error")
            or payload.get("errors")
            or str(payload.get("status")).lower() in REFUSALS
        )
        if says_no or not (isinstance(payload, dict) or payload in (None, [])):
            raise Retryable("unexpected", str(payload)[:200], ambiguous=True)

    @api.model
    def _find_results(self, payload):
        """:return: the per-item results in the order of the items, None when there are none"""
        results = payload
        if isinstance(payload, dict):
            results = next(
                (payload[key] for key in ANSWER_KEYS if isinstance(payload.get(key), list)), None
            )
        if not isinstance(results, list) or not all(isinstance(one, dict) for one in results):
            return None
        if not results:
            return None
        if all(isinstance(one.get("index"), int) for one in results):
            results = sorted(results, key=lambda one: one["index"])
        return results

    @api.model
    def _read_result(self, result):
        reason = result.get("error") or result.get("errors") or ""
        if result.get("success") is False or reason:
            words = f"{reason} {result.get('message') or ''}".strip()
            unknown = any(word in words.lower() for word in UNKNOWN_PRODUCT_WORDS)
            return Verdict("unknown_product" if unknown else "rejected", words)
        return Verdict()
