# Contacts and the orders that wait for them: a correction of who somebody is lets in just the
# orders that it may concern.
from odoo import _, api, fields, models

from ..compat import PHONES
from .marketplace_customer import ENGINE

# A correction of these may be what an order waits for.
TELLING = {
    "active", "cartona_id", "company_id", "country_id", "is_company", "parent_id", "street",
    "street2", *PHONES,
}  # fmt: skip
KEYS = ("cartona_id", "first_phone_key", "second_phone_key")


class ResPartner(models.Model):
    _inherit = "res.partner"

    marketplace_state = fields.Selection(
        [
            ("waiting", "Orders wait"),
            ("phone", "Phone to correct"),
            ("known", "Known there"),
        ],
        string="On Marketplaces",
        compute="_compute_marketplace_state",
        compute_sudo=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        keys = partners._get_need_keys()
        if keys:
            self._retry_orders(keys)
        return partners

    def write(self, vals):
        if not TELLING & vals.keys():
            return super().write(vals)
        # an order may wait for one of two to lose their number
        keys = self._get_need_keys()
        result = super().write(vals)
        self._retry_orders(keys | self._get_need_keys())
        return result

    def unlink(self):
        """Two contacts that were one are merged: one of them goes."""
        self._retry_orders(self._get_need_keys())
        return super().unlink()

    def _get_need_keys(self):
        """What the orders of these customers would be known by."""
        if self.env.context.get(ENGINE):
            return set()
        partners = self.sudo()
        known = {partner[name] for partner in partners for name in KEYS} - {False}
        return known | set(partners.marketplace_key_ids.mapped("key"))

    def _retry_orders(self, keys):
        """Deal again with the orders that wait for a customer: this may be the correction."""
        if not self.env.context.get(ENGINE):
            self.env["marketplace.inbox"]._retry_needing(keys, self)

    def _compute_marketplace_state(self):
        events = self.env["marketplace.inbox"]
        for partner in self:
            waiting = partner.id and events.search_count(partner._get_waiting_domain(), limit=1)
            known = partner.is_marketplace_customer and "known"
            partner.marketplace_state = (
                (waiting and "waiting") or (partner.is_phone_damaged and "phone") or known
            )

    def _get_waiting_domain(self):
        """The events that something about this contact keeps waiting."""
        return [
            ("state", "=", "quarantined"),
            ("company_id", "in", self.env.companies.ids),
            "|",
            ("need_ids.key", "in", sorted(self._get_need_keys())),
            "&",
            ("cause_model", "=", self._name),
            ("cause_id", "=", self.id),
        ]

    def action_open_marketplace_waiting(self):
        """Show the orders that something about this customer keeps waiting."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("Orders that wait for %s", self.display_name),
            "res_model": "marketplace.inbox",
            "views": [(False, "list"), (False, "form")],
            "domain": self._get_waiting_domain(),
        }
