"""The queue of orders: synced, changes, ranges in both readings, and what an order looks like."""

import pytest

from .helpers import bring_to, pulled, send_status

LINE = {"amount": 2}


def synced(sandbox, hashed_id):
    assert send_status(sandbox, hashed_id, "synced").status_code == 200


@pytest.mark.parametrize("path", ["order/pull-orders", "orders/pull-orders"])
def test_new_order_waits_in_the_queue(sandbox, order, path):
    [found] = sandbox.api("GET", path).json()["orders"]
    assert (found["hashed_id"], found["status"]) == (order["hashed_id"], "pending")


def test_synced_order_leaves_until_the_retailer_changes_it(sandbox, order):
    synced(sandbox, order["hashed_id"])
    assert pulled(sandbox) == []
    sandbox.act(order["hashed_id"], "start-editing")
    assert pulled(sandbox) == [order["hashed_id"]]


@pytest.mark.parametrize(("requeues", "left"), [(True, 1), (False, 0)])
def test_suppliers_own_change_in_both_readings(sandbox, order, requeues, left):
    sandbox.set(supplier_changes_requeue=requeues)
    synced(sandbox, order["hashed_id"])
    send_status(sandbox, order["hashed_id"], "approved")
    assert len(pulled(sandbox)) == left


def test_synced_is_taken_in_every_status(sandbox, rice):
    for status in ("editing", "cancelled_by_retailer", "delivered"):
        placed = sandbox.place_order({"product": rice, **LINE})
        bring_to(sandbox, placed["hashed_id"], status)
        synced(sandbox, placed["hashed_id"])
    assert pulled(sandbox) == []


def test_pages_hold_every_order_once(sandbox, rice):
    placed = [sandbox.place_order({"product": rice, **LINE})["hashed_id"] for _ in range(5)]
    pages = [pulled(sandbox, page=page, limit=2) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert sum(pages, []) == placed


def test_from_means_creation_or_change_as_set(sandbox, order):
    created = order["created_at"]
    sandbox.act(order["hashed_id"], "start-editing")
    after = "2999-01-01"
    between = sandbox.order(order["hashed_id"])["trail"][-1]["at"]
    assert pulled(sandbox, **{"from": created}) == [order["hashed_id"]]
    assert pulled(sandbox, **{"from": after}) == []
    window = {"from": created, "to": created}
    assert pulled(sandbox, **window) == [order["hashed_id"]]
    sandbox.set(from_to_means="changed")
    assert between > order["changed_at"]
    assert pulled(sandbox, **window) == []


@pytest.mark.parametrize(("brings_back", "left"), [(False, 0), (True, 1)])
def test_range_over_synced_orders_in_both_readings(sandbox, order, brings_back, left):
    sandbox.set(from_to_returns_synced=brings_back)
    synced(sandbox, order["hashed_id"])
    assert len(pulled(sandbox, **{"from": "2020-01-01"})) == left
    assert pulled(sandbox) == []


@pytest.mark.parametrize("moment", ["yesterday", "2026-13-01", "1", "2026-01-01T25:00"])
def test_bad_moment_is_refused(sandbox, moment):
    answer = sandbox.api("GET", "order/pull-orders", params={"from": moment})
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_value")


@pytest.mark.parametrize("path", ["order", "orders"])
def test_one_order_by_its_id_in_both_readings(sandbox, order, path):
    assert sandbox.api("GET", f"{path}/{order['hashed_id']}").status_code == 404
    sandbox.set(order_by_id=True)
    found = sandbox.api("GET", f"{path}/{order['hashed_id']}").json()
    assert found["hashed_id"] == order["hashed_id"]
    assert sandbox.api("GET", f"{path}/nobody").json()["error"] == "unknown_order"


def test_money_of_an_order_adds_up(sandbox, rice):
    placed = sandbox.place_order(
        {"product": rice, "amount": 3, "selling_price": "0.10"},
        {
            "product": rice,
            "amount": 2,
            "applied_supplier_discount": "1.25",
            "applied_cartona_discount": "1",
        },
        cartona_credit="10.05",
        installment_cost="20",
        wallet_top_up="5.5",
    )
    assert placed["total_price"] == 60.8
    assert placed["order_details"][1]["selling_price"] == 30.25
    assert placed["to_collect"] == 36.25


def test_same_product_can_stand_on_two_lines(sandbox, rice):
    placed = sandbox.place_order({"product": rice, **LINE}, {"product": rice, **LINE})
    ids = [line["id"] for line in placed["order_details"]]
    assert len(set(ids)) == 2


def test_misspelt_order_fields(sandbox, rice):
    sandbox.set(misspelt_fields=True)
    sandbox.place_order({"product": rice, **LINE}, wallet_top_up="5")
    [found] = sandbox.api("GET", "order/pull-orders").json()["orders"]
    assert found["wallet_topup"] == 5
    assert found["order_details"][0]["price"] == 32.5


def test_retailer_edits_between_start_and_finish(sandbox, rice, order):
    hashed_id = order["hashed_id"]
    sandbox.act(hashed_id, "start-editing")
    sandbox.change_lines(hashed_id, {"product": rice, "amount": 9})
    edited = sandbox.act(hashed_id, "finish-editing")
    assert (edited["status"], edited["order_details"][0]["amount"]) == ("pending", 9)


def test_cartonas_staff_may_edit_lines(sandbox, rice, order):
    edited = sandbox.change_lines(order["hashed_id"], {"product": rice, "amount": 9}, admin=True)
    assert edited["edited_by_admin"] is True


@pytest.mark.parametrize(
    "change",
    [{"available_stock_quantity": 1}, {"is_published": False}, {"max_order": 1}],
)
def test_retailer_can_not_order_what_is_not_for_sale(sandbox, rice, change):
    sandbox.put_products({"supplier_product_id": rice, **change})
    answer = sandbox.http.post("/_sandbox/orders", json={"lines": [{"product": rice, "amount": 2}]})
    assert answer.status_code == 409
    assert sandbox.place_order({"product": rice, "amount": 2}, force=True)["status"] == "pending"
