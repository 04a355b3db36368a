# Which header may carry a token: one that HTTP, browsers or proxies give no meaning of their own.
# Pure; asked by marketplace.config.
import re

_NAME = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_TAKEN = {
    "accept", "age", "allow", "alt-svc", "cache-control", "clear-site-data", "connection", "cookie",
    "date", "etag", "expect", "expires", "forwarded", "from", "host", "keep-alive", "last-modified",
    "link", "location", "max-forwards", "origin", "pragma", "prefer", "range", "referer", "refresh",
    "retry-after", "server", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade",
    "upgrade-insecure-requests", "user-agent", "vary", "via", "warning", "www-authenticate",
    "x-http-method", "x-http-method-override", "x-method-override", "x-original-url", "x-real-ip",
    "x-rewrite-url",
}  # fmt: skip
_TAKEN_FAMILIES = (
    "accept-",
    "access-control-",
    "content-",
    "if-",
    "proxy-",
    "sec-",
    "x-forwarded-",
)


def is_header_name(name):
    return isinstance(name, str) and bool(_NAME.fullmatch(name))


def is_taken(name):
    """Whether a token in this header would change what the request means, or get lost."""
    name = name.lower()
    return name in _TAKEN or name.startswith(_TAKEN_FAMILIES)
