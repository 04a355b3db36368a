# What of an order reaches its customer: goods that were delivered short without a back-order, or
# whose delivery was cancelled, never do, and nobody pays for them. Called by sale_order_money.py.
from odoo import models

from ..compat import LINE_TAXES

# Below this it is the rounding of units.
NOTHING = 1e-6


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_coming_total(self, as_told=False):
        """What the goods come to that the customer has, or will get.

        :param as_told: as the marketplace reckons, without taxes that its prices leave out
        """
        lines = self.order_line.filtered(lambda line: not line.display_type)
        coming = {line: line._get_coming_quantity() for line in lines}
        if all(quantity == line.product_uom_qty for line, quantity in coming.items()):
            return self._get_comparable_total() if as_told else self.amount_total
        amounts = (line._get_coming_price(quantity, as_told) for line, quantity in coming.items())
        return self.currency_id.round(sum(amounts))


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_coming_quantity(self):
        """How much of the line the customer has, or will get, in the line's unit."""
        ordered = self.product_uom_qty
        if self.qty_delivered_method != "stock_move" or not self.move_ids:
            return ordered
        under_way = self.move_ids.filtered(lambda move: move._is_under_way())
        if under_way.product_id - self.product_id:
            # parts of a kit, which comes as a whole
            return ordered
        coming = self.qty_delivered + sum(
            move.product_uom._compute_quantity(
                move._get_coming_quantity(), self._get_unit(), round=False
            )
            for move in under_way
        )
        return coming if coming < ordered - NOTHING else ordered

    def _get_coming_price(self, quantity, as_told):
        """What so much of the line costs; not rounded, where taxes are rounded in all."""
        amounts = self[LINE_TAXES].compute_all(
            self.price_unit * (1 - self.discount / 100),
            currency=self.currency_id,
            quantity=quantity,
            product=self.product_id,
            partner=self.order_id.partner_shipping_id,
        )
        without_tax = as_told and self.marketplace_line and not self.told_with_tax
        return amounts["total_excluded" if without_tax else "total_included"]


class StockMove(models.Model):
    _inherit = "stock.move"

    def _is_under_way(self):
        """Whether it takes goods to a customer, and has not done so yet."""
        return self.location_dest_id.usage == "customer" and self.state not in ("done", "cancel")

    def _get_coming_quantity(self):
        """How much of it will come: what is not loaded comes later, unless nothing ever does."""
        is_picked = any(self.picking_id.move_ids.mapped("picked"))
        if is_picked and self.picking_type_id.create_backorder == "never":
            return self.quantity if self.picked else 0.0
        return self.product_uom_qty
