# The settings' page for the marketplace: the company's connection, without leaving the settings.
from odoo import api, fields, models

from .marketplace_config import MANAGER


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    marketplace_config_id = fields.Many2one(
        "marketplace.config", compute="_compute_marketplace_config_id", groups=MANAGER
    )
    marketplace_state = fields.Selection(related="marketplace_config_id.state", groups=MANAGER)
    marketplace_supplier_name = fields.Char(
        related="marketplace_config_id.supplier_name", readonly=False, groups=MANAGER
    )
    marketplace_supplier_code = fields.Char(
        related="marketplace_config_id.supplier_code", readonly=False, groups=MANAGER
    )
    marketplace_auth_token = fields.Char(
        related="marketplace_config_id.auth_token", readonly=False, groups=MANAGER
    )

    @api.depends("company_id")
    def _compute_marketplace_config_id(self):
        for settings in self:
            settings.marketplace_config_id = settings.company_id.marketplace_config_ids[:1]

    def action_create_marketplace_config(self):
        """Give the company a connection of its own, to be filled in on this very page."""
        self.ensure_one()
        self.env["marketplace.config"].create({"company_id": self.company_id.id})
        return self.env["ir.actions.act_window"]._for_xml_id(
            "cartona_integration.action_marketplace_settings"
        )

    def action_test_marketplace_connection(self):
        """Test the company's connection with what stands on the page, which is saved by now."""
        return self.marketplace_config_id.action_test_connection()

    def action_open_marketplace_config(self):
        """Show everything about the company's connection."""
        return {
            "type": "ir.actions.act_window",
            "res_model": "marketplace.config",
            "res_id": self.marketplace_config_id.id,
            "views": [(False, "form")],
        }
