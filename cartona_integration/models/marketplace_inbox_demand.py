# What orders need that could not be taken in yet: it has been promised all the same, so that it is
# not offered to others. Written when an event is put aside, read by marketplace.demand.
import logging
from collections import defaultdict

from odoo import api, fields, models

from ..const import CANCELLED_STATUSES
from ..unforeseen import UNFORESEEN
from ..utils.messages import RemoteProduct

_logger = logging.getLogger(__name__)

# Orders of somebody else's, or that take nothing any more.
_NOT_OURS = "foreign_supplier"
_OVER = {*CANCELLED_STATUSES, "delivered"}


class MarketplaceInboxDemand(models.Model):
    _name = "marketplace.inbox.demand"
    _description = "Marketplace Demand of Orders Put Aside"
    _log_access = False
    _rec_name = "product_id"

    event_id = fields.Many2one("marketplace.inbox", required=True, ondelete="cascade", index=True)
    product_id = fields.Many2one("product.product", required=True, ondelete="cascade")
    warehouse_id = fields.Many2one("stock.warehouse", required=True, ondelete="cascade", index=True)
    quantity = fields.Float(required=True, help="In the product's own unit.")


class MarketplaceInbox(models.Model):
    _inherit = "marketplace.inbox"

    demand_ids = fields.One2many("marketplace.inbox.demand", "event_id")

    def _set_state(self, state, cause_code=False, cause_detail=False, **values):
        result = super()._set_state(state, cause_code, cause_detail, **values)
        if state == "quarantined" or self.demand_ids:
            self._renew_demand()
        return result

    def _renew_demand(self):
        """Note what the order needs as long as it waits for a person; of several versions of it,
        the last one."""
        before = self.search([*self._get_order_domain(), ("demand_ids", "!=", False)]).demand_ids
        products = before.product_id
        before.unlink()
        if self.state == "quarantined" and self.kind == "order" and self.cause_code != _NOT_OURS:
            products |= self._note_demand()
        self.env["marketplace.kits"]._mark_demand(products, self.company_id)

    def _note_demand(self):
        """:return: the products that are needed"""
        try:
            with self.env.cr.savepoint():
                needed = self._read_demand()
        except UNFORESEEN as error:
            # it is put aside for that very reason, perhaps
            _logger.info("What event %s needs can't be told: %s", self.id, error)
            return self.env["product.product"]
        warehouse = self._get_demand_warehouse()
        noted = self.env["marketplace.inbox.demand"].create(
            [
                {
                    "event_id": self.id,
                    "product_id": product.id,
                    "warehouse_id": warehouse.id,
                    "quantity": quantity,
                }
                for product, quantity in needed.items()
                if warehouse
            ]
        )
        return noted.product_id

    def _read_demand(self):
        """:return: {product: quantity}, of a first version that takes something"""
        remote = self._read_order()
        known = self.env["marketplace.order"]._find(self.config_id, self.remote_id)
        if not remote or remote.status in _OVER or known.order_id:
            return {}
        products = [RemoteProduct(line.own_id, line.remote_id, {}) for line in remote.lines]
        listings = self.env["marketplace.listing"]._match_remote(self.config_id, products)
        needed = defaultdict(float)
        for line, listing in zip(remote.lines, listings, strict=True):
            if listing.product_id:
                needed[listing.product_id] += float(line.amount) * listing.pack_qty
        return needed

    @api.model
    def _get_demand_warehouse(self):
        """Where the order would be delivered from."""
        chosen = self.config_id.order_warehouse_id
        domain = [("company_id", "=", self.company_id.id)]
        return chosen or self.env["stock.warehouse"].search(domain, limit=1)
