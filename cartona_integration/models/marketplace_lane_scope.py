# The lane of what is listed at all: gives products that are for sale their listing, and lets the
# listings of others know. Nothing of it is sent; the product lane does that.
from odoo import api, models

BATCH_SIZE = 1_000


class MarketplaceLaneScope(models.AbstractModel):
    _name = "marketplace.lane.scope"
    _inherit = "marketplace.lane"
    _description = "Marketplace Scope Lane"

    @api.model
    def _get_batch_size(self, config):
        return BATCH_SIZE

    @api.model
    def _plan(self, config, taken):
        listings, _created = self.env["marketplace.listing"]._ensure(config, list(taken))
        self.env["marketplace.outbox"]._mark("publication", "listing", listings.ids)
        return []
