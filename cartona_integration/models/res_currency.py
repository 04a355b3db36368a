# Currencies: a price in one that is not in use is held.
from odoo import models


class ResCurrency(models.Model):
    _inherit = "res.currency"

    def write(self, vals):
        result = super().write(vals)
        if {"active", "rounding"} & vals.keys():
            self.env["marketplace.price.marks"]._mark_currencies(self)
        return result
