"""The order book: places orders, moves them through their life, feeds pull-orders.

Used by api/orders.py for the supplier and admin/orders.py for retailer and Cartona.
"""

import hmac
import secrets
from collections.abc import Callable
from itertools import count

from .. import statuses
from ..errors import Refusal
from ..settings import Settings
from . import checks
from .order import Line, Order

STATUS_CHECKS = {
    "status": checks.choice(statuses.SUPPLIER_MAY_SEND),
    "retailer_otp": checks.identifier,
    "estimated_delivery_day": checks.text,
    "delivery_day": checks.text,
    "cancellation_reason": checks.choice(statuses.CANCELLATION_REASONS),
}
NOTED = ("estimated_delivery_day", "delivery_day", "cancellation_reason")
Listener = Callable[[str, Order, str], None]


class OrderBook:
    """All orders by hashed_id. `listener(kind, order, actor)` hears of every change."""

    def __init__(self, settings: Settings, listener: Listener):
        self.settings = settings
        self.by_id: dict[str, Order] = {}
        self._listener = listener
        self._line_ids = count(700001)

    def new_line(self, **values) -> Line:
        return Line(id=str(next(self._line_ids)), **values)

    def place(self, now: float, **values) -> Order:
        """A retailer's new order. Ids are random so that a restart never repeats one."""
        hashed_id = values.pop("hashed_id", None) or secrets.token_hex(5)
        if hashed_id in self.by_id:
            raise Refusal("order_exists", f"There is an order {hashed_id} already.", 409)
        order = Order(
            hashed_id=hashed_id,
            retailer_otp=f"{secrets.randbelow(9000) + 1000}",
            pickup_otp=f"{secrets.randbelow(9000) + 1000}",
            created_at=now,
            changed_at=now,
            **values,
        )
        order.trail.append((now, statuses.RETAILER, order.status))
        self.by_id[hashed_id] = order
        self._listener("orders", order, statuses.RETAILER)
        return order

    def get(self, hashed_id: str, account_name: str | None = None) -> Order:
        order = self.by_id.get(hashed_id)
        if order is None or account_name not in (None, order.account):
            raise Refusal("unknown_order", "There is no such order of this supplier.", 404)
        return order

    def changed(self, order: Order, actor: str, now: float, kind: str) -> None:
        """Any change brings the order back to pull-orders and is told to the supplier."""
        order.changed_at = now
        if actor != statuses.SUPPLIER or self.settings.supplier_changes_requeue:
            order.in_queue = True
        self._listener(kind, order, actor)

    def move(self, order: Order, target: str, actor: str, now: float) -> None:
        """Move an order for retailer or Cartona, by the table."""
        self._check_move(order, target, actor)
        self._set_status(order, target, actor, now)

    def _set_status(self, order: Order, target: str, actor: str, now: float) -> None:
        order.status = target
        order.trail.append((now, actor, target))
        # Back from editing, the lines may be others: the whole order is told again.
        self.changed(order, actor, now, "orders" if target == statuses.PENDING else "status")

    def _check_move(self, order: Order, target: str, actor: str) -> None:
        settings = self.settings
        if order.status == target:
            raise Refusal(
                "already_in_status",
                f"The order is {target} already.",
                409,
                current_status=order.status,
            )
        lenient = actor == statuses.SUPPLIER and not settings.strict_statuses
        if lenient or statuses.may_move(
            actor, order.status, target, order.delivered_by, settings.straight_to_delivered
        ):
            return
        raise Refusal(
            "status_not_allowed",
            f"The {actor} may not move an order from {order.status} to {target}.",
            409,
            current_status=order.status,
        )

    def plan_status(self, account_name: str, item) -> tuple[Order, dict]:
        """Check one status update of the supplier; gives back the order and its new values."""
        checks.need_object(item)
        if "hashed_id" not in item:
            raise Refusal("missing_identifier", "Send hashed_id.")
        order = self.get(checks.identifier("hashed_id", item["hashed_id"]), account_name)
        if "status" not in item:
            raise Refusal("missing_field", "Send status.")
        changes = checks.clean(item, STATUS_CHECKS)
        target = changes["status"]
        repeated = target == order.status and self.settings.repeated_status == "accept"
        if target != statuses.SYNCED and not repeated:
            self._check_move(order, target, statuses.SUPPLIER)
            self._check_otp(order, target, changes.get("retailer_otp"))
        return order, changes

    @staticmethod
    def _check_otp(order: Order, target: str, otp: str | None) -> None:
        if target != statuses.DELIVERED or not order.needs_otp:
            return
        if otp is None:
            raise Refusal(
                "otp_required", "Ask the retailer for the code and send it as retailer_otp."
            )
        if not hmac.compare_digest(otp.encode(), order.retailer_otp.encode()):
            raise Refusal("otp_wrong", "The retailer's code is wrong.")

    def apply_status(self, plan: tuple[Order, dict], now: float) -> None:
        """Carry out a checked status update of the supplier."""
        order, changes = plan
        order.extra.update({name: changes[name] for name in NOTED if name in changes})
        if changes["status"] == statuses.SYNCED:
            order.in_queue = False
        elif changes["status"] != order.status:
            self._set_status(order, changes["status"], statuses.SUPPLIER, now)

    def pull(self, account_name: str, since: float | None, until: float | None) -> list[Order]:
        """The queue of new and changed orders, oldest change first."""
        by_change = self.settings.from_to_means == "changed"
        ranged = since is not None or until is not None
        all_of_them = ranged and self.settings.from_to_returns_synced
        found = [
            order
            for order in self.by_id.values()
            if order.account == account_name
            and (order.in_queue or all_of_them)
            and _within(order.changed_at if by_change else order.created_at, since, until)
        ]
        return sorted(found, key=lambda order: order.changed_at)


def _within(moment: float, since: float | None, until: float | None) -> bool:
    # A moment that went out as text has come back with microseconds.
    moment = round(moment, 6)
    return (since is None or moment >= since) and (until is None or moment <= until)
