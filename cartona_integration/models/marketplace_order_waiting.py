# Quotations that wait for goods, where the connection's policy is to confirm what is in stock: they
# are looked at again every minute, the oldest first. A part of the watch over orders, whose cron
# enters it; without such quotations it asks the database nothing, or once.
from odoo import api, models

from .marketplace_order_watch import BATCH, QUOTATION


class MarketplaceOrderWatch(models.AbstractModel):
    _inherit = "marketplace.order.watch"

    @api.model
    def _cron_watch(self):
        result = super()._cron_watch()
        self._look_for_goods()
        return result

    @api.model
    def _look_for_goods(self):
        configs = self.env["marketplace.config"].search(
            [
                ("state", "=", "live"),
                ("order_mode", "=", "live"),
                ("confirm_policy", "=", "if_in_stock"),
            ]
        )
        orders = configs and self._find_waiting(configs)
        if orders:
            served = self._find_served(orders)[:BATCH]
            known = self.env["marketplace.order"].search([("order_id", "in", served)])
            self._each("_confirm_served", known.sorted(lambda one: one.order_id.id).ids)

    @api.model
    def _find_waiting(self, configs):
        """Quotations that nobody has answered and nothing holds but what is in stock."""
        return self.env["sale.order"].search(
            [
                ("marketplace_config_id", "in", configs.ids),
                ("state", "in", QUOTATION),
                ("marketplace_status", "=", "pending"),
                ("marketplace_holds", "=", False),
            ],
            order="id",
        )

    @api.model
    def _find_served(self, orders):
        """:return: ids of those that can be served now, the oldest first"""
        served = set()
        for warehouse, waiting in orders.grouped("warehouse_id").items():
            served.update(
                self.env["marketplace.order.stock"]._find_served(
                    warehouse.company_id, warehouse, upto=waiting[-1]
                )
            )
        return [order_id for order_id in orders.ids if order_id in served]

    @api.model
    def _confirm_served(self, known):
        self.env["marketplace.order.confirmation"]._confirm_as_wanted(known.order_id)
