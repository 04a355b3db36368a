"""Every request that the addon sends is one that the hand-written OpenAPI document allows."""

import json
import re

import pytest

from tests.sandbox.client import Sandbox as Controls
from tests.sandbox.tests.contract import DOCUMENT, violations
from tools.paths import ADDON

from .waiting import wait_until

BASE = "/api/v1"


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


def operation(entry):
    """What the document says about a request's path and method."""
    path = entry["path"].removeprefix(BASE).partition("?")[0]
    for template, item in DOCUMENT["paths"].items():
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), path):
            found = DOCUMENT["components"]["pathItems"][item["$ref"].rpartition("/")[2]]
            return found.get(entry["method"].lower())
    return None


def complaints(entry):
    """Where a request that the sandbox received leaves the contract."""
    allowed = operation(entry)
    if not allowed:
        return [f"{entry['method']} {entry['path']} is no call of the contract"]
    body = allowed.get("requestBody")
    if not body:
        return ["a body that nobody asked for"] if entry.get("body") else []
    schema = body["content"]["application/json"]["schema"]
    return violations(schema, json.loads(entry["body"]))


def test_the_addon_s_requests_keep_to_the_contract(controls, connected, rpc):
    [template] = rpc.call("product.template", "search", [("default_code", "=", "OIL-001")])
    rpc.call("product.template", "write", [template], {"list_price": 91.25})
    rpc.call("marketplace.config", "action_reconcile", [connected])
    wait_until(lambda: len(controls.journal(path="supplier-product", method="GET")) >= 3)
    wait_until(lambda: any("91.25" in str(e.get("body")) for e in controls.journal(method="POST")))

    requests = [entry for entry in controls.journal() if entry["path"].startswith(BASE)]
    assert {entry["method"] for entry in requests} == {"GET", "POST"}
    assert [found for entry in requests for found in complaints(entry)] == []


def test_a_request_outside_the_contract_is_noticed():
    def update(**item):
        path = f"{BASE}/supplier-product/bulk-update"
        return complaints({"method": "POST", "path": path, "body": json.dumps([item])})

    assert update(internal_product_id="1", selling_price=2.5) == []
    assert update(internal_product_id="1", selling_price="2.5")
    assert update(selling_price=2.5)
    assert complaints({"method": "POST", "path": f"{BASE}/orders/delete-all", "body": "[]"})
