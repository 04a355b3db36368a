# What one piece of a product costs when so many are bought: by a pricelist, or by its sales price.
# Sales prices of what companies share are in the main company's currency. Prices that Odoo could
# only guess or can't work out are not given: their trace says what is missing.
import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..unforeseen import UNFORESEEN
from ..utils.trace import Trace, exact

_logger = logging.getLogger(__name__)

# Odoo 17 scans the rules of a whole batch for each of its products: small batches are faster.
PRICE_CHUNK = 50


class MarketplaceUnitPrice(models.AbstractModel):
    _name = "marketplace.unit.price"
    _description = "Marketplace Unit Price"

    @api.model
    def _trace(self, config, pricelist, products, quantity):
        """Prices of a piece in the company's currency.

        :param pricelist: may be empty
        :param quantity: how many are bought together
        :return: dict {product id: Trace}
        """
        if trouble := self._find_trouble(config, pricelist):
            return {product.id: Trace(trouble=trouble) for product in products}
        troubles = self._find_product_troubles(config, pricelist, products, quantity)
        traces = {id_: Trace(trouble=trouble) for id_, trouble in troubles.items()}
        products = products.filtered(lambda product: product.id not in troubles)
        for start in range(0, len(products), PRICE_CHUNK):
            chunk = products[start : start + PRICE_CHUNK]
            found = self._compute(pricelist, chunk, quantity)
            for product in chunk:
                traces[product.id] = (
                    self._trace_one(config, pricelist, product, *found[product.id])
                    if product.id in found
                    else Trace(trouble="price_uncomputable")
                )
        return traces

    @api.model
    def _compute(self, pricelist, products, quantity):
        """:return: dict {product id: (price, rule id)}, of those whose price Odoo can work out"""
        if not pricelist:
            return dict.fromkeys(products.ids, (0.0, False))
        try:
            # A savepoint around them all would cost everybody for the one that fails.
            return pricelist._compute_price_rule(products, quantity, currency=pricelist.currency_id)
        except psycopg2.Error:
            raise
        except (UserError, *UNFORESEEN):
            alone = [self._compute_alone(pricelist, product, quantity) for product in products]
            return {id_: found for prices in alone for id_, found in prices.items()}

    @api.model
    def _compute_alone(self, pricelist, product, quantity):
        try:
            with self.env.cr.savepoint(flush=False):
                return pricelist._compute_price_rule(
                    product, quantity, currency=pricelist.currency_id
                )
        except (UserError, *UNFORESEEN) as error:
            _logger.info("Price of %s by %s: %r", product, pricelist, error)
            return {}

    @api.model
    def _trace_one(self, config, pricelist, product, price, rule_id):
        trace = Trace()
        try:
            if rule_id:
                rule = self.env["product.pricelist.item"].browse(rule_id)
                trace.add("rule", exact(price), pricelist=pricelist, rule=rule)
                self._trace_currency(config, pricelist.currency_id, price, trace)
            else:
                trace.add("sales_price", exact(product.lst_price), pricelist=pricelist)
                currency = self._get_currencies(config, product)
                self._trace_currency(config, currency, product.lst_price, trace)
        except OverflowError:
            trace.trouble = "price_overflow"
        return trace

    @api.model
    def _get_currencies(self, config, products):
        """Which currencies sales prices are in; those of the main company ask nothing for it."""
        main = self.env["ir.model.data"]._xmlid_to_res_id(
            "base.main_company", raise_if_not_found=False
        )
        return config.currency_id if config.company_id.id == main else products.currency_id

    @api.model
    def _trace_currency(self, config, currency, price, trace):
        if currency != config.currency_id:
            converted = currency._convert(
                price, config.currency_id, config.company_id, self._get_day(), round=False
            )
            trace.add("currency", exact(converted), currency=currency)

    @api.model
    def _get_day(self):
        """The day whose rates hold: the one that pricelists and sales orders convert by, so that a
        price is the same whoever has it computed."""
        return fields.Date.today()

    @api.model
    def _find_trouble(self, config, pricelist):
        """:return: the code of why no price of this list can be trusted, "" when they can be"""
        chain = self._get_chain(pricelist)
        if chain.company_id - config.company_id.parent_ids:
            return "price_company"
        return next(iter(self._judge_currencies(config, chain.currency_id).values()), "")

    @api.model
    def _find_product_troubles(self, config, pricelist, products, quantity):
        """Products that are priced in a currency of their own, which nobody knows the worth of.

        :return: dict {product id: the code of why its price can't be trusted}
        """
        troubles = self._judge_currencies(config, self._get_currencies(config, products))
        if not troubles:
            return {}
        grounds = {one.id: self._find_ground(pricelist, one, quantity) for one in products}
        return {id_: troubles[ground] for id_, ground in grounds.items() if ground in troubles}

    @api.model
    def _find_ground(self, pricelist, product, quantity):
        """The currency of what a price is made of; none where a rule says the price itself, or the
        lists lead round in a circle."""
        passed = set()
        while pricelist not in passed and pricelist:
            passed.add(pricelist)
            rule_id = pricelist._get_product_rule(product, quantity)
            rule = self.env["product.pricelist.item"].browse(rule_id)
            if rule.compute_price == "fixed":
                return self.env["res.currency"]
            if rule.base == "standard_price":
                return product.cost_currency_id
            pricelist = rule.base == "pricelist" and rule.base_pricelist_id
        return self.env["res.currency"] if pricelist else product.currency_id

    @api.model
    def _judge_currencies(self, config, currencies):
        """:return: dict {currency: the code of why no price in it can be trusted}"""
        troubles = {}
        for currency in currencies - config.currency_id:
            if not currency.active:
                troubles[currency] = "currency_inactive"
            elif not self._is_rated(currency, config.company_id):
                troubles[currency] = "currency_unrated"
        return troubles

    @api.model
    def _get_chain(self, pricelists):
        """Pricelists and all that their rules lead on to."""
        chain = ends = pricelists
        rules_of = self.env["product.pricelist.item"].with_context(active_test=False)
        while ends:
            rules = rules_of.search([("pricelist_id", "in", ends.ids), ("base", "=", "pricelist")])
            ends = rules.base_pricelist_id - chain
            chain |= ends
        return chain

    @api.model
    def _is_rated(self, currency, company):
        """Whether a rate of a currency is known today; without one Odoo itself takes 1."""
        rate = self.env["res.currency.rate"].search(
            [
                ("currency_id", "=", currency.id),
                ("company_id", "in", (False, company.root_id.id)),
                ("name", "<=", self._get_day()),
            ],
            limit=1,
        )
        return bool(rate)
