"""Remembers every request on the supplier API, within bounds. Written by gate.py, read by admin.

Two bounds: so many entries, and so many bytes of bodies; the oldest give way first.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

ENTRIES = 200_000
BODY_BYTES = 256 * 1024 * 1024
LARGEST_BODY = 512 * 1024
SECRET_HEADERS = {"authorization", "cookie"}
_HASHED_ID = re.compile(r"(/orders?/(?:update-order-status/)?)(?!update-|pull-)[^/]+$")


@dataclass(slots=True)
class Entry:
    seq: int
    arrived: float
    monotonic_ns: int
    method: str
    path: str
    query: str
    headers: dict
    body_size: int
    body: bytes | None
    client: str = ""
    account: str | None = None
    status: int | None = None
    answer: bytes | None = None
    applied: float | None = None
    finished: float | None = None
    fault: str | None = None
    # What the request was about: identifiers as sent, one per item.
    items: list = field(default_factory=list)
    refused: int = 0

    def as_dict(self, bodies: bool = True) -> dict:
        shown = {name: getattr(self, name) for name in SHOWN}
        if bodies:
            shown["body"] = _text(self.body)
            shown["answer"] = _text(self.answer)
        return shown


SHOWN = (
    "seq",
    "arrived",
    "monotonic_ns",
    "method",
    "path",
    "query",
    "headers",
    "body_size",
    "client",
    "account",
    "status",
    "applied",
    "finished",
    "fault",
    "items",
    "refused",
)


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode("utf-8", "replace")


class Journal:
    def __init__(self, entries: int = ENTRIES, body_bytes: int = BODY_BYTES):
        self._entries: deque[Entry] = deque()
        self._with_bodies: deque[Entry] = deque()
        self._most_entries = entries
        self._most_bytes = body_bytes
        self._seq = 0
        self.changes = 0
        self.clear()

    def clear(self) -> None:
        """Forget everything but the running number, so that a reader's `since` stays true."""
        self.changes += 1
        self._entries.clear()
        self._with_bodies.clear()
        self._bytes = 0
        self.calls = Counter()
        self.items = Counter()
        self.statuses = Counter()

    @property
    def last_seq(self) -> int:
        return self._seq

    def open(self, *, body: bytes, **values) -> Entry:
        """Note a request the moment it has arrived, before anything is done with it."""
        self._seq += 1
        self.changes += 1
        kept = body if len(body) <= LARGEST_BODY else None
        entry = Entry(seq=self._seq, body=kept, body_size=len(body), **values)
        self._entries.append(entry)
        if len(self._entries) > self._most_entries:
            self._entries.popleft()
        self.calls[_name(entry)] += 1
        return entry

    def close(self, entry: Entry, status: int | None, answer: bytes | None, now: float) -> None:
        """Note what was answered; None when the connection ended without an answer."""
        self.changes += 1
        entry.finished = now
        entry.status = status
        if answer is not None and len(answer) <= LARGEST_BODY:
            entry.answer = answer
        name = _name(entry)
        self.items[name] += len(entry.items)
        self.statuses[name, str(status or "no answer")] += 1
        self._with_bodies.append(entry)
        self._bytes += _weight(entry)
        while self._bytes > self._most_bytes:
            oldest = self._with_bodies.popleft()
            self._bytes -= _weight(oldest)
            oldest.body = oldest.answer = None
            oldest.items = []

    def find(
        self,
        *,
        since: int = 0,
        arrived_since: float = 0.0,
        path: str = "",
        method: str = "",
        item_ids: frozenset = frozenset(),
        newest_first: bool = False,
    ) -> Iterator[Entry]:
        """Entries after a number or a time, of a path (part of it), about any of these ids."""
        for entry in self._ordered(since, newest_first):
            if entry.arrived < arrived_since or path not in entry.path:
                continue
            if method and entry.method != method.upper():
                continue
            if item_ids and item_ids.isdisjoint(entry.items):
                continue
            yield entry

    def _ordered(self, since: int, newest_first: bool) -> Iterator[Entry]:
        if newest_first:
            for entry in reversed(self._entries):
                if entry.seq <= since:
                    return
                yield entry
            return
        yield from (entry for entry in self._entries if entry.seq > since)

    def counters(self) -> dict:
        """Calls, items and answers by status, for each path."""
        return {
            name: {
                "calls": calls,
                "items": self.items[name],
                "by_status": {
                    status: number
                    for (counted, status), number in self.statuses.items()
                    if counted == name
                },
            }
            for name, calls in sorted(self.calls.items())
        }


def _weight(entry: Entry) -> int:
    return len(entry.body or b"") + len(entry.answer or b"") + 64 * len(entry.items)


def _name(entry: Entry) -> str:
    path = _HASHED_ID.sub(r"\1<hashed_id>", entry.path)
    return f"{entry.method} {path}"


def redacted(headers, auth_header: str) -> dict:
    """Headers as text, secrets left out."""
    secret = SECRET_HEADERS | {auth_header.lower()}
    return {
        name: "***" if name in secret else value
        for name, value in ((k.decode("latin-1"), v.decode("latin-1")) for k, v in headers)
    }
