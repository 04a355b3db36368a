# Sums of money as lines of an order: a line has a price that Odoo keeps to so many digits, and yet
# its lines together have to be the sum to the piastre. Pure; called by the order's lines.
from decimal import ROUND_FLOOR, Decimal

from .prices import round_price

# How far around the number of dearer pieces a sum is looked for; rounding moves it by less.
_NEARBY = (0, 1, -1, 2, -2)


def lay_out(total, quantity, price_step, money_step, told=None):
    """The lines that a sum for so many pieces becomes: one, if there is a price for it; else two,
    whose prices lie one step apart. 10.00 for seven are 1 × 1.42 and 6 × 1.43.

    :param Decimal total: a multiple of ``money_step``
    :param Decimal price_step: the smallest difference of two prices, None where any can be kept
    :param Decimal told: the price of one that the sum was made by, if there is one
    :return: list of (quantity, price)
    """
    if told is not None and _is_kept(told, price_step):
        lines = [(quantity, told)]
        if _is_sum(lines, total, money_step):
            return lines
    price = total / quantity
    if price_step is None:
        return [(quantity, price)]
    price = round_price(price, price_step)
    if round_price(price * quantity, money_step) == total:
        return [(quantity, price)]
    low = round_price(total / quantity, price_step, ROUND_FLOOR)
    dearer = ((total - low * quantity) / price_step).to_integral_value()
    for nearby in _NEARBY:
        lines = [(quantity - dearer - nearby, low), (dearer + nearby, low + price_step)]
        if _is_sum(lines, total, money_step):
            return lines
    return [(quantity, price)]


def _is_kept(price, price_step):
    return price_step is None or is_multiple(price, price_step)


def _is_sum(lines, total, money_step):
    return (
        all(quantity > 0 for quantity, _price in lines)
        and sum(round_price(quantity * price, money_step) for quantity, price in lines) == total
    )


def share_out(total, parts, price_step, money_step):
    """Split a sum over parts in proportion to what they are worth.

    Every part but the one that is worth most gets a price that Odoo can keep; that one gets what is
    left. Where that would leave nothing for it, all get their shares to the piastre.

    :param parts: list of (worth, quantity)
    :return: the shares, in the order of the parts
    """
    worth = sum(one for one, _quantity in parts)
    if not worth:
        # what is worth nothing counts by its number
        return share_out(total, [(q, q) for _worth, q in parts], price_step, money_step)
    first = max(range(len(parts)), key=lambda index: parts[index][0])
    shares = [
        _round_share(total * one / worth, quantity, price_step, money_step)
        for one, quantity in parts
    ]
    shares[first] = total - sum(shares) + shares[first]
    if shares[first] < 0 or (total and not shares[first]):
        return _cut(total, [one for one, _quantity in parts], money_step)
    return shares


def _round_share(share, quantity, price_step, money_step):
    price = share / quantity
    if price_step is not None:
        price = round_price(price, price_step)
    return round_price(price * quantity, money_step)


def _cut(total, worths, money_step):
    """Each part ends where its share of the whole ends, so that the roundings can't add up."""
    worth, passed, cut = sum(worths), Decimal(0), Decimal(0)
    shares = []
    for one in worths:
        passed += one
        end = round_price(total * passed / worth, money_step)
        shares.append(end - cut)
        cut = end
    return shares


def is_multiple(quantity, *steps):
    return all(not quantity % step for step in steps)
