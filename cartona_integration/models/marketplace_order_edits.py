# What a customer changes about an order, carried out on the sales order: lines and the address. On
# a confirmed one by Odoo's own ways, so that its transfers follow; once goods have been taken from
# their shelves a person is asked, in words, also about money. Called by marketplace.order.changes.
from odoo import Command, api, models
from odoo.tools import float_repr

from ..compat import LINE_UNIT
from ..exceptions import Unusable
from ..utils import order_steps as steps
from .marketplace_order_products import NEVER

CREATE, UPDATE = Command.CREATE, Command.UPDATE
REMOVE = (Command.DELETE, Command.UNLINK)
# What can't be changed about a line that transfers have been made of.
KIND = ("product_id", LINE_UNIT)
# The money by which it changes what is collected at the door.
COLLECTED = ("cartona_credit", "installment_cost", "wallet_top_up")


class MarketplaceOrderEdits(models.AbstractModel):
    _name = "marketplace.order.edits"
    _description = "Marketplace Order Edits"

    @api.model
    def _apply(self, config, order, remote, stage):
        """:raise Unusable: it is too late for that, and something differs"""
        lines = self.env["marketplace.order.lines"]
        if stage == steps.QUOTATION:
            commands = lines._get_commands(config, order, remote)
        else:
            lines = lines.with_context(**{NEVER: True})
            commands = self._spare_lines(order, lines._get_commands(config, order, remote))
        if stage not in steps.CHANGEABLE or (commands and self._is_being_invoiced(order)):
            changes = self._word_lines(order, commands) + self._word_address(order, remote)
            if stage not in steps.CHANGEABLE:
                changes += self._word_money(config, order, remote)
            if changes:
                raise Unusable("changed_after_confirmation", "; ".join(changes), record=order)
            return
        self._write_lines(order, commands)
        self._move(order, self._find_address(order, remote), remote)

    @api.model
    def _is_being_invoiced(self, order):
        """An invoice that somebody is about to post would go on saying what was ordered before."""
        return order.state == "sale" and "draft" in order.invoice_ids.mapped("state")

    @api.model
    def _spare_lines(self, order, commands):
        """The same on a confirmed order, whose lines can't be deleted or be about something else:
        their quantity becomes zero instead."""
        spared = []
        for command in commands:
            line = order.order_line.browse(command[1] or ())
            if command[0] in REMOVE:
                spared += self._empty(line)
            elif command[0] == UPDATE and self._is_other_kind(line, command[2]):
                spared += [*self._empty(line, marketplace_line=False), Command.create(command[2])]
            else:
                spared.append(command)
        return spared

    @api.model
    def _empty(self, line, **values):
        if not line.product_uom_qty and not values:
            return []
        # written along with the quantity, which would have it computed anew
        price = {"price_unit": line.price_unit, "discount": line.discount}
        # told anew, it is ordered anew
        empty = {"product_uom_qty": 0.0, "marketplace_told": False}
        return [Command.update(line.id, {**empty, **price, **values})]

    @api.model
    def _is_other_kind(self, line, values):
        return any(name in values and values[name] != line[name].id for name in KIND)

    @api.model
    def _write_lines(self, order, commands):
        """A locked order is locked again: its transfers would not follow otherwise."""
        if not commands:
            return
        is_locked = order.locked
        if is_locked:
            order.action_unlock()
        order.write({"order_line": commands})
        if is_locked:
            order.action_lock()

    @api.model
    def _find_address(self, order, remote):
        """Where the customer wants the goods, if that was told otherwise before; where people have
        sent them meanwhile stays."""
        if self._get_told_address(order, remote) == (order.told_address or ""):
            return order.partner_id.browse()
        customers = self.env["marketplace.customer"]
        customer = customers._complete_address(remote.customer, order.told_address)
        return customers._find_or_create_address(order.partner_id, customer)

    @api.model
    def _get_told_address(self, order, remote):
        """The address as it is told by now, with what this message leaves out of it."""
        customers = self.env["marketplace.customer"]
        customer = customers._complete_address(remote.customer, order.told_address)
        return customers._word_address(customer)

    @api.model
    def _move(self, order, place, remote):
        if not place:
            return
        told = self._get_told_address(order, remote)
        # Odoo would ask somebody to change the address of the transfers, which is done here
        quiet = order.with_context(mail_activity_automation_skip=True)
        quiet.write({"partner_shipping_id": place.id, "told_address": told})
        order.picking_ids.filtered(
            lambda one: one.state not in ("done", "cancel") and one.location_id.usage == "internal"
        ).partner_id = place

    @api.model
    def _word_address(self, order, remote):
        told, before = self._get_told_address(order, remote), order.told_address or ""
        return [f"{before} → {told}".replace("\n", ", ")] if told != before else []

    @api.model
    def _word_money(self, config, order, remote):
        """Slips say what to collect, and an invoice has settled it."""
        told = [(name, float(remote.money[name])) for name in COLLECTED if name in remote.money]
        lang = config.user_id.lang or config.company_id.partner_id.lang
        labels = self.env["ir.model.fields"].with_context(lang=lang)
        return [
            f"{labels._get('sale.order', name).field_description}: "
            f"{_word(order[name])} → {_word(amount)}"
            for name, amount in told
            if order.currency_id.compare_amounts(order[name], amount)
        ]

    @api.model
    def _word_lines(self, order, commands):
        """What differs, in words that need no translation."""
        words = []
        for command in commands:
            line = order.order_line.browse(command[1] or ())
            values = command[2] if command[0] in (CREATE, UPDATE) else {}
            product = self.env["product.product"].browse(values.get("product_id"))
            words += self._word_line(product or line.product_id, line, values)
        return words

    @api.model
    def _word_line(self, product, line, values):
        before, after = line.product_uom_qty, values.get("product_uom_qty", line.product_uom_qty)
        prices = line.price_unit, values.get("price_unit", line.price_unit)
        changes = []
        if before != after:
            changes.append(f"{_word(before)} → {_word(after)}")
        if line and after and prices[0] != prices[1]:
            changes.append(f"@ {_word(prices[0])} → {_word(prices[1])}")
        return [f"{product.display_name}: {', '.join(changes)}"] if changes else []


def _word(number):
    return float_repr(number, 6).rstrip("0").rstrip(".")
