# Whether the product of an order's line is known, and what stands in its place where nobody
# knows it yet: a placeholder that keeps the order a draft. Called by the order's lines and holds.
from odoo import api, models

from ..compat import LINE_TAXES, LINE_UNIT
from ..exceptions import Unusable
from ..utils.exact_json import fingerprint

UNKNOWN = "product_unknown"
PLACEHOLDER = "placeholder"
# A draft that has placeholders keeps those that are still unknown, whatever the policy is by now.
KEEP = "marketplace_keeps_placeholders"
# On a confirmed order nothing could take a placeholder's place: the edit waits in the inbox.
NEVER = "marketplace_takes_no_placeholders"


class MarketplaceOrderProducts(models.AbstractModel):
    _name = "marketplace.order.products"
    _description = "Marketplace Order Products"

    @api.model
    def _is_known(self, config, line, listing):
        """Whether a line's product is known; else a placeholder is to stand in for it.

        :raise Unusable: a person has to decide first
        """
        if listing.product_id:
            return True
        if self._is_placeholder_wanted(config):
            return False
        raise Unusable(UNKNOWN, f"{line.own_id or line.remote_id} {line.name}")

    @api.model
    def _is_placeholder_wanted(self, config):
        context = self.env.context
        is_wanted = config.unknown_product_policy == "placeholder" or context.get(KEEP)
        is_wanted = is_wanted and not context.get(NEVER)
        return bool(is_wanted and self._get_placeholder().exists())

    @api.model
    def _get_placeholder(self):
        """The product that stands in for unknown ones; people may have deleted it. Not by ref(),
        which asks the database each time."""
        found = self.env["ir.model.data"]._xmlid_to_res_id(
            "cartona_integration.product_placeholder", raise_if_not_found=False
        )
        return self.env["product.product"].browse(found or [])

    @api.model
    def _get_placeholder_values(self, line, sequence):
        """A line as it was told, about nothing that we sell."""
        placeholder = self._get_placeholder()
        called = line.own_id or line.remote_id
        return {
            "sequence": sequence,
            "marketplace_line": line.line_id,
            "marketplace_part": 0,
            "marketplace_told": _word(line),
            "told_with_tax": True,
            "product_id": placeholder.id,
            "name": f"{line.name} [{called}]".strip(),
            "product_uom_qty": float(line.amount),
            LINE_UNIT: placeholder.uom_id.id,
            "price_unit": float(line.price),
            "discount": 0.0,
            LINE_TAXES: False,
            "told_own_id": line.own_id or False,
            "told_remote_id": line.remote_id or False,
        }

    @api.model
    def _find_holds(self, order):
        """:return: codes of what keeps an order from being confirmed"""
        return [PLACEHOLDER] if order._get_placeholder_lines() else []


def _word(line):
    """What a change of makes another placeholder of it, and no product's line ever equals."""
    numbers = [str(number.normalize() + 0) for number in (line.amount, line.price)]
    return fingerprint([PLACEHOLDER, line.own_id, line.remote_id, line.name, *numbers])
