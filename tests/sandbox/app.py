"""Puts the sandbox together: routes, gate, and errors as JSON. Called by __main__.py."""

from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.staticfiles import StaticFiles

from .admin import routes as admin_routes
from .api import orders, products
from .call import API
from .errors import Refusal
from .gate import Gate
from .jsonio import JsonResponse
from .web import page
from .world import World

STATIC = Path(__file__).parent / "web" / "static"


def build(world: World) -> Gate:
    """The whole ASGI application around one world."""
    app = FastAPI(
        title="Cartona sandbox",
        lifespan=_lifespan,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.world = world
    for router in (products.router, orders.router):
        app.include_router(router, prefix=API.rstrip("/"))
    for router in admin_routes:
        app.include_router(router, prefix="/_sandbox")
    app.include_router(page.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http_error)
    return Gate(app, world)


@asynccontextmanager
async def _lifespan(app: FastAPI):
    yield
    await app.state.world.webhooks.stop()


async def _refused(request: Request, refusal: Refusal) -> JsonResponse:
    return JsonResponse(refusal.as_dict(), status_code=refusal.status)


async def _invalid(request: Request, error: RequestValidationError) -> JsonResponse:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return JsonResponse(
        {"error": "bad_value", "message": f"{where}: {first['msg']}"}, status_code=422
    )


async def _http_error(request: Request, error: HTTPException) -> JsonResponse:
    codes = {404: "not_found", 405: "method_not_allowed"}
    return JsonResponse(
        {"error": codes.get(error.status_code, "http_error"), "message": str(error.detail)},
        status_code=error.status_code,
        headers=error.headers,
    )
