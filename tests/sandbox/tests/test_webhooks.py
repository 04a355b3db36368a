"""What Odoo is told, how it is signed, and what happens when it does not answer well."""

import hashlib
import hmac
import json

import pytest

from .helpers import send_status
from .receiver import listening

ORDERS = "/cartona_integration/webhook/orders"
STATUS = "/cartona_integration/webhook/status"


@pytest.fixture
def odoo(sandbox):
    with listening() as (url, receiver):
        sandbox.set_webhooks(base_url=url, token="webhook-token", backoff_seconds=0.01)
        yield receiver
        sandbox.reset("empty")


def wait_for_state(sandbox, state, number=1):
    for _ in range(500):
        found = sandbox.deliveries(state=state)
        if len(found) >= number:
            return found
    raise AssertionError(f"no delivery became {state}")


def test_new_order_is_told_whole(sandbox, odoo, order):
    [(path, headers, body)] = odoo.wait_for(1)
    told = json.loads(body)
    assert (path, headers["AuthorizationToken"]) == (ORDERS, "webhook-token")
    assert headers["Content-Type"] == "application/json"
    assert told["hashed_id"] == order["hashed_id"]
    assert told["order_details"][0]["amount"] == 3
    assert "retailer_otp" not in told


def test_status_change_is_told_to_its_own_address(sandbox, odoo, order):
    sandbox.act(order["hashed_id"], "cancel", reason="delayed_order")
    arrived = {path: json.loads(body) for path, _, body in odoo.wait_for(2)}
    assert arrived[STATUS] == {
        "hashed_id": order["hashed_id"],
        "supplier_code": "1",
        "status": "cancelled_by_retailer",
        "cancellation_reason": "delayed_order",
    }


def test_finished_editing_tells_the_whole_order_again(sandbox, odoo, order):
    sandbox.act(order["hashed_id"], "start-editing")
    sandbox.act(order["hashed_id"], "finish-editing")
    assert sorted(path for path, _, _ in odoo.wait_for(3)) == [ORDERS, ORDERS, STATUS]


@pytest.mark.parametrize(("echo", "told"), [(True, 2), (False, 1)])
def test_suppliers_own_changes_can_be_kept_quiet(sandbox, odoo, order, echo, told):
    odoo.wait_for(1)
    sandbox.set_webhooks(echo_supplier_changes=echo)
    send_status(sandbox, order["hashed_id"], "approved")
    assert len(sandbox.deliveries()) == told


def test_signature_covers_time_and_body(sandbox, odoo, rice):
    sandbox.set_webhooks(signing_secret="s3cret")
    sandbox.place_order({"product": rice, "amount": 1})
    [(_, headers, body)] = odoo.wait_for(1)
    moment, signed = (part.split("=")[1] for part in headers["X-Marketplace-Signature"].split(","))
    wanted = hmac.new(b"s3cret", f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert signed == wanted


@pytest.mark.parametrize("refusal", [500, 503, 401])
def test_refused_delivery_is_tried_again(sandbox, odoo, rice, refusal):
    odoo.answers = [refusal, refusal]
    sandbox.place_order({"product": rice, "amount": 1})
    odoo.wait_for(3)
    [delivery] = wait_for_state(sandbox, "delivered")
    assert [attempt["status"] for attempt in delivery["attempts"]] == [refusal, refusal, 200]


def test_delivery_fails_after_its_last_attempt(sandbox, odoo, rice):
    odoo.answers = [500] * 9
    sandbox.set_webhooks(attempts=2)
    sandbox.place_order({"product": rice, "amount": 1})
    [delivery] = wait_for_state(sandbox, "failed")
    assert len(delivery["attempts"]) == 2


def test_unreachable_odoo_is_noted(sandbox, rice):
    sandbox.set_webhooks(base_url="http://127.0.0.1:9", attempts=1)
    sandbox.place_order({"product": rice, "amount": 1})
    [delivery] = wait_for_state(sandbox, "failed")
    assert "ConnectError" in delivery["attempts"][0]["error"]


def test_webhooks_can_be_switched_off(sandbox, odoo, rice):
    sandbox.set_webhooks(enabled=False)
    sandbox.place_order({"product": rice, "amount": 1})
    assert sandbox.deliveries() == []


def test_duplicates_on_demand(sandbox, odoo, rice):
    sandbox.set_webhooks(duplicate_probability=1)
    sandbox.place_order({"product": rice, "amount": 1})
    (_, _, first), (_, _, second) = odoo.wait_for(2)
    assert first == second


def test_order_of_arrival_can_be_shuffled(sandbox, odoo, rice):
    placed = [sandbox.place_order({"product": rice, "amount": 1}) for _ in range(6)]
    odoo.wait_for(6)
    sandbox.seed_chance(5)
    ids = [order["hashed_id"] for order in placed]
    deliveries = sandbox.resend(*ids, times=2, shuffle=True)
    resent = [one["hashed_id"] for one in sandbox.deliveries() if one["id"] in deliveries]
    assert sorted(resent) == sorted(ids * 2)
    assert resent != ids * 2


def test_shuffled_deliveries_all_arrive(sandbox, odoo, rice):
    sandbox.set_webhooks(shuffle_seconds=0.05)
    placed = [sandbox.place_order({"product": rice, "amount": 1}) for _ in range(6)]
    arrived = [json.loads(body)["hashed_id"] for _, _, body in odoo.wait_for(6)]
    assert sorted(arrived) == sorted(order["hashed_id"] for order in placed)


def test_a_flood_is_delivered_at_the_first_attempt(sandbox, odoo, order):
    sandbox.resend(order["hashed_id"], times=100)
    odoo.wait_for(101)
    attempts = [len(one["attempts"]) for one in wait_for_state(sandbox, "delivered", 101)]
    assert attempts == [1] * 101


@pytest.mark.parametrize(
    ("shape", "unwrap"),
    [("array", lambda told: told[0]), ("orders", lambda told: told["orders"][0])],
)
def test_body_comes_in_every_known_shape(sandbox, odoo, rice, shape, unwrap):
    sandbox.set_webhooks(body_shape=shape)
    order = sandbox.place_order({"product": rice, "amount": 1})
    [(_, _, body)] = odoo.wait_for(1)
    assert unwrap(json.loads(body))["hashed_id"] == order["hashed_id"]
