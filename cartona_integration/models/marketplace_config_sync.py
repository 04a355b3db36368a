# What a connection can be told to do with its listings as a whole, by a button or a cron.
from odoo import _, api, models

from ..const import SCOPE_LANE


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    def _set_state(self, state):
        result = super()._set_state(state)
        if state == "live":
            self._sync_all()
        return result

    def action_sync_all(self):
        """Look at every product that is or should be listed, and send what differs."""
        self._check_may_set_up()
        for config in self:
            config._sync_all()
        return self._notify(
            "success", _("On its way"), _("Every product is being compared with the marketplace.")
        )

    def _sync_all(self):
        """Mark everything that is for sale, and everything that was listed once."""
        outbox = self.env["marketplace.outbox"]
        for config in self:
            products = self.env["product.product"].sudo().search(config._get_scope_domain())
            listings = self.env["marketplace.listing"].sudo().search(
                [("config_id", "=", config.id)]
            )
            outbox._insert_marks(
                [
                    (config.id, SCOPE_LANE, "scope", product_id, 0)
                    for product_id in set(products.ids + listings.product_id.ids)
                ]
            )
            outbox._mark("publication", "listing", listings.filtered(lambda l: not l.product_id).ids)
            self.env["marketplace.wake"]._wake_after_commit(
                {(config.id, SCOPE_LANE, shard) for shard in outbox._get_all_shards()}
            )

    def _pause_for(self, error):
        """The marketplace does not let us in: hold everything back and call the managers."""
        self._set_state("paused")
        reason = self.env["marketplace.api"]._explain(error.code)
        managers = self.env.ref("cartona_integration.group_marketplace_manager").users
        for manager in managers.filtered(lambda user: not user.share):
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=manager.id,
                summary=_("The marketplace connection is paused"),
                note=reason,
            )

    @api.model
    def _cron_wake(self):
        """Wake whatever nobody woke: a process was killed between a commit and its wake-up, or a
        mark became due."""
        self.env["marketplace.wake"]._wake(self.env["marketplace.outbox"]._get_due_shards())
