"""Writes to Odoo over RPC as people and scripts do, and keeps account of what it wrote.

What is written are absolute values, so a write whose answer was lost is simply repeated.
"""

import http.client
import xmlrpc.client
from decimal import Decimal

from .waiting import wait_until

# A server that is killed or has lost its database answers with one of these.
NO_ANSWER = (OSError, http.client.HTTPException, xmlrpc.client.Error)
PATIENCE = 120


class Writer:
    def __init__(self, world, random, rpc=None):
        self._rpc = rpc or world.rpc
        self.random = random
        self.repeated = 0

    def new_price(self, product):
        """Another price than it has, with two digits."""
        cents = self.random.randrange(100, 100_000)
        return product.price + Decimal(cents) / 100

    def change_price(self, product):
        price = self.new_price(product)
        self._insist("product.template", "write", [product.template], {"list_price": float(price)})
        product.price = price

    def change_stock(self, product):
        self.set_stock(product, (product.stock + self.random.randrange(1, 50)) % 200)

    def set_stock(self, product, stock):
        self._insist("stock.quant", "write", [product.quant], {"quantity": stock})
        product.stock = stock

    def sell(self, product, partner):
        """Confirm an order of one piece. :return: the order"""
        line = (0, 0, {"product_id": product.variant, "product_uom_qty": 1})
        order = self._insist("sale.order", "create", {"partner_id": partner, "order_line": [line]})
        self._insist("sale.order", "action_confirm", [order])
        return order

    def import_prices(self, products):
        """Another price for each, by an import in one transaction."""
        self.set_prices(products, [self.new_price(product) for product in products])

    def set_prices(self, products, prices):
        rows = [
            [str(product.template), str(price)]
            for product, price in zip(products, prices, strict=True)
        ]
        answer = self._insist("product.template", "load", [".id", "list_price"], rows)
        assert answer["ids"], answer["messages"]
        for product, price in zip(products, prices, strict=True):
            product.price = price

    def change_something(self, products):
        product = self.random.choice(products)
        self.random.choice((self.change_price, self.change_stock))(product)

    def _insist(self, model, method, *arguments):
        """Call until it is answered."""
        return wait_until(
            lambda: self._attempt(model, method, arguments), PATIENCE, f"{model} {method} answers"
        )[0]

    def _attempt(self, model, method, arguments):
        try:
            return [self._rpc.call(model, method, *arguments)]
        except NO_ANSWER:
            self.repeated += 1
            return None
