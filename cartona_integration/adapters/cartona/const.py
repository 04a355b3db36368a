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
