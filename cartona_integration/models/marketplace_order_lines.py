# The lines of a marketplace's order as lines of a sales order: which product, in which unit, at
# which price. Pure but for looking things up, and for units and taxes that have to be made first.
# Called by the order writer. What one of its lines consists of is found in marketplace_order_parts.
from decimal import Decimal

from odoo import Command, api, models

from ..compat import LINE_UNIT
from ..exceptions import Unusable
from ..utils.exact_json import fingerprint
from ..utils.messages import RemoteProduct
from ..utils.splitting import lay_out
from .marketplace_order_changes import QUOTATION


class MarketplaceOrderLines(models.AbstractModel):
    _name = "marketplace.order.lines"
    _description = "Marketplace Order Lines"

    @api.model
    def _get_commands(self, config, order, remote):
        """What makes a sales order's lines those of the remote order. What the marketplace has not
        touched is left alone, whatever people have made of it: changed it, deleted it, or added it.

        :param order: the sales order, empty for a new one
        :raise Unusable: a line can't become one of ours
        """
        wanted = self._get_lines(config, remote)
        present = order.order_line.filtered("marketplace_line").grouped("marketplace_line")
        nobody = order.order_line.browse()
        commands = [
            Command.unlink(line.id)
            for line_id, lines in present.items()
            for line in lines
            if line_id not in wanted
        ]
        deleted = self._find_deleted(config, order, remote, wanted)
        for line_id, values in wanted.items():
            if line_id not in deleted:
                commands += self._get_line_commands(present.get(line_id, nobody), values)
        return commands

    @api.model
    def _find_deleted(self, config, order, remote, wanted):
        """:return: set of ids of lines that people have deleted, and of which the marketplace says
        what it said before; placeholders are no part of what was taken as it was told"""
        missing = wanted.keys() - set(order.order_line.mapped("marketplace_line")) if order else ()
        if not missing:
            return set()
        told = self.env["marketplace.order"]._find(config, remote.remote_id).told_lines or {}
        return {
            line_id
            for line_id in missing
            if line_id in told and told[line_id] == wanted[line_id][0]["marketplace_told"]
        }

    @api.model
    def _get_told(self, remote):
        """:return: dict {line id: what tells whether the marketplace has changed the line}"""
        return {line.line_id: _get_fingerprint(line) for line in remote.lines}

    @api.model
    def _get_line_commands(self, present, wanted):
        """What makes lines of ours, one or several, what one of the marketplace's is now."""
        told = wanted[0]["marketplace_told"]
        if present and all(line.marketplace_told == told for line in present):
            return self._get_kind_commands(present, wanted[0]["told_with_tax"])
        lines = {line.marketplace_part: line for line in present}
        commands = [Command.unlink(line.id) for part, line in lines.items() if part >= len(wanted)]
        for part, values in enumerate(wanted):
            if part not in lines:
                commands.append(Command.create(values))
            elif changes := self._find_changes(lines[part], values):
                commands.append(Command.update(lines[part].id, changes))
        return commands

    @api.model
    def _get_kind_commands(self, present, with_tax):
        """The connection's owner has corrected what its prices contain: quotations follow."""
        return [
            Command.update(line.id, {"told_with_tax": with_tax})
            for line in present
            if line.told_with_tax != with_tax and line.state in QUOTATION
        ]

    @api.model
    def _find_changes(self, line, values):
        compared = line.with_context(lang=None)
        changes = {
            name: value
            for name, value in values.items()
            if (compared[name].id if compared._fields[name].relational else compared[name]) != value
        }
        # another product brings all of its own, and on a confirmed order it becomes another line
        return values if {"product_id", LINE_UNIT} & changes.keys() else changes

    @api.model
    def _get_lines(self, config, remote):
        """:return: dict {line id: the values of what it becomes}, in the order's order"""
        listings = self._match(config, remote.lines)
        products = self.env["marketplace.order.products"]
        known = [
            (line, listing)
            for line, listing in zip(remote.lines, listings, strict=True)
            if products._is_known(config, line, listing)
        ]
        parts = self.env["marketplace.order.parts"]._get_parts(config, known)
        taxed = self._get_taxed(config, listings)
        return {
            line.line_id: self._get_line_values(
                config, line, parts[line.line_id], taxed[listing], at
            )
            if line.line_id in parts
            else [products._get_placeholder_values(line, at)]
            for at, (line, listing) in enumerate(zip(remote.lines, listings, strict=True), 10)
        }

    @api.model
    def _match(self, config, lines):
        """The listings that the lines are about, empty where there is none.

        :raise Unusable: the two names of a product lead to two listings
        """
        products = [RemoteProduct(line.own_id, line.remote_id, {}) for line in lines]
        pairs = self.env["marketplace.listing"]._match_names(config, products)
        for line, (by_own_id, by_remote_id) in zip(lines, pairs, strict=True):
            if by_own_id and by_remote_id and by_own_id != by_remote_id:
                raise Unusable(
                    "product_ambiguous", f"{line.own_id} ≠ {line.remote_id}", record=by_own_id
                )
        return [by_remote_id or by_own_id for by_own_id, by_remote_id in pairs]

    @api.model
    def _get_taxed(self, config, listings):
        """:return: dict {listing: whether the marketplace's price of it contains the tax}"""
        listings = self.env["marketplace.listing"].union(*listings)
        policies = listings._get_policies(config)
        return {one: policies[one.id].prices.price_includes_tax for one in listings}

    @api.model
    def _get_line_values(self, config, line, parts, with_tax, sequence):
        """The values of our lines that one of the marketplace's becomes."""
        told = _get_fingerprint(line)
        steps = self._get_price_step(), _get_money_step(config)
        laid_out = [
            (part, quantity, price)
            for part in parts
            for quantity, price in lay_out(part.total, part.quantity, *steps, told=part.told)
        ]
        return [
            {
                "sequence": sequence,
                "marketplace_line": line.line_id,
                "marketplace_part": number,
                "marketplace_told": told,
                "told_with_tax": with_tax,
                "product_id": part.product.id,
                "product_uom_qty": float(quantity),
                LINE_UNIT: part.unit.id,
                # written along with the quantity, which would have it computed anew
                "price_unit": float(price),
                "discount": 0.0,
                "supplier_discount": part.cut(line.supplier_discount * line.amount),
                "marketplace_discount": part.cut(line.marketplace_discount * line.amount),
                "marketplace_pack": part.pieces,
                "marketplace_comment": line.comment or False,
            }
            for number, (part, quantity, price) in enumerate(laid_out)
        ]

    @api.model
    def _get_price_step(self):
        """The smallest difference of two prices; None where Odoo keeps any, as from 19.0 on."""
        digits = self.env["sale.order.line"]._fields["price_unit"].get_digits(self.env)
        return Decimal(1).scaleb(-digits[1]) if digits else None


def _get_money_step(config):
    return Decimal(str(config.currency_id.rounding))


def _get_fingerprint(line):
    return fingerprint([str(one) for one in (line.own_id, line.remote_id, *_word(line))])


def _word(line):
    """What a change of makes another line of it; 7.5 and 7.50 are the same."""
    numbers = (line.amount, line.price, line.supplier_discount, line.marketplace_discount)
    return (*(number.normalize() + 0 for number in numbers), line.comment)
