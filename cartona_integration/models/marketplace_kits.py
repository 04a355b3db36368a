# Kits: what is sold as one and taken out of stock as its parts. Only where manufacturing is
# installed; without it nothing is a kit.
from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError

from ..compat import is_convertible
from ..utils.trace import exact


class MarketplaceKits(models.AbstractModel):
    _name = "marketplace.kits"
    _description = "Marketplace Kits"

    @api.model
    def _is_possible(self):
        return "mrp.bom" in self.env

    @api.model
    def _get_parts(self, products, company):
        """What one kit takes, in the parts' own units.

        :return: dict {product id: {part id: Decimal}} of those products that are kits; None
            instead of the parts where a unit can't be converted, or a quantity can't be meant
        """
        if not self._is_possible():
            return {}
        boms = self.env["mrp.bom"]._bom_find(products, company_id=company.id, bom_type="phantom")
        return {
            product.id: self._explode(boms[product], product)
            for product in products
            if boms[product]
        }

    @api.model
    def _explode(self, bom, product):
        try:
            lines = bom.explode(product, 1.0)[1]
        except UserError:
            return None
        units = [(line.product_uom_id, line.product_id.uom_id) for line, _data in lines]
        if not all(
            is_convertible(*pair) for pair in [*units, (bom.product_uom_id, product.uom_id)]
        ):
            return None
        made = bom.product_uom_id._compute_quantity(bom.product_qty, product.uom_id, round=False)
        parts = defaultdict(Decimal)
        try:
            for (line, data), (unit, own_unit) in zip(lines, units, strict=True):
                taken = exact(unit._compute_quantity(data["qty"], own_unit, round=False))
                if taken:
                    parts[line.product_id.id] += taken / exact(made)
        except ArithmeticError:
            return None
        return parts

    @api.model
    def _mark_stock(self, products):
        """Note that the stock of products differs, and of all kits that take them."""
        self.env["marketplace.outbox"]._mark("stock", "product", products.ids)
        self._mark_kits(products)

    @api.model
    def _mark_kits(self, products):
        if self._is_possible():
            self.env["marketplace.outbox"]._mark("stock", "part", products.ids)

    @api.model
    def _mark_demand(self, products, companies):
        """Note that more or less of products is asked for; of a kit, that is its parts."""
        for company in companies:
            for parts in self._get_parts(products, company).values():
                products |= products.browse(parts or ())
        self._mark_stock(products)
