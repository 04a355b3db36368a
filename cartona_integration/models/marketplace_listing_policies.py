# Which policies hold for a listing: its own, its category's or its connection's, for each group of
# them the nearest.
from typing import NamedTuple

from odoo import _, api, models

SWITCHES = ("own_prices", "own_stock", "own_limits")


class Policies(NamedTuple):
    """Records that carry the fields of marketplace.policy.fields."""

    prices: models.BaseModel
    stock: models.BaseModel
    limits: models.BaseModel


class MarketplaceListing(models.Model):
    _inherit = "marketplace.listing"

    def action_open_policy(self):
        """Show this listing's own exceptions, or begin them."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("Exceptions"),
            "res_model": "marketplace.policy",
            "res_id": self.policy_ids[:1].id,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_config_id": self.config_id.id,
                "default_listing_id": self.id,
            },
        }

    def _get_policies(self, config):
        """:return: dict {listing id: Policies}"""
        exceptions = self.env["marketplace.policy"].search(
            [("config_id", "=", config.id)], order="id"
        )
        if not exceptions:
            return dict.fromkeys(self.ids, Policies(config, config, config))
        own = {policy.listing_id.id: policy for policy in exceptions if policy.listing_id}
        general = {policy.category_id.id: policy for policy in exceptions if policy.category_id}
        chains = {
            category: [general[id_] for id_ in _walk_up(category) if id_ in general]
            for category in self.product_id.categ_id
        }
        return {
            listing.id: self._choose_policies(
                config,
                [
                    *([own[listing.id]] if listing.id in own else []),
                    *chains.get(listing.product_id.categ_id, []),
                ],
            )
            for listing in self
        }

    @api.model
    def _choose_policies(self, config, nearest_first):
        return Policies(
            *(
                next((policy for policy in nearest_first if policy[switch]), config)
                for switch in SWITCHES
            )
        )


def _walk_up(category):
    """A category's ids from itself to the topmost."""
    return [int(id_) for id_ in reversed(category.parent_path.split("/")[:-1])]
