"""How a bulk call answers: per item, as a whole, or in silence; limits and malformed bodies."""

import pytest

from .helpers import update_products

GOOD = {"internal_product_id": "479", "selling_price": 7}
BAD = {"internal_product_id": "479", "available_stock_quantity": -1}
BULK_PATHS = [
    "supplier-product/bulk-update",
    "base-product/bulk-update",
    "supplier-product/base-product/bulk-update",
    "supplier-product/base-product/bulk-update-stock",
    "base-product/bulk-update-stock",
    "order/update-order-status",
    "orders/update-order-status",
    "order/update-order-details",
    "orders/update-order-details",
]


def test_good_items_pass_beside_bad_ones(sandbox, rice):
    verdicts = update_products(sandbox, BAD, GOOD)
    assert [verdict["success"] for verdict in verdicts] == [False, True]
    assert sandbox.product(rice)["selling_price"] == 7


def test_one_bad_item_refuses_the_whole_batch(sandbox, rice):
    sandbox.set(bulk_answers="whole_batch")
    answer = sandbox.api("POST", "supplier-product/bulk-update", json=[GOOD, BAD])
    assert (answer.status_code, answer.json()["index"]) == (422, 1)
    assert sandbox.product(rice)["selling_price"] == 32.5


def test_whole_batch_of_good_items_passes(sandbox, rice):
    sandbox.set(bulk_answers="whole_batch")
    answer = sandbox.api("POST", "supplier-product/bulk-update", json=[GOOD])
    assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert sandbox.product(rice)["selling_price"] == 7


def test_refused_batch_creates_no_listing(sandbox):
    sandbox.set(bulk_answers="whole_batch", auto_create=True)
    items = [{"internal_product_id": "new"}, {"internal_product_id": "bad", "selling_price": -1}]
    sandbox.api("POST", "supplier-product/bulk-update", json=items)
    assert sandbox.product_state() == []


def test_silent_answer_hides_the_bad_item(sandbox, rice):
    sandbox.set(bulk_answers="silent")
    answer = sandbox.api("POST", "supplier-product/bulk-update", json=[BAD, GOOD])
    assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert sandbox.product(rice)["selling_price"] == 7


@pytest.mark.parametrize("path", BULK_PATHS)
@pytest.mark.parametrize("body", [b"{}", b'"x"', b"1", b"null"])
def test_body_must_be_an_array(sandbox, path, body):
    answer = sandbox.api("POST", path, content=body)
    assert (answer.status_code, answer.json()["error"]) == (400, "not_an_array")


@pytest.mark.parametrize("path", BULK_PATHS)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[NaN]",
        b"[Infinity]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'["\\ud800"]',
        b"[1e99999999999999999999]",
        b"[" + b"9" * 5000 + b"]",
    ],
    ids=["empty", "cut", "nan", "infinity", "bytes", "deep", "surrogate", "exponent", "digits"],
)
def test_what_is_no_json_is_refused(sandbox, path, body):
    answer = sandbox.api("POST", path, content=body)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_json")


@pytest.mark.parametrize("path", BULK_PATHS)
def test_items_that_are_no_objects_are_refused_one_by_one(sandbox, path):
    huge = {"hashed_id": 10**30, "base_product_id": -(10**30)}
    verdicts = update_products(sandbox, None, 1, [], "x", {}, huge, path=path)
    assert [verdict["success"] for verdict in verdicts] == [False] * 6
    assert all(verdict["error"] and verdict["message"] for verdict in verdicts)


@pytest.mark.parametrize("path", BULK_PATHS)
def test_empty_array_does_nothing(sandbox, path):
    assert update_products(sandbox, path=path) == []


def test_too_many_items_are_refused(sandbox, rice):
    sandbox.set(max_items=1)
    answer = sandbox.api("POST", "supplier-product/bulk-update", json=[GOOD, GOOD])
    assert (answer.status_code, answer.json()["error"]) == (413, "too_many_items")


def test_too_large_a_body_is_refused(sandbox):
    sandbox.set(max_body_bytes=10)
    answer = sandbox.api("POST", "supplier-product/bulk-update", json=[GOOD])
    assert (answer.status_code, answer.json()["error"]) == (413, "body_too_large")
