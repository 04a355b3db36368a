# Contacts: what the marketplace calls a customer, where it said that the customer is, and how many
# orders it has brought. Which orders a correction lets in lies in res_partner_orders.py.
from odoo import api, fields, models


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
    marketplace_key_ids = fields.One2many(
        "marketplace.customer.key",
        "partner_id",
        "Also Known As",
        domain=[("is_told", "=", True)],
        copy=False,
        groups="cartona_integration.group_marketplace_user",
    )
    marketplace_order_count = fields.Integer(
        "Orders from Marketplaces",
        compute="_compute_marketplace_order_count",
        # who sees contacts may not see orders; a number is no secret among them
        compute_sudo=True,
    )
    is_marketplace_customer = fields.Boolean(
        compute="_compute_is_marketplace_customer", search="_search_is_marketplace_customer"
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

    @api.depends("cartona_id", "marketplace_order_count")
    def _compute_is_marketplace_customer(self):
        for partner in self:
            partner.is_marketplace_customer = bool(
                partner.cartona_id or partner.marketplace_order_count
            )

    @api.model
    def _search_is_marketplace_customer(self, operator, value):
        """Those that it has a name for, and those that have ordered without one."""
        orders = self.env["sale.order"].sudo()
        domain = [
            ("marketplace_config_id", "!=", False),
            ("company_id", "in", self.env.companies.ids),
        ]
        ordered = [partner.id for [partner] in orders._read_group(domain, ["partner_id"])]
        found = ["|", ("cartona_id", "!=", False), ("id", "in", ordered)]
        value = value if isinstance(value, bool) else any(value)
        is_wanted = (operator in ("=", "in")) == value
        return found if is_wanted else ["!", *found]

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([_without_blanks(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(_without_blanks(vals))

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
