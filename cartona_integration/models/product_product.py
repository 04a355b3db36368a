# Variants: hooks that mark what may differ on a marketplace, and Cartona's identity of a variant.
from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

# What decides whether a product is listed, and as what.
SCOPE_FIELDS = {
    "active",
    "barcode",
    "cartona_id",
    "company_id",
    "default_code",
    "detailed_type",
    "is_storable",
    "sale_ok",
    "type",
}


class ProductProduct(models.Model):
    _inherit = "product.product"

    cartona_id = fields.Char(
        "Cartona ID", copy=False, index="btree_not_null", help="What Cartona calls this product."
    )

    def init(self):
        self.env.cr.execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS product_product_cartona_id_unique "
            "ON product_product (cartona_id) WHERE cartona_id IS NOT NULL"
        )

    @api.model_create_multi
    def create(self, vals_list):
        products = super().create([self._clean_cartona_id(vals) for vals in vals_list])
        self.env["marketplace.outbox"]._mark_scope(products.ids)
        return products

    def write(self, vals):
        result = super().write(self._clean_cartona_id(vals))
        if SCOPE_FIELDS & vals.keys():
            self.env["marketplace.outbox"]._mark_scope(self.ids)
        return result

    def unlink(self):
        listings = self.env["marketplace.listing"].sudo().search([("product_id", "in", self.ids)])
        result = super().unlink()
        self.env["marketplace.outbox"]._mark("publication", "listing", listings.ids)
        return result

    @api.model
    def _clean_cartona_id(self, vals):
        """Blanks are no identity."""
        if "cartona_id" not in vals:
            return vals
        return vals | {"cartona_id": (vals["cartona_id"] or "").strip() or False}

    @api.constrains("cartona_id")
    def _check_cartona_id(self):
        for product in self.filtered("cartona_id"):
            other = self.with_context(active_test=False).sudo().search(
                [("cartona_id", "=", product.cartona_id), ("id", "!=", product.id)], limit=1
            )
            if other:
                raise ValidationError(
                    _(
                        "Cartona ID %(identity)s belongs to %(other)s already. Give it to one "
                        "product only.",
                        identity=product.cartona_id,
                        other=other.display_name,
                    )
                )
