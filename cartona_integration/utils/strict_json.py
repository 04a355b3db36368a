# JSON from strangers: what no honest sender writes, or what would hurt whoever reads or keeps it,
# is refused with the reason. Numbers are exact. Called by the webhooks' controller.
import json
from decimal import Decimal, InvalidOperation

DEEPEST = 32
LONGEST_TEXT = 65_536
MOST_DIGITS = 30
# Computed amounts may carry noise far behind the point.
FARTHEST_DIGIT = -60


class Malformed(ValueError):
    """It is no JSON that we read; the text says why, without any of it."""


def parse(body):
    """Read JSON.

    :param bytes body: in UTF-8
    :return: the value, its fractions as Decimals
    :raise Malformed: it is none
    """
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_read_object,
            parse_int=_read_int,
            parse_float=_read_decimal,
            parse_constant=_refuse_constant,
        )
    except UnicodeDecodeError as error:
        raise Malformed("it is not in UTF-8") from error
    except json.JSONDecodeError as error:
        raise Malformed(f"no JSON from character {error.pos} on") from error
    except RecursionError as error:
        raise Malformed("it is nested too deeply") from error
    _check(value)
    return value


def _read_object(pairs):
    """Who reads the first of two equal keys sees another order than who reads the last."""
    result = dict(pairs)
    if len(result) < len(pairs):
        raise Malformed("a key stands twice in one object")
    return result


def _read_int(digits):
    if len(digits) > MOST_DIGITS:
        raise Malformed("a number has too many digits")
    return int(digits)


def _read_decimal(digits):
    """1e9999 is short, but whoever writes it out runs out of memory."""
    if len(digits) > 4 * MOST_DIGITS:
        raise Malformed("a number has too many digits")
    try:
        number = Decimal(digits)
    except InvalidOperation as error:
        raise Malformed("a number is too large or too small") from error
    _sign, figures, exponent = number.as_tuple()
    if len(figures) > MOST_DIGITS:
        raise Malformed("a number has too many digits")
    if exponent < FARTHEST_DIGIT or exponent + len(figures) > MOST_DIGITS:
        raise Malformed("a number is too large or too small")
    return number


def _refuse_constant(_name):
    raise Malformed("NaN and Infinity are no numbers")


def _check(value):
    """Depth and texts, without recursion: a level at a time."""
    level = [value]
    for _depth in range(DEEPEST + 1):
        deeper = []
        for one in level:
            if isinstance(one, str):
                _check_text(one)
            elif isinstance(one, dict):
                deeper += one.keys()
                deeper += one.values()
            elif isinstance(one, list):
                deeper += one
        level = deeper
    if level:
        raise Malformed(f"it is nested more than {DEEPEST} levels deep")


def _check_text(text):
    if len(text) > LONGEST_TEXT:
        raise Malformed(f"a text is longer than {LONGEST_TEXT} characters")
    if "\x00" in text:
        raise Malformed("a text has a NUL in it")
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise Malformed("a text has half a character in it")
