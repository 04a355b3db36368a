# Values of Cartona's orders, read one by one: what isn't what it should be says so, by its name.
# Pure; called by inbound.py.
import unicodedata
from decimal import Decimal, InvalidOperation

from ...exceptions import Unusable
from .const import LONGEST_ID, LONGEST_TEXT

HIGHEST = Decimal(1_000_000_000)
# Behind these stands what binary numbers make of decimal ones: 80.099999999999994 means 80.1.
FINEST = Decimal("1e-9")
_SCALARS = (str, int, float, Decimal)
# Marks that turn the reading direction around, and make a text look like another one.
_DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e"
                                     "\u2066\u2067\u2068\u2069\ufeff"))  # fmt: skip


def read_object(value, name):
    if not isinstance(value, dict):
        raise Unusable("bad_value", name)
    return value


def read_text(item, name):
    """A text without what can't be seen; numbers count as texts, absent ones are empty."""
    value = item.get(name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool) or not isinstance(value, _SCALARS):
        raise Unusable("bad_value", name)
    return clean(str(value))[:LONGEST_TEXT]


def clean(text):
    text = text.translate(_DIRECTIONS)
    return "".join(
        char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs")
    ).strip()


def read_id(item, name):
    text = read_text(item, name)
    if len(text) > LONGEST_ID:
        raise Unusable("bad_value", name)
    return text


def read_number(item, *names, default=None):
    """A number within what anybody can mean; digits in a text count as one.

    :param names: its name, and its other spellings
    """
    value = next((item[name] for name in names if item.get(name) is not None), default)
    if isinstance(value, bool) or not isinstance(value, _SCALARS):
        raise Unusable("bad_number", names[0])
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise Unusable("bad_number", names[0]) from error
    if not number.is_finite() or not -HIGHEST < number < HIGHEST:
        raise Unusable("bad_number", names[0])
    rounded = number.quantize(FINEST)
    return number if rounded == number else rounded.normalize()


def read_amount(item, *names, default=None):
    """A number that can't be below zero."""
    number = read_number(item, *names, default=default)
    if number < 0:
        raise Unusable("bad_number", names[0])
    return number
