"""Who may move an order from where to where, for every pair of statuses."""

from itertools import product

import pytest

from ..statuses import CANCELLATION_REASONS, FINAL, STATUSES, SUPPLIER_MAY_SEND
from .helpers import bring_to, pulled, send_status, send_statuses

# Written out once more, not taken from the table under test: what the contract says.
SUPPLIER_MOVES = {
    ("pending", "approved"),
    ("pending", "cancelled_by_supplier"),
    ("approved", "assigned_to_salesman"),
    ("approved", "cancelled_by_supplier"),
    ("assigned_to_salesman", "delivered"),
    ("assigned_to_salesman", "returned"),
    ("assigned_to_salesman", "cancelled_by_supplier"),
}
RETAILER_MOVES = {
    ("pending", "start-editing"): "editing",
    ("editing", "finish-editing"): "pending",
    ("pending", "cancel"): "cancelled_by_retailer",
    ("approved", "cancel"): "cancelled_by_retailer",
    ("assigned_to_salesman", "return"): "returned",
}
SENT = [status for status in SUPPLIER_MAY_SEND if status != "synced"]
ACTIONS = ("start-editing", "finish-editing", "cancel", "return")


@pytest.mark.parametrize(("origin", "target"), list(product(STATUSES, SENT)))
def test_supplier_moves_by_the_table_only(sandbox, order, origin, target):
    bring_to(sandbox, order["hashed_id"], origin)
    answer = send_status(sandbox, order["hashed_id"], target)
    if (origin, target) in SUPPLIER_MOVES:
        assert answer.json() == {"success": True, "hashed_id": order["hashed_id"], "status": target}
    else:
        assert answer.status_code == 409
        wanted = "already_in_status" if origin == target else "status_not_allowed"
        assert answer.json()["error"] == wanted
        assert answer.json()["current_status"] == origin
        assert sandbox.order(order["hashed_id"])["status"] == origin


@pytest.mark.parametrize(("origin", "action"), list(product(STATUSES, ACTIONS)))
def test_retailer_moves_by_the_table_only(sandbox, order, origin, action):
    bring_to(sandbox, order["hashed_id"], origin)
    answer = sandbox.http.post(f"/_sandbox/orders/{order['hashed_id']}/{action}", json={})
    target = RETAILER_MOVES.get((origin, action))
    assert answer.status_code == (200 if target else 409)
    assert sandbox.order(order["hashed_id"])["status"] == (target or origin)


@pytest.mark.parametrize("status", [*sorted(set(STATUSES) - set(SENT)), "shipped", "", None, 1])
def test_supplier_can_not_send_what_is_not_his(sandbox, order, status):
    answer = send_status(sandbox, order["hashed_id"], status)
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_value")


def test_lenient_supplier_may_set_any_status(sandbox, order):
    sandbox.set(strict_statuses=False)
    for status in ("delivered", "pending", "assigned_to_salesman"):
        assert send_status(sandbox, order["hashed_id"], status).status_code == 200


def test_straight_to_delivered_can_be_allowed(sandbox, order):
    bring_to(sandbox, order["hashed_id"], "approved")
    assert send_status(sandbox, order["hashed_id"], "delivered").status_code == 409
    sandbox.set(straight_to_delivered=True)
    assert send_status(sandbox, order["hashed_id"], "delivered").status_code == 200


def test_repeated_status_can_be_accepted_without_a_change(sandbox, order):
    bring_to(sandbox, order["hashed_id"], "approved")
    send_status(sandbox, order["hashed_id"], "synced")
    sandbox.set(repeated_status="accept")
    assert send_status(sandbox, order["hashed_id"], "approved").status_code == 200
    assert pulled(sandbox) == []


def test_cartona_ships_its_own_orders(sandbox, rice):
    placed = sandbox.place_order(
        {"product": rice, "amount": 1}, delivered_by="delivered_by_cartona"
    )
    hashed_id = placed["hashed_id"]
    bring_to(sandbox, hashed_id, "approved")
    assert send_status(sandbox, hashed_id, "assigned_to_salesman").status_code == 409
    assert sandbox.act(hashed_id, "ship", pickup_otp=placed["pickup_otp"])["status"] == (
        "assigned_to_salesman"
    )
    assert send_status(sandbox, hashed_id, "delivered").status_code == 409
    assert sandbox.act(hashed_id, "deliver")["status"] == "delivered"


def test_supplier_may_cancel_what_cartona_ships(sandbox, rice):
    placed = sandbox.place_order(
        {"product": rice, "amount": 1}, delivered_by="delivered_by_cartona"
    )
    answer = send_status(
        sandbox, placed["hashed_id"], "cancelled_by_supplier", cancellation_reason="out_of_stock"
    )
    assert answer.status_code == 200
    assert sandbox.order(placed["hashed_id"])["cancellation_reason"] == "out_of_stock"


def test_pick_up_code_is_shown_only_where_cartona_ships(sandbox, rice, order):
    cartona = sandbox.place_order(
        {"product": rice, "amount": 1}, delivered_by="delivered_by_cartona"
    )
    shown = {
        one["hashed_id"]: one["pickup_otp"]
        for one in sandbox.api("GET", "order/pull-orders").json()["orders"]
    }
    assert shown == {order["hashed_id"]: None, cartona["hashed_id"]: cartona["pickup_otp"]}


def test_many_statuses_are_answered_one_by_one(sandbox, rice, order):
    other = sandbox.place_order({"product": rice, "amount": 1})
    verdicts = send_statuses(
        sandbox,
        {"hashed_id": order["hashed_id"], "status": "delivered"},
        {"hashed_id": other["hashed_id"], "status": "approved"},
        {"hashed_id": "nobody", "status": "approved"},
        {"status": "approved"},
        {"hashed_id": other["hashed_id"]},
    )
    assert [verdict.get("error") for verdict in verdicts] == [
        "status_not_allowed",
        None,
        "unknown_order",
        "missing_identifier",
        "missing_field",
    ]
    assert sandbox.order(other["hashed_id"])["status"] == "approved"


def test_one_call_may_walk_an_order_step_by_step(sandbox, order):
    steps = ("approved", "assigned_to_salesman", "delivered")
    verdicts = send_statuses(
        sandbox, *({"hashed_id": order["hashed_id"], "status": step} for step in steps)
    )
    assert all(verdict["success"] for verdict in verdicts)
    assert sandbox.order(order["hashed_id"])["status"] == "delivered"


def test_single_call_answers_errors_as_errors(sandbox, order):
    assert send_status(sandbox, "nobody", "approved").status_code == 404
    path = f"orders/update-order-status/{order['hashed_id']}"
    assert sandbox.api("POST", path, json=[]).status_code == 422
    assert sandbox.api("POST", path, json={}).json()["error"] == "missing_field"
    assert sandbox.api("POST", path, content=b"{").status_code == 400


@pytest.mark.parametrize("reason", CANCELLATION_REASONS)
def test_known_reasons_are_taken(sandbox, order, reason):
    answer = send_status(
        sandbox, order["hashed_id"], "cancelled_by_supplier", cancellation_reason=reason
    )
    assert answer.status_code == 200


def test_unknown_reason_is_refused(sandbox, order):
    answer = send_status(
        sandbox, order["hashed_id"], "cancelled_by_supplier", cancellation_reason="bored"
    )
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_value")
    assert sandbox.order(order["hashed_id"])["status"] == "pending"


def test_every_final_status_is_final(sandbox, rice):
    for final in sorted(FINAL):
        hashed_id = sandbox.place_order({"product": rice, "amount": 1})["hashed_id"]
        bring_to(sandbox, hashed_id, final)
        for target in SENT:
            assert send_status(sandbox, hashed_id, target).status_code == 409
