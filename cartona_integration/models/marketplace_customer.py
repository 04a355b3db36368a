# Who ordered, as a contact: found by what the marketplace calls them, else by the phone number,
# else made. What people changed about a contact is never written over. Called by the order writer.
from odoo import api, models

from ..compat import PHONES
from ..exceptions import Unusable
from ..utils.phone import normalise

PREFIX = "retailer_"
AMBIGUOUS, ARCHIVED, UNKNOWN = CODES = (
    "customer_ambiguous", "customer_archived", "customer_unknown"
)  # fmt: skip


class MarketplaceCustomer(models.AbstractModel):
    _name = "marketplace.customer"
    _description = "Marketplace Customer"

    @api.model
    def _find_or_create(self, config, customer):
        """:return: the contact
        :raise Unusable: nobody can say who it is
        """
        if not customer.code:
            return self._find_nameless(config, customer)
        partner = self._find(config, PREFIX + customer.code)
        if partner and not partner.active:
            raise Unusable(ARCHIVED, partner.display_name, record=partner)
        return partner or self._adopt(config, customer) or self._create(customer)

    @api.model
    def _find_nameless(self, config, customer):
        """Who ordered without a code: the phone number is all that tells customers apart."""
        partners = self._find_by_phone(config, customer)
        if len(partners) > 1:
            names = ", ".join(partners.mapped("display_name"))
            raise Unusable(AMBIGUOUS, f"{customer.phone}: {names}", record=partners[0])
        if not partners and not self._get_keys(config, customer):
            raise Unusable(UNKNOWN, f"{customer.name} {customer.phone}".strip())
        return partners or self._create(customer)

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
    def _adopt(self, config, customer):
        """A customer of before the marketplace, known by the phone number: only if it is one, and
        never one who is another of the marketplace's customers. An owner may have two shops."""
        partners = self._find_by_phone(config, customer)
        if len(partners) != 1 or partners.cartona_id:
            return partners.browse()
        partners.cartona_id = PREFIX + customer.code
        return partners

    @api.model
    def _find_by_phone(self, config, customer):
        keys = self._get_keys(config, customer)
        partners = self.env["res.partner"]
        return partners._find_by_phones(keys, config.company_id) if keys else partners

    @api.model
    def _get_keys(self, config, customer):
        """The customer's numbers that can be called, in the spelling that contacts are found by."""
        region = config.company_id.country_id.code
        numbers = (normalise(one, region) for one in (customer.phone, customer.phone2))
        return [number for number in numbers if number]

    @api.model
    def _create(self, customer):
        return self.env["res.partner"].create(
            {
                "name": customer.name or customer.code or customer.phone,
                "cartona_id": customer.code and PREFIX + customer.code,
                "email": customer.email,
                "customer_rank": 1,
                "category_id": self._get_category().ids,
                **dict(zip(PHONES, (customer.phone, customer.phone2), strict=False)),
                **self._get_address(customer),
            }
        )

    @api.model
    def _get_category(self):
        """The tag of marketplace customers, unless people have deleted it."""
        tag = self.env.ref("cartona_integration.partner_category", raise_if_not_found=False)
        return tag or self.env["res.partner.category"]

    @api.model
    def _get_address(self, customer):
        """An address, and how it was told: what people change of it is theirs."""
        return {
            "street": customer.address,
            "street2": customer.address_notes,
            "told_address": self._word_address(customer),
        }

    @api.model
    def _word_address(self, customer):
        return "\n".join(filter(None, (customer.address, customer.address_notes)))

    @api.model
    def _find_or_create_address(self, partner, customer):
        """Where to deliver: the customer's own address, or another one below it.

        :return: the contact
        """
        told = self._word_address(customer)
        if not told or partner.told_address == told:
            return partner
        if not partner.told_address and partner.street in (False, customer.address):
            partner.write(
                {name: value for name, value in self._get_address(customer).items() if value}
            )
            return partner
        places = partner.with_context(active_test=False).child_ids
        known = places.filtered(lambda place: place.told_address == told)[:1]
        if known:
            # one that people archived is not where they deliver to
            return known if known.active else partner
        return partner.create(
            {
                "parent_id": partner.id,
                "type": "delivery",
                "name": partner.name,
                "phone": customer.phone,
                **self._get_address(customer),
            }
        )
