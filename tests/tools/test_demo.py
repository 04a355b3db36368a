"""`make demo` on a database that people have tried things with: one clear line."""

import xmlrpc.client
from types import SimpleNamespace

import pytest

from tools import demo
from tools.console import StepError

SANDBOX = SimpleNamespace(api="http://127.0.0.1:8070/api/v1/")


class FakeRpc:
    """Odoo's answers, as far as the demo asks before it gives up."""

    def __init__(self, uid=2, config=1, fault=""):
        self.uid = uid
        self._config = config
        self._fault = fault

    def record(self, _external_id):
        return self._config

    def call(self, *_arguments):
        raise xmlrpc.client.Fault(2, f"{self._fault}\n")


def test_a_changed_password_is_named():
    with pytest.raises(StepError, match="another password than `admin`.*DATABASE=another_name"):
        demo.connect(FakeRpc(uid=False), SANDBOX)


def test_a_deleted_connection_is_named():
    with pytest.raises(StepError, match="connection has been deleted.*DATABASE=another_name"):
        demo.connect(FakeRpc(config=None), SANDBOX)


def test_a_connection_that_can_not_be_used_says_why():
    with pytest.raises(StepError, match="any more: The token is wrong. Start anew.*DATABASE="):
        demo.connect(FakeRpc(fault="The token is wrong."), SANDBOX)


class RecordingRpc:
    """A database with two variants and a connection that is live already; it keeps what is done."""

    def __init__(self):
        self.uid = 2
        self.done = []

    def record(self, _external_id):
        return 1

    def call(self, model, method, *arguments, context=None):
        self.done.append(method)
        if method == "read":
            return [{"state": "live", "company_id": [4, "Nile"], "supplier_code": "2"}]
        if method == "search_read":
            with_code = (context or {}).get("display_default_code", True)
            prefix = "[JUI] " if with_code else ""
            return [
                {"id": number, "name": "Juice", "display_name": f"{prefix}Juice ({taste})"}
                for number, taste in ((7, "Mango"), (8, "Guava"))
            ]
        return []


def test_a_live_connection_is_paused_and_tested_before_it_goes_live_again():
    rpc, products = RecordingRpc(), []
    demo.connect(rpc, SimpleNamespace(api=SANDBOX.api, put_products=products.extend))
    steps = [method for method in rpc.done if method == "write" or method.startswith("action_")]
    assert steps == [
        "action_pause",
        "write",
        "action_test_connection",
        "action_confirm_deployment",
        "action_go_live",
    ]


def test_variants_have_names_of_their_own():
    products = []
    demo.connect(RecordingRpc(), SimpleNamespace(api=SANDBOX.api, put_products=products.extend))
    assert [one["base_product_name"] for one in products] == ["Juice (Mango)", "Juice (Guava)"]
