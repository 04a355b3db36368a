"""Faults on demand: which one hits a request, and what it then does. Called by gate.py.

All draws come from one seeded generator, so a run can be repeated.
"""

import asyncio
import random
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import count
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal[
    "status",
    "rate_limit",
    "delay",
    "timeout",
    "reset",
    "lose_answer",
    "truncate",
    "not_json",
    "partial",
    "hold",
]


class FaultSpec(BaseModel):
    """What the admin API takes. `apply` says whether the request is carried out all the same."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    path: str = Field("*", description="pattern on the path below /api/v1/, e.g. order/*")
    method: str = Field("*", description="GET, POST or *")
    probability: float = Field(1.0, ge=0, le=1)
    times: int | None = Field(None, ge=1, description="how often it hits before it is spent")
    status: int = Field(503, ge=200, le=599, description="for status and not_json")
    seconds: float = Field(
        0.0,
        ge=0,
        description="delay: how long; rate_limit: Retry-After; timeout and hold: "
        "after how long it ends by itself (0: never)",
    )
    jitter: float = Field(0.0, ge=0, description="delay: up to this much more")
    retry_after_date: bool = Field(False, description="Retry-After as an HTTP date")
    apply: bool = Field(
        False, description="status, timeout, reset, not_json: carry the request out first"
    )
    items: list[str] = Field(
        default_factory=list, description="partial: refuse these identifiers, whatever else"
    )
    item_probability: float = Field(0.0, ge=0, le=1, description="partial: refuse by chance")


@dataclass
class Fault:
    id: str
    spec: FaultSpec
    hits: int = 0

    @property
    def spent(self) -> bool:
        return self.spec.times is not None and self.hits >= self.spec.times

    def matches(self, method: str, path: str) -> bool:
        return (
            not self.spent
            and self.spec.method.upper() in ("*", method)
            and fnmatchcase(path, self.spec.path)
        )

    def as_dict(self) -> dict:
        return {"id": self.id, "hits": self.hits, "spent": self.spent, **self.spec.model_dump()}


class Faults:
    """The active faults and the requests that they hold back."""

    def __init__(self):
        self._ids = count(1)
        self.active: dict[str, Fault] = {}
        self.random = random.Random(0)
        self.held: dict[str, asyncio.Event] = {}

    def seed(self, value: int) -> None:
        self.random.seed(value)

    def add(self, spec: FaultSpec) -> Fault:
        fault = Fault(f"fault-{next(self._ids)}", spec)
        self.active[fault.id] = fault
        return fault

    def pick(self, method: str, path: str) -> Fault | None:
        """At most one fault hits a request; probabilities of several add up exactly."""
        draw = self.random.random()
        for fault in self.active.values():
            if not fault.matches(method, path):
                continue
            if draw < fault.spec.probability:
                fault.hits += 1
                return fault
            draw -= fault.spec.probability
        return None

    def refuses_item(self, spec: FaultSpec, identifiers) -> bool:
        """Under a partial fault: listed items are refused, the others by chance."""
        listed = any(one in spec.items for one in identifiers)
        return listed or self.random.random() < spec.item_probability

    def hold(self, key: str) -> asyncio.Event:
        return self.held.setdefault(key, asyncio.Event())

    def release(self, key: str | None = None) -> list[str]:
        """Let one held request go on, or all of them in the order of their arrival."""
        keys = [key] if key in self.held else list(self.held) if key is None else []
        for one in keys:
            self.held.pop(one).set()
        return keys
