# Prices that change by more than a connection lets through: kept back until a manager approves
# them. A decision is about one price, and holds until another price has been confirmed.
from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..compat import check_access
from ..const import ALERT_PRICE_CHANGE, HELD_CHANGE, HELD_REJECTED, PRODUCT_LANE
from ..utils.prices import change_percent
from ..utils.trace import exact


class MarketplaceListing(models.Model):
    _inherit = "marketplace.listing"

    held_price = fields.Float("New Price", compute="_compute_held_change", digits="Product Price")
    price_change = fields.Float("Change %", compute="_compute_price_change", digits=(16, 1))
    is_change_held = fields.Boolean(compute="_compute_held_change", search="_search_change_held")
    decided_price = fields.Float(digits=(16, 4), readonly=True, copy=False)
    decision = fields.Selection(
        [("approved", "Approved"), ("rejected", "Rejected")], readonly=True, copy=False
    )
    decided_at = fields.Datetime(readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_after = fields.Integer(
        readonly=True, copy=False, help="The price that had been confirmed last by then."
    )

    @api.depends("held_price", "sent_price")
    def _compute_price_change(self):
        for listing in self:
            change = 0.0
            if listing.held_price and listing.sent_price:
                change = 100 * (listing.held_price / listing.sent_price - 1)
            listing.price_change = change

    @api.depends("decision", "decided_price", "decided_after")
    def _compute_held_change(self):
        undecided = self._find_undecided(self.ids)
        for listing in self:
            listing.is_change_held = listing.id in undecided
            listing.held_price = undecided.get(listing.id, 0.0)

    @api.model
    def _search_change_held(self, operator, value):
        # 19.0 asks for one of several values, whatever was written.
        asked = any(value) if operator in ("in", "not in") else bool(value)
        wanted = asked == (operator in ("=", "in"))
        return [("id", "in" if wanted else "not in", list(self._find_undecided()))]

    @api.model
    def _find_undecided(self, ids=None):
        """Prices that wait for a decision; one that was taken counts before the engine acts on it.

        :param ids: only of these listings
        :return: dict {listing id: the price that waits}
        """
        self.flush_model(["decision", "decided_price", "decided_after"])
        self.env.cr.execute(
            SQL(
                """
                SELECT sync.listing_id, sync.held_price
                  FROM marketplace_listing_sync sync
                  JOIN marketplace_listing listing ON listing.id = sync.listing_id
                 WHERE sync.error_code = %s AND %s
                   AND (listing.decision IS NULL OR (listing.decided_price,
                        listing.decided_after) IS DISTINCT FROM (sync.held_price, (
                            SELECT COALESCE(max(id), 0) FROM marketplace_listing_value
                             WHERE listing_id = listing.id AND kind = 'price')))
                """,
                HELD_CHANGE,
                SQL("true") if ids is None else SQL("listing.id = ANY(%s)", list(ids)),
            )
        )
        return dict(self.env.cr.fetchall())

    def _guard_prices(self, config, known, today):
        """Keep back prices that change by too much, in ``today``.

        :param known: what is known of the listings, by id
        """
        limit = exact(config.price_change_limit)
        priced = self.filtered(lambda one: "price" in today[one.id].values) if limit else self[:0]
        if not priced:
            return
        last = self.env["marketplace.listing.value"]._get_last("price", priced.ids)
        for listing in priced:
            price = today[listing.id].values["price"]
            before, confirmed = last.get(listing.id, (None, 0))
            # An unanswered request may have changed what stands there; what was confirmed has not.
            before = known[listing.id]["price"] or before
            if before and change_percent(before, price) > limit:
                decision = listing._get_decision(price, confirmed)
                if decision != "approved":
                    today[listing.id].hold_price(
                        HELD_REJECTED if decision == "rejected" else HELD_CHANGE
                    )

    def _get_decision(self, price, confirmed):
        """What was decided about this very price since one was confirmed last."""
        self.ensure_one()
        is_about_it = exact(self.decided_price) == price and self.decided_after == confirmed
        return self.decision if is_about_it else ""

    def action_approve_price(self):
        """Let the marketplace have the new price."""
        return self._decide("approved")

    def action_reject_price(self):
        """Keep the old price there, until the price changes again."""
        return self._decide("rejected")

    def _decide(self, decision):
        check_access(self, "write")
        waiting = self.filtered("is_change_held")
        if not waiting:
            raise UserError(_("None of these prices waits for a decision any more."))
        seen = self.env.context.get("seen_price")
        last = self.env["marketplace.listing.value"]._get_last("price", waiting.ids)
        for listing in waiting:
            if seen is not None and seen != listing.held_price:
                raise UserError(
                    _("The price has changed again in the meantime. Look at it once more.")
                )
            listing.write(
                {
                    "decided_price": listing.held_price,
                    "decision": decision,
                    "decided_at": fields.Datetime.now(),
                    "decided_by_id": self.env.uid,
                    "decided_after": last.get(listing.id, (None, 0))[1],
                }
            )
        self.env["marketplace.outbox"]._mark("price", "listing", waiting.ids)
        waiting.config_id._settle_price_alert(waiting)
        return True


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    price_change_count = fields.Integer(compute="_compute_price_change_count")

    def _compute_price_change_count(self):
        for config in self:
            config.price_change_count = self.env["marketplace.listing"].search_count(
                config._get_price_changes_domain()
            )

    def _get_price_changes_domain(self):
        return [("config_id", "=", self.id), ("is_change_held", "=", True)]

    def action_open_price_changes(self):
        """Show the prices that wait for a decision."""
        action = self._open("action_marketplace_listing")
        [(_view, kind), *others] = action["views"]
        view = self.env.ref("cartona_integration.marketplace_listing_view_list_changes")
        return action | {
            "name": _("Price Changes"),
            "display_name": _("Price Changes"),
            "domain": self._get_price_changes_domain(),
            "views": [(view.id, kind), *others],
        }

    def _settle_price_alert(self, decided):
        """The managers are done once nothing else waits for them."""
        # What is about to be looked at calls them again, if need be.
        looked_at = self.env["marketplace.outbox"]._find_waiting(PRODUCT_LANE) | set(decided.ids)
        for config in self:
            others = [*config._get_price_changes_domain(), ("id", "not in", list(looked_at))]
            if not self.env["marketplace.listing"].search_count(others, limit=1):
                config.sudo()._dismiss_alert(ALERT_PRICE_CHANGE)


class MarketplaceListingValue(models.Model):
    _inherit = "marketplace.listing.value"

    @api.model
    def _get_last(self, kind, listing_ids):
        """:return: dict {listing id: (the value confirmed last, its id)}"""
        self.env.cr.execute(
            SQL(
                "SELECT DISTINCT ON (listing_id) listing_id, value, id "
                "FROM marketplace_listing_value WHERE kind = %s AND listing_id = ANY(%s) "
                "ORDER BY listing_id, id DESC",
                kind,
                list(listing_ids),
            )
        )
        return {row[0]: (exact(row[1]), row[2]) for row in self.env.cr.fetchall()}
