# A path of the marketplace that this account spells differently; read by marketplace.api.
from odoo import _, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..utils.addresses import is_call_path

_TESTED = {"endpoint", "path"}


class MarketplaceEndpoint(models.Model):
    _name = "marketplace.endpoint"
    _description = "Marketplace Endpoint"
    _order = "endpoint"
    _rec_name = "endpoint"

    config_id = fields.Many2one("marketplace.config", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="config_id.company_id")
    endpoint = fields.Selection("_selection_endpoint", string="Call", required=True)
    path = fields.Char(required=True, help="Below the API address, without a leading slash.")

    _sql_constraints = [
        ("endpoint_unique", "unique (config_id, endpoint)", "A call can have one path only."),
    ]

    @api.model
    def _selection_endpoint(self):
        adapters = self.env["marketplace.adapter"]
        keys = {
            key
            for platform, _name in adapters._get_platforms()
            for key in self.env[f"marketplace.adapter.{platform}"]._get_endpoints()
        }
        return [(key, key.replace("_", " ").capitalize()) for key in sorted(keys)]

    @api.model_create_multi
    def create(self, vals_list):
        endpoints = super().create(vals_list)
        endpoints.config_id._require_test()
        return endpoints

    def write(self, vals):
        if any(
            endpoint.config_id.id != vals.get("config_id", endpoint.config_id.id)
            for endpoint in self
        ):
            raise UserError(
                _("A path belongs to its connection. Add one to the other connection instead.")
            )
        changed = self.filtered(lambda one: any(one[n] != vals[n] for n in _TESTED & vals.keys()))
        changed.config_id._require_test()
        return super().write(vals)

    def unlink(self):
        self.config_id._require_test()
        return super().unlink()

    @api.constrains("path")
    def _check_path(self):
        for override in self:
            if not is_call_path(override.path):
                raise ValidationError(
                    _(
                        "Write the path of a call as it follows the API address, "
                        "for example orders/pull-orders. Not accepted: %s",
                        override.path or "",
                    )
                )
