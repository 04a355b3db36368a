"""Orders from the other side: what retailer and Cartona do with them."""

import time
from decimal import Decimal

from fastapi import APIRouter, Body
from starlette.requests import Request

from .. import seeds, statuses
from ..errors import Refusal
from ..jsonio import JsonResponse
from ..state.order import EXTRA_FIELDS, Line, Order
from .order_models import LineIn, LinesIn, OrderIn
from .products import listing_of
from .state import account_named

router = APIRouter()
# What can be done to an order: by whom, and where it leads.
ACTIONS = {
    "start-editing": (statuses.RETAILER, statuses.EDITING),
    "finish-editing": (statuses.RETAILER, statuses.PENDING),
    "cancel": (statuses.RETAILER, statuses.CANCELLED_BY_RETAILER),
    "return": (statuses.RETAILER, statuses.RETURNED),
    "ship": (statuses.CARTONA, statuses.SHIPPED),
    "deliver": (statuses.CARTONA, statuses.DELIVERED),
}


def as_shown(order: Order) -> dict:
    """The order with what the supplier doesn't see: the retailer's code, its trail."""
    return {
        **order.as_sent(),
        "retailer_otp": order.retailer_otp,
        "pickup_otp": order.pickup_otp,
        "needs_otp": order.needs_otp,
        "to_collect": order.to_collect,
        "in_queue": order.in_queue,
        "changed_at": order.changed_at,
        "account": order.account,
        "trail": [
            {"at": moment, "actor": actor, "status": status}
            for moment, actor, status in order.trail
        ],
    }


@router.get("/retailers")
async def list_retailers():
    return JsonResponse(seeds.RETAILERS)


@router.get("/orders")
async def list_orders(request: Request):
    return JsonResponse([as_shown(one) for one in request.app.state.world.orders.by_id.values()])


@router.get("/orders/{hashed_id}")
async def read_order(request: Request, hashed_id: str):
    return JsonResponse(as_shown(request.app.state.world.orders.get(hashed_id)))


@router.post("/orders")
async def place_order(request: Request, wanted: OrderIn):
    world = request.app.state.world
    account = account_named(world, wanted.account)
    unknown = wanted.extra.keys() - set(EXTRA_FIELDS)
    if unknown:
        raise Refusal("bad_value", f"Not a field of an order: {', '.join(sorted(unknown))}.")
    lines = [_line(world, line, wanted.force) for line in wanted.lines]
    order = world.orders.place(
        time.time(),
        hashed_id=wanted.hashed_id,
        account=account.name,
        supplier_code=wanted.supplier_code or lines[0].listing.supplier_code,
        retailer=_retailer(wanted),
        lines=lines,
        status=wanted.status,
        delivered_by=wanted.delivered_by,
        cartona_credit=wanted.cartona_credit,
        installment_cost=wanted.installment_cost,
        wallet_top_up=wanted.wallet_top_up,
        applied_supplier_rebate=wanted.applied_supplier_rebate,
        extra=wanted.extra,
    )
    return JsonResponse(as_shown(order), status_code=201)


def _retailer(wanted: OrderIn) -> dict:
    if wanted.retailer is not None:
        return wanted.retailer
    if wanted.retailer_code is None:
        return seeds.RETAILERS[0]
    for retailer in seeds.RETAILERS:
        if retailer["retailer_code"] == wanted.retailer_code:
            return retailer
    raise Refusal("unknown_retailer", f"There is no sample retailer {wanted.retailer_code}.")


def _line(world, wanted: LineIn, force: bool) -> Line:
    listing = listing_of(world, wanted.product)
    name = listing.base_product_name or wanted.product
    if not force and not listing.can_sell(wanted.amount):
        raise Refusal("not_for_sale", f"{name}: not enough in stock, or not published.", 409)
    if not force and not listing.min_order <= wanted.amount <= listing.max_order:
        raise Refusal(
            "bad_amount", f"{name}: order {listing.min_order} to {listing.max_order}.", 409
        )
    if listing.is_bundle and not world.settings.bundles:
        raise Refusal("not_for_sale", f"{name}: bundles are switched off.", 409)
    discounts = wanted.applied_supplier_discount + wanted.applied_cartona_discount
    price = wanted.selling_price
    if price is None:
        price = max(listing.selling_price - discounts, Decimal(0))
    return world.orders.new_line(
        listing=listing,
        amount=wanted.amount,
        selling_price=price,
        applied_supplier_discount=wanted.applied_supplier_discount,
        applied_cartona_discount=wanted.applied_cartona_discount,
        comment=wanted.comment,
    )


@router.put("/orders/{hashed_id}/lines")
async def change_lines(request: Request, hashed_id: str, wanted: LinesIn, admin: bool = False):
    """New lines: by the retailer while editing, or by Cartona's staff (`admin`) at any time."""
    world = request.app.state.world
    order = world.orders.get(hashed_id)
    if not admin and order.status != statuses.EDITING:
        raise Refusal("status_not_allowed", "Start editing the order first.", 409)
    order.lines = [_line(world, line, wanted.force) for line in wanted.lines]
    order.edited_by_admin = order.edited_by_admin or admin
    actor = statuses.CARTONA if admin else statuses.RETAILER
    world.orders.changed(order, actor, time.time(), "orders")
    return JsonResponse(as_shown(order))


@router.post("/orders/{hashed_id}/enter-code")
async def enter_code(
    request: Request, hashed_id: str, retailer_otp: str = Body(embed=True, min_length=1)
):
    """The supplier's driver enters the retailer's code in Cartona's app instead of Odoo."""
    world = request.app.state.world
    order = world.orders.get(hashed_id)
    update = {"hashed_id": hashed_id, "status": statuses.DELIVERED, "retailer_otp": retailer_otp}
    world.orders.apply_status(world.orders.plan_status(order.account, update), time.time())
    return JsonResponse(as_shown(order))


@router.post("/orders/{hashed_id}/{action}")
async def act(
    request: Request,
    hashed_id: str,
    action: str,
    reason: str | None = Body(None, embed=True),
    pickup_otp: str | None = Body(None, embed=True),
):
    """Retailer: start-editing, finish-editing, cancel, return. Cartona: ship, deliver."""
    world = request.app.state.world
    order = world.orders.get(hashed_id)
    if action not in ACTIONS:
        raise Refusal("unknown_action", f"Do one of: {', '.join(ACTIONS)}.", 404)
    if action == "ship" and pickup_otp not in (None, order.pickup_otp):
        raise Refusal("otp_wrong", "The pick-up code is wrong.")
    actor, target = ACTIONS[action]
    if reason is not None:
        order.extra["return_reason" if action == "return" else "cancellation_reason"] = reason
    world.orders.move(order, target, actor, time.time())
    return JsonResponse(as_shown(order))
