"""update-order-details: the supplier changes, cancels or adds lines. Used by api/orders.py.

An order's changes are taken together or not at all.
"""

from dataclasses import replace

from .. import statuses
from ..errors import Refusal
from . import checks
from .accounts import Account
from .order import Line, Order
from .orders import OrderBook
from .products import Catalogue

LINE_CHECKS = {
    "id": checks.identifier,
    "amount": checks.whole(1),
    "price": checks.money,
    "comment": checks.text,
    "cancelled": checks.flag,
    "internal_product_id": checks.identifier,
    "supplier_product_id": checks.identifier,
}


class LineEditor:
    """Turns one update-order-details item into an order's new list of lines."""

    def __init__(self, catalogue: Catalogue, book: OrderBook):
        self.catalogue = catalogue
        self.book = book

    def plan(self, account: Account, item) -> tuple[Order, list[Line]]:
        checks.need_object(item)
        if "hashed_id" not in item:
            raise Refusal("missing_identifier", "Send hashed_id.")
        order = self.book.get(checks.identifier("hashed_id", item["hashed_id"]), account.name)
        details = item.get("order_details")
        if type(details) is not list:
            raise Refusal("wrong_type", "order_details must be an array.", field="order_details")
        self._check_open(order)
        lines = list(order.lines)
        for detail in details:
            self._change(account, lines, checks.clean(checks.need_object(detail), LINE_CHECKS))
        if not lines:
            raise Refusal("order_empty", "No line would be left: cancel the order instead.", 409)
        return order, lines

    def _check_open(self, order: Order) -> None:
        if self.book.settings.strict_statuses and order.status not in statuses.LINES_MAY_CHANGE:
            raise Refusal(
                "status_not_allowed",
                f"The lines of an order that is {order.status} can't be changed.",
                409,
                current_status=order.status,
            )

    def _change(self, account: Account, lines: list[Line], detail: dict) -> None:
        if "id" not in detail:
            lines.append(self._added(account, detail))
            return
        place = next((n for n, line in enumerate(lines) if line.id == detail["id"]), None)
        if place is None:
            raise Refusal("unknown_line", f"The order has no line {detail['id']}.")
        if detail.get("cancelled"):
            del lines[place]
        else:
            lines[place] = _changed(lines[place], detail)

    def _added(self, account: Account, detail: dict) -> Line:
        missing = {"amount", "price"} - detail.keys()
        if missing:
            raise Refusal("missing_field", f"A new line needs {' and '.join(sorted(missing))}.")
        if not {"supplier_product_id", "internal_product_id"} & detail.keys():
            raise Refusal(
                "missing_identifier",
                "Send the line's id, or internal_product_id or supplier_product_id of a product.",
            )
        listing = self.catalogue.find(account, detail)
        if listing is None:
            raise Refusal("unknown_product", "No such product in this supplier's catalogue.")
        return self.book.new_line(
            listing=listing,
            amount=detail["amount"],
            selling_price=detail["price"],
            comment=detail.get("comment", ""),
        )

    def apply(self, plan: tuple[Order, list[Line]], now: float) -> None:
        order, lines = plan
        if lines == order.lines:
            return
        order.lines = lines
        self.book.changed(order, statuses.SUPPLIER, now, "orders")


def _changed(line: Line, detail: dict) -> Line:
    """A new line, so that a refusal later in the same item leaves the order as it was."""
    return replace(
        line,
        amount=detail.get("amount", line.amount),
        selling_price=detail.get("price", line.selling_price),
        comment=detail.get("comment", line.comment),
    )
