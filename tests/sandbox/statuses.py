"""The order life cycle as data: who may move an order from where to where. Read by state/orders.py.

`synced` is no status: it only takes an order out of pull-orders.
"""

PENDING = "pending"
EDITING = "editing"
APPROVED = "approved"
SHIPPED = "assigned_to_salesman"
DELIVERED = "delivered"
CANCELLED_BY_RETAILER = "cancelled_by_retailer"
CANCELLED_BY_SUPPLIER = "cancelled_by_supplier"
RETURNED = "returned"
SYNCED = "synced"

SUPPLIER = "supplier"
RETAILER = "retailer"
CARTONA = "cartona"

STATUSES = (
    PENDING,
    EDITING,
    APPROVED,
    SHIPPED,
    DELIVERED,
    CANCELLED_BY_RETAILER,
    CANCELLED_BY_SUPPLIER,
    RETURNED,
)
FINAL = {DELIVERED, CANCELLED_BY_RETAILER, CANCELLED_BY_SUPPLIER, RETURNED}
SUPPLIER_MAY_SEND = (
    SYNCED,
    PENDING,
    APPROVED,
    SHIPPED,
    DELIVERED,
    CANCELLED_BY_SUPPLIER,
    RETURNED,
)
LINES_MAY_CHANGE = {PENDING, APPROVED, SHIPPED}

# (from, to): who may do it when the supplier delivers.
BY_SUPPLIER = {
    (PENDING, EDITING): {RETAILER},
    (EDITING, PENDING): {RETAILER},
    (PENDING, CANCELLED_BY_RETAILER): {RETAILER},
    (APPROVED, CANCELLED_BY_RETAILER): {RETAILER},
    (PENDING, APPROVED): {SUPPLIER},
    (PENDING, CANCELLED_BY_SUPPLIER): {SUPPLIER},
    (APPROVED, SHIPPED): {SUPPLIER},
    (APPROVED, CANCELLED_BY_SUPPLIER): {SUPPLIER},
    (SHIPPED, DELIVERED): {SUPPLIER},
    # The retailer's refusal at the door reaches Cartona from either side.
    (SHIPPED, RETURNED): {SUPPLIER, RETAILER},
    (SHIPPED, CANCELLED_BY_SUPPLIER): {SUPPLIER},
}

# When Cartona ships, the supplier accepts, hands over and reports only cancellations.
BY_CARTONA = {
    **BY_SUPPLIER,
    (APPROVED, SHIPPED): {CARTONA},
    (SHIPPED, DELIVERED): {CARTONA},
    (SHIPPED, RETURNED): {CARTONA, RETAILER},
}

TRANSITIONS = {"delivered_by_supplier": BY_SUPPLIER, "delivered_by_cartona": BY_CARTONA}

# Under the setting straight_to_delivered.
SHORT_CUTS = {(APPROVED, DELIVERED): {SUPPLIER}}

CANCELLATION_REASONS = (
    "out_of_stock",
    "cannot_deliver_the_order",
    "supplier_asked_me_to_cancel",
    "delayed_order",
    "pending_order_without_action",
    "removed_items",
    "supplier_attitude",
    "missing_items",
    "expired_products",
    "different_prices",
    "different_products",
)


def may_move(
    actor: str, origin: str, target: str, delivered_by: str, short_cuts: bool = False
) -> bool:
    """Whether this actor may move an order of this kind from origin to target."""
    table = TRANSITIONS[delivered_by]
    allowed = table.get((origin, target), set())
    if short_cuts and delivered_by == "delivered_by_supplier":
        allowed = allowed | SHORT_CUTS.get((origin, target), set())
    return actor in allowed
