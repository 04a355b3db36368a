# Exceptions from a connection's policies, for one product category or one listing. The nearest one
# wins: the listing's, then its category's up to the topmost, then the connection itself.
from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ..utils.prices import HIGHEST
from .marketplace_policy_fields import LIMIT_POLICY, PRICE_POLICY, STOCK_POLICY

# Which switch covers which fields, and which kinds of marks a change of them calls for.
GROUPS = {
    "own_prices": (*PRICE_POLICY, "fixed_price"),
    "own_stock": STOCK_POLICY,
    "own_limits": LIMIT_POLICY,
}


class MarketplacePolicy(models.Model):
    _name = "marketplace.policy"
    _inherit = "marketplace.policy.fields"
    _description = "Marketplace Exception"
    _check_company_auto = True
    _order = "config_id, listing_id, category_id, id"

    config_id = fields.Many2one(
        "marketplace.config", string="Connection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="config_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    category_id = fields.Many2one(
        "product.category",
        ondelete="cascade",
        index="btree_not_null",
        help="Holds for all products of the category and of those below it.",
    )
    listing_id = fields.Many2one(
        "marketplace.listing",
        ondelete="cascade",
        index="btree_not_null",
        domain="[('config_id', '=', config_id)]",
    )
    own_prices = fields.Boolean()
    own_stock = fields.Boolean()
    own_limits = fields.Boolean("Own Order Quantities")
    fixed_price = fields.Monetary(help="Sent as it stands, for one pack. 0 takes the pricelist's.")

    _sql_constraints = [
        ("category_unique", "unique (config_id, category_id)", "This category has exceptions."),
        ("listing_unique", "unique (listing_id)", "This listing has exceptions already."),
        (
            "one_scope",
            "check ((category_id IS NULL) != (listing_id IS NULL))",
            "Choose the category or the listing that the exceptions are for.",
        ),
    ]

    @api.depends("category_id", "listing_id")
    def _compute_display_name(self):
        for policy in self:
            covered = policy.listing_id or policy.category_id
            policy.display_name = covered.display_name or _("New exceptions")

    @api.constrains("listing_id", "config_id", "category_id", "fixed_price")
    def _check_scope(self):
        for policy in self:
            if policy.listing_id and policy.listing_id.config_id != policy.config_id:
                raise ValidationError(_("The listing belongs to another connection."))
            if policy.fixed_price < 0:
                raise ValidationError(_("A fixed price can't be negative."))
            if policy.fixed_price >= HIGHEST:
                raise ValidationError(self.env["marketplace.api"]._explain("price_overflow"))
            if policy.fixed_price and not policy.listing_id:
                raise ValidationError(_("A fixed price is for one listing, not for a category."))

    @api.onchange("config_id")
    def _onchange_config_id(self):
        """A new exception begins as what it departs from."""
        if self.config_id and not self._origin:
            for name in (*PRICE_POLICY, *STOCK_POLICY, *LIMIT_POLICY):
                self[name] = self.config_id[name]

    def _get_fixed_price(self):
        return self.fixed_price

    def _get_config(self):
        return self.config_id._origin

    @api.model_create_multi
    def create(self, vals_list):
        policies = super().create(vals_list)
        policies._mark_covered()
        return policies

    def write(self, vals):
        moves = {"category_id", "listing_id", "config_id"} & vals.keys()
        if moves:
            self._mark_covered()
        result = super().write(vals)
        self._mark_covered()
        return result

    def unlink(self):
        self._mark_covered()
        return super().unlink()

    def _mark_covered(self):
        """What the exceptions are about may have other values now."""
        outbox = self.env["marketplace.outbox"]
        for kind in ("price", "stock", "publication"):
            outbox._mark(kind, "listing", self.listing_id.ids)
            outbox._mark(kind, "category", self.category_id.ids)
