"""Every request that the addon sends is one that the hand-written OpenAPI document allows."""

import json

import pytest

from tests.sandbox.client import Sandbox as Controls
from tools.paths import ADDON

from .contract import BASE, complaints
from .waiting import wait_until


@pytest.fixture
def connected(rpc, sandbox):
    """The demo connection, live, with everything in step. :return: its id"""
    config = rpc.record(f"{ADDON}.config_demo")
    address = {"api_base_url": sandbox.api, "auth_token": sandbox.token}
    rpc.call("marketplace.config", "write", [config], address)
    rpc.call("marketplace.config", "action_test_connection", [config])
    rpc.call("marketplace.config", "action_go_live", [config])
    in_step = [("status", "=", "in_step")]
    wait_until(lambda: rpc.call("marketplace.listing", "search_count", in_step) >= 42)
    return config


@pytest.fixture
def controls(sandbox):
    """The sandbox's own controls, with products made as they are named."""
    with Controls(sandbox.url, token=sandbox.token) as running:
        running.set(auto_create=True)
        yield running


def test_the_addon_s_requests_keep_to_the_contract(controls, connected, rpc):
    [template] = rpc.call("product.template", "search", [("default_code", "=", "OIL-001")])
    rpc.call("product.template", "write", [template], {"list_price": 91.25})
    rpc.call("marketplace.config", "action_reconcile", [connected])
    wait_until(lambda: len(controls.journal(path="supplier-product", method="GET")) >= 3)
    wait_until(lambda: any("91.25" in str(e.get("body")) for e in controls.journal(method="POST")))

    requests = [entry for entry in controls.journal() if entry["path"].startswith(BASE)]
    assert {entry["method"] for entry in requests} == {"GET", "POST"}
    assert [found for entry in requests for found in complaints(entry)] == []


def sent(method="POST", path="supplier-product/bulk-update", **changes):
    """A lawful request as the sandbox's journal has it, but for the changes."""
    body = json.dumps([{"internal_product_id": "1", "selling_price": 2.5}])
    headers = {"authorizationtoken": "***", "accept": "application/json"}
    entry = {"method": method, "path": f"{BASE}/{path}", "query": "", "headers": headers}
    if method == "POST":
        entry |= {"body": body, "headers": headers | {"content-type": "application/json"}}
    entry["headers"] |= changes.pop("headers", {})
    return entry | changes


def test_a_lawful_request_gives_no_cause_for_complaint():
    assert complaints(sent()) == []
    assert complaints(sent("GET", "supplier-product", query="page=1&per_page=100")) == []
    assert complaints(sent("GET", "orders/pull-orders", query="from=2026-01-31")) == []


def test_a_body_outside_the_contract_is_noticed():
    for item in ({"internal_product_id": "1", "selling_price": "2.5"}, {"selling_price": 2.5}):
        assert complaints(sent(body=json.dumps([item])))
    assert complaints(sent(path="orders/delete-all", body="[]"))
    assert complaints(sent("GET", "supplier-product", body="{}"))


@pytest.mark.parametrize("query", ["page=0", "page=one", "pages=1", "page=1&page=2", "page"])
def test_a_query_outside_the_contract_is_noticed(query):
    assert complaints(sent("GET", "supplier-product", query=query))


def test_a_query_on_a_call_that_has_none_is_noticed():
    assert complaints(sent(query="page=1"))


@pytest.mark.parametrize(
    "headers",
    [
        {"authorizationtoken": None},
        {"authorization": "***"},
        {"content-type": "text/plain"},
        {"content-type": None},
        {"accept": "text/html"},
    ],
)
def test_headers_outside_the_contract_are_noticed(headers):
    entry = sent(headers=headers)
    entry["headers"] = {name: value for name, value in entry["headers"].items() if value}
    assert complaints(entry)
