# Contacts' phone numbers in the one spelling that customers are told apart by, and which of them
# can't be called as they are.
from odoo import api, fields, models

from ..compat import PHONES
from ..utils.phone import normalise


class ResPartner(models.Model):
    _inherit = "res.partner"

    second_phone = fields.Char(help="Where Odoo itself has no place for a second number.")
    # Two columns, because either of the numbers may be the one that a customer gives.
    first_phone_key = fields.Char(compute="_compute_phone_keys", store=True, index="btree_not_null")
    second_phone_key = fields.Char(
        compute="_compute_phone_keys", store=True, index="btree_not_null"
    )
    is_phone_damaged = fields.Boolean(
        "Damaged Phone",
        compute="_compute_phone_keys",
        store=True,
        help="A customer's phone number that can't be called as it is written.",
    )

    @api.depends(*PHONES, "cartona_id", "company_id", "country_id", "parent_id", "told_address")
    def _compute_phone_keys(self):
        for partner, values in self._read_phones():
            partner.update(values)

    def _read_phones(self):
        """:return: list of (contact, values) of what its numbers are"""
        shared = self._get_shared_regions() if self.filtered(_is_anywhere) else []
        found = []
        for partner in self:
            own = partner.country_id or partner.company_id.country_id
            regions = [own.code] if own else shared
            numbers = [partner[name] for name in PHONES]
            keys = [_read_number(number, regions) for number in numbers]
            is_customer = partner.cartona_id or (partner.told_address and not partner.parent_id)
            is_damaged = any(number and not key for number, key in zip(numbers, keys, strict=True))
            values = {
                "first_phone_key": keys[0] or False,
                "second_phone_key": keys[1] or False,
                "is_phone_damaged": bool(is_customer and is_damaged),
            }
            found.append((partner, values))
        return found

    def _renew_phones(self):
        """Read the numbers again; only what has changed is written."""
        for partner, values in self._read_phones():
            changed = {name: value for name, value in values.items() if partner[name] != value}
            if changed:
                partner.write(changed)
        self.env.flush_all()
        self.invalidate_recordset()

    @api.model
    def _get_shared_regions(self):
        """Where contacts are of which nobody says so: in the countries of the companies that sell
        on marketplaces, whoever is at work."""
        in_a_country = [("company_id.partner_id.country_id", "!=", False)]
        configs = self.env["marketplace.config"].sudo().search(in_a_country)
        countries = configs.company_id.sorted("id").country_id or self.env.company.country_id
        return countries.mapped("code") or [None]

    @api.model
    def _find_by_phones(self, keys, company):
        """The customers who have one of these numbers, whichever of their addresses has it."""
        found = self.search(
            [
                ("company_id", "in", (False, company.id)),
                "|",
                ("first_phone_key", "in", keys),
                ("second_phone_key", "in", keys),
            ]
        )
        return found.commercial_partner_id.filtered(
            lambda customer: customer.company_id in (company.browse(), company)
        )


def _is_anywhere(partner):
    return not (partner.country_id or partner.company_id.country_id)


def _read_number(number, regions):
    """A number as it would be called in the first of these countries in which it is one."""
    return next(filter(None, (normalise(number, region) for region in regions)), "")
