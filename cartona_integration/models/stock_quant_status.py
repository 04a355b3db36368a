# The marketplace's status and "Sync now" in the list of stock: that of the goods that lie there.
from odoo import api, models


class StockQuant(models.Model):
    _name = "stock.quant"
    _inherit = ["stock.quant", "marketplace.sync.mixin"]

    # Stock of one company is offered through that company's connections only.
    _marketplace_link = (
        "listing.product_id = record.product_id "
        "AND listing.company_id = COALESCE(record.company_id, listing.company_id)"
    )

    @api.model
    def _select_marketplace_status(self, among):
        self.flush_model(["company_id", "product_id"])
        return super()._select_marketplace_status(among)

    def _get_marketplace_products(self):
        return self.product_id
