# The currency that a marketplace's prices are in, beside the company's: a connection says so where
# they differ. Nothing is refused: a supplier may have agreed on it with the marketplace.
from odoo import _, api, fields, models


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    currency_warning = fields.Char(compute="_compute_currency_warning")

    @api.depends("platform", "company_id.currency_id")
    @api.depends_context("lang")
    def _compute_currency_warning(self):
        for config in self:
            theirs = (
                config.platform and self.env["marketplace.adapter"]._for(config)._get_currency()
            )
            ours = config.company_id.currency_id.name
            is_other = theirs and ours and theirs != ours
            config.currency_warning = is_other and _(
                "The marketplace's prices are in %(theirs)s, and your company's currency is "
                "%(ours)s. Prices go out and orders come in in %(ours)s, with the figures as they "
                "are. Use a company here whose currency is %(theirs)s.",
                theirs=theirs,
                ours=ours,
            )
