# What stood on the marketplace when: every price and stock that was confirmed, for a while.
from datetime import timedelta

from odoo import api, fields, models

from ..const import HISTORY_DAYS, PARAM_HISTORY_DAYS
from .retention import get_days

GC_BATCH = 10_000
KINDS = ("price", "stock")


class MarketplaceListingValue(models.Model):
    _name = "marketplace.listing.value"
    _description = "Marketplace Listing History"
    _log_access = False
    _order = "id desc"

    listing_id = fields.Many2one(
        "marketplace.listing", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection([("price", "Price"), ("stock", "Stock")], required=True)
    value = fields.Float(digits=(16, 4))
    acked_at = fields.Datetime("Confirmed", required=True, index=True)
    log_id = fields.Many2one("marketplace.sync.log", "Exchange", ondelete="set null", index=True)

    @api.model
    def _record(self, contents, log):
        """Keep confirmed values.

        :param dict contents: {listing id: {name: value}}
        """
        rows = [
            (listing_id, kind, content[kind], log.id)
            for listing_id, content in contents.items()
            for kind in KINDS
            if kind in content
        ]
        if rows:
            self.env.cr.execute_values(
                "INSERT INTO marketplace_listing_value (listing_id, kind, value, acked_at, log_id) "
                "VALUES %s",
                rows,
                template="(%s, %s, %s, timezone('utc', clock_timestamp()), %s)",
                page_size=len(rows),
            )

    @api.autovacuum
    def _gc_old_values(self):
        """Forget values older than the retention, but never the last of a listing's kind."""
        days = get_days(self.env, PARAM_HISTORY_DAYS, HISTORY_DAYS)
        limit = fields.Datetime.now() - timedelta(days=days)
        deleted = GC_BATCH
        while deleted == GC_BATCH:
            self.env.cr.execute(
                """
                DELETE FROM marketplace_listing_value WHERE id IN (
                    SELECT old.id FROM marketplace_listing_value old
                     WHERE old.acked_at < %s AND EXISTS (
                           SELECT FROM marketplace_listing_value later
                            WHERE later.listing_id = old.listing_id
                              AND later.kind = old.kind AND later.id > old.id)
                  ORDER BY old.id LIMIT %s)
                """,
                [limit, GC_BATCH],
            )
            deleted = self.env.cr.rowcount
