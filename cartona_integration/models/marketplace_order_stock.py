# Which quotations of the marketplaces can be served from a warehouse: one after the other, the
# oldest first, each from what those before it leave. One that can't be served takes nothing from
# those after it. Called by marketplace.order.confirmation.
from collections import defaultdict
from decimal import Decimal

from odoo import api, models

from ..compat import LINE_UNIT, WAREHOUSE_KEY, is_convertible, is_stock_counted
from ..utils.trace import exact

# Nobody can say how many are there.
UNCLEAR = Decimal("-Infinity")


class MarketplaceOrderStock(models.AbstractModel):
    _name = "marketplace.order.stock"
    _description = "Marketplace Order Stock"

    @api.model
    def _find_served(self, company, warehouse, *, upto=None):
        """What is counted here is what is counted for the offer. Services, and goods that no stock
        is kept of, are always there; kits are when their parts are.

        :param upto: the last order that is asked about; none asks about all quotations
        :return: ids of sales orders
        """
        needs = self._get_needs(company, warehouse, upto)
        parts = {part for needed in needs.values() for part in needed or ()}
        left = self._get_left(company, warehouse, self.env["product.product"].browse(parts))
        served = []
        for order_id, needed in sorted(needs.items()):
            counted = {part: amount for part, amount in (needed or {}).items() if part in left}
            if needed is None or any(left[part] < amount for part, amount in counted.items()):
                continue
            served.append(order_id)
            for part, amount in counted.items():
                left[part] -= amount
        return served

    @api.model
    def _get_needs(self, company, warehouse, upto):
        """:return: dict {order id: {product id: quantity}}, kits as their parts; None instead of
        the quantities where nobody can say
        """
        placeholder = self.env["marketplace.order.products"]._get_placeholder()
        lines = self.env["sale.order.line"]._read_group(
            [
                ("order_id.marketplace_config_id", "!=", False),
                ("order_id.state", "in", ("draft", "sent")),
                ("order_id.warehouse_id", "=", warehouse.id),
                ("product_id", "not in", [False, placeholder.id]),
                *([("order_id.id", "<=", upto.id)] if upto else []),
            ],
            ["order_id", "product_id", LINE_UNIT],
            ["product_uom_qty:sum"],
        )
        products = self.env["product.product"].union(*(product for _o, product, *_rest in lines))
        kits = self.env["marketplace.kits"]._get_parts(products, company)
        needs = {upto.id: {}} if upto else {}
        for order, product, unit, quantity in lines:
            needed = needs.setdefault(order.id, {})
            taken = self._get_taken(product, unit, quantity, kits)
            if taken is None or needed is None:
                needs[order.id] = None
                continue
            for part, amount in taken.items():
                needed[part] = needed.get(part, 0) + amount
        return needs

    @api.model
    def _get_taken(self, product, unit, quantity, kits):
        """:return: dict {product id: quantity}, None where nobody can say"""
        parts = kits.get(product.id, {product.id: Decimal(1)})
        if parts is None or not is_convertible(unit, product.uom_id):
            return None
        try:
            amount = exact(unit._compute_quantity(quantity, product.uom_id, round=False))
        except ArithmeticError:
            return None
        return {part: amount * needed for part, needed in parts.items()}

    @api.model
    def _get_left(self, company, warehouse, parts):
        """What is free, less what has been promised to orders that are no quotations.

        :return: dict {product id: quantity} of those that are counted
        """
        demands = self.env["marketplace.demand"]
        demand, unclear = defaultdict(Decimal), {}
        demands._add_put_aside(warehouse, demand, unclear)
        demand = demands._take_apart(demand, company)
        demands._add_waiting(warehouse, demand, unclear)
        counted = parts.filtered(is_stock_counted)
        expired = self.env["marketplace.available"]._get_expired("free", warehouse, counted)
        there = counted.with_company(company).with_context(**{WAREHOUSE_KEY: warehouse.ids})
        return {
            part.id: UNCLEAR
            if part.id in unclear
            else exact(part.free_qty) - exact(expired.get(part.id, 0.0)) - demand[part.id]
            for part in there
        }
