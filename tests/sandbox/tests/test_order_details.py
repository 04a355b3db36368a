"""update-order-details: every form of the contract, and when the supplier may use it."""

import pytest

from .helpers import bring_to, pulled, send_status, update_products


def change(sandbox, hashed_id, *details, path="order/update-order-details"):
    item = {"hashed_id": hashed_id, "order_details": list(details)}
    [verdict] = update_products(sandbox, item, path=path)
    return verdict


def lines(sandbox, order):
    return [
        (line["internal_product_id"], line["amount"], line["selling_price"], line["comment"])
        for line in sandbox.order(order["hashed_id"])["order_details"]
    ]


@pytest.mark.parametrize("path", ["order/update-order-details", "orders/update-order-details"])
def test_line_is_changed_by_its_id(sandbox, order, path):
    [line] = order["order_details"]
    detail = {"id": line["id"], "amount": 2, "price": 30.25, "comment": "المتاح"}
    assert change(sandbox, order["hashed_id"], detail, path=path)["success"]
    assert lines(sandbox, order) == [("479", 2, 30.25, "المتاح")]
    assert sandbox.order(order["hashed_id"])["total_price"] == 60.5


def test_line_is_cancelled_and_another_added(sandbox, order):
    sandbox.put_products({"internal_product_id": "480"})
    [line] = order["order_details"]
    added = {"internal_product_id": "480", "amount": 4, "price": 2.5}
    assert change(sandbox, order["hashed_id"], {"id": line["id"], "cancelled": True}, added)[
        "success"
    ]
    assert lines(sandbox, order) == [("480", 4, 2.5, "")]


def test_line_is_added_by_cartonas_id(sandbox, rice, order):
    added = {"supplier_product_id": rice, "amount": 1, "price": 1}
    assert change(sandbox, order["hashed_id"], added)["success"]
    assert len(lines(sandbox, order)) == 2


@pytest.mark.parametrize(
    ("detail", "error"),
    [
        ({"id": "1", "amount": 1}, "unknown_line"),
        ({"amount": 1, "price": 1}, "missing_identifier"),
        ({"internal_product_id": "479", "amount": 1}, "missing_field"),
        ({"internal_product_id": "nobody", "amount": 1, "price": 1}, "unknown_product"),
        ({"internal_product_id": "479", "amount": 0, "price": 1}, "too_small"),
        ({"internal_product_id": "479", "amount": 1, "price": -1}, "negative_value"),
        ("x", "wrong_type"),
    ],
)
def test_one_bad_line_leaves_the_order_as_it_was(sandbox, order, detail, error):
    [line] = order["order_details"]
    good = {"id": line["id"], "amount": 1}
    assert change(sandbox, order["hashed_id"], good, detail)["error"] == error
    assert lines(sandbox, order) == [("479", 3, 32.5, "")]


def test_last_line_can_not_be_cancelled(sandbox, order):
    [line] = order["order_details"]
    verdict = change(sandbox, order["hashed_id"], {"id": line["id"], "cancelled": True})
    assert verdict["error"] == "order_empty"


def test_order_details_must_be_an_array(sandbox, order):
    item = {"hashed_id": order["hashed_id"], "order_details": {}}
    [verdict] = update_products(sandbox, item, path="order/update-order-details")
    assert verdict["error"] == "wrong_type"


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        ("pending", True),
        ("approved", True),
        ("assigned_to_salesman", True),
        ("editing", False),
        ("delivered", False),
        ("returned", False),
        ("cancelled_by_retailer", False),
        ("cancelled_by_supplier", False),
    ],
)
def test_lines_may_change_only_while_the_order_is_open(sandbox, order, status, allowed):
    bring_to(sandbox, order["hashed_id"], status)
    detail = {"id": order["order_details"][0]["id"], "amount": 1}
    assert change(sandbox, order["hashed_id"], detail)["success"] is allowed


def test_changed_lines_bring_the_order_back_to_the_queue(sandbox, order):
    send_status(sandbox, order["hashed_id"], "synced")
    change(sandbox, order["hashed_id"], {"id": order["order_details"][0]["id"], "amount": 1})
    assert pulled(sandbox) == [order["hashed_id"]]
