"""One request on its way through the gate. Made by gate.py, read by behaviours.py and api."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from .faults import Faults, FaultSpec
from .journal import Entry
from .jsonio import dump

API = "/api/v1/"


@dataclass
class Answer:
    status: int
    body: bytes
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    cut: bool = False


@dataclass
class Call:
    """One request on its way: what the faults work on and the API reads from its scope."""

    world: object
    # Those of the request's arrival; a reset brings new ones.
    faults: Faults
    scope: dict
    body: bytes
    entry: Entry
    run: Callable[[], Awaitable[Answer]]
    gone: Callable[[], Awaitable[None]]
    partial: FaultSpec | None = None


def made_up(status: int, body: bytes, kind: bytes, *headers) -> Answer:
    """An answer that the application never gave."""
    length = str(len(body)).encode()
    return Answer(status, body, [(b"content-type", kind), (b"content-length", length), *headers])


def json_error(status: int, code: str, message: str, *headers) -> Answer:
    body = dump({"error": code, "message": message})
    return made_up(status, body, b"application/json", *headers)
