"""Health, reset, settings and accounts of the sandbox."""

from typing import Annotated, Literal

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request

from ..errors import Refusal
from ..jsonio import JsonResponse
from ..settings import Settings
from ..state.accounts import Account

router = APIRouter()


class AccountIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1)
    token: str = Field(min_length=1)
    supplier_codes: list[str] = Field(default=["1", "2", "3"], min_length=1)
    suspended: bool = False


@router.get("/health")
async def health(request: Request):
    world = request.app.state.world
    return JsonResponse({"ready": True, "version": world.version})


@router.post("/reset")
async def reset(request: Request, seed: Literal["demo", "empty"] | None = Body(None, embed=True)):
    await request.app.state.world.reset(seed)
    return JsonResponse({"reset": True})


@router.get("/settings")
async def read_settings(request: Request):
    return JsonResponse(request.app.state.world.settings.model_dump())


@router.get("/settings/help")
async def explain_settings(request: Request):
    return JsonResponse(Settings.model_json_schema()["properties"])


def assign(model: BaseModel, values: dict) -> None:
    """Set several fields of a settings model, or none when one of them is wrong."""
    try:
        type(model).model_validate({**model.model_dump(), **values})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise Refusal("bad_value", f"{where}: {first['msg']}") from error
    for name, value in values.items():
        setattr(model, name, value)


@router.put("/settings")
async def change_settings(request: Request, values: Annotated[dict, Body()]):
    world = request.app.state.world
    assign(world.settings, values)
    world.touch()
    return JsonResponse(world.settings.model_dump())


@router.get("/accounts")
async def list_accounts(request: Request):
    return JsonResponse([vars(one) for one in request.app.state.world.accounts.values()])


@router.put("/accounts")
async def put_account(request: Request, account: AccountIn):
    """Add an account or replace the one of that name: new token, codes, suspension."""
    values = account.model_dump()
    values["supplier_codes"] = tuple(values["supplier_codes"])
    request.app.state.world.accounts[account.name] = Account(**values)
    return JsonResponse(values)


def account_named(world, name: str) -> Account:
    if name not in world.accounts:
        raise Refusal("unknown_account", f"There is no account {name}.", 404)
    return world.accounts[name]
