# What the engine knows about a listing: what stands on the marketplace as far as it was confirmed,
# and what went wrong last. Only the engine writes here, so nobody's form save meets its locks.
import json
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ..const import LISTING_STATUSES, PRODUCT_LANE
from ..utils.redaction_filter import quote_safely

# A request whose answer was lost may still be on its way for so long.
STRAGGLING_SECONDS = 60
_MAY_STILL_ARRIVE = (
    f"(unsure_since > timezone('utc', clock_timestamp()) - interval '{STRAGGLING_SECONDS} seconds')"
)
VALUES = ("price", "stock", "unlimited", "published", "min_order", "max_order")
# The rest of a listing goes on while its price or stock is held back.
_HELD = "sync.status = 'held'"
_SEEN = ("price", "stock", "unlimited", "published")
_DRIFT = "(" + " OR ".join(f"sync.{name} != seen.{name}" for name in _SEEN) + ")"


class MarketplaceListingSync(models.Model):
    _name = "marketplace.listing.sync"
    _description = "Marketplace Listing State"
    _log_access = False
    _rec_name = "listing_id"

    listing_id = fields.Many2one("marketplace.listing", required=True, ondelete="cascade")
    status = fields.Selection(LISTING_STATUSES, required=True, default="never", index=True)
    # Confirmed values; NULL is unknown.
    price = fields.Float(digits=(16, 4))
    stock = fields.Integer()
    unlimited = fields.Boolean()
    published = fields.Boolean()
    min_order = fields.Integer()
    max_order = fields.Integer()
    held_price = fields.Float(digits=(16, 4), help="A price that waits for a decision.")
    unsure_since = fields.Datetime(help="An answer was lost: an old request may still arrive.")
    refused = fields.Text(help="What was refused last; the same is not sent again by itself.")
    error_code = fields.Char()
    error_detail = fields.Char()
    sent_at = fields.Datetime()
    acked_at = fields.Datetime()
    seen_at = fields.Datetime(help="When it was last read in the marketplace's own catalogue.")

    _sql_constraints = [
        ("listing_unique", "unique (listing_id)", "A listing has one state."),
    ]

    @api.model
    def _ensure(self, listing_ids):
        self.env.cr.execute(
            "INSERT INTO marketplace_listing_sync (listing_id, status) "
            "SELECT unnest(%s::int[]), 'never' ON CONFLICT (listing_id) DO NOTHING",
            [listing_ids],
        )

    @api.model
    def _read_for(self, listings):
        """Everything known about the listings, fresh from the database.

        :return: dict {listing id: dict of columns, and ``is_unsure``: nothing is known for certain,
            because no answer came, or because an old request may have arrived after the last one}
        """
        self.env.cr.execute(
            f"""
            SELECT *, unsure_since IS NOT NULL AND (
                       acked_at IS NULL OR acked_at < unsure_since OR NOT {_MAY_STILL_ARRIVE}
                   ) AS is_unsure
              FROM marketplace_listing_sync WHERE listing_id = ANY(%s)
            """,
            [listings.ids],
        )
        rows = self.env.cr.dictfetchall()
        for row in rows:
            # Odoo reads numeric columns as floats, and 10.1 is not the number 10.10.
            row["price"] = None if row["price"] is None else Decimal(str(row["price"]))
        return {row["listing_id"]: row for row in rows}

    @api.model
    def _store_accepted(self, contents):
        """The marketplace confirmed values.

        :param dict contents: {listing id: {name: value}}
        :return: listing ids whose earlier, unanswered request may still arrive
        """
        rows = [
            (listing_id, *(content.get(name) for name in VALUES))
            for listing_id, content in contents.items()
        ]
        unsure = self.env.cr.execute_values(
            f"""
            UPDATE marketplace_listing_sync sync
               SET price = COALESCE(told.price, sync.price),
                   stock = COALESCE(told.stock, sync.stock),
                   unlimited = COALESCE(told.unlimited, sync.unlimited),
                   published = COALESCE(told.published, sync.published),
                   min_order = COALESCE(told.min_order, sync.min_order),
                   max_order = COALESCE(told.max_order, sync.max_order),
                   status = CASE WHEN {_HELD} THEN sync.status
                                 WHEN COALESCE(told.published, sync.published) THEN 'in_step'
                                 ELSE 'off' END,
                   unsure_since = CASE WHEN {_MAY_STILL_ARRIVE} THEN sync.unsure_since END,
                   error_code = CASE WHEN {_HELD} THEN sync.error_code END,
                   refused = NULL, error_detail = NULL,
                   sent_at = timezone('utc', clock_timestamp()),
                   acked_at = timezone('utc', clock_timestamp())
              FROM (VALUES %s) AS told
                   (listing_id, price, stock, unlimited, published, min_order, max_order)
             WHERE sync.listing_id = told.listing_id
         RETURNING sync.listing_id, sync.unsure_since IS NOT NULL
            """,
            rows,
            template="(%s, %s::numeric, %s::int, %s::bool, %s::bool, %s::int, %s::int)",
            page_size=len(rows) or 1,
            fetch=True,
        )
        return [listing_id for listing_id, is_unsure in unsure if is_unsure]

    @api.model
    def _store_unknown(self, contents, straggling):
        """Nobody knows whether these values have arrived.

        :param dict contents: {listing id: {name: value}}
        :param straggling: whether the request may still be on its way
        """
        for name in VALUES:
            told = [listing_id for listing_id, content in contents.items() if name in content]
            self.env.cr.execute(
                SQL(
                    "UPDATE marketplace_listing_sync SET %s = NULL WHERE listing_id = ANY(%s)",
                    SQL.identifier(name),
                    told,
                )
            )
        self.env.cr.execute(
            "UPDATE marketplace_listing_sync SET sent_at = timezone('utc', clock_timestamp()) "
            "WHERE listing_id = ANY(%s)",
            [list(contents)],
        )
        if straggling:
            self._store_unsure(list(contents))

    @api.model
    def _store_unsure(self, listing_ids):
        self.env.cr.execute(
            "UPDATE marketplace_listing_sync SET unsure_since = timezone('utc', clock_timestamp()) "
            "WHERE listing_id = ANY(%s)",
            [listing_ids],
        )

    @api.model
    def _forget_values(self, listing_id):
        """Another listing speaks for the identity now: what was confirmed to this one is over."""
        self.env.cr.execute(
            SQL(
                "UPDATE marketplace_listing_sync SET %s WHERE listing_id = %s",
                SQL(", ").join(
                    SQL("%s = NULL", SQL.identifier(name))
                    for name in (*VALUES, "unsure_since", "sent_at")
                ),
                listing_id,
            )
        )

    @api.model
    def _store_trouble(self, listing_id, status, code, detail="", refused=None):
        """Say what keeps a listing from being in step."""
        self.env.cr.execute(
            "UPDATE marketplace_listing_sync SET status = %s, error_code = %s, error_detail = %s, "
            "refused = %s WHERE listing_id = %s",
            [
                status,
                code or None,
                quote_safely(detail, 500),
                refused and self._word(refused),
                listing_id,
            ],
        )

    @api.model
    def _store_held(self, listing_id, code, price=None):
        """Say why a value is kept back, and which price, if that is to be decided about."""
        self._store_trouble(listing_id, "held", code)
        self.env.cr.execute(
            "UPDATE marketplace_listing_sync SET held_price = %s WHERE listing_id = %s",
            [price, listing_id],
        )

    @api.model
    def _store_released(self, listing_id):
        """Nothing is kept back any more: the listing stands as it did before."""
        self.env.cr.execute(
            """
            UPDATE marketplace_listing_sync
               SET status = CASE WHEN acked_at IS NULL THEN 'never'
                                 WHEN published THEN 'in_step' ELSE 'off' END,
                   error_code = NULL, error_detail = NULL, held_price = NULL
             WHERE listing_id = %s
            """,
            [listing_id],
        )

    @api.model
    def _store_status(self, listing_ids, status):
        """Nothing had to be said: no trouble is left."""
        self.env.cr.execute(
            "UPDATE marketplace_listing_sync SET status = %s, error_code = NULL, "
            "error_detail = NULL WHERE listing_id = ANY(%s) AND status != %s",
            [status, listing_ids, status],
        )

    @api.model
    def _store_seen(self, contents, asked_at):
        """Believe the marketplace about what stands there, unless we told it otherwise since.

        :param dict contents: {listing id: {name: value}} as read
        :param asked_at: when the page was asked for
        :return: ids of the listings that stand there otherwise than was confirmed, or stand there
            again
        """
        if not contents:
            return []
        rows = [
            (listing_id, asked_at, *(content.get(name) for name in _SEEN))
            for listing_id, content in contents.items()
        ]
        drifted = self.env.cr.execute_values(
            f"""
            WITH seen (listing_id, asked_at, price, stock, unlimited, published) AS (VALUES %s),
            drifted AS (
                SELECT sync.id FROM marketplace_listing_sync sync
                  JOIN seen ON seen.listing_id = sync.listing_id
                 WHERE (sync.sent_at IS NULL OR sync.sent_at < seen.asked_at)
                   AND (sync.status = 'missing' OR {_DRIFT})
            ), noted AS (
                UPDATE marketplace_listing_sync sync
                   SET seen_at = timezone('utc', clock_timestamp())
                  FROM seen WHERE sync.listing_id = seen.listing_id
                   AND sync.id NOT IN (SELECT id FROM drifted)
            )
            UPDATE marketplace_listing_sync sync
               SET price = COALESCE(seen.price, sync.price),
                   stock = COALESCE(seen.stock, sync.stock),
                   unlimited = COALESCE(seen.unlimited, sync.unlimited),
                   published = COALESCE(seen.published, sync.published),
                   status = CASE sync.status WHEN 'missing' THEN 'in_step' ELSE sync.status END,
                   error_code = CASE WHEN sync.status != 'missing' THEN sync.error_code END,
                   refused = CASE WHEN sync.status != 'missing' THEN sync.refused END,
                   seen_at = timezone('utc', clock_timestamp())
              FROM seen, drifted
             WHERE sync.listing_id = seen.listing_id AND drifted.id = sync.id
         RETURNING sync.listing_id
            """,
            rows,
            template="(%s, %s::timestamp, %s::numeric, %s::int, %s::bool, %s::bool)",
            page_size=len(rows),
            fetch=True,
        )
        return [row[0] for row in drifted]

    @api.model
    def _is_any_seen(self, config, since):
        """Whether anything of the connection's stood in the catalogue."""
        return bool(
            self.search_count(
                [("listing_id.config_id", "=", config.id), ("seen_at", ">=", since)], limit=1
            )
        )

    @api.model
    def _is_any_in_step(self, config, since):
        """Whether anything should have stood there."""
        return bool(
            self.search_count(
                [
                    ("listing_id.config_id", "=", config.id),
                    ("status", "=", "in_step"),
                    ("acked_at", "<", since),
                ],
                limit=1,
            )
        )

    @api.model
    def _store_missing(self, config, since):
        """What was thought to be in step but has not been seen is not on the marketplace."""
        self.env.cr.execute(
            """
            UPDATE marketplace_listing_sync sync SET status = 'missing', published = NULL,
                   error_code = 'unknown_product', error_detail = NULL
              FROM marketplace_listing listing
             WHERE listing.id = sync.listing_id AND listing.config_id = %s
               AND sync.status = 'in_step' AND sync.acked_at < %s
               AND (sync.seen_at IS NULL OR sync.seen_at < %s)
            """,
            [config.id, since, since],
        )

    @api.model
    def _word(self, content):
        """A content as comparable text."""
        return json.dumps(content, sort_keys=True, default=str)

    @api.model
    def _get_status_domain(self, operator, value):
        """A search by status, where waiting is what a due mark says and hides the stored one."""
        wanted = {value} if operator in ("=", "!=") else set(value)
        waiting = list(self.env["marketplace.outbox"]._find_waiting(PRODUCT_LANE))
        stored = [("sync_ids.status", "in", list(wanted)), ("id", "not in", waiting)]
        found = ["|", ("id", "in", waiting), "&", *stored] if "waiting" in wanted else stored
        if operator in ("=", "in"):
            return found
        return [("id", "not in", self.env["marketplace.listing"].search(found).ids)]
