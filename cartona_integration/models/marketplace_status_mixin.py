# How products, variants and stock stand on the marketplace, in their own screens: the worst of the
# statuses of their listings and the newest sending. Only for people with the marketplace groups.
from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..compat import check_access
from ..const import LISTING_STATUSES, PRODUCT_LANE

USER = "cartona_integration.group_marketplace_user"
NOT_LISTED = "not_listed"
# Of several listings, the one that somebody should look at speaks for all.
WORST_FIRST = ["rejected", "waiting", "held", "missing", "never", "in_step", "off", NOT_LISTED]


class MarketplaceStatusMixin(models.AbstractModel):
    _name = "marketplace.status.mixin"
    _description = "Marketplace Status of a Record"

    # SQL: which listings speak of a record.
    _marketplace_link = None

    marketplace_status = fields.Selection(
        [*LISTING_STATUSES, (NOT_LISTED, "Not listed")],
        compute="_compute_marketplace_status",
        search="_search_marketplace_status",
        groups=USER,
        help="With several listings, that of the one which needs you most.",
    )
    marketplace_sent_at = fields.Datetime(
        "Last Sent", compute="_compute_marketplace_status", groups=USER
    )
    marketplace_listing_count = fields.Integer(compute="_compute_marketplace_status", groups=USER)

    @api.depends_context("allowed_company_ids", "uid")
    def _compute_marketplace_status(self):
        """Read past the cache, like the listings' own status: the engine writes on its cursors."""
        # A form reads this in the transaction that saves it: what was just marked waits already.
        self.env["marketplace.outbox"]._write_pending_marks()
        listed = SQL("record.id = ANY(%s)", self._origin.ids)
        self.env.cr.execute(self._select_marketplace_status(listed))
        known = {row[0]: row[1:] for row in self.env.cr.fetchall()}
        for record in self:
            rank, sent_at, count = known.get(record._origin.id, (len(WORST_FIRST), False, 0))
            record.marketplace_status = WORST_FIRST[rank - 1]
            record.marketplace_sent_at = sent_at
            record.marketplace_listing_count = count

    def _search_marketplace_status(self, operator, value):
        if operator not in ("=", "!=", "in", "not in"):
            raise UserError(_("Search for a marketplace status by choosing one or several."))
        asked = {value} if operator in ("=", "!=") else set(value)
        # Nothing is what a record without a listing has in other computed fields.
        asked = {status or NOT_LISTED for status in asked}
        wanted = asked if operator in ("=", "in") else set(WORST_FIRST) - asked
        if NOT_LISTED in wanted:
            return [("id", "not in", self._select_with_status(set(WORST_FIRST) - wanted))]
        return [("id", "in", self._select_with_status(wanted))]

    @api.model
    def _select_with_status(self, statuses):
        """:return: SQL of the ids that have one of these statuses"""
        return SQL(
            "(SELECT id FROM (%s) status WHERE worst = ANY(%s))",
            self._select_marketplace_status(SQL("true")),
            [rank for rank, status in enumerate(WORST_FIRST, 1) if status in statuses],
        )

    @api.model
    def _select_marketplace_status(self, among):
        """:return: SQL of (id, rank of its worst status, newest sending, number of listings) of the
        records with listings that this user may see
        """
        listings = self.env["marketplace.listing"]
        listings.flush_model(["company_id", "product_id", "product_tmpl_id"])
        return SQL(
            """
            SELECT record.id,
                   min(array_position(%(worst_first)s::text[],
                       CASE WHEN waiting.id IS NULL THEN COALESCE(sync.status, 'never')::text
                            ELSE 'waiting' END)) AS worst,
                   max(sync.sent_at) AS sent_at,
                   count(*) AS listings
              FROM %(table)s record
              JOIN marketplace_listing listing ON %(link)s
         LEFT JOIN marketplace_listing_sync sync ON sync.listing_id = listing.id
         LEFT JOIN (%(waiting)s) waiting ON waiting.id = listing.id
             WHERE listing.id IN %(allowed)s AND %(among)s
          GROUP BY record.id
            """,
            worst_first=WORST_FIRST,
            table=SQL.identifier(self._table),
            link=SQL(self._marketplace_link),
            waiting=self.env["marketplace.outbox"]._select_waiting(PRODUCT_LANE),
            allowed=listings._search([]).subselect(),
            among=among,
        )

    def _get_marketplace_products(self):
        """:return: the variants that a record is about, those in the archive too"""
        return self

    def action_open_marketplace_listings(self):
        """Show what is known about each listing."""
        check_access(self.env["marketplace.listing"], "read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cartona_integration.action_marketplace_listing"
        )
        products = self._get_marketplace_products()
        return action | {"domain": [("product_id", "in", products.ids)]}
