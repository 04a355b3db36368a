# "Why this number?": a dialog with the steps to a listing's price and stock, what would be sent,
# and what the marketplace last confirmed. Opened by a button of the listing.
from odoo import _, api, fields, models


class MarketplaceExplanation(models.TransientModel):
    _name = "marketplace.explanation"
    _description = "Why This Number?"
    _rec_name = "listing_id"

    listing_id = fields.Many2one("marketplace.listing", required=True, ondelete="cascade")
    message = fields.Char("Explanation")
    price_source = fields.Char("Policies")
    price_now = fields.Char("Now")
    price_there = fields.Char("Last Confirmed")
    price_line_ids = fields.One2many(
        "marketplace.explanation.line", "explanation_id", domain=[("kind", "=", "price")]
    )
    stock_source = fields.Char("Policies on Stock")
    stock_now = fields.Char()
    stock_there = fields.Char("Stock Last Confirmed")
    stock_line_ids = fields.One2many(
        "marketplace.explanation.line", "explanation_id", domain=[("kind", "=", "stock")]
    )
    acked_at = fields.Datetime("Confirmed At", related="listing_id.acked_at")

    @api.model
    def _open_for(self, listing):
        """:return: the action that shows the explanation of a listing"""
        return {
            "type": "ir.actions.act_window",
            "name": _("Why this number?"),
            "res_model": self._name,
            "res_id": self.create(self._get_values(listing)).id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _get_values(self, listing):
        explanation = listing.get_explanation()
        values = {"listing_id": listing.id, "message": explanation["message"]}
        for kind in ("price", "stock"):
            part = explanation[kind]
            values[f"{kind}_there"] = part["there"] or _("nothing yet")
            values[f"{kind}_source"] = part.get("source")
            values[f"{kind}_now"] = part.get("now")
            values[f"{kind}_line_ids"] = [
                (0, 0, {"kind": kind, "words": words, "number": number})
                for words, number in part.get("steps", ())
            ]
        return values


class MarketplaceExplanationLine(models.TransientModel):
    _name = "marketplace.explanation.line"
    _description = "Step to a Number"

    explanation_id = fields.Many2one("marketplace.explanation", required=True, ondelete="cascade")
    kind = fields.Selection([("price", "Price"), ("stock", "Stock")], required=True)
    words = fields.Char("Step")
    number = fields.Char()
