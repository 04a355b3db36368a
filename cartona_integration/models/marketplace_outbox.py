# The outbox: append-only marks "these may differ from the marketplace now". Hooks write them with
# their own transaction, the flush takes them under its shard's lock. A mark is one row for many
# records of a shard, because a thousand rows would cost a person's save more than the save itself.
from collections import defaultdict
from functools import partial

from odoo import api, fields, models
from odoo.tools import SQL

from ..const import LOOK, PRODUCT_LANE, SCOPE_LANE, SHARDS
from .marketplace_outbox_keys import array, listings_of

_DATA_KEY = "marketplace.marks"
_IN_USE = SQL("config.active AND config.state IN ('live', 'paused')")


def _select_listings(key, kind, ids):
    return SQL(
        # An array, because a join with a handful of configs is planned from the wrong end; and a
        # sum, because the index of a connection's listings has all of them for each price saved.
        "SELECT listing.config_id, %s AS lane, %s AS kind, listing.id AS res_id "
        "FROM marketplace_listing listing WHERE %s AND listing.config_id + 0 = ANY ("
        "ARRAY(SELECT config.id FROM marketplace_config config WHERE %s))",
        PRODUCT_LANE,
        kind,
        listings_of(key, ids),
        _IN_USE,
    )


def _select_scope(kind, ids):
    return SQL(
        "SELECT config.id AS config_id, %s AS lane, %s AS kind, mark.id AS res_id "
        "FROM unnest(%s) AS mark(id) JOIN marketplace_config config ON %s",
        SCOPE_LANE,
        kind,
        array(ids),
        _IN_USE,
    )


class MarketplaceOutbox(models.Model):
    _name = "marketplace.outbox"
    _description = "Marketplace Mark"
    _log_access = False
    _order = "id"

    config_id = fields.Integer(required=True)
    lane = fields.Char(required=True)
    shard = fields.Integer(required=True)
    kind = fields.Char(required=True)
    due = fields.Datetime(required=True)
    claimed_at = fields.Datetime(help="A flush took it and has not said yet what became of it.")

    def init(self):
        # No unique key and no foreign key: a mark must not conflict with anyone's transaction.
        self.env.cr.execute(
            "ALTER TABLE marketplace_outbox ADD COLUMN IF NOT EXISTS res_ids int[] NOT NULL"
        )
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS marketplace_outbox_shard_idx "
            "ON marketplace_outbox (config_id, lane, shard, id)"
        )
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS marketplace_outbox_claim_idx "
            "ON marketplace_outbox (config_id, lane, shard) WHERE claimed_at IS NOT NULL"
        )

    @api.model
    def _mark(self, kind, key, ids):
        """Note that listings may differ from now on; written once, when the transaction flushes.

        :param str kind: price, stock, publication
        :param str key: what the ids are: product, template, listing
        """
        self._pending_marks()[key, kind].update(ids)

    @api.model
    def _mark_scope(self, product_ids):
        """Note that products may enter or leave what is listed."""
        self._pending_marks()["scope", "scope"].update(product_ids)

    @api.model
    def _pending_marks(self):
        data = self.env.cr.precommit.data
        if _DATA_KEY not in data:
            data[_DATA_KEY] = defaultdict(set)
            self.env.cr.precommit.add(partial(self._write_marks, data))
        return data[_DATA_KEY]

    @api.model
    def _write_pending_marks(self):
        """Write what this transaction has marked so far, for who is about to read the marks."""
        self._write_marks(self.env.cr.precommit.data)

    def _write_marks(self, data):
        """Turn the collected intents into rows, by one statement, and wake their shards."""
        marks = {key: ids for key, ids in data.pop(_DATA_KEY, {}).items() if ids}
        if not marks:
            return
        selects = [
            _select_scope(kind, ids) if key == "scope" else _select_listings(key, kind, ids)
            for (key, kind), ids in marks.items()
        ]
        self.env["marketplace.wake"]._wake_after_commit(self._insert(SQL(" UNION ").join(selects)))

    @api.model
    def _insert_marks(self, config_id, lane, kind, res_ids, seconds=0):
        """Write a mark directly, due in so many seconds.

        :return: the shards that have it
        """
        return self._insert(
            SQL(
                "SELECT %s AS config_id, %s AS lane, %s AS kind, unnest(%s) AS res_id",
                config_id,
                lane,
                kind,
                array(res_ids),
            ),
            seconds,
        )

    @api.model
    def _insert(self, marks, seconds=0):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO marketplace_outbox (config_id, lane, kind, shard, res_ids, due)
                SELECT config_id, lane, kind, mod(res_id, %s), array_agg(res_id ORDER BY res_id),
                       timezone('utc', clock_timestamp()) + %s * interval '1 second'
                  FROM (%s) marks GROUP BY 1, 2, 3, 4
             RETURNING config_id, lane, shard
                """,
                SHARDS,
                seconds,
                marks,
            )
        )
        return set(self.env.cr.fetchall())

    @api.model
    def _recover_lost(self, config_id, lane, shard):
        """Make claims whose flush never said what became of them marks like all others; who holds
        the shard's lock knows that nobody is going to say it.

        :return: ids of the claimed records
        """
        self.env.cr.execute(
            """
            UPDATE marketplace_outbox SET claimed_at = NULL
             WHERE config_id = %s AND lane = %s AND shard = %s AND claimed_at IS NOT NULL
         RETURNING res_ids
            """,
            [config_id, lane, shard],
        )
        return sorted({res_id for [res_ids] in self.env.cr.fetchall() for res_id in res_ids})

    @api.model
    def _take(self, config_id, lane, shard, limit):
        """Take the oldest due marks out, for ``limit`` records at most.

        :return: dict {record id: kinds}
        """
        taken, left = {}, {}
        for mark_id, kind, res_ids in self._read_due(config_id, lane, shard, limit):
            left[mark_id] = []
            for res_id in res_ids:
                if res_id not in taken and len(taken) == limit:
                    left[mark_id].append(res_id)
                    continue
                taken.setdefault(res_id, set()).add(kind)
        self._leave(left)
        return taken

    @api.model
    def _read_due(self, config_id, lane, shard, limit):
        # Several kinds may speak of one record; what is far behind the limit is not even looked at.
        self.env.cr.execute(
            """
            SELECT id, kind, res_ids
              FROM (SELECT mark.*, sum(cardinality(res_ids)) OVER (ORDER BY id) AS so_far
                      FROM (SELECT * FROM marketplace_outbox
                             WHERE config_id = %(config)s AND lane = %(lane)s AND shard = %(shard)s
                               AND due <= timezone('utc', clock_timestamp())
                          ORDER BY id LIMIT 4 * %(limit)s) mark) marks
             WHERE so_far - cardinality(res_ids) < 4 * %(limit)s
          ORDER BY id
            """,
            {"config": config_id, "lane": lane, "shard": shard, "limit": limit},
        )
        return self.env.cr.fetchall()

    @api.model
    def _leave(self, left):
        """Keep of each mark what nobody has taken.

        :param left: {mark id: record ids}
        """
        self._delete([mark_id for mark_id, res_ids in left.items() if not res_ids])
        self.env.cr.execute_values(
            "UPDATE marketplace_outbox mark SET res_ids = rest.res_ids "
            "FROM (VALUES %s) AS rest (id, res_ids) WHERE mark.id = rest.id",
            [(mark_id, res_ids) for mark_id, res_ids in left.items() if res_ids],
            template="(%s, %s::int[])",
        )

    @api.model
    def _claim(self, config_id, lane, shard, kinds):
        """Remember what is about to be said, until somebody knows what came of it.

        :param kinds: {record id: kinds}
        :return: ids of the marks that remember it
        """
        res_ids = defaultdict(list)
        for res_id, its_kinds in kinds.items():
            for kind in its_kinds:
                res_ids[kind].append(res_id)
        rows = self.env.cr.execute_values(
            "INSERT INTO marketplace_outbox (config_id, lane, shard, kind, res_ids, due, "
            "claimed_at) VALUES %s RETURNING id",
            [(config_id, lane, shard, kind, its_ids) for kind, its_ids in res_ids.items()],
            template="(%s, %s, %s, %s, %s, timezone('utc', clock_timestamp()), "
            "timezone('utc', clock_timestamp()))",
            fetch=True,
        )
        return [row[0] for row in rows]

    @api.model
    def _release(self, mark_ids):
        """The flush knows what became of its claim: the records are not lost, just not done."""
        self.env.cr.execute(
            "UPDATE marketplace_outbox SET claimed_at = NULL WHERE id = ANY(%s)", [mark_ids]
        )

    @api.model
    def _postpone(self, mark_ids, seconds):
        self.env.cr.execute(
            "UPDATE marketplace_outbox SET due = timezone('utc', clock_timestamp()) "
            "+ %s * interval '1 second' WHERE id = ANY(%s)",
            [seconds, mark_ids],
        )

    @api.model
    def _delete(self, mark_ids):
        self.env.cr.execute("DELETE FROM marketplace_outbox WHERE id = ANY(%s)", [mark_ids])

    @api.model
    def _find_waiting(self, lane, res_ids=None):
        """Records that wait to be sent, among the given ones or all."""
        among = SQL("true") if res_ids is None else SQL("id = ANY(%s)", list(res_ids))
        self.env.cr.execute(
            SQL("SELECT id FROM (%s) waiting WHERE %s", self._select_waiting(lane), among)
        )
        return {row[0] for row in self.env.cr.fetchall()}

    @api.model
    def _select_waiting(self, lane, config=None):
        """The query for records that somebody's change waits for, each once.

        :param config: only this connection's
        """
        return SQL(
            """
            SELECT DISTINCT unnest(res_ids) AS id FROM marketplace_outbox
             WHERE lane = %s AND kind != %s AND due <= timezone('utc', clock_timestamp()) AND %s
            """,
            lane,
            LOOK,
            SQL("config_id = %s", config.id) if config else SQL("true"),
        )

    @api.model
    def _forget_config(self, config_id):
        """Nobody will send what waits for a connection that is gone; coming back, it is swept."""
        self.env.cr.execute("DELETE FROM marketplace_outbox WHERE config_id = %s", [config_id])

    @api.model
    def _get_due_shards(self):
        """The shards that a flush would find something to do in: (config id, lane, shard)."""
        self.env.cr.execute(
            """
            SELECT DISTINCT mark.config_id, mark.lane, mark.shard
              FROM marketplace_outbox mark
         LEFT JOIN marketplace_config config ON config.id = mark.config_id
             WHERE mark.due <= timezone('utc', clock_timestamp())
               AND (config.id IS NULL OR NOT config.active OR config.state = 'live')
            """
        )
        return self.env.cr.fetchall()

    @api.model
    def _is_due(self, config_id, lane, shard, but=()):
        """Whether a flush of the shard would find something to do, besides the marks ``but``."""
        self.env.cr.execute(
            """
            SELECT FROM marketplace_outbox mark
          LEFT JOIN marketplace_config config ON config.id = mark.config_id
              WHERE mark.config_id = %s AND mark.lane = %s AND mark.shard = %s
                AND mark.id != ALL(%s)
                AND mark.due <= timezone('utc', clock_timestamp())
                AND (config.id IS NULL OR NOT config.active OR config.state = 'live')
              LIMIT 1
            """,
            [config_id, lane, shard, list(but)],
        )
        return bool(self.env.cr.rowcount)
