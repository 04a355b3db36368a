# Packs: further listings of a product, each of so many pieces, made from its packagings by a
# button. Afterwards they are the listings' own; one stock feeds them all.
from odoo import _, api, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ..compat import check_access, get_pack_sizes


class MarketplaceListing(models.Model):
    _inherit = "marketplace.listing"

    def action_make_packs(self):
        """List the products of these listings in each of their packagings."""
        check_access(self, "write")
        return self._make_packs(self.product_id)

    @api.model
    def _make_packs(self, products):
        """List products in each of their packagings, wherever they are listed.

        :return: an action that shows their listings
        """
        listings = self.sudo().search(
            [
                ("product_id", "in", products.ids),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        if not listings:
            raise UserError(
                _("This is not listed on any marketplace yet, so it can't be in packs.")
            )
        sizes = {
            (config, product): get_pack_sizes(product, config.company_id)
            for config in listings.config_id
            for product in listings.product_id
        }
        if not any(sizes.values()):
            raise UserError(
                _("There are no packagings. Add them to the product first, each with its quantity.")
            )
        for (config, product), quantities in sizes.items():
            self.sudo()._make_packs_of(config, product, quantities)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "cartona_integration.action_marketplace_listing"
        ) | {"domain": [("product_id", "in", products.ids)]}

    @api.model
    def _make_packs_of(self, config, product, quantities):
        known = self.search([("config_id", "=", config.id), ("product_id", "=", product.id)])
        if not known:
            return
        number = max(known.mapped("pack_number"))
        for quantity in quantities:
            if quantity > 0 and not known._has_pack(quantity):
                number += 1
                known |= self.create(
                    {
                        "config_id": config.id,
                        "product_id": product.id,
                        "pack_number": number,
                        "pack_qty": quantity,
                        "identity": self._word_identity(config, product, number),
                    }
                )

    def _has_pack(self, quantity):
        return any(float_compare(one.pack_qty, quantity, precision_digits=6) == 0 for one in self)
