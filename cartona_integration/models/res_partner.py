# Contacts: what the marketplace calls a customer.
from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    cartona_id = fields.Char(
        "Cartona ID",
        copy=False,
        index="btree_not_null",
        help="What Cartona calls this customer: retailer_ and its code.",
    )

    def init(self):
        self.env.cr.execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS res_partner_cartona_id_unique "
            "ON res_partner (cartona_id, COALESCE(company_id, 0)) WHERE cartona_id IS NOT NULL"
        )
        return super().init()

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([_without_blanks(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(_without_blanks(vals))


def _without_blanks(vals):
    """Blanks are no identity."""
    if "cartona_id" not in vals:
        return vals
    return vals | {"cartona_id": (vals["cartona_id"] or "").strip() or False}
