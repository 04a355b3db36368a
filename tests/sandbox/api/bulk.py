"""One frame for all calls that take an array: check each item, carry it out, answer per item.

Used by api/products.py and api/orders.py, which bring the check and the carrying out.
"""

from collections.abc import Callable

from starlette.requests import Request

from ..errors import Refusal
from ..jsonio import JsonResponse, load
from ..state.checks import LARGEST

IDENTIFIERS = ("hashed_id", "supplier_product_id", "internal_product_id", "base_product_id")


async def body_of(request: Request):
    world = request.app.state.world
    raw = await request.body()
    if len(raw) > world.settings.max_body_bytes:
        raise Refusal("body_too_large", "The body is larger than this server takes.", 413)
    return load(raw)


async def items_of(request: Request) -> list:
    items = await body_of(request)
    if type(items) is not list:
        raise Refusal("not_an_array", "The body must be an array.", 400)
    limit = request.app.state.world.settings.max_items
    if limit and len(items) > limit:
        raise Refusal("too_many_items", f"Send at most {limit} items in one call.", 413)
    return items


def identifiers_of(item) -> dict:
    """The identifiers of an item as sent, for the answer and the journal."""
    if type(item) is not dict:
        return {}
    return {name: item[name] for name in IDENTIFIERS if _can_be_named(item.get(name))}


def _can_be_named(value) -> bool:
    return type(value) is str or (type(value) is int and abs(value) <= LARGEST)


class Bulk:
    """One bulk call: its items, one by one or all together, as the settings say."""

    def __init__(self, request: Request, items: list, check: Callable, carry_out: Callable):
        self.world = request.app.state.world
        self.call = request.scope["call"]
        self.items = items
        self.check = check
        self.carry_out = carry_out
        self.names = [identifiers_of(item) for item in items]
        self.call.entry.items = [str(one) for name in self.names for one in name.values()]

    def answer(self) -> JsonResponse:
        if self.world.settings.bulk_answers == "whole_batch":
            return self._all_or_nothing()
        results = [self._one(index, item) for index, item in enumerate(self.items)]
        self.call.entry.refused = sum(not result["success"] for result in results)
        self.world.touch()
        if self.world.settings.bulk_answers == "silent":
            return JsonResponse({"success": True})
        return JsonResponse({"results": results})

    def _checked(self, index: int, item):
        partial = self.call.partial
        names = self.names[index].values()
        if partial and self.world.faults.refuses_item(partial, map(str, names)):
            raise Refusal("fault", "The sandbox was told to refuse this item.")
        return self.check(item)

    def _one(self, index: int, item) -> dict:
        try:
            self.carry_out(self._checked(index, item))
        except Refusal as refusal:
            return {"index": index, "success": False, **self.names[index], **refusal.as_dict()}
        return {"index": index, "success": True, **self.names[index]}

    def _all_or_nothing(self) -> JsonResponse:
        """Every item is checked against the state before the call; one refusal refuses all."""
        plans = []
        for index, item in enumerate(self.items):
            try:
                plans.append(self._checked(index, item))
            except Refusal as refusal:
                self.call.entry.refused = len(self.items)
                raise Refusal(
                    refusal.code,
                    f"Nothing was changed. Item {index}: {refusal.message}",
                    422,
                    index=index,
                ) from refusal
        for plan in plans:
            self.carry_out(plan)
        self.world.touch()
        return JsonResponse({"success": True})
