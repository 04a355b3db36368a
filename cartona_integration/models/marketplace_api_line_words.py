# What the codes of orders' lines and totals mean, said to the person who looks into the inbox or at
# a sales order: what is wrong, and what to do next.
from odoo import _, api, models


class MarketplaceApi(models.AbstractModel):
    _inherit = "marketplace.api"

    @api.model
    def _get_explanations(self):
        return (
            super()._get_explanations()
            | self._get_product_explanations()
            | self._get_quantity_explanations()
            | self._get_total_explanations()
        )

    @api.model
    def _get_product_explanations(self):
        """Why a product can't be on an order."""
        return {
            "product_unsold": _(
                "A line is about a product that is not for sale in Odoo; the details say which. "
                "Tick that it can be sold, then replay the event."
            ),
            "bundle_unclear": _(
                "A line is about a kit whose parts nobody can tell: its bill of materials is "
                "empty, or its units don't fit each other. Correct it, then replay the event."
            ),
        }

    @api.model
    def _get_quantity_explanations(self):
        """Why so many, or so much money, can't be ordered."""
        return {
            "pack_fraction": _(
                "A line is about a part of a pack; the details say of which. Ask the marketplace "
                "for the right amount, or correct the pieces per pack and replay the event."
            ),
            "amount_fraction": _(
                "A line's amount is finer than the product's unit of measure allows; the details "
                "say which. Ask the marketplace for the right amount, or correct the unit or the "
                "kit and replay the event."
            ),
            "order_currency_inactive": _(
                "The company's currency is not active, so that nothing can be ordered in it. "
                "Activate it, then replay the event."
            ),
        }

    @api.model
    def _get_total_explanations(self):
        """Why an order waits although it could be taken in."""
        return {
            "total_differs": _(
                "The marketplace's total is another one than Odoo's. Compare the lines and their "
                "taxes with the marketplace, and look whether its prices contain the tax as the "
                "connection says. Correct the order, or confirm it as it is."
            ),
            "rebate": _(
                "The marketplace gave a rebate at your expense, and the totals differ. Ask it who "
                "pays, correct the order, and confirm it."
            ),
            "zero_price": _(
                "A line has a price of 0. Ask the marketplace whether that is meant, correct the "
                "price if not, and confirm the order."
            ),
        }
