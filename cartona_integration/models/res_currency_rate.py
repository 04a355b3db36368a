# Rates: prices in another currency follow them.
from odoo import api, models


class ResCurrencyRate(models.Model):
    _inherit = "res.currency.rate"

    @api.model_create_multi
    def create(self, vals_list):
        rates = super().create(vals_list)
        rates._mark_prices()
        return rates

    def write(self, vals):
        result = super().write(vals)
        self._mark_prices()
        return result

    def unlink(self):
        self._mark_prices()
        return super().unlink()

    def _mark_prices(self):
        self.env["marketplace.price.marks"]._mark_currencies(self.currency_id)
