# Packs of which only a part has been delivered. Odoo counts parts of packs to two digits: 11 of 12
# bottles are 0.92 packs, and invoiced wrong by pounds. So what is delivered and invoiced is added
# up in pieces, and what is no whole number of packs is invoiced by the piece: all invoices together
# are the line's price to the piastre. docs/adr/0011-order-lines.md has the worked example.
import math
from decimal import Decimal

from odoo import Command, models
from odoo.tools import float_round

from ..compat import LINE_TAXES, LINE_UNIT, PROCURED, is_convertible
from ..utils.prices import round_price
from ..utils.splitting import is_multiple, lay_out
from ..utils.trace import exact

SIGNS = {"out_invoice": 1, "out_refund": -1}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_packs(self):
        """The lines whose goods are sold by the pack and moved by the piece."""
        return self.filtered(
            lambda line: (
                line.marketplace_line
                and line.qty_delivered_method == "stock_move"
                and line[LINE_UNIT] != line.product_id.uom_id
                and is_convertible(line[LINE_UNIT], line.product_id.uom_id)
                # a kit's parts have been moved instead
                and line.move_ids.product_id <= line.product_id
            )
        )

    def _compute_qty_delivered(self):
        result = super()._compute_qty_delivered()
        for line in self._get_packs():
            line.qty_delivered = line._get_delivered_pieces() / line._get_pack_size()
        return result

    def _compute_qty_invoiced(self):
        result = super()._compute_qty_invoiced()
        for line in self._get_packs():
            line.qty_invoiced = line._get_invoiced_pieces() / line._get_pack_size()
        return result

    def _compute_qty_invoiced_posted(self):
        """From 18.0 on."""
        result = super()._compute_qty_invoiced_posted()
        for line in self._get_packs():
            pieces = line._get_invoiced_pieces(states=("posted",))
            line.qty_invoiced_posted = pieces / line._get_pack_size()
        return result

    def _compute_qty_to_invoice(self):
        result = super()._compute_qty_to_invoice()
        for line in self._get_packs().filtered(lambda line: line.state == "sale"):
            line.qty_to_invoice = line._show_pieces(line._get_pieces_to_invoice())
        return result

    def _compute_untaxed_amount_to_invoice(self):
        result = super()._compute_untaxed_amount_to_invoice()
        for line in self._get_packs().filtered(lambda line: line.state == "sale"):
            due = line[LINE_TAXES].compute_all(
                float(line._get_price_of(line._get_due_pieces())),
                currency=line.currency_id,
                product=line.product_id,
                partner=line.order_id.partner_shipping_id,
            )
            line.untaxed_amount_to_invoice = due["total_excluded"] - line.untaxed_amount_invoiced
        return result

    def _get_qty_procurement(self, previous_product_uom_qty=False):
        quantity = super()._get_qty_procurement(previous_product_uom_qty)
        if not self._get_packs() or not self.move_ids:
            return quantity
        outgoing, incoming = self._get_outgoing_incoming_moves(**PROCURED)
        return (self._add_up(outgoing) - self._add_up(incoming)) / self._get_pack_size()

    def _get_pack_size(self):
        return self._count_pieces(1.0, self[LINE_UNIT])

    def _count_pieces(self, quantity, unit):
        return unit._compute_quantity(quantity, self.product_id.uom_id, round=False)

    def _add_up(self, moves):
        """The pieces that moves are about: those moved, or those to be moved."""
        return sum(
            self._count_pieces(
                move.quantity if move.state == "done" else move.product_uom_qty, move.product_uom
            )
            for move in moves
        )

    def _get_delivered_pieces(self):
        outgoing, incoming = (
            moves.filtered(lambda move: move.state == "done")
            for moves in self._get_outgoing_incoming_moves()
        )
        return self._add_up(outgoing) - self._add_up(incoming)

    def _get_invoiced_pieces(self, states=("draft", "posted")):
        return sum(
            SIGNS.get(item.move_type, 0) * self._count_pieces(item.quantity, item.product_uom_id)
            for item in self._get_invoice_lines()
            if item.parent_state in states or item.move_id.payment_state == "invoicing_legacy"
        )

    def _get_due_pieces(self):
        """How many are to be paid for by now."""
        if self.product_id.invoice_policy == "order":
            return self._count_pieces(self.product_uom_qty, self[LINE_UNIT])
        return self._get_delivered_pieces()

    def _get_pieces_to_invoice(self):
        pieces = self._get_due_pieces() - self._get_invoiced_pieces()
        return float_round(pieces, precision_digits=self._get_quantity_digits())

    def _get_quantity_digits(self):
        return self.env["account.move.line"]._fields["quantity"].get_digits(self.env)[1]

    def _show_pieces(self, pieces):
        """So many in packs; of a large pack a few are not nothing, or nobody would invoice them."""
        packs = pieces / self._get_pack_size()
        least = 10.0 ** -self._get_quantity_digits()
        return math.copysign(max(abs(packs), least), packs) if pieces else 0.0

    def _get_price_of(self, pieces):
        """What so many pieces cost, to the piastre."""
        price = Decimal(str(self.price_unit)) * (1 - Decimal(str(self.discount)) / 100)
        price = price * exact(pieces) / exact(self._get_pack_size())
        return round_price(price, Decimal(str(self.currency_id.rounding)))

    def _prepare_invoice_line(self, **optional_values):
        values = super()._prepare_invoice_line(**optional_values)
        # who makes invoices need not see transfers
        line = self.sudo()
        if "quantity" not in optional_values and line._is_invoiced_by_the_piece():
            pieces = line._get_pieces_to_invoice()
            # all of them at the first price; where that is not enough, see _split_pieces()
            price = line._lay_out_pieces(pieces, line._get_invoiced_pieces())[0][1]
            values |= line._get_piece_values(pieces, price)
        return values

    def _is_invoiced_by_the_piece(self):
        """Whole packs after whole packs stay packs."""
        if not self._get_packs():
            return False
        size = exact(self._get_pack_size())
        pieces, before = self._get_pieces_to_invoice(), self._get_invoiced_pieces()
        return bool(pieces) and not all(is_multiple(exact(one), size) for one in (pieces, before))

    def _get_piece_values(self, quantity, price):
        return {
            "name": self.name.removesuffix(f"\n{self[LINE_UNIT].name}"),
            "product_uom_id": self.product_id.uom_id.id,
            "quantity": float(quantity),
            "price_unit": float(price),
            # the price is what is paid, to the piastre
            "discount": 0.0,
        }

    def _lay_out_pieces(self, pieces, before):
        """
        :param before: how many have been invoiced before these
        :return: list of (quantity, price), one or two
        """
        sign = 1 if pieces > 0 else -1
        money = self._get_price_of(before + pieces) - self._get_price_of(before)
        digits = self.env["account.move.line"]._fields["price_unit"].get_digits(self.env)
        parts = lay_out(
            sign * money,
            sign * exact(pieces),
            Decimal(1).scaleb(-digits[1]) if digits else None,
            Decimal(str(self.currency_id.rounding)),
        )
        return [(sign * quantity, price) for quantity, price in parts]


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _create_invoices(self, grouped=False, final=False, date=None):
        invoices = super()._create_invoices(grouped=grouped, final=final, date=date)
        if self.marketplace_config_id:
            for item in invoices.sudo().invoice_line_ids:
                item._split_pieces()
        return invoices


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _split_pieces(self):
        """Pieces of a pack for which Odoo keeps no one price become two lines."""
        line = self.sale_line_ids._get_packs()
        if len(line) != 1 or self.product_uom_id != line.product_id.uom_id:
            return
        sign = SIGNS[self.move_type]
        pieces = sign * self.quantity
        parts = line._lay_out_pieces(pieces, line._get_invoiced_pieces() - pieces)
        if len(parts) > 1:
            ours, others = (line._get_piece_values(sign * many, price) for many, price in parts)
            others = line._prepare_invoice_line(sequence=self.sequence, **others)
            self.move_id.invoice_line_ids = [
                Command.update(self.id, {name: ours[name] for name in ("quantity", "price_unit")}),
                Command.create(others),
            ]
