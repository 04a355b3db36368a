"""Orders of the supplier API: pull them, move them, change their lines."""

from datetime import datetime, timezone
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request

from ..errors import Refusal
from ..jsonio import JsonResponse
from ..state import checks
from .auth import authenticate
from .bulk import Bulk, body_of, items_of
from .paging import paged

router = APIRouter()


def _moment(request: Request, name: str) -> float | None:
    """A date or a date and time, UTC unless it says otherwise."""
    raw = request.query_params.get(name)
    if raw is None:
        return None
    if "T" in raw:
        # A plus sign that was not encoded arrives as a blank.
        raw = raw.replace("Z", "+00:00").replace(" ", "+")
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError as error:
        raise Refusal(
            "bad_value", f"{name} must be a date such as 2026-01-31 or a date and time.", field=name
        ) from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return round(moment.timestamp(), 6)


@router.get("/order/pull-orders")
@router.get("/orders/pull-orders")
async def pull_orders(request: Request):
    account = authenticate(request)
    world = request.app.state.world
    found = world.orders.pull(account.name, _moment(request, "from"), _moment(request, "to"))
    code = request.query_params.get("supplier_code")
    if code:
        found = [order for order in found if order.supplier_code == code]
    misspelt = world.settings.misspelt_fields
    return paged(request, "orders", found, lambda order: order.as_sent(misspelt))


def _status_call(request: Request, account) -> tuple:
    """How one status update is checked and carried out."""
    orders, entry = request.app.state.world.orders, request.scope["call"].entry
    return partial(orders.plan_status, account.name), partial(
        orders.apply_status, now=entry.applied
    )


@router.post("/order/update-order-status")
@router.post("/orders/update-order-status")
async def update_statuses(request: Request):
    account = authenticate(request)
    items = await items_of(request)
    return Bulk(request, items, *_status_call(request, account)).answer()


@router.post("/order/update-order-status/{hashed_id}")
@router.post("/orders/update-order-status/{hashed_id}")
async def update_status(request: Request, hashed_id: str):
    """The one call that answers an error when the update fails."""
    account = authenticate(request)
    body = checks.need_object(await body_of(request))
    request.scope["call"].entry.items = [hashed_id]
    check, carry_out = _status_call(request, account)
    carry_out(check({**body, "hashed_id": hashed_id}))
    order = request.app.state.world.orders.get(hashed_id)
    return JsonResponse({"success": True, "hashed_id": hashed_id, "status": order.status})


@router.post("/order/update-order-details")
@router.post("/orders/update-order-details")
async def update_details(request: Request):
    account = authenticate(request)
    items = await items_of(request)
    lines, entry = request.app.state.world.lines, request.scope["call"].entry
    return Bulk(
        request, items, partial(lines.plan, account), partial(lines.apply, now=entry.applied)
    ).answer()


@router.get("/order/{hashed_id}")
@router.get("/orders/{hashed_id}")
async def read_order(request: Request, hashed_id: str):
    """Whether Cartona has this is unknown: it answers only under the setting order_by_id."""
    account = authenticate(request)
    world = request.app.state.world
    if not world.settings.order_by_id:
        raise Refusal("not_found", "There is no such address.", 404)
    request.scope["call"].entry.items = [hashed_id]
    order = world.orders.get(hashed_id, account.name)
    return JsonResponse(order.as_sent(world.settings.misspelt_fields))
