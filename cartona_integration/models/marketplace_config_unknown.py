# What becomes of an order with a product that nobody here knows. Read where its lines are made, in
# marketplace_order_products.py.
from odoo import fields, models


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    unknown_product_policy = fields.Selection(
        [
            ("quarantine", "Keep the order in the inbox until it is mapped"),
            ("placeholder", "Make a quotation with a placeholder, not to be confirmed"),
        ],
        "Unknown Products",
        required=True,
        default="quarantine",
    )
