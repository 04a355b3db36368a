# What one piece of a product costs when so many are bought: by a pricelist, or by its sales price.
# Prices that Odoo could only guess are not given: their trace says what is missing.
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
        traces = {}
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
        for currency in chain.currency_id - config.currency_id:
            if not currency.active:
                return "currency_inactive"
            if not self._is_rated(currency, config.company_id):
                return "currency_unrated"
        return ""

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
