# What a listing should be like now: whether it is offered, at which price, how much of it. Pure
# reading; the lane compares it with what is known to stand on the marketplace, and "Why this
# number?" shows the steps to it.
import psycopg2

from odoo import _, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import ormcache
from odoo.tools.safe_eval import safe_eval

from ..compat import GOODS_DOMAIN
from ..exceptions import Retryable
from ..utils.today import Today

# What reading or searching by a domain that somebody mistyped may end in.
_UNREADABLE = (
    SyntaxError, NameError, ValueError, TypeError, LookupError, AttributeError, AssertionError,
    ArithmeticError, UserError, psycopg2.DataError, psycopg2.ProgrammingError,
)  # fmt: skip

# Of a template, what prices and stock are made of.
_VALUE_FIELDS = ["categ_id", "company_id", "list_price", "type", "uom_id"]


class MarketplaceListing(models.Model):
    _inherit = "marketplace.listing"

    def _get_today(self, config, wanted=("price", "stock")):
        """What listings of one config should be like now.

        :param wanted: what is worth computing; the rest has nothing to say
        :return: dict {listing id: Today}
        """
        self = self.with_company(config.company_id)
        self._fetch_what_values_take(config)
        offered = self.filtered("is_wanted") & self._filter_offered(config)
        policies = offered._get_policies(config)
        prices = offered._trace_prices(config, policies) if "price" in wanted else {}
        # Whether it is shown may depend on the stock.
        shown = offered.filtered(lambda one: policies[one.id].stock.publication == "in_stock")
        counted = offered if "stock" in wanted else shown
        stocks = counted._trace_stocks(config, policies)
        gone = {"published": False, "unlimited": False, "stock": 0}
        today = {listing.id: Today(gone) for listing in self - offered}
        for listing in offered:
            today[listing.id] = listing._judge_today(
                policies[listing.id], prices.get(listing.id), stocks.get(listing.id)
            )
        return today

    def _fetch_what_values_take(self, config):
        """Companies and products have a hundred columns, and each change of a price waits until
        they are read: these are the ones that matter."""
        config.company_id.fetch(["active", "currency_id", "parent_path"])
        self.product_id.fetch(["product_tmpl_id"])
        self.product_id.product_tmpl_id.fetch(_VALUE_FIELDS)

    def _judge_today(self, policies, price, stock):
        """:param price: its Trace, or None where it was not asked for; ``stock`` likewise"""
        today = Today({"published": True} | self._get_limits(policies.limits))
        if stock:
            today.values |= self._get_stock_values(policies.stock, stock)
        if stock and stock.trouble:
            today.hold("stock", stock.trouble)
        if price and price.trouble:
            today.hold("price", price.trouble)
        elif price:
            today.values["price"] = price.value
        return today

    def _get_stock_values(self, policy, stock):
        if stock.trouble:
            return {}
        if stock.value is None:
            return {"unlimited": True}
        values = {"unlimited": False, "stock": int(stock.value)}
        if policy.publication == "in_stock":
            values["published"] = stock.value > 0
        return values

    def _get_limits(self, policy):
        """Order quantities, where there is something to say about them."""
        return {name: policy[name] for name in ("min_order", "max_order") if policy[name]}

    def _filter_offered(self, config):
        """The listings whose product is for sale and within the connection's scope."""
        products = config._search_offered([("id", "in", self.product_id.ids)])
        return self.filtered(lambda listing: listing.product_id in products)


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

    def _search_offered(self, domain):
        """The products of a domain that are offered.

        :raise Retryable: when the choice can't be read any more: an app that it needs may be gone
        """
        try:
            return self.env["product.product"].search(domain + self._get_scope_domain())
        except _UNREADABLE as error:
            raise Retryable("scope_unreadable", str(error)) from error

    def _read_scope_domain(self):
        """What a person chose in the form, as a domain; it may speak of the user and of time."""
        return safe_eval(
            self.scope_domain or "[]", {"uid": self.env.uid, "context_today": fields.Date.today}
        )

    @api.model
    @ormcache()
    def _get_chosen_by(self):
        """The fields of products by which people chose what their connections offer."""
        leaves = [
            leaf
            for config in self.sudo().search([])
            for leaf in config._read_scope_domain()
            if isinstance(leaf, list | tuple)
        ]
        return frozenset(str(leaf[0]).partition(".")[0] for leaf in leaves)

    @api.model_create_multi
    def create(self, vals_list):
        configs = super().create(vals_list)
        self.env.registry.clear_cache()
        return configs

    def write(self, vals):
        result = super().write(vals)
        if {"active", "scope_domain"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    @api.constrains("scope_domain")
    def _check_scope_domain(self):
        for config in self:
            try:
                with self.env.cr.savepoint():
                    self.env["product.product"].search(config._get_scope_domain(), limit=1)
            except _UNREADABLE as error:
                raise ValidationError(
                    _("By this choice no product can be looked for. Choose the products anew.")
                ) from error
