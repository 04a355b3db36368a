# Whose Odoo this is: a supplier's own, where everything for sale is offered, or the marketplace's,
# where only products with an identity are. Proposed once, with its reason; a person confirms it.
from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ..compat import GOODS_DOMAIN


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    deployment_reason = fields.Char("Reason", compute="_compute_environment")

    @api.depends("deployment")
    def _compute_environment(self):
        for config in self:
            # Counting a large catalogue takes its time, and every flush asks.
            is_open = config.deployment == "auto"
            proposal = config._propose_deployment() if is_open else (config.deployment, False)
            config.environment, config.deployment_reason = proposal

    def _propose_deployment(self):
        """A catalogue where some products have an identity and others have none is most likely
        the marketplace's own: it holds other suppliers' products too."""
        products = self.env["product.product"].sudo()
        for_sale = [("sale_ok", "=", True), *GOODS_DOMAIN]
        total = products.search_count(for_sale)
        identified = products.search_count([*for_sale, ("cartona_id", "!=", False)])
        if 0 < identified < total:
            return "internal", _(
                "%(identified)s of %(total)s products for sale have an identity of the "
                "marketplace. Offering only these is safer: the others may belong to somebody "
                "else.",
                identified=identified,
                total=total,
            )
        return "supplier", _(
            "All %s products for sale are treated alike, as in a supplier's own Odoo.", total
        )

    def action_confirm_deployment(self):
        """Take the proposal; from now on nothing changes it by itself."""
        for config in self.filtered(lambda config: config.deployment == "auto"):
            config.deployment = config.environment
        return True

    def action_go_live(self):
        if self.filtered(lambda config: config.deployment == "auto" and config.state != "draft"):
            raise UserError(
                _("Confirm which products are offered first: it stands on the Products page.")
            )
        return super().action_go_live()
