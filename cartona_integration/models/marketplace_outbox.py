# The outbox: append-only marks "this may differ from the marketplace now". Hooks write them with
# their own transaction, the flush takes them; nobody updates what a mark means.
from collections import defaultdict
from functools import partial

from odoo import api, fields, models
from odoo.tools import SQL

from ..const import PRODUCT_LANE, SCOPE_LANE, SHARDS

_DATA_KEY = "marketplace.marks"
# How a mark's key leads to listings. A product that nobody lists leads to none and costs nothing.
_LISTINGS_BY = {
    "listing": SQL("JOIN marketplace_listing listing ON listing.id = mark.id"),
    "product": SQL("JOIN marketplace_listing listing ON listing.product_id = mark.id"),
    "template": SQL(
        "JOIN product_product product ON product.product_tmpl_id = mark.id "
        "JOIN marketplace_listing listing ON listing.product_id = product.id"
    ),
    "config": SQL("JOIN marketplace_listing listing ON listing.config_id = mark.id"),
    "category": SQL(
        "JOIN product_category above ON above.id = mark.id "
        "JOIN product_category categ ON starts_with(categ.parent_path, above.parent_path) "
        "JOIN product_template template ON template.categ_id = categ.id "
        "JOIN product_product product ON product.product_tmpl_id = template.id "
        "JOIN marketplace_listing listing ON listing.product_id = product.id"
    ),
    "tax": SQL(
        "JOIN product_taxes_rel taxed ON taxed.tax_id = mark.id "
        "JOIN product_product product ON product.product_tmpl_id = taxed.prod_id "
        "JOIN marketplace_listing listing ON listing.product_id = product.id"
    ),
    # Products whose cost is what a pricelist's rule goes by.
    "cost": SQL(
        "JOIN marketplace_listing listing ON listing.product_id = mark.id AND EXISTS ("
        "SELECT FROM product_pricelist_item rule WHERE rule.base = 'standard_price')"
    ),
    # Moves: of those that make a forecast, and of those that marketplace orders wait for.
    "move": SQL(
        "JOIN stock_move move ON move.id = mark.id "
        "JOIN marketplace_listing listing ON listing.product_id = move.product_id AND ("
        "EXISTS (SELECT FROM marketplace_config WHERE stock_basis = 'forecast') OR "
        "EXISTS (SELECT FROM marketplace_policy WHERE stock_basis = 'forecast') OR "
        "EXISTS (SELECT FROM sale_order_line line JOIN sale_order ON sale_order.id = line.order_id "
        "WHERE line.id = move.sale_line_id AND sale_order.marketplace_config_id IS NOT NULL))"
    ),
    # Parts of kits, of kits of kits too; exists where manufacturing is installed.
    "part": SQL(
        "JOIN (WITH RECURSIVE taken (part_id, kit_id) AS ("
        "SELECT line.product_id, kit.id FROM mrp_bom_line line "
        "JOIN mrp_bom bom ON bom.id = line.bom_id AND bom.type = 'phantom' AND bom.active "
        "JOIN product_product kit ON kit.product_tmpl_id = bom.product_tmpl_id "
        "AND kit.id = COALESCE(bom.product_id, kit.id) "
        "UNION SELECT taken.part_id, above.id FROM taken "
        "JOIN mrp_bom_line line ON line.product_id = taken.kit_id "
        "JOIN mrp_bom bom ON bom.id = line.bom_id AND bom.type = 'phantom' AND bom.active "
        "JOIN product_product above ON above.product_tmpl_id = bom.product_tmpl_id "
        "AND above.id = COALESCE(bom.product_id, above.id)"
        ") SELECT part_id, kit_id FROM taken) taken ON taken.part_id = mark.id "
        "JOIN marketplace_listing listing ON listing.product_id = taken.kit_id"
    ),
}
_IN_USE = SQL("config.active AND config.state IN ('live', 'paused')")


def _select_listings(key, kind, ids):
    return SQL(
        # As an array, because a join with a handful of configs is planned from the wrong end.
        "SELECT listing.config_id, %s AS lane, %s AS kind, listing.id AS res_id "
        "FROM unnest(%s::int[]) AS mark(id) %s WHERE listing.config_id = ANY ("
        "ARRAY(SELECT config.id FROM marketplace_config config WHERE %s))",
        PRODUCT_LANE,
        kind,
        list(ids),
        _LISTINGS_BY[key],
        _IN_USE,
    )


def _select_scope(kind, ids):
    return SQL(
        "SELECT config.id AS config_id, %s AS lane, %s AS kind, mark.id AS res_id "
        "FROM unnest(%s::int[]) AS mark(id) JOIN marketplace_config config ON %s",
        SCOPE_LANE,
        kind,
        list(ids),
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
    res_id = fields.Integer(required=True)
    due = fields.Datetime(required=True)
    claimed_at = fields.Datetime(help="A flush took it and has not said yet what became of it.")

    def init(self):
        # No unique key and no foreign key: a mark must not conflict with anyone's transaction.
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS marketplace_outbox_shard_idx "
            "ON marketplace_outbox (config_id, lane, shard, id)"
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

    def _write_marks(self, data):
        """Turn the collected intents into rows, by one statement, and wake their shards."""
        marks = {key: ids for key, ids in data.pop(_DATA_KEY, {}).items() if ids}
        if not marks:
            return
        selects = [
            _select_scope(kind, ids) if key == "scope" else _select_listings(key, kind, ids)
            for (key, kind), ids in marks.items()
        ]
        self.env.cr.execute(
            SQL(
                """
                WITH written AS (
                    INSERT INTO marketplace_outbox (config_id, lane, kind, res_id, shard, due)
                    SELECT config_id, lane, kind, res_id, mod(res_id, %s),
                           timezone('utc', clock_timestamp())
                      FROM (%s) marks
                 RETURNING config_id, lane, shard
                )
                SELECT DISTINCT config_id, lane, shard FROM written
                """,
                SHARDS,
                SQL(" UNION ").join(selects),
            )
        )
        self.env["marketplace.wake"]._wake_after_commit(self.env.cr.fetchall())

    @api.model
    def _get_shard(self, res_id):
        return res_id % SHARDS

    @api.model
    def _get_all_shards(self):
        return range(SHARDS)

    @api.model
    def _insert_marks(self, rows):
        """Write marks directly: (config id, lane, kind, record id, seconds until due)."""
        if not rows:
            return
        self.env.cr.execute_values(
            "INSERT INTO marketplace_outbox (config_id, lane, kind, res_id, shard, due) VALUES %s",
            [(*row[:4], row[3] % SHARDS, row[4]) for row in rows],
            template="(%s, %s, %s, %s, %s, "
            "timezone('utc', clock_timestamp()) + %s * interval '1 second')",
            page_size=1_000,
        )

    @api.model
    def _take(self, config_id, lane, shard, limit):
        """Claim the oldest due marks, for ``limit`` records at most.

        :return: dict {record id: {"marks": ids, "kinds": kinds, "lost": bool}}, where lost means
            that an earlier flush took the record and never said what became of it
        """
        self.env.cr.execute(
            """
            SELECT id, res_id, kind, claimed_at IS NOT NULL
              FROM marketplace_outbox
             WHERE config_id = %s AND lane = %s AND shard = %s
               AND due <= timezone('utc', clock_timestamp())
          ORDER BY id LIMIT %s
            """,
            [config_id, lane, shard, 4 * limit],
        )
        taken = {}
        for mark_id, res_id, kind, lost in self.env.cr.fetchall():
            if res_id not in taken and len(taken) == limit:
                continue
            record = taken.setdefault(res_id, {"marks": [], "kinds": set(), "lost": False})
            record["marks"].append(mark_id)
            record["kinds"].add(kind)
            record["lost"] |= lost
        return taken

    @api.model
    def _claim(self, mark_ids):
        self.env.cr.execute(
            "UPDATE marketplace_outbox SET claimed_at = timezone('utc', clock_timestamp()) "
            "WHERE id = ANY(%s)",
            [mark_ids],
        )

    @api.model
    def _release(self, mark_ids):
        """The flush knows what became of its claim: the records are not lost, just not done."""
        self.env.cr.execute(
            "UPDATE marketplace_outbox SET claimed_at = NULL WHERE id = ANY(%s)", [mark_ids]
        )

    @api.model
    def _delete(self, mark_ids):
        self.env.cr.execute("DELETE FROM marketplace_outbox WHERE id = ANY(%s)", [mark_ids])

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
    def _is_due(self, config_id, lane, shard):
        """Whether a flush of the shard would find something to do."""
        self.env.cr.execute(
            """
            SELECT FROM marketplace_outbox mark
          LEFT JOIN marketplace_config config ON config.id = mark.config_id
              WHERE mark.config_id = %s AND mark.lane = %s AND mark.shard = %s
                AND mark.due <= timezone('utc', clock_timestamp())
                AND (config.id IS NULL OR NOT config.active OR config.state = 'live')
              LIMIT 1
            """,
            [config_id, lane, shard],
        )
        return bool(self.env.cr.rowcount)
