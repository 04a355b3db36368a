"""Webhooks to Odoo: where to, whether, what became of them, and send one again."""

from typing import Annotated, Literal

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from ..jsonio import JsonResponse
from .state import assign

router = APIRouter()


class ResendIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    hashed_ids: list[str] = Field(min_length=1)
    kind: Literal["orders", "status"] = "orders"
    times: int = Field(1, ge=1, le=100)
    shuffle: bool = False


@router.get("/webhooks")
async def read_config(request: Request):
    return JsonResponse(request.app.state.world.webhooks.config.model_dump())


@router.put("/webhooks")
async def change_config(request: Request, values: Annotated[dict, Body()]):
    world = request.app.state.world
    assign(world.webhooks.config, values)
    world.touch()
    return JsonResponse(world.webhooks.config.model_dump())


@router.get("/webhooks/deliveries")
async def list_deliveries(request: Request, state: str = "", limit: int = 1000):
    found = [
        one.as_dict()
        for one in request.app.state.world.webhooks.deliveries
        if state in ("", one.state)
    ]
    return JsonResponse(found[-limit:])


@router.post("/webhooks/resend")
async def resend(request: Request, wanted: ResendIn):
    """Post orders or statuses once more, as they are now: duplicates and disorder on demand."""
    world = request.app.state.world
    orders = [world.orders.get(one) for one in wanted.hashed_ids] * wanted.times
    if wanted.shuffle:
        world.webhooks.random.shuffle(orders)
    deliveries = [
        world.webhooks.repeat(wanted.kind, order, world.settings.misspelt_fields)
        for order in orders
    ]
    return JsonResponse([one.id for one in deliveries])
