# Makes sales orders of remote ones, and changes them while they are quotations. Writes only what
# the marketplace says; called by marketplace.order.processor.
from odoo import Command, api, models
from odoo.tools import float_is_zero

from ..compat import LINE_UNIT
from ..const import CANCELLED_STATUSES
from ..exceptions import Unusable
from ..utils.messages import RemoteProduct

QUOTATION = ("draft", "sent")
_QUIET = {
    "mail_create_nosubscribe": True,
    "mail_auto_subscribe_no_notify": True,
    # A cancellation asks people whether to write an e-mail; nobody is there to answer.
    "disable_cancel_warning": True,
}


class MarketplaceOrderWriter(models.AbstractModel):
    _name = "marketplace.order.writer"
    _description = "Marketplace Order Writer"

    @api.model
    def _create_order(self, config, remote):
        """:return: the sales order
        :raise Unusable: it can't be one
        """
        orders = self.env["sale.order"].with_company(config.company_id).with_context(**_QUIET)
        order = orders.create(
            self._get_order_values(config, remote)
            | {"order_line": [Command.create(line) for line in self._get_lines(config, remote)]}
        )
        if remote.status in CANCELLED_STATUSES:
            self._cancel(order)
        return order

    @api.model
    def _get_order_values(self, config, remote):
        customers = self.env["marketplace.customer"]
        customer = customers._find_or_create(config, remote.customer)
        values = {
            "partner_id": customer.id,
            "partner_shipping_id": customers._find_or_create_address(customer, remote.customer).id,
            "told_address": customers._word_address(remote.customer),
            "company_id": config.company_id.id,
            "marketplace_config_id": config.id,
            "marketplace_status": remote.status,
            "cartona_id": remote.remote_id,
            "client_order_ref": remote.remote_id,
            "user_id": config.user_id.id,
        }
        if config.team_id:
            values["team_id"] = config.team_id.id
        if config.payment_term_id:
            values["payment_term_id"] = config.payment_term_id.id
        if config.order_warehouse_id:
            values["warehouse_id"] = config.order_warehouse_id.id
        return values

    @api.model
    def _get_lines(self, config, remote):
        """The values of the order's lines, in its order."""
        listings = self._match(config, remote.lines)
        return [
            self._get_line_values(line, listing, sequence)
            for sequence, (line, listing) in enumerate(zip(remote.lines, listings, strict=True), 10)
        ]

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
    def _get_line_values(self, line, listing, sequence):
        product = listing.product_id
        if not product:
            raise Unusable("product_unknown", f"{line.own_id or line.remote_id} {line.name}")
        pieces = listing.pack_qty
        quantity = float(line.amount) * pieces
        if float_is_zero(quantity, precision_rounding=product.uom_id.rounding):
            raise Unusable("bad_number", f"amount {line.amount}")
        return {
            "sequence": sequence,
            "marketplace_line": line.line_id,
            "product_id": product.id,
            "product_uom_qty": quantity,
            LINE_UNIT: product.uom_id.id,
            # written along with the quantity, which would have it computed anew
            "price_unit": float(line.price) / pieces,
            "discount": 0.0,
        }

    @api.model
    def _update_order(self, config, order, remote, is_edited):
        """Bring a sales order to what the marketplace says now.

        :param remote: a RemoteOrder, or a RemoteStatus, which changes no line
        :param is_edited: it says more than another status; what people made of lines that the
            marketplace has not touched stays theirs
        :raise Unusable: a person has to decide
        """
        order = order.with_company(order.company_id).with_context(**_QUIET)
        if remote.status in CANCELLED_STATUSES:
            self._cancel(order)
        elif is_edited:
            self._update_lines(config, order, remote)
            self._update_address(order, remote)
        order.marketplace_status = remote.status

    @api.model
    def _update_lines(self, config, order, remote):
        wanted = {line["marketplace_line"]: line for line in self._get_lines(config, remote)}
        ordered = order.order_line.filtered("marketplace_line")
        present = {line.marketplace_line: line for line in ordered}
        commands = [
            *(Command.unlink(line.id) for name, line in present.items() if name not in wanted),
            *(
                Command.update(present[name].id, values)
                if name in present
                else Command.create(values)
                for name, values in wanted.items()
                if name not in present or self._differs(present[name], values)
            ),
        ]
        if commands and order.state not in QUOTATION:
            raise Unusable("changed_after_confirmation", record=order)
        order.order_line = commands

    @api.model
    def _update_address(self, order, remote):
        """The customer wants the goods somewhere else than was told before; where people have sent
        them meanwhile stays."""
        customers = self.env["marketplace.customer"]
        told = customers._word_address(remote.customer)
        if told != (order.told_address or "") and order.state in QUOTATION:
            place = customers._find_or_create_address(order.partner_id, remote.customer)
            order.write({"partner_shipping_id": place.id, "told_address": told})

    @api.model
    def _differs(self, line, values):
        compared = line.with_context(lang=None)
        return any(
            (compared[name].id if compared._fields[name].relational else compared[name]) != value
            for name, value in values.items()
        )

    @api.model
    def _cancel(self, order):
        if order.state == "cancel":
            return
        if order.state not in QUOTATION:
            raise Unusable("cancelled_after_confirmation", record=order)
        order.action_cancel()
        if order.state != "cancel":
            raise Unusable("cancel_failed", record=order)
