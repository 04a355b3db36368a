# Cartona's own catalogue of a supplier, read page by page.
from decimal import Decimal, InvalidOperation

from odoo import api, models

from ...utils.messages import ApiRequest, RemoteProduct
from ...utils.prices import HIGHEST
from ...utils.quantities import MOST

PAGE_SIZE = 100


class MarketplaceAdapterCartona(models.AbstractModel):
    _inherit = "marketplace.adapter.cartona"

    @api.model
    def _build_product_page(self, config, page):
        return ApiRequest(
            "GET", "products", "product", params={"page": page, "per_page": PAGE_SIZE}
        )

    @api.model
    def _parse_product_page(self, answer):
        items = self._parse_page(answer.payload)
        # Nobody knows how large Cartona's pages may be: only an empty one is the last for sure.
        return [self._read_product(item) for item in items], bool(items)

    @api.model
    def _read_product(self, item):
        remote_id = item.get("supplier_product_id") or item.get("suppler_prodcut_id")
        return RemoteProduct(
            own_id=str(item.get("internal_product_id") or ""),
            remote_id=str(remote_id or ""),
            values=self._read_values(item),
            supplier_code=str(item.get("supplier_code") or ""),
        )

    @api.model
    def _read_values(self, item):
        """The values that a product's row shows; what is absent or nonsense says nothing."""
        values = {}
        try:
            values["price"] = Decimal(str(item.get("selling_price")))
        except InvalidOperation:
            values.pop("price", None)
        stock = item.get("available_stock_quantity")
        if isinstance(stock, int) and not isinstance(stock, bool):
            values["stock"] = _within(stock, MOST)
        if isinstance(item.get("is_published"), bool):
            values["published"] = item["is_published"]
        if "price" in values and not values["price"].is_finite():
            values.pop("price")
        elif "price" in values:
            values["price"] = _within(values["price"], HIGHEST)
        return values


def _within(number, most):
    """A number that nobody can mean is wrong all the same, and has to be put right."""
    return max(-most, min(number, most))
