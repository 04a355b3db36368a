# Signatures over what is sent: t=<unix time>,v1=<hex>, HMAC-SHA256 over "t.body". Pure; used by
# marketplace.config for what arrives, and by whoever wants to send something signed.
import hashlib
import hmac
import re

TOLERANCE = 300  # seconds
_TIME = re.compile(r"[0-9]{1,12}")
_HEX = re.compile(r"[0-9a-fA-F]{64}")
_MOST_PARTS = 10


def sign(secret, body, timestamp):
    """:return: the header's value"""
    return f"t={int(timestamp)},v1={_compute(secret, body, str(int(timestamp)))}"


def is_signed(header, body, secrets, now):
    """Whether a header is a signature over ``body`` by one of ``secrets``, made within the last
    five minutes; a header may carry several, while its sender changes his secret."""
    parts = [part.strip().partition("=") for part in header.split(",", _MOST_PARTS)]
    times = [value for name, _, value in parts if name == "t"]
    if len(times) != 1 or not _TIME.fullmatch(times[0]) or abs(now - int(times[0])) > TOLERANCE:
        return False
    sent = [value.lower() for name, _, value in parts if name == "v1" and _HEX.fullmatch(value)]
    expected = [_compute(secret, body, times[0]) for secret in secrets if secret]
    # every pair is compared, so that the time it takes says nothing
    return any([hmac.compare_digest(one, own) for one in sent for own in expected])


def _compute(secret, body, timestamp):
    message = timestamp.encode() + b"." + body
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
