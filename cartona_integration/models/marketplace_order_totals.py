# Does a sales order come to what the marketplace says? Odoo's total against the marketplace's, and
# prices of nothing: reasons for a person to look at it first. Called by marketplace.order.holds.
from decimal import Decimal

from odoo import _, api, fields, models
from odoo.tools import formatLang

from ..exceptions import Unusable
from ..utils.prices import round_price

TOTAL_DIFFERS = "total_differs"
REBATE = "rebate"
ZERO_PRICE = "zero_price"


class MarketplaceOrderTotals(models.AbstractModel):
    _name = "marketplace.order.totals"
    _description = "Marketplace Order Totals"

    @api.model
    def _find(self, order, remote):
        """:return: list of codes"""
        codes = []
        if order._is_told_total_off():
            codes.append(TOTAL_DIFFERS)
            if order.supplier_rebate:
                codes.append(REBATE)
        if self._has_price_of_nothing(order):
            codes.append(ZERO_PRICE)
        return codes

    @api.model
    def _has_price_of_nothing(self, order):
        lines = order.order_line.filtered("marketplace_line").grouped("marketplace_line")
        return any(not any(parts.mapped("price_unit")) for parts in lines.values())


class MarketplaceOrderFacts(models.AbstractModel):
    _inherit = "marketplace.order.facts"

    @api.model
    def _get_values(self, config, remote, order=None):
        values = super()._get_values(config, remote, order)
        if getattr(remote, "lines", None):
            step = Decimal(str(config.currency_id.rounding))
            total = sum(line.price * line.amount for line in remote.lines)
            total = total if remote.total is None else remote.total
            values["marketplace_total"] = float(round_price(total, step))
        return values


class MarketplaceOrderWriter(models.AbstractModel):
    _inherit = "marketplace.order.writer"

    @api.model
    def _get_order_values(self, config, remote):
        values = super()._get_order_values(config, remote)
        return values | {"pricelist_id": self._choose_pricelist(config, values["partner_id"])}

    @api.model
    def _choose_pricelist(self, config, partner_id):
        """The pricelist decides in which currency an order is. The marketplace's prices are in the
        company's, as those are that it is told.

        :raise Unusable: nobody can order in that currency
        """
        currency = config.currency_id
        if not currency.active:
            raise Unusable("order_currency_inactive", currency.name, record=currency)
        customer = self.env["res.partner"].with_company(config.company_id).browse(partner_id)
        pricelist = config.pricelist_id or customer.property_product_pricelist
        return pricelist.currency_id == currency and pricelist.id


class SaleOrder(models.Model):
    _inherit = "sale.order"

    marketplace_total = fields.Monetary("Total on Marketplace", readonly=True, copy=False)
    marketplace_total_note = fields.Char(compute="_compute_marketplace_total_note")

    @api.depends("marketplace_total", "amount_total", "order_line.price_tax")
    @api.depends_context("lang")
    def _compute_marketplace_total_note(self):
        for order in self:
            order.marketplace_total_note = order._is_told_total_off() and _(
                "The marketplace says %(told)s, Odoo computes %(ours)s.",
                told=formatLang(self.env, order.marketplace_total, currency_obj=order.currency_id),
                ours=formatLang(
                    self.env, order._get_comparable_total(), currency_obj=order.currency_id
                ),
            )

    def _is_told_total_off(self):
        """Whether the totals differ by more than a line's roundings can make: a piastre a line."""
        told = set(self.order_line.mapped("marketplace_line")) - {False}
        margin = self.currency_id.rounding * len(told)
        difference = abs(self._get_comparable_total() - self.marketplace_total)
        return bool(told) and self.currency_id.compare_amounts(difference, margin) > 0

    def _get_comparable_total(self):
        """Odoo's total as the marketplace reckons it: without taxes that its prices leave out."""
        untaxed = self.order_line.filtered(
            lambda line: line.marketplace_line and not line.told_with_tax
        )
        if untaxed and untaxed == self.order_line.filtered("product_id"):
            return self.amount_untaxed
        return self.amount_total - sum(untaxed.mapped("price_tax"))
