# The company's way to its connection, for the settings.
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    marketplace_config_ids = fields.One2many("marketplace.config", "company_id")
