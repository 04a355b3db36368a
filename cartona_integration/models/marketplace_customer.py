# Who ordered, as a contact: found by what the marketplace calls them or a person has said, else by
# the phone number, else made. What people changed about a contact is never written over. Called by
# the order writer.
import hashlib
from dataclasses import replace

from odoo import _, api, models
from odoo.exceptions import UserError

from ..compat import PHONES
from ..exceptions import Unusable
from ..utils.phone import normalise

PREFIX = "retailer_"
# Why an order waits for somebody to say who ordered.
AMBIGUOUS, ARCHIVED, UNKNOWN = CODES = (
    "customer_ambiguous", "customer_archived", "customer_unknown"
)  # fmt: skip
# What the intake writes of contacts lets no order in that waits for a person's correction.
ENGINE = "marketplace_writes"


class MarketplaceCustomer(models.AbstractModel):
    _name = "marketplace.customer"
    _description = "Marketplace Customer"

    @api.model
    def _find_or_create(self, config, customer):
        """:return: the contact
        :raise Unusable: nobody can say who it is
        """
        partner = self._check_in_use(self._find(config, self._get_key(customer)))
        if not partner and customer.code:
            partner = self._adopt(config, customer)
        elif not partner:
            partner = self._find_nameless(config, customer)
        return partner or self._create(config, customer)

    @api.model
    def _check_in_use(self, partner):
        """:raise Unusable: people have archived the contact"""
        if partner and not partner.active:
            raise Unusable(ARCHIVED, partner.display_name, record=partner)
        return partner

    @api.model
    def _find(self, config, key):
        """The company's own contact before one that all companies share."""
        found = self.env["res.partner"].with_context(active_test=False)
        if key.startswith(PREFIX):
            companies = (False, config.company_id.id)
            domain = [("cartona_id", "=", key), ("company_id", "in", companies)]
            found = found.search(domain, order="id")
        if not found:
            found = self.env["marketplace.customer.key"]._find_told(config.company_id, [key])
        return (found.filtered("company_id") or found)[:1].with_env(self.env)

    @api.model
    def _find_nameless(self, config, customer):
        """Who ordered without a code: the phone number is all that tells customers apart."""
        partners = self._find_by_phone(config, customer)
        self._check_single(customer, partners)
        if not partners and not self._get_phone_keys(config, customer):
            raise Unusable(UNKNOWN, f"{customer.name} {customer.phone}".strip())
        if not partners:
            before = self._find_by_phone(config, customer, active_test=False)
            self._check_in_use(before.filtered(lambda one: not one.active)[:1])
        return partners

    @api.model
    def _adopt(self, config, customer):
        """A customer of before the marketplace, known by the phone number: only if it is one, and
        never one who is another of the marketplace's customers. An owner may have two shops."""
        partners = self._find_by_phone(config, customer)
        if all(partner.cartona_id for partner in partners):
            return partners.browse()
        self._check_single(customer, partners)
        partners.with_context(**{ENGINE: True}).cartona_id = self._get_key(customer)
        return partners

    @api.model
    def _check_single(self, customer, partners):
        """:raise Unusable: several contacts have the number"""
        if len(partners) > 1:
            names = ", ".join(partners.mapped("display_name"))
            raise Unusable(AMBIGUOUS, f"{customer.phone}: {names}", record=partners[0])

    @api.model
    def _find_by_phone(self, config, customer, **context):
        """Who has one of the customer's numbers, or had it before two contacts were merged."""
        numbers = self._get_phone_keys(config, customer)
        partners = self.env["res.partner"]
        if not numbers:
            return partners
        known = self.env["marketplace.customer.key"]._find_told(config.company_id, numbers)
        if context.get("active_test", True):
            known = known.filtered("active")
        found = partners.with_context(**context)._find_by_phones(numbers, config.company_id)
        return (found | known.commercial_partner_id).with_env(self.env)

    @api.model
    def _get_phone_keys(self, config, customer):
        """The customer's numbers that can be called, in the spelling that contacts are found by."""
        region = config.company_id.country_id.code
        numbers = (normalise(one, region) for one in (customer.phone, customer.phone2))
        return [number for number in numbers if number]

    @api.model
    def _get_key(self, customer):
        """Who orders, as a short text: by the marketplace's code, else by name and number."""
        if customer.code:
            return PREFIX + customer.code
        return hashlib.sha256(f"{customer.name}\n{customer.phone}".encode()).hexdigest()

    @api.model
    def _get_need_keys(self, config, customer, cause):
        """Everything that a contact could be known by as this customer.

        :param cause: one of CODES
        """
        numbers = self._get_phone_keys(config, customer)
        is_certain = customer.code and cause != AMBIGUOUS
        return [self._get_key(customer), *([] if is_certain else numbers)]

    @api.model
    def _create(self, config, customer):
        """A new contact. Of two processes that make one for the same number at the same moment, the
        database refuses the second; its next try finds the first one's."""
        partners = self.env["res.partner"].with_company(config.company_id)
        values = self._get_values(config, customer)
        partner = partners.with_context(**{ENGINE: True}).create(values)
        numbers = self._get_phone_keys(config, customer)
        if numbers and not customer.code:
            self.env["marketplace.customer.key"]._claim(config.company_id, numbers[0], partner)
        return partner.with_env(self.env)

    @api.model
    def _choose(self, config, customer, partner):
        """A person says that whoever orders like this is this contact.

        :param partner: empty makes a new one
        :raise UserError: it is another one already
        """
        key = self._get_key(customer)
        keys = self.env["marketplace.customer.key"]
        former = self._find(config, key)
        if customer.code and former - partner:
            raise UserError(
                _(
                    "Orders of this customer come to %s already. Replay the order, or merge the "
                    "two contacts.",
                    former.display_name,
                )
            )
        if not partner:
            values = self._get_values(config, customer)
            partner = partner.with_company(config.company_id).create(values)
        elif customer.code and not partner.cartona_id:
            partner.cartona_id = key
        if partner.cartona_id != key:
            words = key if customer.code else f"{customer.name} {customer.phone}".strip()
            keys._remember(config.company_id, key, partner, words)

    @api.model
    def _get_values(self, config, customer):
        """A new contact, as the marketplace tells of it."""
        return {
            "name": customer.name or customer.code or customer.phone,
            "cartona_id": customer.code and self._get_key(customer),
            "email": customer.email,
            "customer_rank": 1,
            "category_id": self._get_category().ids,
            "country_id": config.company_id.country_id.id,
            **dict(zip(PHONES, (customer.phone, customer.phone2), strict=True)),
            **self._get_address(customer),
        }

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
    def _complete_address(self, customer, before):
        """What a message leaves out of an address is as it was told before; notes belong to their
        address.

        :param before: the address, as _word_address worded it then
        :return: the customer
        """
        street, _newline, notes = (before or "").partition("\n")
        if self._word_address(customer) == before or customer.address not in ("", street):
            return customer
        return replace(customer, address=street, address_notes=customer.address_notes or notes)

    @api.model
    def _find_or_create_address(self, partner, customer):
        """Where to deliver: the customer's own address, or another one below it.

        :return: the contact
        """
        told = self._word_address(customer)
        if not told or partner.told_address == told:
            return partner
        places = partner.with_context(active_test=False, **{ENGINE: True})
        if not partner.told_address and partner.street in (False, customer.address):
            address = self._get_address(customer)
            places.write({name: value for name, value in address.items() if value})
            return partner
        known = places.child_ids.filtered(lambda place: place.told_address == told)[:1]
        if known:
            # one that people archived is not where they deliver to
            return (known if known.active else partner).with_env(self.env)
        place = places.create(
            {
                "parent_id": partner.id,
                "type": "delivery",
                "name": partner.name,
                "country_id": partner.country_id.id,
                "phone": customer.phone,
                **self._get_address(customer),
            }
        )
        return place.with_env(self.env)
