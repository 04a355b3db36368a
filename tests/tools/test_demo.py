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
