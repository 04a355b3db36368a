# Today's values of listings: whether each is offered, at which price, and how much of it. Pure
# reading; the lane compares it with what is known to stand on the marketplace.
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from odoo import _, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.safe_eval import safe_eval

from ..compat import GOODS_DOMAIN, WAREHOUSE_KEY, is_stock_counted
from ..utils.quantities import offered_packs

# Odoo 17 scans the rules of a whole batch for each of its products: small batches are faster.
PRICE_CHUNK = 50
_STOCK_FIELDS = {"free": "free_qty", "on_hand": "qty_available", "forecast": "virtual_available"}

# What reading or searching by a domain that somebody mistyped may end in.
_UNREADABLE = (SyntaxError, NameError, ValueError, TypeError, KeyError, UserError)


@dataclass
class Today:
    """What a listing should be like now.

    :param values: {name: value}; a name that is absent has nothing to say
    :param held: the code of what keeps its price back, if anything
    """

    values: dict = field(default_factory=dict)
    held: str = ""


class MarketplaceListing(models.Model):
    _inherit = "marketplace.listing"

    def _get_today(self, config, wanted=("price", "stock")):
        """What listings of one config should be like now.

        :param wanted: what is worth computing; the rest has nothing to say
        :return: dict {listing id: Today}
        """
        offered = self.filtered("is_wanted") & self._filter_offered(config)
        prices = offered._get_prices(config) if "price" in wanted else {}
        stocks = offered._get_stocks(config) if "stock" in wanted else {}
        today = {listing.id: Today({"published": False, "stock": 0}) for listing in self - offered}
        for listing in offered:
            values = {"published": True} | stocks.get(listing.id, {})
            price = prices.get(listing.id)
            held = "held_price" if price is not None and price <= 0 else ""
            if price is not None and not held:
                values["price"] = price
            today[listing.id] = Today(values, held)
        return today

    def _filter_offered(self, config):
        """The listings whose product is for sale and within the connection's scope."""
        products = self.env["product.product"].search(
            [("id", "in", self.product_id.ids)] + config._get_scope_domain()
        )
        return self.filtered(lambda listing: listing.product_id in products)

    def _get_prices(self, config):
        """Prices per pack, rounded as the currency is: {listing id: Decimal}."""
        units = defaultdict(lambda: self.env["product.product"])
        for listing in self:
            units[listing.pack_qty] |= listing.product_id
        unit_prices = {
            (product_id, quantity): price
            for quantity, products in units.items()
            for product_id, price in self._get_unit_prices(config, products, quantity).items()
        }
        step = Decimal(str(config.currency_id.rounding))
        return {
            listing.id: _round(
                unit_prices[listing.product_id.id, listing.pack_qty], listing.pack_qty, step
            )
            for listing in self
        }

    def _get_unit_prices(self, config, products, quantity):
        if not config.pricelist_id:
            return {product.id: product.lst_price for product in products}
        prices = {}
        for start in range(0, len(products), PRICE_CHUNK):
            chunk = products[start : start + PRICE_CHUNK]
            prices |= config.pricelist_id._get_products_price(
                chunk, quantity, currency=config.currency_id
            )
        return prices

    def _get_stocks(self, config):
        """Offered packs, or that there is no end of them: {listing id: {name: value}}."""
        warehouses = config.warehouse_ids or self.env["stock.warehouse"].search(
            [("company_id", "=", config.company_id.id)]
        )
        name = _STOCK_FIELDS[config.stock_basis]
        products = self.product_id.with_context(**{WAREHOUSE_KEY: warehouses.ids})
        quantities = {
            product.id: product[name] for product in products if is_stock_counted(product)
        }
        return {listing.id: listing._get_stock(config, quantities) for listing in self}

    def _get_stock(self, config, quantities):
        if self.product_id.id not in quantities:
            return {"unlimited": True}
        packs = offered_packs(
            quantities[self.product_id.id],
            buffer=config.stock_buffer,
            share=config.stock_share,
            pack_qty=self.pack_qty,
            cap=config.stock_cap,
        )
        return {"unlimited": False, "stock": packs}


def _round(unit_price, quantity, step):
    price = Decimal(str(unit_price)) * Decimal(str(quantity))
    return (price / step).quantize(Decimal(1), ROUND_HALF_UP) * step


class MarketplaceConfig(models.Model):
    _inherit = "marketplace.config"

    def _get_scope_domain(self):
        """Which products are offered: goods for sale, within what the connection covers."""
        self.ensure_one()
        domain = [
            ("active", "=", True),
            ("sale_ok", "=", True),
            ("company_id", "in", [False, self.company_id.id]),
            *GOODS_DOMAIN,
            *self._read_scope_domain(),
        ]
        if self.environment == "internal":
            domain.append(("cartona_id", "!=", False))
        return domain

    def _read_scope_domain(self):
        """What a person chose in the form, as a domain; it may speak of the user and of time."""
        return safe_eval(
            self.scope_domain or "[]", {"uid": self.env.uid, "context_today": fields.Date.today}
        )

    @api.constrains("scope_domain")
    def _check_scope_domain(self):
        for config in self:
            try:
                self.env["product.product"].search(config._get_scope_domain(), limit=1)
            except _UNREADABLE as error:
                raise ValidationError(
                    _("These products can't be found. Choose them anew. (%s)", error)
                ) from error
