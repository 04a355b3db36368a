"""The sandbox's own controls: settings, products, accounts, and plain refusals."""

import httpx
import pytest

from .helpers import listed


def refused(sandbox, method, path, **options):
    answer = sandbox.http.request(method, f"/_sandbox/{path}", **options)
    return answer.status_code, answer.json()["error"]


def test_settings_change_one_by_one_and_end_with_a_reset(sandbox):
    assert sandbox.set(largest_page=7)["largest_page"] == 7
    assert sandbox.set(order_by_id=True)["largest_page"] == 7
    sandbox.reset("empty")
    assert sandbox.admin("GET", "settings")["largest_page"] == 100


@pytest.mark.parametrize(
    "values", [{"largest_page": 0}, {"nonsense": 1}, {"bulk_answers": "loud", "bundles": False}]
)
def test_wrong_settings_change_nothing(sandbox, values):
    before = sandbox.admin("GET", "settings")
    assert refused(sandbox, "PUT", "settings", json=values) == (422, "bad_value")
    assert sandbox.admin("GET", "settings") == before


def test_every_setting_explains_itself(sandbox):
    explained = sandbox.admin("GET", "settings/help")
    assert explained.keys() == sandbox.admin("GET", "settings").keys()


def test_put_finds_a_product_by_either_id(sandbox, rice):
    same = sandbox.put_products(
        {"internal_product_id": "479", "base_product_name": "سكر"},
        {"supplier_product_id": rice, "internal_product_id": "480"},
    )
    assert same == [rice, rice]
    [product] = listed(sandbox)
    assert (product["base_product_name"], product["internal_product_id"]) == ("سكر", "480")


def test_deleted_product_is_gone(sandbox, rice):
    sandbox.admin("DELETE", "product", params={"id": "479"})
    assert listed(sandbox) == []
    assert refused(sandbox, "GET", "product", params={"id": rice}) == (404, "unknown_product")


@pytest.mark.parametrize(
    ("method", "path", "body", "wanted"),
    [
        ("GET", "orders/nobody", None, (404, "unknown_order")),
        ("POST", "orders", {"lines": []}, (422, "bad_value")),
        ("POST", "orders", {"lines": [{"product": "x", "amount": 1}]}, (404, "unknown_product")),
        ("POST", "faults", {}, (422, "bad_value")),
        ("DELETE", "faults/none", None, (404, "unknown_fault")),
        ("PUT", "products?account=nobody", [], (404, "unknown_account")),
        ("POST", "reset", {"seed": "weeds"}, (422, "bad_value")),
        ("GET", "nowhere", None, (404, "not_found")),
    ],
)
def test_controls_refuse_in_words(sandbox, method, path, body, wanted):
    assert refused(sandbox, method, path, json=body) == wanted


def test_unknown_action_on_an_order_is_refused(sandbox, order):
    path = f"orders/{order['hashed_id']}/eat"
    assert refused(sandbox, "POST", path, json={}) == (404, "unknown_action")


def test_wrong_pick_up_code_is_refused(sandbox, rice):
    order = sandbox.place_order({"product": rice, "amount": 1}, delivered_by="delivered_by_cartona")
    with pytest.raises(httpx.HTTPStatusError, match="otp_wrong"):
        sandbox.act(order["hashed_id"], "ship", pickup_otp="0")


def test_order_ids_are_never_given_twice(sandbox, order):
    line = {"product": "479", "amount": 1}
    body = {"lines": [line], "hashed_id": order["hashed_id"]}
    assert refused(sandbox, "POST", "orders", json=body) == (409, "order_exists")


def test_retailer_can_be_chosen_or_given(sandbox, rice):
    line = {"product": rice, "amount": 1}
    chosen = sandbox.place_order(line, retailer_code="R1002")
    assert chosen["retailer"]["retailer_code"] == "R1002"
    given = sandbox.place_order(line, retailer={"retailer_number": "+2000061774"})
    assert given["retailer"] == {"retailer_number": "+2000061774"}
    body = {"lines": [line], "retailer_code": "R9"}
    assert refused(sandbox, "POST", "orders", json=body) == (422, "unknown_retailer")
