# The lines of "Map now": one unknown product each, as it was told and as a person understands it,
# and what is suggested for it. Part of the dialog in marketplace_map.py.
from math import log

from odoo import api, fields, models


class MarketplaceMapLine(models.TransientModel):
    _name = "marketplace.map.line"
    _description = "Unknown Product"

    map_id = fields.Many2one("marketplace.map", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="map_id.company_id")
    currency_id = fields.Many2one(related="map_id.currency_id")
    name = fields.Char("Name on Marketplace", readonly=True)
    own_id = fields.Char("Identity", readonly=True)
    remote_id = fields.Char("Marketplace's Own ID", readonly=True)
    amount = fields.Float(readonly=True, digits="Product Unit of Measure")
    price = fields.Float(readonly=True, digits="Product Price")
    unit = fields.Char(readonly=True)
    told_pack = fields.Float(readonly=True)
    product_id = fields.Many2one("product.product", "Our Product")
    pack_qty = fields.Float(
        "Pieces in One",
        default=1.0,
        digits="Product Unit of Measure",
        help="How many pieces of our product one of theirs is.",
    )
    becomes = fields.Char("In the Order", compute="_compute_becomes")
    note = fields.Char("Besides", compute="_compute_becomes")

    @api.depends("amount", "own_id", "pack_qty", "product_id")
    def _compute_becomes(self):
        listings = self.env["marketplace.listing"]
        for line in self:
            line.becomes = line.note = False
            if line.product_id:
                line.becomes = _word_quantity(line)
                line.note = listings.get_map_note(
                    line.map_id.config_id.id, line.own_id, line.product_id.id, line.pack_qty
                )

    @api.onchange("product_id")
    def _onchange_product_id(self):
        self.update(self.get_choice(self.product_id.id))

    def get_choice(self, product_id):
        """:return: dict of what a product being chosen fills in: a pack as large as the price says,
        one piece or as many as the marketplace tells"""
        self.ensure_one()
        product = self.env["product.product"].browse(product_id)
        sizes = {1.0, self.told_pack or 1.0}
        pack = 1.0
        if product and self.price > 0 and product.lst_price > 0:
            pack = min(sizes, key=lambda size: abs(log(self.price / (product.lst_price * size))))
        return {"product_id": product.id, "pack_qty": pack}


def _word_quantity(line):
    """Packs are sold as packs: 2 × 12 Units."""
    size = "" if line.pack_qty == 1 else f"× {line.pack_qty:g} "
    return f"{line.amount:g} {size}{line.product_id.uom_id.name}"


class MarketplaceMapSuggestion(models.TransientModel):
    _name = "marketplace.map.suggestion"
    _description = "Suggested Product"

    map_id = fields.Many2one("marketplace.map", required=True, ondelete="cascade")
    line_id = fields.Many2one("marketplace.map.line", required=True, ondelete="cascade")
    name = fields.Char("For", related="line_id.name")
    product_id = fields.Many2one("product.product", required=True, ondelete="cascade")
    ground = fields.Char("Because Of")
    is_chosen = fields.Boolean(compute="_compute_is_chosen")

    @api.depends("line_id.product_id", "product_id")
    def _compute_is_chosen(self):
        for suggestion in self:
            suggestion.is_chosen = suggestion.line_id.product_id == suggestion.product_id

    def action_choose(self):
        """This is the one that is meant."""
        self.ensure_one()
        self.line_id.write(self.line_id.get_choice(self.product_id.id))
        return self.map_id.action_show()
