# What a connection can be told to do with its listings as a whole, by a button or a cron.
from odoo import _, api, models

from ..const import INBOX_LANE, SCOPE_LANE


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    def write(self, vals):
        """Whatever decides what is listed, and as what, is looked at product by product."""
        result = super().write(vals)
        if {"deployment", "identity_source", "scope_domain"} & vals.keys():
            self.filtered(lambda config: config.state == "live")._sync_all()
        return result

    def _set_state(self, state):
        was_marked = self.state == "paused"
        result = super()._set_state(state)
        if state == "live":
            self._sync_all()
            if not was_marked:
                # Nor did who began before it: they marked nothing.
                listings = self.env["marketplace.listing"].sudo()
                listings.search([("config_id", "=", self.id)])._look_later()
        return result

    def action_sync_all(self):
        """Look at every product that is or should be listed, and send what differs."""
        self._check_may_set_up()
        for config in self:
            config._sync_all()
        return self._notify(
            "success", _("On its way"), _("Every product is being compared with the marketplace.")
        )

    def action_reconcile(self):
        """Read the marketplace's own catalogue, and repair what was changed over there."""
        self._check_may_set_up()
        for config in self:
            self.env["marketplace.reconcile"].sudo()._start(config)
        return self._notify(
            "success", _("On its way"), _("The marketplace's own catalogue is being read.")
        )

    def _sync_all(self):
        """Mark everything that is for sale, and everything that was listed once."""
        outbox = self.env["marketplace.outbox"]
        for config in self:
            products = self.env["product.product"].sudo().search(config._get_scope_domain())
            listings = (
                self.env["marketplace.listing"].sudo().search([("config_id", "=", config.id)])
            )
            concerned = (products | listings.product_id).ids
            shards = outbox._insert_marks(config.id, SCOPE_LANE, "scope", concerned)
            orphans = listings.filtered(lambda listing: not listing.product_id)
            outbox._mark("publication", "listing", orphans.ids)
            self.env["marketplace.wake"]._wake_after_commit(shards)

    def _pause_for(self, error):
        """The marketplace does not let us in: hold everything back and call the managers."""
        if self.state == "live":
            self._set_state("paused")
        self._call_managers("paused", error.code)

    @api.model
    def _cron_wake(self):
        """Wake whatever nobody woke: a process was killed between a commit and its wake-up, or a
        mark became due. Where no runner works through the jobs, do what they would."""
        wake = self.env["marketplace.wake"]
        wake._cancel_broken_jobs()
        self._settle_alerts()
        shards = wake._get_due_shards()
        wake._wake(shards)
        if wake._is_runner_dead():
            for config in self.browse({shard[0] for shard in shards}).exists():
                config._call_now("runner_dead")
            for shard in shards:
                if shard[1] == INBOX_LANE:
                    self.env["marketplace.intake"]._take_in_here(*shard)
            self.env["marketplace.flush"]._flush_here(
                [shard for shard in shards if shard[1] != INBOX_LANE]
            )
