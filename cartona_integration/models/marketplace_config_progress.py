# How far a connection is in step with its marketplace: what has been confirmed, what needs a
# person, what still waits. Counted afresh whenever a form asks; nothing keeps a score.
from odoo import models
from odoo.tools import SQL

from ..compat import check_access
from ..const import PRODUCT_LANE, SCOPE_LANE

_CONFIRMED = ("in_step", "off")
_TROUBLED = ("held", "rejected", "missing")


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    def get_sync_progress(self):
        """How far the connection is in step, for the form that watches it.

        :return: dict of the numbers of listings that are confirmed, troubled and waiting, their
            total, the state: running, stopped (nothing begins until somebody goes live), done;
            and whether a call is under way, which goes on although nothing follows it
        """
        self.ensure_one()
        check_access(self, "read")
        progress = self._count_listings()
        progress["waiting"] += self._count_unlisted()
        progress["total"] = sum(progress.values())
        moves = "running" if self.state == "live" else "stopped"
        state = moves if progress["waiting"] else "done"
        return progress | {"state": state, "is_calling": self._is_calling()}

    def action_open_troubled(self):
        """Show the listings that need a person."""
        action = self._open("action_marketplace_listing")
        return action | {"domain": [*action["domain"], ("status", "in", _TROUBLED)]}

    def _count_listings(self):
        select_waiting = self.env["marketplace.outbox"]._select_waiting
        self.env.cr.execute(
            SQL(
                """
                SELECT count(*) FILTER (WHERE NOT is_waiting AND status IN %s) AS confirmed,
                       count(*) FILTER (WHERE NOT is_waiting AND status IN %s) AS troubled,
                       count(*) FILTER (WHERE is_waiting) AS waiting
                  FROM (SELECT sync.status,
                               marked.id IS NOT NULL OR product.id IS NOT NULL AS is_waiting
                          FROM marketplace_listing listing
                          JOIN marketplace_listing_sync sync ON sync.listing_id = listing.id
                     LEFT JOIN (%s) marked ON marked.id = listing.id
                     LEFT JOIN (%s) product ON product.id = listing.product_id
                         WHERE listing.config_id = %s) listings
                """,
                _CONFIRMED,
                _TROUBLED,
                select_waiting(PRODUCT_LANE, self),
                select_waiting(SCOPE_LANE, self),
                self.id,
            )
        )
        return self.env.cr.dictfetchone()

    def _is_calling(self):
        """Whether a flush has taken something and not said yet what became of it."""
        self.env.cr.execute(
            "SELECT FROM marketplace_outbox "
            "WHERE config_id = %s AND claimed_at IS NOT NULL LIMIT 1",
            [self.id],
        )
        return bool(self.env.cr.rowcount)

    def _count_unlisted(self):
        """Products that are about to get their listing."""
        self.env.cr.execute(
            SQL(
                "SELECT count(*) FROM (%s) product WHERE NOT EXISTS (SELECT FROM "
                "marketplace_listing WHERE config_id = %s AND product_id = product.id)",
                self.env["marketplace.outbox"]._select_waiting(SCOPE_LANE, self),
                self.id,
            )
        )
        return self.env.cr.fetchone()[0]
