# The lane of what is listed at all: gives products that are for sale their listing, and lets the
# listings of others know. Nothing of it is sent; the product lane does that.
from odoo import api, models

from ..const import LOOK, PRODUCT_LANE

BATCH_SIZE = 1_000
# A transaction that began before a listing was committed can't have marked it: look once more.
SECOND_LOOK = 300


class MarketplaceLaneScope(models.AbstractModel):
    _name = "marketplace.lane.scope"
    _inherit = "marketplace.lane"
    _description = "Marketplace Scope Lane"

    @api.model
    def _get_batch_size(self, config):
        return BATCH_SIZE

    @api.model
    def _plan(self, config, taken):
        listings, created = self.env["marketplace.listing"]._ensure(config, list(taken))
        outbox = self.env["marketplace.outbox"]
        outbox._mark("publication", "listing", listings.ids)
        outbox._insert_marks(config.id, PRODUCT_LANE, LOOK, created.ids, SECOND_LOOK)
        return []
