# How long events are kept: what was dealt with for some months, what waits for somebody a good deal
# longer, what has not been looked at for ever.
from datetime import timedelta

from odoo import api, fields, models

from ..const import INBOX_DAYS, PARAM_INBOX_DAYS
from .retention import get_days

BATCH = 5_000
# What waits for a person is kept so many times as long.
PATIENCE = 4


class MarketplaceInbox(models.Model):
    _inherit = "marketplace.inbox"

    @api.autovacuum
    def _gc_old_events(self):
        """Forget old events, in batches."""
        days = get_days(self.env, PARAM_INBOX_DAYS, INBOX_DAYS)
        self._forget(("done", "ignored"), days)
        self._forget(("held", "quarantined"), days * PATIENCE)

    @api.model
    def _forget(self, states, days):
        limit = fields.Datetime.now() - timedelta(days=days)
        deleted = BATCH
        while deleted == BATCH:
            self.env.cr.execute(
                "DELETE FROM marketplace_inbox WHERE id IN (SELECT id FROM marketplace_inbox "
                "WHERE state IN %s AND COALESCE(pulled_at, create_date) < %s "
                "AND create_date < %s ORDER BY id LIMIT %s)",
                [states, limit, limit, BATCH],
            )
            deleted = self.env.cr.rowcount
