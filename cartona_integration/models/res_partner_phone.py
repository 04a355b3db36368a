# Contacts' phone numbers in the one spelling that customers are told apart by, and which of them
# can't be called as they are.
from odoo import api, fields, models

from ..compat import PHONES
from ..utils.phone import normalise


class ResPartner(models.Model):
    _inherit = "res.partner"

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

    @api.depends(*PHONES, "country_id", "cartona_id")
    def _compute_phone_keys(self):
        for partner in self:
            numbers = [partner[name] for name in PHONES]
            region = (partner.country_id or self.env.company.country_id).code
            first, second = (*(normalise(one, region) for one in numbers), "")[:2]
            partner.first_phone_key = first or False
            partner.second_phone_key = second or False
            partner.is_phone_damaged = bool(
                partner.cartona_id and any(one and not normalise(one, region) for one in numbers)
            )

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
        return found.commercial_partner_id
