# "Why this number?": the steps to a listing's price and stock in plain words. Entered by the dialog
# of that name, which shows what the engine itself computed.
from odoo import _, api, models
from odoo.exceptions import UserError

from ..compat import check_access
from ..const import HELD_CHANGE
from ..unforeseen import UNFORESEEN
from ..utils.today import Today


class MarketplaceListing(models.Model):
    _inherit = "marketplace.listing"

    def action_explain(self):
        """Open the dialog that shows each step to the numbers of this listing."""
        check_access(self, "read")
        return self.env["marketplace.explanation"]._open_for(self)

    def get_explanation(self):
        """What would be sent now and what was confirmed, with the steps to it, in words.

        :return: dict {"message": what is in the way, "price": part, "stock": part}, where a part is
            {"source": whose policies hold, "now", "there", "steps": list of (words, number)}
        """
        self.ensure_one()
        check_access(self, "read")
        config = self.config_id.sudo()
        listing = self.sudo().with_company(config.company_id)
        known = self.env["marketplace.listing.sync"]._read_for(listing)
        parts = [{"there": words} for words in listing._word_confirmed(known[listing.id])]
        if not (listing.is_wanted and listing._filter_offered(config)):
            message = _(
                "This product is not offered: it is archived, not for sale, not in what the "
                "connection covers, or nobody wants it offered. It is shown as 0 and not published."
            )
            return {"message": message, "price": parts[0], "stock": parts[1]}
        policies = listing._get_policies(config)
        try:
            with self.env.cr.savepoint(flush=False):
                price = listing._trace_prices(config, policies)[listing.id]
                stock = listing._trace_stocks(config, policies)[listing.id]
        except (UserError, *UNFORESEEN):
            # the engine has told the server's log
            message = self._explain_code("uncomputable")
            return {"message": message, "price": parts[0], "stock": parts[1]}
        price.trouble = price.trouble or listing._find_guarded(config, known, price)
        parts[0] |= self._word_part(policies[listing.id].prices, price)
        parts[1] |= self._word_part(policies[listing.id].stock, stock)
        message = self._explain_code(price.trouble or stock.trouble)
        return {"message": message, "price": parts[0], "stock": parts[1]}

    def _find_guarded(self, config, known, price):
        """:return: the code of what keeps a price back that could be sent, if anything"""
        today = Today({"price": price.value})
        self._guard_prices(config, known, {self.id: today})
        return today.held

    def _word_confirmed(self, sync):
        """:return: (price, stock) that were confirmed last; "" where none ever was"""
        price = self._word_last("price", sync["price"])
        if sync["unlimited"] and self.acked_at:
            return price, _("without end")
        # a stock that may have been lifted meanwhile is as uncertain as one whose answer was lost
        stock = None if sync["unlimited"] is None else sync["stock"]
        return price, self._word_last("stock", stock)

    def _word_last(self, kind, known):
        """What stands there for certain, or else what did when it was confirmed last."""
        if known is not None and self.acked_at:
            return format_number(known)
        last = self.env["marketplace.listing.value"]._get_last(kind, self.ids)
        return _("%s, no longer certain", format_number(last[self.id][0])) if last else ""

    @api.model
    def _word_part(self, policy, trace):
        now = self._word_held(trace.trouble) or self._word_number(trace.value)
        steps = [(self._word_step(step), self._word_number(step.value)) for step in trace.steps]
        return {"source": policy.display_name, "now": now, "steps": steps}

    @api.model
    def _word_held(self, trouble):
        if trouble == HELD_CHANGE:
            return _("held back until a manager approves it")
        return trouble and _("held back")

    @api.model
    def _word_number(self, number):
        return _("without end") if number is None else format_number(number)

    @api.model
    def _word_step(self, step):
        return (self._word_price_step(step) or self._word_stock_step(step)).strip()

    @api.model
    def _word_price_step(self, step):
        detail = step.detail
        if step.code == "rule":
            rule = detail["rule"].display_name
            return _("%(list)s: %(rule)s", list=detail["pricelist"].display_name, rule=rule)
        if step.code == "sales_price" and detail["pricelist"]:
            name = detail["pricelist"].display_name
            return _("Sales price, as no rule of %s is for this product", name)
        words = {
            "fixed_price": _("Fixed price of this listing"),
            "sales_price": _("Sales price"),
            "currency": _("Converted from %s at today's rate", _name(detail.get("currency"))),
            "times_pack": _("Times %s pieces in a pack", format_number(detail.get("pack"))),
            "tax_in": _("With tax: %s", _names(detail.get("taxes"))),
            "tax_out": _("Without tax: %s", _names(detail.get("taxes"))),
            "rounded": _("Rounded as %s is", _name(detail.get("currency"))),
        }
        return words.get(step.code)

    @api.model
    def _word_stock_step(self, step):
        detail = step.detail
        quantity = format_number(detail.get("quantity"))
        words = {
            "unlimited": _("Sold without end, as the policy says"),
            "uncounted": _("Sold without end, as its stock is not counted"),
            "expired": _("Less %s that are past their removal date", quantity),
            "demand": _(
                "Less %s that marketplace orders need and nothing is reserved for", quantity
            ),
            "buffer": _("Less %s kept back", format_number(detail.get("buffer"))),
            "share": _("Of that, %s %%", format_number(detail.get("share"))),
            "pack": _("In packs of %s", format_number(detail.get("pack"))),
            "whole": _("Rounded down"),
            "never_negative": _("Never below 0"),
            "cap": _("At most %s", format_number(detail.get("cap"))),
            "kit": _(
                "Kits: each takes %(needed)s of %(part)s, which runs out first",
                needed=format_number(detail.get("needed")),
                part=_name(detail.get("part")),
            ),
        }
        return words.get(step.code) or self._word_basis(detail)

    @api.model
    def _word_basis(self, detail):
        fields = self.env["marketplace.config"]._fields["stock_basis"]
        basis = dict(fields._description_selection(self.env))[detail["basis"]]
        names = _names(detail["warehouses"]) or _("no warehouse")
        return _("%(basis)s: %(warehouses)s", basis=basis, warehouses=names)


def format_number(number):
    """A number as people write it: 1,234.5 and not 1234.50000000."""
    if number is None:
        return ""
    whole, _point, rest = f"{number:,.4f}".partition(".")
    return f"{whole}.{rest}".rstrip("0").rstrip(".")


def _name(record):
    return record.display_name if record else ""


def _names(records):
    return ", ".join(records.mapped("display_name")) if records else ""
