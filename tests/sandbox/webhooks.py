"""Tells the supplier's Odoo of orders and statuses, with retries. Fed by world.py, shown by admin.

Can be switched off, doubled and shuffled while it runs.
"""

import asyncio
import hashlib
import hmac
import random
import time
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

import httpx
from pydantic import BaseModel, ConfigDict, Field

from .jsonio import dump
from .statuses import SUPPLIER

KEPT = 10_000
SENDERS = 8
ORDERS_PATH = "/cartona_integration/webhook/orders"
STATUS_PATH = "/cartona_integration/webhook/status"


class WebhookConfig(BaseModel):
    """Where and how to deliver; changed one by one by the admin API."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    enabled: bool = True
    base_url: str = Field("", description="Odoo's address; empty: nothing is sent")
    token: str = Field("", description="sent in the header AuthorizationToken")
    signing_secret: str = Field("", description="set: X-Marketplace-Signature is sent")
    orders_path: str = ORDERS_PATH
    status_path: str = STATUS_PATH
    body_shape: Literal["object", "array", "orders"] = Field(
        "object", description="one object, an array, or {orders: [...]} (orders only)"
    )
    echo_supplier_changes: bool = Field(
        True, description="tell Odoo of status changes that came from Odoo, too"
    )
    attempts: int = Field(6, ge=1, le=50)
    backoff_seconds: float = Field(1.0, ge=0, description="first wait; doubles each time")
    timeout_seconds: float = Field(10.0, gt=0)
    duplicate_probability: float = Field(0.0, ge=0, le=1)
    shuffle_seconds: float = Field(
        0.0, ge=0, description="each delivery waits up to this long, so that order is lost"
    )


@dataclass(slots=True)
class Delivery:
    id: int
    kind: str
    hashed_id: str
    body: bytes
    created: float
    state: str = "waiting"
    attempts: list[dict] = field(default_factory=list)

    def as_dict(self) -> dict:
        return {
            "id": self.id,
            "kind": self.kind,
            "hashed_id": self.hashed_id,
            "created": self.created,
            "state": self.state,
            "attempts": self.attempts,
            "body": self.body.decode(),
        }


class Webhooks:
    def __init__(self, config: WebhookConfig):
        self.config = config
        self.deliveries: deque[Delivery] = deque(maxlen=KEPT)
        self.random = random.Random(0)
        self.changes = 0
        self._ids = count(1)
        self._tasks: set[asyncio.Task] = set()
        self._client: httpx.AsyncClient | None = None

    def announce(self, kind: str, order, actor: str, misspelt: bool) -> None:
        """Called on each change of an order; must be inside the running event loop."""
        config = self.config
        if not (config.enabled and config.base_url):
            return
        if actor == SUPPLIER and not config.echo_supplier_changes:
            return
        body = self._body(kind, order, misspelt)
        for _ in range(2 if self.random.random() < config.duplicate_probability else 1):
            self._send(kind, order.hashed_id, body)

    def _body(self, kind: str, order, misspelt: bool) -> bytes:
        payload = order.as_sent(misspelt)
        if kind == "status":
            payload = {
                name: payload[name]
                for name in ("hashed_id", "supplier_code", "status", "cancellation_reason")
            }
        shape = self.config.body_shape
        if shape == "array" or (shape == "orders" and kind == "status"):
            return dump([payload])
        return dump({"orders": [payload]} if shape == "orders" else payload)

    def repeat(self, kind: str, order, misspelt: bool) -> Delivery:
        """Tell of an order once more, whether or not anything changed."""
        return self._send(kind, order.hashed_id, self._body(kind, order, misspelt))

    def _send(self, kind: str, hashed_id: str, body: bytes) -> Delivery:
        delivery = Delivery(next(self._ids), kind, hashed_id, body, time.time())
        self.deliveries.append(delivery)
        task = asyncio.get_running_loop().create_task(self._deliver(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return delivery

    async def _deliver(self, delivery: Delivery) -> None:
        await asyncio.sleep(self.random.random() * self.config.shuffle_seconds)
        for attempt in range(self.config.attempts):
            self.changes += 1
            outcome = await self._attempt(delivery)
            delivery.attempts.append({"at": time.time(), **outcome})
            if 200 <= outcome.get("status", 0) < 300:
                self._finish(delivery, "delivered")
                return
            if attempt + 1 < self.config.attempts:
                await asyncio.sleep(min(self.config.backoff_seconds * 2**attempt, 60))
        self._finish(delivery, "failed")

    def _finish(self, delivery: Delivery, state: str) -> None:
        delivery.state = state
        self.changes += 1

    async def _attempt(self, delivery: Delivery) -> dict:
        config = self.config
        path = config.orders_path if delivery.kind == "orders" else config.status_path
        try:
            answer = await self._http().post(
                config.base_url.rstrip("/") + path,
                content=delivery.body,
                headers=self._headers(delivery.body),
                # Waiting for a free sender is no failure of Odoo.
                timeout=httpx.Timeout(config.timeout_seconds, pool=None),
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return {"error": f"{type(error).__name__}: {error}"}
        return {"status": answer.status_code}

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            limits = httpx.Limits(max_connections=SENDERS)
            self._client = httpx.AsyncClient(trust_env=False, limits=limits)
        return self._client

    def _headers(self, body: bytes) -> dict:
        headers = {"Content-Type": "application/json", "AuthorizationToken": self.config.token}
        if self.config.signing_secret:
            moment = str(int(time.time()))
            headers["X-Marketplace-Signature"] = (
                f"t={moment},v1={signature(self.config.signing_secret, moment, body)}"
            )
        return headers

    async def stop(self) -> None:
        """Drop what is still under way; called on reset and at the end."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()
            self._client = None


def signature(secret: str, moment: str, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
