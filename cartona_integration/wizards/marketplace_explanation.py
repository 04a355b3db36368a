# "Why this number?": a dialog with the steps to a listing's price and stock, what would be sent,
# and what the marketplace last confirmed. Opened by a button of the listing.
from odoo import _, api, fields, models

from ..models.marketplace_listing_explain import format_number


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
    stock_now = fields.Char("Stock Now")
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
        explanation = listing._get_explanation()
        told = listing.acked_at
        values = {
            "listing_id": listing.id,
            "message": self._get_message(listing, explanation),
            "price_there": format_number(listing.sent_price) if told else _("nothing yet"),
            "stock_there": format_number(listing.sent_stock) if told else _("nothing yet"),
        }
        for kind in ("price", "stock") if explanation["offered"] else ():
            part = explanation[kind]
            values[f"{kind}_source"] = part["source"]
            values[f"{kind}_now"] = self._word_value(kind, part)
            values[f"{kind}_line_ids"] = [
                (0, 0, {"kind": kind, "words": words, "number": self._word_number(number)})
                for words, number in part["steps"]
            ]
        return values

    @api.model
    def _get_message(self, listing, explanation):
        if not explanation["offered"]:
            return _(
                "This product is not offered: it is archived, not for sale, not in what the "
                "connection covers, or nobody wants it offered. It is shown as 0 and not published."
            )
        return explanation["held"] and listing._explain_code(explanation["held"])

    @api.model
    def _word_value(self, kind, part):
        if part["value"] is None:
            endless = kind == "stock" and part["steps"] and part["steps"][-1][1] is None
            return _("without end") if endless else _("held back")
        return f"{part['value']:,.2f}" if kind == "price" else format_number(part["value"])

    @api.model
    def _word_number(self, number):
        return "∞" if number is None else format_number(number)


class MarketplaceExplanationLine(models.TransientModel):
    _name = "marketplace.explanation.line"
    _description = "Step to a Number"

    explanation_id = fields.Many2one("marketplace.explanation", required=True, ondelete="cascade")
    kind = fields.Selection([("price", "Price"), ("stock", "Stock")], required=True)
    words = fields.Char("Step")
    number = fields.Char()
