"""Reads page, per_page and limit, and cuts a list to the page asked for. Used by api and admin."""

import re

from starlette.requests import Request

from ..errors import Refusal
from ..jsonio import JsonResponse

FIRST_SIZE = 20
_DIGITS = re.compile(r"[0-9]{1,18}")


def _number(request: Request, name: str, default: int) -> int:
    raw = request.query_params.get(name)
    if raw is None:
        return default
    if not _DIGITS.fullmatch(raw) or int(raw) < 1:
        raise Refusal("bad_value", f"{name} must be a whole number from 1 on.", field=name)
    return int(raw)


def paged(request: Request, name: str, found: list, as_sent) -> JsonResponse:
    """One page of a list, in the form that the settings ask for."""
    settings = request.app.state.world.settings
    page = _number(request, "page", 1)
    wanted = _number(request, "per_page", _number(request, "limit", FIRST_SIZE))
    size = min(wanted, settings.largest_page)
    items = [as_sent(one) for one in found[(page - 1) * size : page * size]]
    if settings.list_answers == "array":
        return JsonResponse(items)
    return JsonResponse(
        {
            name: items,
            "page": page,
            "per_page": size,
            "total": len(found),
            "total_pages": -(-len(found) // size),
        }
    )
