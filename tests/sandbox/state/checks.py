"""Field checks for what the supplier sends: each gives back the clean value or refuses.

Used by state/products.py, state/orders.py and state/lines.py. They run per item of a bulk call,
so they stay plain functions over plain values.
"""

from collections.abc import Callable
from decimal import Decimal

from ..errors import Refusal

LARGEST = 1_000_000_000
LONGEST_TEXT = 2000
LONGEST_IDENTIFIER = 255

Check = Callable[[str, object], object]


def _wrong(name: str, wanted: str) -> Refusal:
    return Refusal("wrong_type", f"{name} must be {wanted}.", field=name)


def flag(name: str, value):
    if value is True or value is False:
        return value
    raise _wrong(name, "true or false")


def text(name: str, value):
    if type(value) is not str:
        raise _wrong(name, "a text")
    if len(value) > LONGEST_TEXT:
        raise Refusal("too_long", f"{name} is longer than {LONGEST_TEXT} characters.", field=name)
    return value


def money(name: str, value):
    """A price: exact, not negative."""
    kind = type(value)
    if kind is not Decimal and kind is not int:
        raise _wrong(name, "a number")
    if value < 0:
        raise Refusal("negative_value", f"{name} must not be negative.", field=name)
    if value > LARGEST:
        raise Refusal("too_large", f"{name} is larger than {LARGEST}.", field=name)
    return value if kind is Decimal else Decimal(value)


def whole(minimum: int) -> Check:
    """A whole number from minimum on; 10.0 counts as whole."""

    def check(name: str, value):
        if type(value) is Decimal and abs(value) <= LARGEST and value == value.to_integral_value():
            value = int(value)
        if type(value) is not int:
            raise _wrong(name, "a whole number")
        if value < minimum:
            code = "negative_value" if value < 0 else "too_small"
            raise Refusal(code, f"{name} must be at least {minimum}.", field=name)
        if value > LARGEST:
            raise Refusal("too_large", f"{name} is larger than {LARGEST}.", field=name)
        return value

    return check


def identifier(name: str, value) -> str:
    """An id may come as text or as a whole number; inside it is text."""
    if type(value) is int and 0 <= value <= LARGEST:
        return str(value)
    if type(value) is not str:
        raise _wrong(name, "an identifier")
    if not 0 < len(value) <= LONGEST_IDENTIFIER:
        raise Refusal("bad_identifier", f"{name} must have 1 to 255 characters.", field=name)
    return value


def choice(options) -> Check:
    allowed = frozenset(options)

    def check(name: str, value):
        if type(value) is not str or value not in allowed:
            raise Refusal("bad_value", f"{name} must be one of: {', '.join(options)}.", field=name)
        return value

    return check


def clean(item: dict, checks: dict[str, Check]) -> dict:
    """The known fields of an item, checked; unknown fields are left aside."""
    return {name: checks[name](name, value) for name, value in item.items() if name in checks}


def need_object(item) -> dict:
    if type(item) is not dict:
        raise Refusal("wrong_type", "Each item must be an object.")
    return item
