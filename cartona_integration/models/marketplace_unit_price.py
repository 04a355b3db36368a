# What one piece of a product costs when so many are bought: by a pricelist, or by its sales price.
# Sales prices of what companies share are in the main company's currency. Prices that Odoo could
# only guess are not given: their trace says what is missing.
from odoo import api, fields, models

from ..utils.trace import Trace, exact

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
            found = pricelist and pricelist._compute_price_rule(
                chunk, quantity, currency=pricelist.currency_id
            )
            for product in chunk:
                price, rule_id = found[product.id] if found else (0.0, False)
                traces[product.id] = self._trace_one(config, pricelist, product, price, rule_id)
        return traces

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
                self._trace_currency(config, product.currency_id, product.lst_price, trace)
        except OverflowError:
            trace.trouble = "price_overflow"
        return trace

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
        troubles = self._judge_currencies(config, products.currency_id | products.cost_currency_id)
        if not troubles:
            return {}
        grounds = {one.id: self._find_ground(pricelist, one, quantity) for one in products}
        return {id_: troubles[ground] for id_, ground in grounds.items() if ground in troubles}

    @api.model
    def _find_ground(self, pricelist, product, quantity):
        """The currency of what a price is made of; none where a rule says the price itself."""
        while pricelist:
            rule_id = pricelist._get_product_rule(product, quantity)
            rule = self.env["product.pricelist.item"].browse(rule_id)
            if rule.compute_price == "fixed":
                return self.env["res.currency"]
            if rule.base == "standard_price":
                return product.cost_currency_id
            pricelist = rule.base == "pricelist" and rule.base_pricelist_id
        return product.currency_id

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
