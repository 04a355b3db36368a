"""One sandbox process for all tests; each test gets it empty and freshly reset."""

import pytest

from ..client import Sandbox
from ..server import running_sandbox


@pytest.fixture(scope="session")
def sandbox_url():
    with running_sandbox("--seed", "empty") as url:
        yield url


@pytest.fixture
def sandbox(sandbox_url):
    with Sandbox(sandbox_url) as client:
        client.reset("empty")
        yield client


@pytest.fixture
def rice(sandbox):
    """One listing, known to the supplier as 479."""
    [product_id] = sandbox.put_products(
        {
            "internal_product_id": "479",
            "base_product_name": "أرز",
            "selling_price": "32.50",
            "available_stock_quantity": 100,
        }
    )
    return product_id


@pytest.fixture
def order(sandbox, rice):
    """A pending order of three bags of rice."""
    return sandbox.place_order({"product": rice, "amount": 3})
