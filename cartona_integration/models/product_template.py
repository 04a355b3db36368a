# Templates: hooks that mark what may differ on a marketplace, and what it calls a product that has
# one variant only.
from odoo import api, fields, models

# The unit and the category may mean another rule, another exception and another count; another
# company another currency.
STOCK_FIELDS = {"categ_id", "uom_id"}
PRICE_FIELDS = {"company_id", "list_price", "taxes_id"} | STOCK_FIELDS


class ProductTemplate(models.Model):
    _inherit = "product.template"

    cartona_id = fields.Char(
        "Cartona ID",
        compute="_compute_cartona_id",
        inverse="_inverse_cartona_id",
        search="_search_cartona_id",
        help="What Cartona calls this product. With several variants, each has its own.",
    )

    @api.depends("product_variant_ids.cartona_id")
    def _compute_cartona_id(self):
        for template in self:
            variants = template.with_context(active_test=False).product_variant_ids
            template.cartona_id = variants.cartona_id if len(variants) == 1 else False

    def _inverse_cartona_id(self):
        for template in self:
            variants = template.with_context(active_test=False).product_variant_ids
            if len(variants) == 1:
                variants.cartona_id = template.cartona_id

    def _search_cartona_id(self, operator, value):
        return [("product_variant_ids.cartona_id", operator, value)]

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._clean_cartona_id(vals) for vals in vals_list]
        templates = super().create(vals_list)
        for template, vals in zip(templates, vals_list, strict=True):
            if vals.get("cartona_id"):
                template.cartona_id = vals["cartona_id"]
        return templates

    def write(self, vals):
        vals = self._clean_cartona_id(vals)
        result = super().write(vals)
        outbox = self.env["marketplace.outbox"]
        if PRICE_FIELDS & vals.keys():
            outbox._mark("price", "template", self.ids)
        if STOCK_FIELDS & vals.keys():
            outbox._mark("stock", "template", self.ids)
        if self.env["product.product"]._get_scope_fields() & vals.keys():
            variants = self.with_context(active_test=False).product_variant_ids
            outbox._mark_scope(variants.ids)
        return result

    def action_make_marketplace_packs(self):
        """List these products in each of their packagings too."""
        return self.product_variant_ids.action_make_marketplace_packs()

    @api.model
    def _clean_cartona_id(self, vals):
        return self.env["product.product"]._clean_cartona_id(vals)

    def unlink(self):
        variants = self.with_context(active_test=False).product_variant_ids
        listings = self.env["marketplace.listing"]._let_go_of(variants)
        result = super().unlink()
        self.env["marketplace.outbox"]._mark("publication", "listing", listings.ids)
        return result
