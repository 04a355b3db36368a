# From a stock figure to the number of packs that is offered; exact, so that 0.3 of a kilo in packs
# of 0.1 are three. Called by the listings, which explain what they send by the same steps.
from decimal import ROUND_FLOOR, Decimal

from .trace import exact

# A database keeps no larger whole number.
MOST = 2**31 - 1
_PRECISION = Decimal("0.000001")
# Beyond this the exact figure is of no use to anybody.
_ENDLESS = Decimal(10**12)


def trace_packs(trace, *, buffer=0.0, share=100.0, pack_qty=1.0, cap=0):
    """Go on from what is available, in base units, to what is offered, in packs.

    :param Trace trace: its last step is what is available; gets the steps that change something
    :param buffer: what is kept back of it, in base units
    :param share: percent of the rest that is offered
    :param cap: the most to show, 0 for no limit
    """
    rest = trace.value
    if buffer:
        rest -= exact(buffer)
        trace.add("buffer", rest, buffer=exact(buffer))
    if share != 100:
        rest = rest * exact(share) / 100
        trace.add("share", rest, share=exact(share))
    if pack_qty != 1:
        rest = rest / exact(pack_qty)
        trace.add("pack", rest, pack=exact(pack_qty))
    _trace_whole(trace, rest, cap)


def _trace_whole(trace, rest, cap):
    rest = max(min(rest, _ENDLESS), -_ENDLESS)
    whole = int(rest.quantize(_PRECISION).to_integral_value(ROUND_FLOOR))
    if whole != rest:
        trace.add("whole", Decimal(whole))
    if whole < 0:
        whole = 0
        trace.add("never_negative", Decimal(0))
    if cap and whole > cap:
        whole = cap
        trace.add("cap", Decimal(cap), cap=Decimal(cap))
    if whole > MOST:
        trace.trouble = "stock_overflow"


def kits(parts):
    """How many kits the parts make.

    :param parts: list of (what there is of it, what one kit takes)
    :return: (number of kits, index of the part that runs out first)
    """
    numbers = [min(there / needed, _ENDLESS).quantize(_PRECISION) for there, needed in parts]
    scarce = min(range(len(numbers)), key=numbers.__getitem__)
    return numbers[scarce].to_integral_value(ROUND_FLOOR), scarce
