"""Read and clear the journal of what the supplier sent."""

from itertools import islice

from fastapi import APIRouter, Query
from starlette.requests import Request

from ..errors import Refusal
from ..jsonio import JsonResponse
from .products import listing_of

router = APIRouter()


def _ids(world, hashed_id: str, product: str) -> frozenset:
    """A product is meant by any of its names."""
    if not product:
        return frozenset(filter(None, [hashed_id]))
    try:
        listing = listing_of(world, product)
    except Refusal:
        # Requests about products that Cartona doesn't know are in the journal, too.
        return frozenset([product])
    return frozenset(
        filter(None, [listing.supplier_product_id, listing.internal_product_id, product])
    )


@router.get("/journal")
async def read_journal(
    request: Request,
    since: int = 0,
    arrived_since: float = 0.0,
    path: str = "",
    method: str = "",
    hashed_id: str = "",
    product: str = "",
    limit: int = Query(100, ge=1, le=200_000),
    newest_first: bool = False,
    bodies: bool = True,
):
    world = request.app.state.world
    found = world.journal.find(
        since=since,
        arrived_since=arrived_since,
        path=path,
        method=method,
        item_ids=_ids(world, hashed_id, product),
        newest_first=newest_first,
    )
    return JsonResponse(
        {
            "last_seq": world.journal.last_seq,
            "entries": [entry.as_dict(bodies) for entry in islice(found, limit)],
        }
    )


@router.delete("/journal")
async def clear_journal(request: Request):
    request.app.state.world.journal.clear()
    return JsonResponse({"cleared": True})


@router.get("/counters")
async def read_counters(request: Request):
    return JsonResponse(request.app.state.world.journal.counters())
