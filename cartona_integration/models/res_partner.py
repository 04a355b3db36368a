# Contacts: what the marketplace calls a customer, and where it said that the customer is.
from odoo import api, fields, models

from ..compat import PHONES
from .marketplace_customer import CODES

# A correction of these may be what an order waits for.
TELLING = {"active", "cartona_id", "country_id", "street", "street2", *PHONES}


class ResPartner(models.Model):
    _inherit = "res.partner"

    cartona_id = fields.Char(
        "Cartona ID",
        copy=False,
        index="btree_not_null",
        help="What Cartona calls this customer: retailer_ and its code.",
    )
    told_address = fields.Char(
        copy=False, readonly=True, help="The address as the marketplace words it."
    )
    marketplace_order_count = fields.Integer(
        "Orders from Marketplaces",
        compute="_compute_marketplace_order_count",
        # who sees contacts may not see orders; a number is no secret among them
        compute_sudo=True,
    )

    def init(self):
        self.env.cr.execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS res_partner_cartona_id_unique "
            "ON res_partner (cartona_id, COALESCE(company_id, 0)) WHERE cartona_id IS NOT NULL"
        )
        return super().init()

    def _compute_marketplace_order_count(self):
        domain = [
            ("partner_id", "in", self.ids),
            ("marketplace_config_id", "!=", False),
            ("company_id", "in", self.env.companies.ids),
        ]
        groups = self.env["sale.order"]._read_group(domain, ["partner_id"], ["__count"])
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.marketplace_order_count = counts.get(partner.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create([_without_blanks(vals) for vals in vals_list])
        self._retry_orders(set().union(*vals_list))
        return partners

    def write(self, vals):
        result = super().write(_without_blanks(vals))
        self._retry_orders(vals.keys())
        return result

    @api.model
    def _retry_orders(self, changed):
        """Deal again with the orders that wait for a customer: this may be the correction."""
        if TELLING & changed:
            self.env["marketplace.inbox"].sudo()._retry_put_aside(CODES)

    def action_open_marketplace_orders(self):
        """Show what the customer has ordered through marketplaces."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sale.action_orders")
        return action | {
            "domain": [("partner_id", "=", self.id), ("marketplace_config_id", "!=", False)],
            "context": {"create": False},
        }


def _without_blanks(vals):
    """Blanks are no identity."""
    if "cartona_id" not in vals:
        return vals
    return vals | {"cartona_id": (vals["cartona_id"] or "").strip() or False}
