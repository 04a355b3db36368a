# Rules that begin or end at a moment: their products are marked for that moment ahead of it, so
# that the price changes when it should and not at the next sweep. Entered by the hook on rules and
# by every sweep, which looks a little further than to the next one.
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from ..const import PRODUCT_LANE

# Longer than from one sweep to the next.
AHEAD = timedelta(minutes=75)


class MarketplacePriceDates(models.AbstractModel):
    _name = "marketplace.price.dates"
    _description = "Marketplace Price Dates"

    @api.model
    def _plan_all(self):
        """Plan every rule that begins or ends soon."""
        now = fields.Datetime.now()
        rules = self.env["product.pricelist.item"].sudo()
        for name in ("date_start", "date_end"):
            rules |= rules.search([(name, ">", now), (name, "<=", now + AHEAD)])
        self._plan(rules)

    @api.model
    def _plan(self, rules):
        """Mark what the rules are about for the moments at which they begin and end."""
        now = fields.Datetime.now()
        turning = defaultdict(set)
        for rule in rules.sudo():
            for moment in (rule.date_start, rule.date_end):
                if moment and now < moment <= now + AHEAD:
                    turning[moment].add(rule.id)
        users = self.env["marketplace.price.marks"]._get_lists_in_use() if turning else {}
        for moment, rule_ids in turning.items():
            its_rules = rules.sudo().browse(rule_ids)
            for config, lists in users.items():
                used = its_rules.filtered(lambda rule, lists=lists: rule.pricelist_id in lists)
                if used:
                    # A rule still holds in the very second in which it ends.
                    self._mark_later(config, used, (moment - now).total_seconds() + 1)

    @api.model
    def _mark_later(self, config, rules, seconds):
        listings = self.env["marketplace.listing"].sudo()
        covered = listings.search([("config_id", "=", config.id), *self._get_covered(rules)])
        self.env["marketplace.outbox"]._insert_marks(
            config.id, PRODUCT_LANE, "price", covered.ids, seconds
        )

    @api.model
    def _get_covered(self, rules):
        """The listings that any of the rules is about, as a domain."""
        if "3_global" in rules.mapped("applied_on"):
            return []

        def of(scope):
            return rules.filtered(lambda rule: rule.applied_on == scope)

        return [
            *("|", "|"),
            ("product_id", "in", of("0_product_variant").product_id.ids),
            ("product_tmpl_id", "in", of("1_product").product_tmpl_id.ids),
            ("product_tmpl_id.categ_id", "child_of", of("2_product_category").categ_id.ids),
        ]
