# The policies on prices, stock and order quantities: the same fields on a connection and on what
# overrides it for a category or a listing.
from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ..utils.quantities import trace_packs
from ..utils.trace import Trace, exact

PRICE_POLICY = ("pricelist_id", "price_includes_tax")
STOCK_POLICY = (
    "warehouse_ids",
    "stock_basis",
    "stock_buffer",
    "stock_share",
    "stock_cap",
    "stock_unlimited",
    "publication",
)
LIMIT_POLICY = ("min_order", "max_order")


class MarketplacePolicyFields(models.AbstractModel):
    _name = "marketplace.policy.fields"
    _description = "Marketplace Policies"

    # Prices
    pricelist_id = fields.Many2one(
        "product.pricelist",
        check_company=True,
        help="Prices are taken from here. Without one, from the products' sales prices.",
    )
    price_includes_tax = fields.Boolean(
        "Prices Include Tax", default=True, help="Whether the marketplace shows prices with tax."
    )

    # Stock
    warehouse_ids = fields.Many2many(
        "stock.warehouse",
        string="Warehouses",
        check_company=True,
        help="Their stock is offered. Without any, that of all the company's warehouses.",
    )
    stock_basis = fields.Selection(
        [
            ("free", "On hand and not reserved"),
            ("on_hand", "On hand"),
            ("forecast", "Forecast"),
        ],
        required=True,
        default="free",
    )
    stock_buffer = fields.Float(
        "Keep Back", digits="Product Unit of Measure", help="So much is never offered."
    )
    stock_share = fields.Float(
        "Share (%)", digits=(16, 2), default=100.0, help="So much of the rest is offered."
    )
    stock_cap = fields.Integer("Show at Most", help="0 shows all that is offered.")
    stock_unlimited = fields.Boolean(
        "Without End", help="Sell without looking at the stock, as what is made to order."
    )
    publication = fields.Selection(
        [("always", "As long as it is for sale"), ("in_stock", "Only while there is stock")],
        "Shown",
        required=True,
        default="always",
    )
    stock_warning = fields.Char("Warning", compute="_compute_stock_warning")

    # Order quantities
    min_order = fields.Integer(
        "Order at Least", help="In packs as they are listed. 0 leaves it as it is there."
    )
    max_order = fields.Integer(
        "Order at Most", help="In packs as they are listed. 0 leaves it as it is there."
    )

    @api.depends("warehouse_ids", "stock_basis", "stock_buffer", "stock_share", "stock_cap")
    def _compute_stock_warning(self):
        for policy in self:
            policy.stock_warning = policy._warn_of_empty_stock()

    def _warn_of_empty_stock(self):
        """Say so where even the product with most stock would be offered as none."""
        config = self._get_config()
        if self.stock_unlimited or not config.id:
            return False
        most = self.env["marketplace.available"].sudo()._get_most(config, self)
        trace = Trace()
        try:
            trace.add("basis", exact(most))
        except OverflowError:
            # a typing error in the stock, which is no lack of it
            return False
        trace_packs(trace, buffer=self.stock_buffer, share=self.stock_share)
        if trace.value > 0:
            return False
        if not most:
            return _("There is no stock at all in these warehouses: everything is offered as 0.")
        return _("By these rules everything is offered as 0, even the product with most stock.")

    @api.constrains("stock_buffer", "stock_share", "stock_cap")
    def _check_stock_policy(self):
        for policy in self:
            if policy.stock_buffer < 0 or policy.stock_cap < 0:
                raise ValidationError(
                    _("What is kept back or shown of the stock can't be negative.")
                )
            if not 0 <= policy.stock_share <= 100:
                raise ValidationError(_("The share of the stock lies between 0 and 100 percent."))

    @api.constrains("min_order", "max_order")
    def _check_limits(self):
        for policy in self:
            if policy.min_order < 0 or policy.max_order < 0:
                raise ValidationError(_("An order's quantity can't be negative."))
            if policy.max_order and policy.min_order > policy.max_order:
                raise ValidationError(_("An order can't be at least more than it is at most."))

    def _get_fixed_price(self):
        """The price of a pack that needs no pricelist, if there is one."""
        return 0.0

    def _get_config(self):
        """The connection that the policies are of."""
        raise NotImplementedError
