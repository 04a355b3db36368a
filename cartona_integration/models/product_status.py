# The marketplace's status, listings and "Sync now" on products and variants, for their own screens.
from odoo import models


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "marketplace.sync.mixin"]

    _marketplace_link = "listing.product_tmpl_id = record.id"

    def _get_marketplace_products(self):
        return self.with_context(active_test=False).product_variant_ids


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "marketplace.sync.mixin"]

    _marketplace_link = "listing.product_id = record.id"
