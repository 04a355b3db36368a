# Days and times as marketplaces write them. Pure; called when an order's facts are read.
import re
from datetime import date, datetime, timedelta, timezone

_TIME = r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)? *(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.IGNORECASE)
# In Egypt nobody writes the month first.
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_TIME}", re.IGNORECASE)
# Beyond these it is a typing error, or a clock that was never set.
EARLIEST, LATEST = 2000, 2100


def read_moment(text):
    """What a text says: a date, a datetime (with a zone if it names one), or None.

    :param str text: in Western or Arabic digits
    """
    text = "".join(str(int(char)) if char.isdecimal() else char for char in text.strip())
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day, *clock = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year, *clock = found.groups()
    else:
        return None
    if not EARLIEST <= int(year) <= LATEST:
        return None
    try:
        return _build(int(year), int(month), int(day), *clock)
    except ValueError:
        return None


def _build(year, month, day, hour, minute, second, zone):
    if hour is None:
        return date(year, month, day)
    moment = datetime(year, month, day, int(hour), int(minute), int(second or 0))
    return moment.replace(tzinfo=_read_zone(zone)) if zone else moment


def _read_zone(zone):
    if zone.upper() in ("Z", "UTC", "GMT"):
        return timezone.utc
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if zone[0] == "-" else offset)
