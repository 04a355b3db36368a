"""Each fault: what the client sees, and whether the request was carried out all the same."""

import socket
import struct
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
import pytest

from ..client import TOKEN
from .helpers import update_products

UPDATE = "supplier-product/bulk-update"
PRICE_7 = [{"internal_product_id": "479", "selling_price": 7}]


def price(sandbox, rice):
    return sandbox.product(rice)["selling_price"]


@pytest.mark.parametrize("status", [500, 502, 503, 401, 404])
@pytest.mark.parametrize(("apply", "left"), [(False, 32.5), (True, 7)])
def test_status_is_answered_whether_applied_or_not(sandbox, rice, status, apply, left):
    sandbox.add_fault("status", status=status, apply=apply)
    answer = sandbox.api("POST", UPDATE, json=PRICE_7)
    assert (answer.status_code, answer.json()["error"]) == (status, "fault")
    assert price(sandbox, rice) == left


def test_rate_limit_says_how_many_seconds(sandbox):
    sandbox.add_fault("rate_limit", seconds=7)
    answer = sandbox.api("GET", "supplier-product")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")


def test_rate_limit_says_until_when(sandbox):
    sandbox.add_fault("rate_limit", seconds=3600, retry_after_date=True)
    answer = sandbox.api("GET", "supplier-product")
    until = parsedate_to_datetime(answer.headers["Retry-After"])
    waits = (until - datetime.now(timezone.utc)).total_seconds()
    assert 3000 < waits <= 3600


def test_delayed_answer_is_the_real_one(sandbox, rice):
    sandbox.add_fault("delay", seconds=0.05, jitter=0.05)
    assert update_products(sandbox, *PRICE_7)[0]["success"]
    [entry] = sandbox.journal()
    assert entry["applied"] - entry["arrived"] >= 0.05


@pytest.mark.parametrize(("apply", "left"), [(False, 32.5), (True, 7)])
def test_timeout_never_answers(sandbox, rice, apply, left):
    sandbox.add_fault("timeout", apply=apply)
    with pytest.raises(httpx.ReadTimeout):
        sandbox.api("POST", UPDATE, json=PRICE_7, timeout=0.2)
    assert price(sandbox, rice) == left


def test_timeout_can_end_by_itself(sandbox):
    sandbox.add_fault("timeout", seconds=0.05)
    with pytest.raises(httpx.RemoteProtocolError):
        sandbox.api("GET", "supplier-product")


@pytest.mark.parametrize(("apply", "left"), [(False, 32.5), (True, 7)])
def test_reset_is_a_real_tcp_reset(sandbox, rice, apply, left):
    sandbox.add_fault("reset", apply=apply)
    body = b'[{"internal_product_id": "479", "selling_price": 7}]'
    head = (
        f"POST /api/v1/{UPDATE} HTTP/1.1\r\nHost: x\r\nAuthorizationToken: {TOKEN}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    address = urlsplit(sandbox.base_url)
    with socket.create_connection((address.hostname, address.port), timeout=5) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 0, 0))
        connection.sendall(head.encode() + body)
        with pytest.raises(ConnectionResetError):
            connection.recv(1)
    assert price(sandbox, rice) == left


def test_answer_is_lost_after_the_request_was_applied(sandbox, rice):
    sandbox.add_fault("lose_answer")
    with pytest.raises(httpx.RemoteProtocolError):
        sandbox.api("POST", UPDATE, json=PRICE_7)
    assert price(sandbox, rice) == 7


def test_truncated_body_breaks_off_in_the_middle(sandbox, rice):
    sandbox.add_fault("truncate")
    with pytest.raises(httpx.RemoteProtocolError, match="complete message body"):
        sandbox.api("POST", UPDATE, json=PRICE_7)
    assert price(sandbox, rice) == 7


@pytest.mark.parametrize("status", [200, 502])
def test_answer_that_is_no_json(sandbox, status):
    sandbox.add_fault("not_json", status=status)
    answer = sandbox.api("GET", "supplier-product")
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")
    with pytest.raises(ValueError):
        answer.json()


def test_listed_items_of_a_bulk_call_fail(sandbox, rice):
    sandbox.put_products({"internal_product_id": "480"})
    sandbox.add_fault("partial", path=UPDATE, items=["480"])
    verdicts = update_products(
        sandbox, *PRICE_7, {"internal_product_id": "480", "selling_price": 7}
    )
    assert [verdict["success"] for verdict in verdicts] == [True, False]
    assert verdicts[1]["error"] == "fault"
    assert price(sandbox, "480") == 0


def test_items_of_a_bulk_call_fail_by_chance(sandbox, rice):
    sandbox.seed_chance(1)
    sandbox.add_fault("partial", item_probability=0.5)
    verdicts = update_products(sandbox, *PRICE_7 * 200)
    assert 60 < sum(verdict["success"] for verdict in verdicts) < 140


def test_fault_hits_only_its_path_and_method(sandbox):
    sandbox.add_fault("status", path="order/*", method="GET")
    assert sandbox.api("GET", "supplier-product").status_code == 200
    assert sandbox.api("POST", "order/update-order-status", json=[]).status_code == 200
    assert sandbox.api("GET", "order/pull-orders").status_code == 503


def test_fault_ends_after_so_many_hits(sandbox):
    sandbox.add_fault("status", times=2)
    statuses = [sandbox.api("GET", "supplier-product").status_code for _ in range(4)]
    assert statuses == [503, 503, 200, 200]
    [fault] = sandbox.admin("GET", "faults")
    assert fault["hits"] == 2


def test_fault_ends_when_cleared(sandbox):
    fault = sandbox.add_fault("status")
    sandbox.add_fault("delay")
    sandbox.admin("DELETE", f"faults/{fault['id']}")
    assert sandbox.api("GET", "supplier-product").status_code == 200
    sandbox.clear_faults()
    assert sandbox.admin("GET", "faults") == []


def outcomes(sandbox, calls):
    return [sandbox.api("GET", "supplier-product").status_code for _ in range(calls)]


def test_same_seed_brings_the_same_faults(sandbox):
    sandbox.add_fault("status", probability=0.5)
    sandbox.seed_chance(7)
    first = outcomes(sandbox, 40)
    sandbox.seed_chance(7)
    assert outcomes(sandbox, 40) == first
    assert len(set(first)) == 2


def test_probabilities_of_several_faults_add_up(sandbox):
    sandbox.seed_chance(3)
    sandbox.add_fault("status", status=500, probability=0.4)
    sandbox.add_fault("status", status=503, probability=0.6)
    seen = outcomes(sandbox, 60)
    assert set(seen) == {500, 503}


@pytest.mark.parametrize(
    "spec", [{"kind": "flood"}, {"kind": "status", "probability": 2}, {"kind": "delay", "x": 1}]
)
def test_fault_that_makes_no_sense_is_refused(sandbox, spec):
    answer = sandbox.http.post("/_sandbox/faults", json=spec)
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_value")
