"""The catalogue from Cartona's side: put listings, read them, their history, all compactly."""

import time
from decimal import Decimal
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from ..errors import Refusal
from ..jsonio import JsonResponse
from ..state.listing import UNITS, Listing, listing_as_sent
from .state import account_named

router = APIRouter()
COMPACT = (
    "supplier_product_id",
    "supplier_code",
    "internal_product_id",
    "selling_price",
    "available_stock_quantity",
    "in_stock",
    "is_unlimited_stock",
    "is_published",
)


class ProductIn(BaseModel):
    """Any subset of a listing; found by supplier_product_id or internal_product_id, else new."""

    model_config = ConfigDict(extra="forbid")

    supplier_product_id: str | None = None
    supplier_code: str | None = None
    internal_product_id: str | None = None
    base_product_id: str | None = None
    base_product_name: str | None = None
    unit: Literal[UNITS] | None = None
    unit_count: int | None = Field(None, ge=1)
    image_thumbnail: str | None = None
    median_price: Decimal | None = Field(None, ge=0)
    tax_percentage: Decimal | None = Field(None, ge=0)
    selling_price: Decimal | None = Field(None, ge=0)
    available_stock_quantity: int | None = Field(None, ge=0)
    in_stock: bool | None = None
    is_unlimited_stock: bool | None = None
    is_published: bool | None = None
    is_bundle: bool | None = None
    min_order: int | None = Field(None, ge=1)
    max_order: int | None = Field(None, ge=1)


@router.put("/products")
async def put_products(request: Request, products: list[ProductIn], account: str = "main"):
    world = request.app.state.world
    owner = account_named(world, account)
    listings = [_put(world, owner, product.model_dump(exclude_none=True)) for product in products]
    world.touch()
    return JsonResponse([one.supplier_product_id for one in listings])


def _put(world, account, values: dict) -> Listing:
    catalogue, now = world.catalogue, time.time()
    named = "supplier_product_id" in values or "internal_product_id" in values
    listing = catalogue.find(account, values) if named else None
    if listing is None:
        if "available_stock_quantity" in values:
            values.setdefault("in_stock", values["available_stock_quantity"] > 0)
        return catalogue.add(account, **values)
    internal_id = values.pop("internal_product_id", listing.internal_product_id)
    if internal_id != listing.internal_product_id:
        catalogue.rename(listing, internal_id)
    fixed = ("supplier_product_id", "supplier_code", "base_product_id")
    listing.change({k: v for k, v in values.items() if k not in fixed}, now, now)
    return listing


def listing_of(world, product_id: str) -> Listing:
    """By Cartona's id, else by the supplier's."""
    listing = world.catalogue.by_id.get(product_id)
    for account in world.accounts.values():
        listing = listing or world.catalogue.find_internal(
            account, account.supplier_codes, product_id
        )
    if listing is None:
        raise Refusal("unknown_product", f"There is no product {product_id}.", 404)
    return listing


@router.get("/products")
async def list_products(request: Request):
    catalogue = request.app.state.world.catalogue
    return JsonResponse([listing_as_sent(one, False) for one in catalogue.by_id.values()])


@router.get("/products/state")
async def compact_state(request: Request):
    """One short row a listing, for comparing a whole catalogue item by item."""
    listings = request.app.state.world.catalogue.by_id.values()
    rows = [[getattr(one, name) for name in COMPACT] for one in listings]
    return JsonResponse({"columns": COMPACT, "rows": rows})


@router.get("/product")
async def read_product(request: Request, id: str):
    return JsonResponse(listing_as_sent(listing_of(request.app.state.world, id), False))


@router.get("/product/history")
async def product_history(request: Request, id: str):
    """Each accepted update: when it arrived, when it was applied, what it said."""
    listing = listing_of(request.app.state.world, id)
    return JsonResponse(
        [
            {"arrived": arrived, "applied": applied, "changes": changes}
            for arrived, applied, changes in listing.history
        ]
    )


@router.delete("/product")
async def delete_product(request: Request, id: str):
    world = request.app.state.world
    listing = listing_of(world, id)
    world.catalogue.remove(listing)
    world.touch()
    return JsonResponse({"deleted": listing.supplier_product_id})
