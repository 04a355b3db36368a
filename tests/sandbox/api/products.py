"""Products of the supplier API: list them, update them, base products and their stock."""

from functools import partial

from fastapi import APIRouter
from starlette.requests import Request

from ..jsonio import JsonResponse
from ..state.listing import Listing, listing_as_sent
from .auth import authenticate
from .bulk import Bulk, items_of
from .paging import paged

router = APIRouter()
FILTERS = ("base_product_id", "supplier_product_id", "internal_product_id", "supplier_code")


@router.get("/supplier-product")
@router.get("/base-product")
async def list_products(request: Request):
    account = authenticate(request)
    misspelt = request.app.state.world.settings.misspelt_fields
    found = _filtered(request, account)
    return paged(
        request, "supplier_products", found, lambda listing: listing_as_sent(listing, misspelt)
    )


def _filtered(request: Request, account) -> list[Listing]:
    world, query = request.app.state.world, request.query_params
    found = world.catalogue.of_account(account)
    if not world.settings.bundles:
        found = [one for one in found if not one.is_bundle]
    for name in FILTERS:
        if query.get(name):
            found = [one for one in found if getattr(one, name) == query[name]]
    words = query.get("search_token", "").casefold()
    return [one for one in found if words in one.base_product_name.casefold()] if words else found


@router.get("/supplier-product/base-products")
async def list_base_products(request: Request):
    account = authenticate(request)
    bases: dict[str, list[Listing]] = {}
    for listing in _filtered(request, account):
        bases.setdefault(listing.base_product_id, []).append(listing)
    return paged(request, "base_products", list(bases.values()), _base_as_sent)


def _base_as_sent(listings: list[Listing]) -> dict:
    first = listings[0]
    return {
        "base_product_id": first.base_product_id,
        "base_product_name": first.base_product_name,
        "image_thumbnail": first.image_thumbnail,
        "tax_percentage": first.tax_percentage,
        "median_price": first.median_price,
        "units": [{"unit": one.unit, "unit_count": one.unit_count} for one in listings],
    }


async def _update(request: Request, plan) -> JsonResponse:
    account = authenticate(request)
    items = await items_of(request)
    catalogue, entry = request.app.state.world.catalogue, request.scope["call"].entry
    return Bulk(
        request,
        items,
        check=partial(plan, account),
        carry_out=partial(catalogue.apply, arrival=entry.arrived, applied=entry.applied),
    ).answer()


@router.post("/supplier-product/bulk-update")
@router.post("/base-product/bulk-update")
async def update_products(request: Request):
    world = request.app.state.world
    plan = partial(world.catalogue.plan_update, auto_create=world.settings.auto_create)
    return await _update(request, plan)


@router.post("/supplier-product/base-product/bulk-update")
async def update_base_products(request: Request):
    return await _update(request, request.app.state.world.catalogue.plan_base_update)


@router.post("/supplier-product/base-product/bulk-update-stock")
@router.post("/base-product/bulk-update-stock")
async def update_base_stock(request: Request):
    return await _update(request, request.app.state.world.catalogue.plan_base_stock)
