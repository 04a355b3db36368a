# Whether the forms of products show the marketplace's identity: most suppliers have no use for it.
from odoo import api, fields, models

from .marketplace_status_mixin import USER


class ProductTemplate(models.Model):
    _inherit = "product.template"

    cartona_id_is_used = fields.Boolean(compute="_compute_cartona_id_is_used", groups=USER)

    @api.depends_context("allowed_company_ids", "uid")
    def _compute_cartona_id_is_used(self):
        deployments = self.env["marketplace.config"]._read_group([], ["deployment"])
        self.cartona_id_is_used = deployments != [("supplier",)]
