# What the codes of an order's money mean, said to the person who looks at the order.
from odoo import _, api, models


class MarketplaceApi(models.AbstractModel):
    _inherit = "marketplace.api"

    @api.model
    def _get_explanations(self):
        return super()._get_explanations() | self._get_money_explanations()

    @api.model
    def _get_money_explanations(self):
        return {
            "absurd_money": _(
                "The money of the order can't be right: an amount is below zero, or the "
                "marketplace pays more than the order comes to. Ask the marketplace, and correct "
                "the lines here if they are wrong, before anybody goes to collect."
            ),
        }
