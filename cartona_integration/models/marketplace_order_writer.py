# Makes sales orders of remote ones, and brings them up to date. Writes only what the marketplace
# says; called by marketplace.order.processor. Lines, facts and money, holds and changes each lie in
# a file of their own.
from odoo import api, models

from ..const import CANCELLED_STATUSES

QUIET = {
    "mail_create_nosubscribe": True,
    "mail_auto_subscribe_no_notify": True,
}


class MarketplaceOrderWriter(models.AbstractModel):
    _name = "marketplace.order.writer"
    _description = "Marketplace Order Writer"

    @api.model
    def _create_order(self, config, remote):
        """:return: the sales order
        :raise Unusable: it can't be one
        """
        order = self._make_order(config, remote)
        if remote.status in CANCELLED_STATUSES:
            self.env["marketplace.order.cancellation"]._cancel(order)
        if order.state != "cancel":
            self._look_at(config, order, remote, is_edited=True)
        return order

    @api.model
    def _make_order(self, config, remote):
        """The sales order, before anything is done with it."""
        orders = self.env["sale.order"].with_company(config.company_id).with_context(**QUIET)
        lines = self.env["marketplace.order.lines"]._get_commands(config, orders.browse(), remote)
        return orders.create(self._get_order_values(config, remote) | {"order_line": lines})

    @api.model
    def _update_order(self, config, order, remote, is_edited):
        """Bring a sales order to what the marketplace says now.

        :param remote: a RemoteOrder, or a RemoteStatus, which changes no line
        :param is_edited: it says more than another status; what people made of lines that the
            marketplace has not touched stays theirs
        :raise Unusable: a person has to decide
        """
        order = order.with_company(order.company_id).with_context(**QUIET)
        changes = self.env["marketplace.order.changes"]
        is_wanted = changes._apply(config, order, remote, is_edited)
        self._look_at(config, order, remote, is_edited, is_wanted)

    @api.model
    def _look_at(self, config, order, remote, is_edited, is_wanted=False):
        """Once an order says what the marketplace says: does anything in it need a person, and if
        not, is it to be confirmed?"""
        self.env["marketplace.order.holds"]._refresh(config, order, remote, is_edited)
        self.env["marketplace.order.confirmation"]._confirm_as_wanted(order, is_wanted=is_wanted)

    @api.model
    def _get_order_values(self, config, remote):
        return (
            self._get_customer_values(config, remote)
            | self._get_config_values(config)
            | self.env["marketplace.order.facts"]._get_values(config, remote)
            | {"cartona_id": remote.remote_id, "client_order_ref": remote.remote_id}
        )

    @api.model
    def _get_customer_values(self, config, remote):
        customers = self.env["marketplace.customer"]
        customer = customers._find_or_create(config, remote.customer)
        return {
            "partner_id": customer.id,
            "partner_shipping_id": customers._find_or_create_address(customer, remote.customer).id,
            "told_address": customers._word_address(remote.customer),
        }

    @api.model
    def _get_config_values(self, config):
        """What the connection's owner has decided about its orders."""
        values = {
            "company_id": config.company_id.id,
            "marketplace_config_id": config.id,
            "user_id": config.user_id.id,
        }
        chosen = {
            "team_id": config.team_id,
            "payment_term_id": config.payment_term_id,
            "warehouse_id": config.order_warehouse_id,
        }
        return values | {name: record.id for name, record in chosen.items() if record}
