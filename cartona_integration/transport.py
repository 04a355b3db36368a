# The wire: the only code that opens a connection. marketplace.api prepares what goes through it;
# nothing here needs a database, so no transaction is open while we wait for the other side.
import http.client
import json
import time
from dataclasses import dataclass, field

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from .exceptions import AuthFailed, MarketplaceError, RateLimited, Rejected, Retryable
from .utils.addresses import may_connect, origin
from .utils.backoff import parse_retry_after
from .utils.messages import ApiAnswer
from .utils.redaction_filter import quote_safely
from .utils.secret import ForeignServer, reveal
from .utils.storable import storable, storable_text

MAX_ANSWER_BYTES = 32 * 1024 * 1024
_CHUNK = 64 * 1024
# The server did not take the request in: it is sure that nothing happened over there.
_UNTOUCHED_STATUSES = {408, 425, 429}
# Somebody on the way gave up waiting: the request may still be worked on behind him.
_GATEWAY_STATUSES = {502, 504, 524}

_BROKEN_TALK = (requests.RequestException, HTTPError, http.client.HTTPException, OSError)


class PrivateAddress(OSError):
    """The name led to an address that this request may not talk to."""


@dataclass
class PreparedCall:
    """One HTTP request, complete with its secrets, which only the wire gets to see."""

    method: str
    url: str
    headers: dict = field(repr=False)
    params: dict = field(default_factory=dict)
    body: bytes | None = field(default=None, repr=False)
    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    trusted_hosts: frozenset = frozenset()

    def perform(self):
        """Send it and read the answer.

        :return: the exchange, whether it went well or not
        """
        exchange = Exchange(self)
        started = time.monotonic()
        try:
            exchange.status, exchange.headers, exchange.raw = self._talk(started)
            exchange.answer = read_answer(exchange.status, exchange.headers, exchange.raw)
        except MarketplaceError as error:
            exchange.error = error
        exchange.duration = time.monotonic() - started
        return exchange

    def _talk(self, started):
        headers = self._open_headers()
        with requests.Session() as session:
            session.trust_env = False
            guard = _GuardedAdapter(self.trusted_hosts, (self.connect_timeout, self.read_timeout))
            session.mount("https://", guard)
            session.mount("http://", guard)
            try:
                with session.request(
                    self.method,
                    self.url,
                    params=self.params,
                    data=self.body,
                    headers=headers,
                    allow_redirects=False,
                    stream=True,
                ) as response:
                    deadline = started + self.connect_timeout + 2 * self.read_timeout
                    return response.status_code, response.headers, _read(response, deadline)
            except _BROKEN_TALK as error:
                raise _explain(error) from error

    def _open_headers(self):
        target = origin(self.url)
        try:
            return {name: reveal(value, target) for name, value in self.headers.items()}
        except ForeignServer as error:
            raise Rejected("foreign_token") from error


@dataclass
class Exchange:
    """What was asked and what came of it: an answer or an error, never both."""

    call: PreparedCall
    status: int = 0
    headers: dict = field(default_factory=dict, repr=False)
    raw: bytes = field(default=b"", repr=False)
    answer: ApiAnswer | None = None
    error: MarketplaceError | None = None
    duration: float = 0.0


def read_answer(status, headers, raw):
    """Sort an HTTP answer into JSON or one of our errors.

    :raise MarketplaceError: for everything but a 2xx answer with a JSON body
    """
    text = storable_text(raw.decode("utf-8", errors="replace"))
    if 200 <= status < 300:
        try:
            payload = storable(json.loads(text)) if text.strip() else None
        except (ValueError, RecursionError) as error:
            raise Retryable("not_json", quote_safely(text, 200), ambiguous=True) from error
        return ApiAnswer(status, payload, dict(headers))
    detail = f"HTTP {status} {_own_words(text)}".strip()
    if status in (401, 403):
        raise AuthFailed(detail=detail)
    if status == 429:
        raise RateLimited(detail=detail, retry_after=parse_retry_after(headers.get("Retry-After")))
    if status >= 500 or status in _UNTOUCHED_STATUSES:
        raise Retryable(
            detail=detail,
            ambiguous=status not in _UNTOUCHED_STATUSES,
            straggling=status in _GATEWAY_STATUSES,
        )
    if status == 404:
        raise Rejected("not_found", detail)
    if status < 400:
        raise Rejected("redirected", detail)
    raise Rejected(detail=detail)


def _own_words(text):
    """The other side's sentence in an error body, whatever it calls it."""
    try:
        payload = storable(json.loads(text))
    except (ValueError, RecursionError):
        return "" if text.lstrip().startswith("<") else quote_safely(text, 500)
    if isinstance(payload, dict):
        for key in ("message", "error", "errors", "detail", "reason"):
            if payload.get(key):
                value = payload[key]
                words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                return quote_safely(words, 500)
    return quote_safely(text, 500)


def _read(response, deadline):
    """Read a body that may be endless, endlessly slow or cut off, within bounds."""
    # read1 of http.client hands out what has arrived; requests' own iterators wait until a whole
    # chunk is there, so that a dripping server would never let us look at the clock.
    read_some = response.raw._fp.read1  # pylint: disable=protected-access
    body = bytearray()
    while chunk := read_some(_CHUNK):
        body += chunk
        if len(body) > MAX_ANSWER_BYTES:
            raise Retryable("too_large", f"more than {MAX_ANSWER_BYTES} bytes", ambiguous=True)
        if time.monotonic() > deadline:
            raise Retryable("timeout", "the answer did not end in time", ambiguous=True)
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and len(body) < int(announced):
        raise Retryable("interrupted", "the answer was cut off", ambiguous=True)
    return bytes(body)


def _explain(error):
    """Our error for one of requests': only an unopened connection is sure to have done nothing."""
    causes = set(map(type, _chain(error)))
    if PrivateAddress in causes:
        return Rejected("private_address")
    if isinstance(error, requests.exceptions.SSLError):
        return Retryable("tls", _short(error))
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return Retryable("timeout", _short(error))
    if isinstance(error, (requests.exceptions.Timeout, TimeoutError)):
        return Retryable("timeout", _short(error), straggling=True)
    if isinstance(error, requests.exceptions.ConnectionError) and _never_connected(error):
        return Retryable("unreachable", _short(error))
    if isinstance(error, (requests.exceptions.InvalidURL, UnicodeError)):
        return Rejected("address_malformed", _short(error))
    return Retryable("interrupted", _short(error), straggling=True)


def _chain(error):
    """An exception and all that lies beneath it, requests' and urllib3's wrappers included."""
    seen, todo = [], [error]
    while todo:
        current = todo.pop()
        if isinstance(current, BaseException) and current not in seen:
            seen.append(current)
            todo += [current.__cause__, current.__context__, getattr(current, "reason", None)]
            todo += current.args
    return seen


def _never_connected(error):
    return any(
        type(cause).__name__ in ("NewConnectionError", "NameResolutionError")
        for cause in _chain(error)
    )


def _short(error):
    innermost = _chain(error)[-1]
    return f"{type(innermost).__name__}: {innermost}"[:300]


class _GuardedConnection:
    """Looks at who answered before a byte is sent: a name may lead to a private address."""

    trusted_hosts = frozenset()

    def _new_conn(self):
        sock = super()._new_conn()
        if not may_connect(self.host, sock.getpeername()[0], self.trusted_hosts):
            sock.close()
            raise PrivateAddress(f"{self.host} leads to a private address")
        return sock


class _GuardedAdapter(HTTPAdapter):
    """An adapter whose connections may only reach public or trusted addresses."""

    def __init__(self, trusted_hosts, timeout):
        self._trusted_hosts = trusted_hosts
        self._timeout = timeout
        super().__init__(max_retries=0)

    def send(self, request, **kwargs):
        return super().send(request, **(kwargs | {"timeout": self._timeout}))

    def init_poolmanager(self, *args, **kwargs):
        answer = super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": self._guard(HTTPConnectionPool, HTTPConnection),
            "https": self._guard(HTTPSConnectionPool, HTTPSConnection),
        }
        return answer

    def _guard(self, pool, connection):
        guarded = type(
            f"Guarded{connection.__name__}",
            (_GuardedConnection, connection),
            {"trusted_hosts": self._trusted_hosts},
        )
        return type(f"Guarded{pool.__name__}", (pool,), {"ConnectionCls": guarded})
