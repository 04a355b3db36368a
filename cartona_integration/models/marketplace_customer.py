# Who ordered, as a contact: found by what the marketplace calls them, else made. What people
# changed about a contact is never written over.
from odoo import api, models

from ..exceptions import Unusable

PREFIX = "retailer_"


class MarketplaceCustomer(models.AbstractModel):
    _name = "marketplace.customer"
    _description = "Marketplace Customer"

    @api.model
    def _find_or_create(self, config, customer):
        """:return: the contact
        :raise Unusable: nobody can say who it is
        """
        if not customer.code:
            raise Unusable("customer_unknown", f"{customer.name} {customer.phone}".strip())
        partner = self._find(config, PREFIX + customer.code)
        if partner and not partner.active:
            raise Unusable("customer_archived", partner.display_name, record=partner)
        return partner or self.env["res.partner"].create(self._get_values(customer))

    @api.model
    def _find(self, config, cartona_id):
        """The company's own contact before one that all companies share."""
        partners = self.env["res.partner"].with_context(active_test=False)
        found = partners.search(
            [
                ("cartona_id", "=", cartona_id),
                ("company_id", "in", (False, config.company_id.id)),
            ],
            order="id",
        )
        return (found.filtered("company_id") or found)[:1]

    @api.model
    def _get_values(self, customer):
        return {
            "name": customer.name or customer.code,
            "cartona_id": PREFIX + customer.code,
            "phone": customer.phone,
            "email": customer.email,
            "street": customer.address,
            "street2": customer.address_notes,
            "customer_rank": 1,
        }
