# What orders of the marketplaces will take out of stock and nothing is reserved for yet:
# quotations, orders that a person has to look at first, and confirmed ones that wait for goods.
# Whoever else reads the stock does not see it, so it is taken off what is offered, once for all
# connections.
from collections import defaultdict
from decimal import Decimal

from odoo import api, models

from ..compat import LINE_UNIT, is_convertible
from ..utils.trace import exact

WAITING = ("waiting", "confirmed", "partially_available")
OPEN = (*WAITING, "assigned")


class MarketplaceDemand(models.AbstractModel):
    _name = "marketplace.demand"
    _description = "Marketplace Unreserved Demand"

    @api.model
    def _get_unreserved_demand(self, company, warehouses, *, with_moves=True):
        """How much is needed, in the products' units, kits as their parts.

        :param with_moves: also of confirmed orders; a forecast has them already
        :return: ({product id: quantity}, {product id: the code of why nobody can say})
        """
        demand, unclear = self._get_quoted(warehouses)
        self._add_put_aside(warehouses, demand, unclear)
        demand = self._take_apart(demand, company)
        if with_moves:
            self._add_waiting(warehouses, demand, unclear)
        return demand, unclear

    @api.model
    def _get_quoted(self, warehouses):
        quoted = self.env["sale.order.line"]._read_group(
            [
                ("order_id.marketplace_config_id", "!=", False),
                ("order_id.state", "in", ("draft", "sent")),
                ("order_id.warehouse_id", "in", warehouses.ids),
                ("product_id", "!=", False),
            ],
            ["product_id", LINE_UNIT],
            ["product_uom_qty:sum"],
        )
        demand, unclear = defaultdict(Decimal), {}
        for product, unit, quantity in quoted:
            if not is_convertible(unit, product.uom_id):
                unclear[product.id] = "stock_unit"
                continue
            needed = unit._compute_quantity(quantity, product.uom_id, round=False)
            try:
                demand[product.id] += exact(needed)
            except OverflowError:
                unclear[product.id] = "stock_overflow"
        return demand, unclear

    @api.model
    def _add_put_aside(self, warehouses, demand, unclear):
        """Count the orders that a person has to look at before they can be taken in."""
        needed = self.env["marketplace.inbox.demand"]._read_group(
            [("warehouse_id", "in", warehouses.ids)], ["product_id"], ["quantity:sum"]
        )
        for product, quantity in needed:
            try:
                demand[product.id] += exact(quantity)
            except OverflowError:
                unclear[product.id] = "stock_overflow"

    @api.model
    def _take_apart(self, demand, company):
        parts = self.env["marketplace.kits"]._get_parts(
            self.env["product.product"].browse(demand), company
        )
        taken = defaultdict(Decimal)
        for product_id, quantity in demand.items():
            for part_id, needed in (parts.get(product_id) or {product_id: 1}).items():
                taken[part_id] += quantity * needed
        return taken

    @api.model
    def _add_waiting(self, warehouses, demand, unclear):
        """Count the deliveries that have not reserved all they need."""
        moves = self.env["stock.move"].search(
            [
                ("state", "in", WAITING),
                ("sale_line_id.order_id.marketplace_config_id", "!=", False),
                ("sale_line_id.order_id.warehouse_id", "in", warehouses.ids),
                ("location_id.usage", "=", "internal"),
            ]
        )
        for move in moves:
            if move.move_dest_ids.filtered(lambda later: later.state in OPEN):
                continue
            try:
                demand[move.product_id.id] += self._get_missing(move)
            except ArithmeticError:
                unclear[move.product_id.id] = "stock_overflow"

    @api.model
    def _get_missing(self, move):
        """What a delivery needs and neither it nor a step before it has reserved."""
        steps = move.browse(move._rollup_move_origs()).filtered(
            lambda step: (
                step.state in OPEN and step.location_id.usage == "internal" and step.product_uom_qty
            )
        )
        reserved = sum(
            exact(step.product_qty) * exact(step.quantity) / exact(step.product_uom_qty)
            for step in steps
            if step.state in ("partially_available", "assigned")
        )
        return max(exact(move.product_qty) - reserved, Decimal(0))
