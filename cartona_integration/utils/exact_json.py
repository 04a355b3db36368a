# JSON with exact numbers: money read from a text is a Decimal, never a float. Used where events are
# kept and read again.
import hashlib
import json
from decimal import Decimal


def loads(text):
    """:raise ValueError: it is no JSON"""
    return json.loads(text, parse_float=Decimal)


def dumps(value, **options):
    text = json.dumps(value, ensure_ascii=False, default=_plain, **options)
    # half a character, which no database keeps, stays the escape that it came as
    return text.encode("utf-8", "backslashreplace").decode()


def fingerprint(value):
    """The same for equal values, however they are written."""
    text = dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value):
    """A Decimal as the number that it is, or as its digits where a float would lose some."""
    if not isinstance(value, Decimal):
        raise TypeError(type(value).__name__)
    number = float(value)
    return number if Decimal(repr(number)) == value else str(value)
