# Variants: hooks that mark what may differ on a marketplace, and what it calls a variant.
import re

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ..compat import check_access

# What nobody sees around an identity: blanks, and the marks that come along when text is copied
# out of a right-to-left table.
_BLANK = r"[\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+"
_BLANK_ENDS = re.compile(f"^{_BLANK}|{_BLANK}$")
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
        return super().init()

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._clean_cartona_id(vals) for vals in vals_list]
        self._check_cartona_ids([vals.get("cartona_id") for vals in vals_list], self.browse())
        products = super().create(vals_list)
        self.env["marketplace.outbox"]._mark_scope(products.ids)
        return products

    def write(self, vals):
        vals = self._clean_cartona_id(vals)
        if vals.get("cartona_id"):
            self._check_cartona_ids([vals["cartona_id"]] * len(self), self)
        result = super().write(vals)
        outbox = self.env["marketplace.outbox"]
        if self._get_scope_fields() & vals.keys():
            outbox._mark_scope(self.ids)
        if "standard_price" in vals:
            outbox._mark("price", "cost", self.ids)
        if "product_template_attribute_value_ids" in vals:
            # An attribute with one value makes no new variant: this one gets its extra price.
            outbox._mark("price", "product", self.ids)
        return result

    def unlink(self):
        listings = self.env["marketplace.listing"]._let_go_of(self)
        result = super().unlink()
        self.env["marketplace.outbox"]._mark("publication", "listing", listings.ids)
        return result

    def action_make_marketplace_packs(self):
        """List these products in each of their packagings too."""
        check_access(self.env["marketplace.listing"], "write")
        return self.env["marketplace.listing"]._make_packs(self)

    @api.model
    def _get_scope_fields(self):
        return SCOPE_FIELDS | self.env["marketplace.config"]._get_chosen_by()

    @api.model
    def _clean_cartona_id(self, vals):
        """Blanks are no identity."""
        if "cartona_id" not in vals:
            return vals
        return vals | {"cartona_id": _BLANK_ENDS.sub("", vals["cartona_id"] or "") or False}

    @api.model
    def _check_cartona_ids(self, cartona_ids, keeper):
        """Name the product that has an identity already, before the database refuses the double.

        :param cartona_ids: identities about to be given
        :param keeper: the product they are given to, if it exists
        """
        wanted = [cartona_id for cartona_id in cartona_ids if cartona_id]
        if not wanted:
            return
        others = (
            self.with_context(active_test=False)
            .sudo()
            .search([("cartona_id", "in", wanted), ("id", "not in", keeper.ids)], limit=1)
        )
        doubles = [cartona_id for cartona_id in wanted if wanted.count(cartona_id) > 1]
        if others or doubles:
            raise ValidationError(
                _(
                    "%(field)s %(identity)s belongs to %(other)s already. Give it to one "
                    "product only.",
                    field=self._fields["cartona_id"]._description_string(self.env),
                    identity=others.cartona_id or doubles[0],
                    other=others.display_name or _("another product of this very list"),
                )
            )
