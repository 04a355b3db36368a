# What keeps an order from being made, or from being confirmed, because nobody knows what or who is
# meant: said to people, with what to do next.
from odoo import _, api, models


class MarketplaceApi(models.AbstractModel):
    _inherit = "marketplace.api"

    @api.model
    def _get_explanations(self):
        return (
            super()._get_explanations()
            | self._get_unknown_explanations()
            | self._get_customer_explanations()
        )

    @api.model
    def _get_unknown_explanations(self):
        """Why a line's product can't be sold."""
        return {
            "product_ambiguous": _(
                "A line names one product by our identity and another one by the marketplace's; "
                "the details say which. Correct the identities, then replay the event."
            ),
            "product_unknown": _(
                "A line is about a product that this Odoo does not know by that identity; the "
                "details say which. Say which one is meant: the order follows by itself."
            ),
            "product_archived": _(
                "A product of the order is archived in Odoo; the details say which. Bring it back: "
                "the order follows by itself."
            ),
            "product_company": _(
                "A product of the order belongs to another company of this Odoo; the details say "
                "which. Share it with this company: the order follows by itself."
            ),
            "placeholder": _(
                "A line stands for a product that this Odoo does not know. Say which one is meant: "
                "it takes the line's place."
            ),
        }

    @api.model
    def _get_customer_explanations(self):
        """Why nobody can say who ordered."""
        return {
            "customer_unknown": _(
                "The order has no customer's code, and no phone number that can be called. Say who "
                "the customer is: the order follows by itself."
            ),
            "customer_ambiguous": _(
                "Several contacts have the phone number that the order came with; the details say "
                "which. Say which one it is, or correct the number of all but one: the order "
                "follows by itself."
            ),
            "customer_archived": _(
                "The customer is archived in Odoo. Bring the contact back: the order follows by "
                "itself."
            ),
        }
