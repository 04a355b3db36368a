"""One order with its lines, and how it reads on the wire. Owned by orders.py."""

from dataclasses import dataclass, field
from datetime import datetime, timezone
from decimal import Decimal

from .. import statuses
from .listing import Listing


def iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, timezone.utc).isoformat().replace("+00:00", "Z")


@dataclass(slots=True)
class Line:
    id: str
    listing: Listing
    amount: int
    selling_price: Decimal
    applied_supplier_discount: Decimal = Decimal(0)
    applied_cartona_discount: Decimal = Decimal(0)
    comment: str = ""

    @property
    def total(self) -> Decimal:
        return self.selling_price * self.amount

    def as_sent(self, misspelt: bool) -> dict:
        listing = self.listing
        return {
            "id": self.id,
            "supplier_product_id": listing.supplier_product_id,
            "internal_product_id": listing.internal_product_id or None,
            "base_product_id": listing.base_product_id,
            "unit": listing.unit,
            "unit_count": listing.unit_count,
            "product_name": listing.base_product_name,
            "amount": self.amount,
            "price" if misspelt else "selling_price": self.selling_price,
            "applied_supplier_discount": self.applied_supplier_discount,
            "applied_cartona_discount": self.applied_cartona_discount,
            "comment": self.comment,
        }


@dataclass(slots=True)
class Order:
    hashed_id: str
    account: str
    supplier_code: str
    retailer: dict
    retailer_otp: str
    pickup_otp: str
    created_at: float
    changed_at: float
    lines: list[Line] = field(default_factory=list)
    status: str = statuses.PENDING
    delivered_by: str = "delivered_by_supplier"
    edited_by_admin: bool = False
    cartona_credit: Decimal = Decimal(0)
    installment_cost: Decimal = Decimal(0)
    wallet_top_up: Decimal = Decimal(0)
    applied_supplier_rebate: Decimal = Decimal(0)
    # Any further field of the contract, as given: dates, notes, route code, reasons.
    extra: dict = field(default_factory=dict)
    in_queue: bool = True
    # (moment, actor, status) of each move, oldest first.
    trail: list[tuple] = field(default_factory=list)

    @property
    def total_price(self) -> Decimal:
        return sum((line.total for line in self.lines), Decimal(0))

    @property
    def needs_otp(self) -> bool:
        return self.installment_cost > 0 or self.wallet_top_up > 0

    @property
    def to_collect(self) -> Decimal:
        """What the driver asks for at the door."""
        return self.total_price - self.cartona_credit - self.installment_cost + self.wallet_top_up

    def line(self, line_id: str) -> Line | None:
        return next((line for line in self.lines if line.id == line_id), None)

    def as_sent(self, misspelt: bool = False) -> dict:
        """The order as the supplier reads it."""
        cartona_ships = self.delivered_by == "delivered_by_cartona"
        return {
            **dict.fromkeys(EXTRA_FIELDS),
            **self.extra,
            "hashed_id": self.hashed_id,
            "supplier_code": self.supplier_code,
            "status": self.status,
            "edited_by_admin": self.edited_by_admin,
            "delivered_by": self.delivered_by,
            "pickup_otp": self.pickup_otp if cartona_ships else None,
            "total_price": self.total_price,
            "applied_supplier_rebate": self.applied_supplier_rebate,
            "cartona_credit": self.cartona_credit,
            "installment_cost": self.installment_cost,
            "wallet_topup" if misspelt else "wallet_top_up": self.wallet_top_up,
            "created_at": iso(self.created_at),
            "retailer": self.retailer,
            "order_details": [line.as_sent(misspelt) for line in self.lines],
        }


EXTRA_FIELDS = (
    "pickup_date",
    "retailer_preferred_delivery_date",
    "estimated_delivery_day",
    "delivery_day",
    "cancellation_reason",
    "return_reason",
    "distribution_route_code",
    "note_message",
    "receipt_id",
)
