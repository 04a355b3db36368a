# "Sync now" of products, variants and stock: compares them with the marketplace and sends what
# differs, without waiting for a change or for the sweep. Entered by a button and by lists' actions.
from odoo import _, models
from odoo.exceptions import UserError

from ..compat import check_access
from .marketplace_lane_product import RESEND

# What is not sent again by itself; here a person asks for it.
REFUSED = ("rejected", "missing")


class MarketplaceSyncMixin(models.AbstractModel):
    _name = "marketplace.sync.mixin"
    _inherit = "marketplace.status.mixin"
    _description = "Marketplace Sync of a Record"

    def action_marketplace_sync(self):
        """Compare with the marketplace now, and say what happens next."""
        check_access(self.env["marketplace.listing"], "read")
        check_access(self, "read")
        configs = self._find_sending_configs()
        products = self._get_marketplace_products()
        listings = self.env["marketplace.listing"].search(
            [("config_id", "in", configs.ids), ("product_id", "in", products.ids)]
        )
        concerned = listings.product_id | self._find_offered(configs, products)
        self._mark_for_sync(concerned, listings)
        return self._announce_sync(len(concerned), len(products - concerned))

    def _find_sending_configs(self):
        """:raise UserError: nothing would be sent"""
        configs = self.env["marketplace.config"].search(
            [
                ("state", "=", "live"),
                "|",
                ("price_mode", "=", "live"),
                ("stock_mode", "=", "live"),
            ]
        )
        if not configs:
            raise UserError(
                _(
                    "Nothing can be sent now: no connection is live with its prices or stock. Ask "
                    "a manager of the marketplace to go live."
                )
            )
        return configs

    def _find_offered(self, configs, products):
        # Past the user's rights, as the engine looks: what is covered may hang on any field.
        products = products.sudo()
        offered = products.browse()
        for config in configs.sudo():
            offered |= products.with_company(config.company_id).search(
                [("id", "in", products.ids), *config._get_scope_domain()]
            )
        return offered.sudo(False)

    def _mark_for_sync(self, products, listings):
        outbox = self.env["marketplace.outbox"]
        outbox._mark_scope(products.ids)
        outbox._mark("publication", "product", products.ids)
        refused = listings.search([("id", "in", listings.ids), ("sync_ids.status", "in", REFUSED)])
        outbox._mark(RESEND, "listing", refused.ids)

    def _announce_sync(self, count, left_out):
        notify = self.env["marketplace.config"]._notify
        if not count:
            return notify(
                "warning",
                _("Nothing to send"),
                _(
                    "No live connection offers this. It offers goods that are for sale and "
                    "among the products chosen there."
                ),
            )
        message = _(
            "Products being compared: %s. What differs is sent within seconds; refresh the page to "
            "see it arrive.",
            count,
        )
        if left_out:
            message += " " + _("Left out, for no live connection offers them: %s.", left_out)
        return notify("success", _("On its way"), message)
