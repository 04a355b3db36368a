# From a stock figure to the number of packs that is offered; exact, so that 0.3 of a kilo in packs
# of 0.1 are three.
from decimal import ROUND_FLOOR, Decimal

_PRECISION = Decimal("0.000001")


def offered_packs(quantity, *, buffer=0.0, share=100.0, pack_qty=1.0, cap=0):
    """How many packs to offer.

    :param quantity: what is there, in base units
    :param buffer: what is kept back of it, in base units
    :param share: percent of the rest that is offered
    :param cap: the most to show, 0 for no limit
    """
    rest = (_exact(quantity) - _exact(buffer)) * _exact(share) / 100
    packs = int((rest / _exact(pack_qty)).quantize(_PRECISION).to_integral_value(ROUND_FLOOR))
    packs = max(packs, 0)
    return min(packs, cap) if cap else packs


def _exact(number):
    return Decimal(str(number)).quantize(_PRECISION)
