"""Short words for what many tests do to the supplier API."""

from functools import partial


def update_products(sandbox, *items, path="supplier-product/bulk-update"):
    """Each item's verdict."""
    answer = sandbox.api("POST", path, json=items)
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]


def send_status(sandbox, hashed_id, status, **details):
    """The single-order call's answer."""
    path = f"order/update-order-status/{hashed_id}"
    return sandbox.api("POST", path, json={"status": status, **details})


def send_statuses(sandbox, *items):
    """Each item's verdict."""
    return update_products(sandbox, *items, path="order/update-order-status")


def pulled(sandbox, **query):
    """The ids that pull-orders gives."""
    answer = sandbox.api("GET", "order/pull-orders", params=query)
    assert answer.status_code == 200, answer.text
    return [order["hashed_id"] for order in answer.json()["orders"]]


def listed(sandbox, **query):
    answer = sandbox.api("GET", "supplier-product", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["supplier_products"]


def bring_to(sandbox, hashed_id, status):
    """Walk a new order to a status by those who may."""
    send = partial(send_status, sandbox, hashed_id)
    act = partial(sandbox.act, hashed_id)
    ways = {
        "pending": [],
        "editing": [lambda: act("start-editing")],
        "approved": [lambda: send("approved")],
        "assigned_to_salesman": [lambda: send("approved"), lambda: send("assigned_to_salesman")],
        "cancelled_by_retailer": [lambda: act("cancel")],
        "cancelled_by_supplier": [lambda: send("cancelled_by_supplier")],
    }
    for final in ("delivered", "returned"):
        ways[final] = [*ways["assigned_to_salesman"], partial(send, final)]
    for step in ways[status]:
        step()
    assert sandbox.order(hashed_id)["status"] == status
