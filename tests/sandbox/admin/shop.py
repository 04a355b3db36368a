"""What the web page asks for again and again: the shop window, cheap when nothing changed."""

from itertools import islice

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ..jsonio import JsonResponse
from ..state.listing import Listing, listing_as_sent
from .orders import as_shown

router = APIRouter()
NEWEST_ORDERS = 50
NEWEST_REQUESTS = 60
# Long enough to tell which status an order was set to.
SHORT_BODY = 2000


def _matches(listing: Listing, words: str) -> bool:
    text = f"{listing.base_product_name} {listing.internal_product_id}".casefold()
    return listing.is_published and words in text


@router.get("/shop")
async def window(
    request: Request,
    version: str = "",
    search: str = "",
    page: int = Query(1, ge=1),
    size: int = Query(60, ge=1, le=200),
):
    """Catalogue page, orders and what Odoo sent; 204 when `version` is still the newest."""
    world = request.app.state.world
    current = f"{world.version}.{world.journal.changes}.{world.webhooks.changes}"
    if version == current:
        return Response(status_code=204)
    words = search.strip().casefold()
    found = [one for one in world.catalogue.by_id.values() if _matches(one, words)]
    orders = sorted(world.orders.by_id.values(), key=lambda order: -order.created_at)
    return JsonResponse(
        {
            "version": current,
            "total": len(found),
            "products": [
                listing_as_sent(one, False) for one in found[(page - 1) * size : page * size]
            ],
            "orders": [as_shown(order) for order in orders[:NEWEST_ORDERS]],
            "requests": _requests(world),
            "faults": [one.as_dict() for one in world.faults.active.values() if not one.spent],
            "held": list(world.faults.held),
            "webhooks": world.webhooks.config.enabled,
            "deliveries": _deliveries(world),
        }
    )


def _requests(world) -> list[dict]:
    newest = world.journal.find(newest_first=True)
    return [
        entry.as_dict(bodies=entry.body_size <= SHORT_BODY)
        for entry in islice(newest, NEWEST_REQUESTS)
    ]


def _deliveries(world) -> list[dict]:
    newest = islice(reversed(world.webhooks.deliveries), NEWEST_REQUESTS)
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "hashed_id": one.hashed_id,
            "created": one.created,
            "state": one.state,
        }
        for one in newest
    ]
