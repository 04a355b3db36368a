# What one line of a marketplace's order consists of: a product by the piece, a product by the pack,
# or the parts of a bundle. Whatever can't be said exactly is refused, never rounded. Called by
# marketplace.order.lines.
#
# A line about packs stays one about packs, in a unit of that size: 2 packs at 10.00, although no
# price of a piece makes 10.00 of seven. Only where a product has a tax of so much a piece, which
# Odoo reckons by the line's quantity, packs become pieces.
#
# A bundle's price is shared out to its parts in proportion to their sales prices, see share_out().
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from odoo import api, models

from ..exceptions import Unusable
from ..utils.prices import round_price
from ..utils.quantities import divide
from ..utils.splitting import is_multiple, share_out
from ..utils.trace import exact

# What depends on the price alone, however many pieces a line counts.
BY_PRICE = ("percent", "division")


class Part(NamedTuple):
    """So many of a product for so much in all; it has ``share`` of its line's money. One of it has
    the price ``told``, where that is about the same unit."""

    product: models.BaseModel
    unit: models.BaseModel
    quantity: Decimal
    total: Decimal
    told: Decimal | None = None
    share: Decimal = Decimal(1)

    @property
    def pieces(self):
        """How many of the product's own unit one of it is."""
        return self.unit._compute_quantity(1.0, self.product.uom_id, round=False)

    def cut(self, amount):
        """What one of it has of an amount of the whole line. Not rounded: many of them are to be
        the amount again."""
        return float(amount * self.share / self.quantity)


class MarketplaceOrderParts(models.AbstractModel):
    _name = "marketplace.order.parts"
    _description = "Marketplace Order Parts"

    @api.model
    def _get_parts(self, config, known):
        """:param known: pairs of a line and its listing
        :return: dict {line id: list of Part}
        :raise Unusable: it can't be sold, or not so many of it
        """
        products = self.env["product.product"].union(
            *(listing.product_id for _line, listing in known)
        )
        for product in products:
            self._check_product(config, product)
        kits = self.env["marketplace.kits"]._get_exact_parts(products, config.company_id)
        return {
            line.line_id: self._take_apart(config, line, listing, kits[listing.product_id.id])
            if listing.product_id.id in kits
            else [self._get_part(config, line, listing)]
            for line, listing in known
        }

    @api.model
    def _check_product(self, config, product):
        """:raise Unusable: the product can't be on a sales order of this company"""
        name = product.display_name
        if not product.active:
            raise Unusable("product_archived", name, record=product)
        if product.company_id and product.company_id not in config.company_id.parent_ids:
            raise Unusable("product_company", name, record=product)
        if not product.sale_ok:
            raise Unusable("product_unsold", name, record=product)

    @api.model
    def _get_part(self, config, line, listing):
        product, pieces = listing.product_id, self._count_pieces(line, listing)
        total = self._get_total(config, line)
        if listing.pack_qty == 1:
            return Part(product, product.uom_id, pieces, total, line.price)
        if not self._is_taxed_by_price(config, product):
            return Part(product, product.uom_id, pieces, total)
        unit = self.env["marketplace.pack.unit"]._get(product.uom_id, exact(listing.pack_qty))
        return Part(product, unit, line.amount, total, line.price)

    @api.model
    def _get_total(self, config, line):
        return round_price(line.price * line.amount, Decimal(str(config.currency_id.rounding)))

    @api.model
    def _count_pieces(self, line, listing):
        """:raise Unusable: the pieces can't be counted in the product's unit"""
        if listing.pack_qty != 1 and not is_multiple(line.amount, Decimal(1)):
            detail = f"{line.amount} × {listing.display_name}"
            raise Unusable("pack_fraction", detail, record=listing)
        pieces = Fraction(line.amount * exact(listing.pack_qty))
        return self._check_quantity(pieces, listing.product_id)

    @api.model
    def _check_quantity(self, quantity, product, record=None):
        """
        :param Fraction quantity: whatever it was divided by, nothing of it has been rounded
        :return: it as a Decimal
        :raise Unusable: Odoo would round it
        """
        unit = product.uom_id
        digits = self.env["sale.order.line"]._fields["product_uom_qty"].get_digits(self.env)
        steps = Fraction(exact(unit.rounding)), Fraction(1, 10 ** digits[1])
        if not quantity or not is_multiple(quantity, *steps):
            detail = f"{divide(quantity).normalize():f} {unit.name} {product.display_name}"
            raise Unusable("amount_fraction", detail, record=record or product)
        return divide(quantity)

    @api.model
    def _is_taxed_by_price(self, config, product):
        taxes = product.taxes_id._filter_taxes_by_company(config.company_id)
        return all(tax.amount_type in BY_PRICE for tax in taxes.flatten_taxes_hierarchy())

    @api.model
    def _take_apart(self, config, line, listing, needed):
        """A bundle's parts.

        :param needed: {product id: Fraction, how many of it one bundle takes}
        """
        bundle = listing.product_id
        if not needed:
            raise Unusable("bundle_unclear", bundle.display_name, record=bundle)
        bundles = self._count_pieces(line, listing)
        products = bundle.browse(needed).with_company(config.company_id)
        quantities = [
            self._check_part(config, product, Fraction(bundles) * needed[product.id], bundle)
            for product in products
        ]
        total = self._get_total(config, line)
        shares = self._share(config, total, products, quantities)
        # whatever the price is: of a bundle that is given away, too, something was taken off
        worths = shares if total else self._share(config, Decimal(1000), products, quantities)
        return [
            Part(product, product.uom_id, quantity, share, share=worth / sum(worths))
            for product, quantity, share, worth in zip(
                products, quantities, shares, worths, strict=True
            )
        ]

    @api.model
    def _check_part(self, config, product, quantity, bundle):
        """
        :return: so many of it, as a Decimal
        :raise Unusable: it can't be taken out of the bundle
        """
        if not product.active:
            raise Unusable("product_archived", product.display_name, record=product)
        if product.company_id and product.company_id not in config.company_id.parent_ids:
            raise Unusable("product_company", product.display_name, record=product)
        return self._check_quantity(quantity, product, record=bundle)

    @api.model
    def _share(self, config, total, products, quantities):
        worths = [
            max(exact(product.lst_price), Decimal(0)) * quantity
            for product, quantity in zip(products, quantities, strict=True)
        ]
        return share_out(
            total,
            list(zip(worths, quantities, strict=True)),
            self.env["marketplace.order.lines"]._get_price_step(),
            Decimal(str(config.currency_id.rounding)),
        )
