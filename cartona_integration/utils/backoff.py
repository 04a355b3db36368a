# When to try again: what Retry-After says, and exponential waiting with jitter.
import random
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

LONGEST_PAUSE = 24 * 3600


def parse_retry_after(value, now=None):
    """Seconds to wait by a Retry-After header, in either of its forms.

    :param str value: seconds or an HTTP date; anything else says nothing
    :param datetime now: for tests
    :return: seconds between 0 and a day, or None
    """
    if not value:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value), LONGEST_PAUSE)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    pause = (moment - (now or datetime.now(timezone.utc))).total_seconds()
    return min(max(pause, 0.0), LONGEST_PAUSE)


def backoff_delay(attempt, base, ceiling, rand=random.random):
    """Seconds before try number ``attempt + 1``: doubling, capped, with full jitter over the
    upper half so that many shards don't come back at the same moment.

    :param int attempt: how many tries have failed so far, 1 or more
    """
    span = min(ceiling, base * 2 ** min(attempt - 1, 32))
    return span / 2 + rand() * span / 2
