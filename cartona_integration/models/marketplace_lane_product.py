# The lane of prices, stock and publication: what one call says about a product is all that differs
# of it. Entered by the flush, under the shard's lock.
import logging

from odoo import api, models
from odoo.exceptions import UserError

from ..const import ALERT_PRICE_CHANGE, HELD_CHANGE, LOOK, PRODUCT_LANE
from ..unforeseen import UNFORESEEN
from ..utils.diff import differing
from ..utils.messages import Item
from ..utils.today import Today
from .marketplace_listing_sync import STRAGGLING_SECONDS, VALUES

_logger = logging.getLogger(__name__)

# Which mode lets which value out.
_MODES = {
    "price": ("price_mode",),
    "stock": ("stock_mode",),
    "unlimited": ("stock_mode",),
    "published": ("price_mode", "stock_mode"),
    "min_order": ("stock_mode",),
    "max_order": ("stock_mode",),
}
RESEND = "resend"
# Kinds of marks that nobody's change has made.
ENGINE_KINDS = {"sweep", "sure", LOOK}


class MarketplaceLaneProduct(models.AbstractModel):
    _name = "marketplace.lane.product"
    _inherit = "marketplace.lane"
    _description = "Marketplace Product Lane"

    @api.model
    def _note_lost(self, res_ids):
        self.env["marketplace.listing.sync"]._store_unsure(res_ids)

    @api.model
    def _plan(self, config, taken):
        syncs = self.env["marketplace.listing.sync"]
        listings = self.env["marketplace.listing"].browse(taken).exists()
        known = syncs._read_for(listings)
        today = self._get_today(config, listings, known, self._get_wanted(known, taken))
        silent = self._find_collisions(config, listings)
        items = []
        for listing in listings:
            if listing in silent:
                self._silence(config, known[listing.id], *silent[listing])
            elif content := self._judge(
                config, known[listing.id], today[listing.id], taken[listing.id]
            ):
                items.append(Item(listing.id, listing._get_identity(), content))
        self._log_observed(config, listings, known, today)
        if any(one.held == HELD_CHANGE for one in today.values()):
            config._call_managers(ALERT_PRICE_CHANGE)
        return items

    @api.model
    def _get_today(self, config, listings, known, wanted=("price", "stock")):
        """Today's values, without the prices that somebody has to decide about first."""
        # what is nobody's business is in nobody's way
        wanted = [name for name in wanted if config[f"{name}_mode"] != "off"]
        try:
            return self._compute_today(config, listings, known, wanted)
        except (UserError, *UNFORESEEN) as error:
            if len(listings) > 1:
                middle = len(listings) // 2
                halves = (listings[:middle], listings[middle:])
                return {
                    res_id: today
                    for half in halves
                    for res_id, today in self._get_today(config, half, known, wanted).items()
                }
            _logger.exception("Listing %s can't be computed: %s", listings.id, error)
            return {listings.id: Today(held="uncomputable", withheld={"price", "stock"})}

    @api.model
    def _compute_today(self, config, listings, known, wanted):
        with self.env.cr.savepoint(flush=False):
            today = listings._get_today(config, wanted)
            listings._guard_prices(config, known, today)
        return today

    @api.model
    def _get_wanted(self, known, taken):
        """Which values to compute: of listings in step, only those that are said to differ."""
        kinds = set().union(*taken.values())
        all_in_step = all(
            sync["status"] == "in_step" and not sync["is_unsure"] for sync in known.values()
        )
        return kinds if all_in_step and kinds <= {"price", "stock"} else ("price", "stock")

    @api.model
    def _judge(self, config, sync, today, kinds):
        """Say how a listing stands.

        :return: what has to be told about it now, if anything
        """
        syncs = self.env["marketplace.listing.sync"]
        if today.held:
            syncs._store_held(sync["listing_id"], today.held, today.held_price)
        elif sync["status"] == "held":
            syncs._store_released(sync["listing_id"])
        if RESEND in kinds:
            told = self._was_told(sync)
            sync = sync | {"is_unsure": told, "refused": None, "status": ""}
        content = self._get_content(config, sync, today)
        if not content and not today.held and self._was_told(sync):
            status = "in_step" if today.values["published"] else "off"
            syncs._store_status([sync["listing_id"]], status)
        return {} if self._is_parked(sync, content, kinds) else content

    @api.model
    def _find_differing(self, config, listings):
        """The sweep's question: which listings would a flush have something to say about?"""
        known = self.env["marketplace.listing.sync"]._read_for(listings)
        today = self._get_today(config, listings, known)
        contents = {
            res_id: self._get_content(config, sync, today[res_id]) for res_id, sync in known.items()
        }
        return [
            res_id
            for res_id, content in contents.items()
            if content and not self._is_parked(known[res_id], content, ENGINE_KINDS)
        ]

    @api.model
    def _get_content(self, config, sync, today, mode="live"):
        """What has to be said about a listing, or what would have to be in another mode."""
        if not (today.values.get("published", True) or self._was_told(sync)):
            return {}
        known = {} if sync["is_unsure"] else sync
        names = {name for name in VALUES if any(config[field] == mode for field in _MODES[name])}
        if today.withheld & names and not self._was_told(sync):
            return {}
        return differing(
            known, {name: value for name, value in today.values.items() if name in names}
        )

    @api.model
    def _was_told(self, sync):
        """Whether the marketplace may ever have heard of a listing."""
        return bool(
            sync["unsure_since"]
            or sync["sent_at"]
            or any(sync[name] is not None for name in VALUES)
        )

    @api.model
    def _is_parked(self, sync, content, kinds):
        """What was refused, or is unknown there, is not said again until something changes. What
        was only not found in the catalogue may have been overlooked: a change of it is said."""
        if sync["status"] == "missing":
            return bool(sync["refused"]) or kinds <= ENGINE_KINDS
        return sync["refused"] == self.env["marketplace.listing.sync"]._word(content)

    @api.model
    def _log_observed(self, config, listings, known, today):
        """Observing is computing, and showing what would be sent."""
        if "observe" not in (config.price_mode, config.stock_mode):
            return
        items = [
            Item(listing.id, listing._get_identity(), content)
            for listing in listings
            if (
                content := self._get_content(
                    config, known[listing.id], today[listing.id], "observe"
                )
            )
        ]
        if items:
            self.env["marketplace.sync.log"]._record_observed(
                config, self._build_request(config, items), self._get_records(items)
            )

    @api.model
    def _find_collisions(self, config, listings):
        """Listings that must keep silent, because their identity speaks for another product. When
        another one than before speaks for it, both are looked at.

        :return: dict {listing: (who speaks, whether it is offered all the same: a mistake)}
        """
        groups = self.env["marketplace.listing"]._read_group(
            [("config_id", "=", config.id), ("identity", "in", listings.mapped("identity"))],
            ["identity"],
            ["id:recordset"],
            [("__count", ">", 1)],
        )
        silent = {}
        for _identity, sharing in groups:
            offered = sharing.filtered("is_wanted") & sharing._filter_offered(config)
            known = self.env["marketplace.listing.sync"]._read_for(sharing)
            told = sharing.filtered(lambda listing, known=known: self._was_told(known[listing.id]))
            owner = (offered or told or sharing).sorted("id")[:1]
            others = (sharing - owner) & listings
            silent |= {listing: (owner, listing in offered) for listing in others}
            if told - owner:
                changed = (owner | told) - listings
                self.env["marketplace.outbox"]._mark("publication", "listing", changed.ids)
        return silent

    @api.model
    def _silence(self, config, sync, owner, is_offered):
        """Another listing speaks for the identity. What was said of this one may arrive after what
        that one says: it has to be said once more, when nothing can be on its way any more."""
        syncs = self.env["marketplace.listing.sync"]
        trouble = ("rejected", "identity_taken") if is_offered else ("off", "")
        syncs._store_trouble(sync["listing_id"], *trouble)
        if self._was_told(sync):
            syncs._forget_values(sync["listing_id"])
            syncs._store_unsure(owner.ids)
            self._look_again(config, owner.ids)

    @api.model
    def _look_again(self, config, listing_ids):
        """Say it once more when no old request can be on its way any more."""
        self.env["marketplace.outbox"]._insert_marks(
            config.id, PRODUCT_LANE, "sure", listing_ids, STRAGGLING_SECONDS
        )

    @api.model
    def _build_request(self, config, items):
        return self.env["marketplace.adapter"]._for(config)._build_product_update(config, items)

    @api.model
    def _parse_answer(self, config, answer, items):
        return self.env["marketplace.adapter"]._for(config)._parse_product_update(answer, items)

    @api.model
    def _apply_verdicts(self, config, items, verdicts, log):
        syncs = self.env["marketplace.listing.sync"]
        listings = self._get_records(items)._hold()
        items = [item for item in items if item.res_id in listings.ids]
        accepted = {item.res_id: item.content for item in items if not verdicts[item.res_id].code}
        self.env["marketplace.listing.value"]._record(accepted, log)
        self._look_again(config, syncs._store_accepted(accepted) if accepted else [])
        for item in items:
            verdict = verdicts[item.res_id]
            if verdict.code:
                status = "missing" if verdict.code == "unknown_product" else "rejected"
                syncs._store_trouble(
                    item.res_id, status, verdict.code, verdict.detail, item.content
                )

    @api.model
    def _apply_failure(self, config, items, error):
        if error.ambiguous:
            self.env["marketplace.listing.sync"]._store_unknown(
                {item.res_id: item.content for item in items}, error.straggling
            )

    @api.model
    def _note_stubborn(self, item, error):
        self.env["marketplace.listing.sync"]._store_trouble(
            item.res_id, "rejected", "stubborn", error.detail
        )

    @api.model
    def _get_records(self, items):
        return self.env["marketplace.listing"].browse([item.res_id for item in items])
