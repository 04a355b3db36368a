"""JSON in and out with exact money: decimals stay Decimal. Used by every endpoint and the gate."""

import json
from decimal import Decimal

import orjson
from starlette.responses import Response

from .errors import Refusal


def _refuse_constant(name: str):
    raise ValueError(f"{name} is not JSON")


def load(raw: bytes):
    """Read strict JSON: no NaN, no lone surrogates, no bottomless nesting."""
    try:
        value = json.loads(raw, parse_float=Decimal, parse_constant=_refuse_constant)
        if b"\\ud" in raw.lower():
            json.dumps(value, ensure_ascii=False, default=str).encode()
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Refusal("invalid_json", "The body is not valid JSON.", 400) from error
    return value


def _encode(value):
    if isinstance(value, Decimal):
        return orjson.Fragment(str(value))
    raise TypeError(type(value).__name__)


def dump(value) -> bytes:
    return orjson.dumps(value, default=_encode)


class JsonResponse(Response):
    """An answer whose decimals are written as exact JSON numbers."""

    media_type = "application/json"

    def render(self, content) -> bytes:
        return dump(content)
