# Prices as a marketplace shows them: rounded as the currency is, within what anybody can mean.
from decimal import ROUND_HALF_UP, Decimal

# Beyond this a price is a typing error, and no marketplace has a column for it.
HIGHEST = Decimal(1_000_000_000)


def round_price(price, step):
    """Round half up to multiples of ``step``.

    :param Decimal step: the currency's smallest amount
    """
    return (price / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def change_percent(before, after):
    """By how many percent a price changes, up or down."""
    return abs(after - before) * 100 / before


def judge_price(price):
    """:return: the code of what is wrong with a price, "" when it can be sent"""
    if price <= 0:
        return "held_price"
    return "price_overflow" if price >= HIGHEST else ""
