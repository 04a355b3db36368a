"""One request on its way through the gate. Made by gate.py, read by behaviours.py and api."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from .faults import FaultSpec
from .journal import Entry

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
    scope: dict
    body: bytes
    entry: Entry
    run: Callable[[], Awaitable[Answer]]
    gone: Callable[[], Awaitable[None]]
    partial: FaultSpec | None = None
