# Cartona's address, paths and spellings.

BASE_URL = "https://supplier-integrations.cartona.com/api/v1/"
AUTH_HEADER = "AuthorizationToken"

# Each is a setting (marketplace.endpoint): other spellings of them are in use.
ENDPOINTS = {
    "products": "supplier-product",
    "products_update": "supplier-product/bulk-update",
    "base_products": "supplier-product/base-products",
    "base_products_update": "supplier-product/base-product/bulk-update",
    "stock_update": "supplier-product/base-product/bulk-update-stock",
    "orders": "order/pull-orders",
    "order": "order",
    "order_status": "order/update-order-status",
    "order_lines": "order/update-order-details",
}

# Where a page of products may keep its items when it is no bare list.
PAGE_KEYS = ("supplier_products", "products", "data", "items", "results")
# A product carries at least one of these, misspelt as Cartona also writes it.
PRODUCT_KEYS = {
    "supplier_product_id",
    "suppler_prodcut_id",
    "internal_product_id",
    "base_product_id",
}

# Where a bulk answer may keep its items.
ANSWER_KEYS = ("results", "products", "data", "items")
# How a refusal says that Cartona doesn't list the product, whatever the rest of it is.
UNKNOWN_PRODUCT_WORDS = ("unknown_product", "not found", "no such product", "not_found")
# What a status says in a refusal that came with HTTP 200.
REFUSALS = ("error", "fail", "failed", "failure")

# Where a page of orders, or a webhook, keeps its orders when it is no bare list.
ORDER_KEYS = ("orders", "data", "items", "results")
# Texts of an order that are kept as they are.
FACTS = (
    "delivered_by",
    "pickup_date",
    "pickup_otp",
    "retailer_preferred_delivery_date",
    "estimated_delivery_day",
    "delivery_day",
    "cancellation_reason",
    "return_reason",
    "distribution_route_code",
    "note_message",
    "receipt_id",
    "created_at",
)
# Amounts of an order, with the other spelling of each.
MONEY = {
    "applied_supplier_rebate": (),
    "cartona_credit": (),
    "installment_cost": (),
    "wallet_top_up": ("wallet_topup",),
}
# Beyond this nobody orders: it is a typing error, or a lie.
MOST_LINES = 1_000
LONGEST_TEXT = 2_000
LONGEST_ID = 100
