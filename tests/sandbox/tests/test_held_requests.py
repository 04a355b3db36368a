"""A request held back before it is applied: an old one that arrives after a newer one."""

import httpx
import pytest

from .helpers import update_products

RICE = {"internal_product_id": "479"}


def hold_price(sandbox, value, product=RICE):
    """Send a price that is held back; the client gives up waiting."""
    before = len(sandbox.held())
    sandbox.add_fault("hold", times=1)
    item = {**product, "selling_price": value}
    with pytest.raises(httpx.ReadTimeout):
        sandbox.api("POST", "supplier-product/bulk-update", json=[item], timeout=0.2)
    wait_until(lambda: len(sandbox.held()) > before)


def wait_until(true):
    """What was asked for happens within the next turns of the sandbox's event loop."""
    assert any(true() for _ in range(500))


def wait_for_history(sandbox, length):
    wait_until(lambda: len(sandbox.history("479")) == length)
    return sandbox.history("479")


def test_held_request_overtakes_a_newer_one_on_release(sandbox, rice):
    hold_price(sandbox, 1)
    update_products(sandbox, {"internal_product_id": "479", "selling_price": 2})
    assert sandbox.product(rice)["selling_price"] == 2
    [seq] = sandbox.held()
    assert sandbox.release(seq) == [seq]
    newer, older = wait_for_history(sandbox, 2)
    assert sandbox.product(rice)["selling_price"] == 1
    assert older["arrived"] < newer["arrived"] < newer["applied"] < older["applied"]


def test_held_request_is_applied_by_itself_after_its_time(sandbox, rice):
    sandbox.add_fault("hold", seconds=0.05)
    assert update_products(sandbox, {"internal_product_id": "479", "selling_price": 1})[0][
        "success"
    ]
    assert sandbox.product(rice)["selling_price"] == 1
    assert sandbox.held() == []


def test_all_are_released_at_once(sandbox, rice):
    hold_price(sandbox, 1)
    hold_price(sandbox, 2)
    assert len(sandbox.release()) == 2
    wait_for_history(sandbox, 2)
    assert sandbox.product(rice)["selling_price"] == 2


def test_reset_drops_held_requests(sandbox):
    sandbox.reset("demo")
    hold_price(sandbox, 1, {"supplier_product_id": "100001"})
    sandbox.reset("demo")
    assert sandbox.held() == []
    update_products(sandbox, {"supplier_product_id": "100001", "selling_price": 3})
    assert [one["changes"] for one in sandbox.history("100001")] == [{"selling_price": 3}]
