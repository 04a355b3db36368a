"""The products of a scenario and what the test itself has written of each: the one truth that
Odoo and the sandbox are compared with. Made by stage.py, changed by writer.py.
"""

from dataclasses import dataclass, replace
from decimal import Decimal


@dataclass
class Product:
    """One product for sale: its ids in Odoo, and the values that were written last."""

    number: int
    variant: int
    template: int
    quant: int
    price: Decimal
    stock: int

    @property
    def identity(self):
        """What Cartona knows it by: the variant's number, by default."""
        return str(self.variant)

    @property
    def values(self):
        """Its row on Cartona as it must be: price, stock, unlimited, published."""
        return (self.price, self.stock, False, True)

    def copy(self):
        return replace(self)


def code(number):
    return f"chaos-{number:05}"


def first_price(number):
    """A price with two digits that tells products apart."""
    return Decimal(1000 + number) / 100


def first_stock(number):
    return 5 + number % 90
