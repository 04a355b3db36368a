# Companies: the way to their connections, for the settings and for what concerns all of a company.
from odoo import fields, models

PRICE_FIELDS = {"account_price_include", "currency_id", "tax_calculation_rounding_method"}


class ResCompany(models.Model):
    _inherit = "res.company"

    marketplace_config_ids = fields.One2many("marketplace.config", "company_id")

    def write(self, vals):
        result = super().write(vals)
        if PRICE_FIELDS & vals.keys():
            self._mark_listings("price")
        if "currency_id" in vals and self._get_main_company() in self:
            # What companies share is priced in it.
            sharing = self.sudo().search([("marketplace_config_ids", "!=", False)])
            sharing._mark_listings("price")
        return result

    def _mark_stock(self):
        self._mark_listings("stock")

    def _mark_listings(self, kind):
        configs = self.sudo().marketplace_config_ids
        self.env["marketplace.outbox"]._mark(kind, "config", configs.ids)
