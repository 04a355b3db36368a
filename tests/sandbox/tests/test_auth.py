"""Tokens: where they are read, and what a wrong or missing one gets."""

import httpx
import pytest

from ..client import TOKEN
from .helpers import listed, update_products


def get(url, path="supplier-product", **headers):
    return httpx.get(f"{url}/api/v1/{path}", headers=headers, trust_env=False)


@pytest.mark.parametrize(
    "headers",
    [
        {"AuthorizationToken": TOKEN},
        {"authorizationtoken": TOKEN},
        {"AuthorizationToken": f"Bearer {TOKEN}"},
        {"Authorization": f"Bearer {TOKEN}"},
    ],
)
def test_token_opens_the_door(sandbox, headers):
    assert get(sandbox.base_url, **headers).status_code == 200


@pytest.mark.parametrize(
    ("headers", "error"),
    [
        ({}, "no_token"),
        ({"AuthorizationToken": ""}, "no_token"),
        ({"AuthorizationToken": "wrong"}, "bad_token"),
        ({"AuthorizationToken": b"\xd8\xb1"}, "bad_token"),
        ({"Authorization": "Bearer"}, "bad_token"),
    ],
)
def test_wrong_token_is_turned_away(sandbox, headers, error):
    answer = get(sandbox.base_url, **headers)
    assert (answer.status_code, answer.json()["error"]) == (401, error)


def test_suspended_account_is_forbidden(sandbox):
    sandbox.put_account(name="main", token=TOKEN, suspended=True)
    answer = sandbox.api("GET", "supplier-product")
    assert (answer.status_code, answer.json()["error"]) == (403, "account_suspended")


def test_header_can_have_another_name(sandbox):
    sandbox.set(auth_header="X-Token")
    assert get(sandbox.base_url, **{"X-Token": TOKEN}).status_code == 200
    assert sandbox.api("GET", "supplier-product").status_code == 401


def test_accounts_do_not_see_each_other(sandbox, rice, order):
    sandbox.put_account(name="other", token="other-token", supplier_codes=["1"])
    item = {"supplier_product_id": rice, "selling_price": 1}
    answer = sandbox.api("POST", "supplier-product/bulk-update", "other-token", json=[item])
    assert answer.json()["results"][0]["error"] == "unknown_product"
    assert sandbox.api("GET", "order/pull-orders", "other-token").json()["orders"] == []
    assert update_products(sandbox, item)[0]["success"]
    assert len(listed(sandbox)) == 1


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "nothing-here", 404), ("DELETE", "supplier-product", 405), ("POST", "", 404)],
)
def test_unknown_addresses_answer_json(sandbox, method, path, status):
    answer = sandbox.api(method, path)
    assert answer.status_code == status
    assert answer.json()["error"] and answer.json()["message"]
