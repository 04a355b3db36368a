# Merging contacts: what the marketplace calls the one that goes leads to the one that is left. Odoo
# itself would write it there while the other one still has it, which the unique index refuses.
from odoo import _, api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _hand_over_identities(self, heir):
        """Orders that came to these contacts come to the heir, which has room for one identity of
        its own; whatever else they were known by is kept beside it."""
        known = {}
        for partner in self:
            numbers = partner.first_phone_key, partner.second_phone_key
            known[partner] = {*(numbers if partner.is_marketplace_customer else ())}
            known[partner].add(partner.cartona_id)
        identities = [partner.cartona_id for partner in self if partner.cartona_id]
        self.filtered("cartona_id").write({"cartona_id": False})
        self.flush_recordset(["cartona_id"])
        if identities and not heir.cartona_id:
            heir.cartona_id = identities[0]
        for partner, keys in known.items():
            for key in keys - {False, heir.cartona_id}:
                partner._hand_over_key(heir, key)
        further = [one for one in identities if one != heir.cartona_id]
        if further:
            heir.message_post(
                body=_(
                    "%(contact)s was merged into this contact. Orders of %(identities)s come here, "
                    "too.",
                    contact=", ".join(self.mapped("display_name")),
                    identities=", ".join(further),
                )
            )

    def _hand_over_key(self, heir, key):
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        sellers = companies.search([("marketplace_config_ids", "!=", False)])
        for company in self.sudo().company_id or sellers:
            self.env["marketplace.customer.key"]._remember(company, key, heir, key)


# a hook on Odoo's own dialog, no screen of ours
class PartnerMerge(models.TransientModel):  # pylint: disable=no-wizard-in-models
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Before anything else is moved: afterwards nobody knows who was a customer."""
        src_partners._hand_over_identities(dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
