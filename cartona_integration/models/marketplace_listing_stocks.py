# Today's stock of listings in packs, each with the steps to it: what is available of the goods, by
# the policy that holds for the listing, cut into packs. One stock feeds all packs of a product.
from collections import defaultdict

from odoo import models

from ..utils.quantities import trace_packs
from ..utils.trace import Trace


class MarketplaceListing(models.Model):
    _inherit = "marketplace.listing"

    def _trace_stocks(self, config, policies):
        """Packs on offer; a trace that ends in None has no end of them.

        :param policies: what ``_get_policies`` returned
        :return: dict {listing id: Trace}
        """
        groups = defaultdict(self.browse)
        for listing in self:
            groups[policies[listing.id].stock] |= listing
        traces = {}
        for policy, listings in groups.items():
            available = listings._trace_available(config, policy)
            for listing in listings:
                trace = traces[listing.id] = available[listing.product_id.id].fork()
                listing._trace_packs(policy, trace)
        return traces

    def _trace_available(self, config, policy):
        if not policy.stock_unlimited:
            return self.env["marketplace.available"]._trace(config, policy, self.product_id)
        trace = Trace()
        trace.add("unlimited", None)
        return {product.id: trace for product in self.product_id}

    def _trace_packs(self, policy, trace):
        if trace.trouble or trace.value is None:
            return
        trace_packs(
            trace,
            buffer=policy.stock_buffer,
            share=policy.stock_share,
            pack_qty=self.pack_qty,
            cap=policy.stock_cap,
        )
