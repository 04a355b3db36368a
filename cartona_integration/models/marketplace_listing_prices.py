# Today's prices of listings, each with the steps to it: a fixed price, or that of as many pieces as
# a pack has, with or without tax, rounded as the currency is.
import logging
from collections import defaultdict
from contextlib import nullcontext
from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError

from ..unforeseen import UNFORESEEN
from ..utils.prices import judge_price, round_price
from ..utils.trace import Trace, exact

_logger = logging.getLogger(__name__)

# Other kinds of taxes are apps', and formulas that people write.
PLAIN_TAXES = {"group", "fixed", "percent", "division"}


class MarketplaceListing(models.Model):
    _inherit = "marketplace.listing"

    def _trace_prices(self, config, policies):
        """Prices per pack.

        :param policies: what ``_get_policies`` returned
        :return: dict {listing id: Trace}
        """
        groups = defaultdict(self.browse)
        for listing in self:
            groups[policies[listing.id].prices, listing.pack_qty] |= listing
        return {
            listing_id: trace
            for (policy, _qty), listings in groups.items()
            for listing_id, trace in listings._trace_alike(config, policy).items()
        }

    def _trace_alike(self, config, policy):
        """Prices of listings with one policy and one pack size."""
        fixed_price = policy._get_fixed_price()
        if fixed_price:
            return {listing.id: self._trace_fixed_price(config, fixed_price) for listing in self}
        units = self.env["marketplace.unit.price"]._trace(
            config, policy.pricelist_id, self.product_id, self[:1].pack_qty
        )
        traces = {listing.id: units[listing.product_id.id].fork() for listing in self}
        for listing in self:
            if not traces[listing.id].trouble:
                listing._trace_pack_price(config, policy, traces[listing.id])
        return traces

    def _trace_fixed_price(self, config, fixed_price):
        trace = Trace()
        trace.add("fixed_price", exact(fixed_price))
        self._trace_rounding(config, trace)
        return trace

    def _trace_pack_price(self, config, policy, trace):
        """From the price of a piece to what the marketplace shows."""
        unit_price = trace.value
        if self.pack_qty != 1:
            trace.add("times_pack", trace.value * exact(self.pack_qty), pack=exact(self.pack_qty))
        trace.trouble = judge_price(trace.value)
        if not trace.trouble:
            self._trace_tax(config, policy, trace, unit_price)
        if not trace.trouble:
            self._trace_rounding(config, trace)

    def _trace_tax(self, config, policy, trace, unit_price):
        """Add tax to a price that has none, or take it out of one that has, as the policy says."""
        taxes = self.product_id.taxes_id._filter_taxes_by_company(config.company_id)
        if all(
            tax.amount_type != "group" and tax.price_include == policy.price_includes_tax
            for tax in taxes
        ):
            return
        try:
            totals = self._compute_taxes(config, taxes, unit_price)
        except (UserError, *UNFORESEEN) as error:
            _logger.info("Taxes of %s: %r", self.product_id, error)
            trace.trouble = "price_uncomputable"
            return
        if policy.price_includes_tax:
            trace.add("tax_in", exact(totals["total_included"]), taxes=taxes)
        else:
            trace.add("tax_out", exact(totals["total_excluded"]), taxes=taxes)

    def _compute_taxes(self, config, taxes, unit_price):
        kinds = {tax.amount_type for tax in taxes}
        if "group" in kinds:
            kinds |= {tax.amount_type for tax in taxes.children_tax_ids}
        # Whatever a formula does to the database, the next product can be looked at.
        is_plain = kinds <= PLAIN_TAXES
        with nullcontext() if is_plain else self.env.cr.savepoint(flush=False):
            # Some taxes are so much a piece: the price of a pack doesn't tell how often.
            return taxes.compute_all(
                float(unit_price),
                currency=config.currency_id,
                quantity=self.pack_qty,
                product=self.product_id,
            )

    def _trace_rounding(self, config, trace):
        rounded = round_price(trace.value, Decimal(str(config.currency_id.rounding)))
        if rounded != trace.value:
            trace.add("rounded", rounded, currency=config.currency_id)
        trace.trouble = judge_price(rounded)
