"""One product in one unit of one account, and how it reads on the wire. Owned by products.py."""

from collections import deque
from dataclasses import dataclass, field
from decimal import Decimal

UNITS = (
    "box",
    "can",
    "bottle",
    "kg",
    "piece",
    "dozen",
    "bag",
    "packet",
    "plate",
    "glass",
    "pallet",
    "jar",
    "shrink",
    "ton",
    "saddlebag",
    "roll",
    "tissue",
    "cone",
    "coil",
    "bunch",
    "strip",
    "recharge_card",
    "mat",
)
HISTORY_LENGTH = 500


@dataclass(slots=True)
class Listing:
    supplier_product_id: str
    account: str
    supplier_code: str
    base_product_id: str
    internal_product_id: str = ""
    base_product_name: str = ""
    unit: str = "piece"
    unit_count: int = 1
    image_thumbnail: str = ""
    median_price: Decimal = Decimal(0)
    tax_percentage: Decimal = Decimal(0)
    selling_price: Decimal = Decimal(0)
    available_stock_quantity: int = 0
    in_stock: bool = False
    is_unlimited_stock: bool = False
    is_published: bool = True
    is_bundle: bool = False
    min_order: int = 1
    max_order: int = 1000
    remind_me_at_stock: int = 0
    notes: str = ""
    sold_amount: int = 0
    # (arrival, applied, changes) of each accepted update, oldest first.
    history: deque = field(default_factory=lambda: deque(maxlen=HISTORY_LENGTH))

    def change(self, changes: dict, arrival: float, applied: float) -> None:
        """Take accepted values; a new stock decides in_stock unless that is said too."""
        for name, value in changes.items():
            setattr(self, name, value)
        if "available_stock_quantity" in changes and "in_stock" not in changes:
            self.in_stock = changes["available_stock_quantity"] > 0
        self.history.append((arrival, applied, changes))

    def can_sell(self, amount: int) -> bool:
        if not self.is_published:
            return False
        return self.is_unlimited_stock or self.in_stock and amount <= self.available_stock_quantity


WIRE_FIELDS = (
    "supplier_product_id",
    "supplier_code",
    "internal_product_id",
    "base_product_id",
    "unit",
    "unit_count",
    "base_product_name",
    "image_thumbnail",
    "median_price",
    "tax_percentage",
    "selling_price",
    "available_stock_quantity",
    "min_order",
    "max_order",
    "in_stock",
    "is_unlimited_stock",
    "is_bundle",
    "is_published",
    "remind_me_at_stock",
    "sold_amount",
)


def listing_as_sent(listing: Listing, misspelt: bool) -> dict:
    """A listing as `list my products` shows it."""
    shown = {name: getattr(listing, name) for name in WIRE_FIELDS}
    shown["internal_product_id"] = listing.internal_product_id or None
    if misspelt:
        shown["suppler_prodcut_id"] = shown.pop("supplier_product_id")
        shown["suppler_prodcut_name"] = shown.pop("base_product_name")
    return shown
