"""The sandbox against the hand-written OpenAPI document, and the document against its examples."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from openapi_spec_validator import validate
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
    positive_data_acceptance,
    unsupported_method,
)

from ..client import TOKEN
from .contract import DOCUMENT, FOLDER, PATH, example, example_uses, violations

USES = list(example_uses())
schema = schemathesis.openapi.from_path(PATH)
# The other spellings lead to the same endpoints: enough to fuzz them once.
first_spelling = schema.exclude(path_regex="^/(base-product|orders)")
BOUNDED = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# Ids that fit the schema are still unknown to the sandbox: refusing them is right.
NOT_MEANT = [positive_data_acceptance, unsupported_method]


def test_document_is_valid_openapi():
    validate(DOCUMENT)


@pytest.mark.parametrize(("name", "shape"), USES, ids=[name for name, _ in USES])
def test_example_fits_its_schema(name, shape):
    assert violations(shape, example(name)) == []


def test_every_example_is_used():
    stored = {f"examples/{path.name}" for path in (FOLDER / "examples").glob("*.json")}
    assert stored == {name for name, _ in USES}


@pytest.fixture
def stocked(sandbox):
    """Products and orders that the examples speak of, and accounts of every spelling."""
    sandbox.put_products(
        {"supplier_product_id": "100001", "internal_product_id": "479", "base_product_id": "4001"},
        {
            "internal_product_id": "904#2",
            "base_product_id": "4001",
            "unit": "box",
            "unit_count": 12,
        },
        {"internal_product_id": "481"},
    )
    for hashed_id in ("a1b2c3d4e5", "f6e7d8c9b0", "0a1b2c3d4e"):
        line = {"product": "479", "amount": 1}
        sandbox.place_order(line, hashed_id=hashed_id, installment_cost="5", force=True)
    return sandbox


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("supplier-product/bulk-update", "product-update"),
        ("supplier-product/base-product/bulk-update", "base-product-update"),
        ("base-product/bulk-update-stock", "base-stock-update"),
        ("order/update-order-status", "status-update"),
    ],
)
def test_example_request_is_taken(stocked, path, name):
    answer = stocked.api("POST", path, json=example(f"examples/{name}.json"))
    assert all(verdict["success"] for verdict in answer.json()["results"]), answer.text


@schema.parametrize()
@BOUNDED
def test_answers_keep_to_the_document(stocked, case):
    stocked.set(order_by_id=True)
    case.call_and_validate(
        base_url=f"{stocked.base_url}/api/v1",
        headers={"AuthorizationToken": TOKEN},
        # Here a bad item is answered inside a 200.
        excluded_checks=[*NOT_MEANT, negative_data_rejection],
    )


@first_spelling.parametrize()
@BOUNDED
def test_whatever_breaks_the_document_is_refused(stocked, case):
    stocked.set(bulk_answers="whole_batch", misspelt_fields=True, list_answers="array")
    case.call_and_validate(
        base_url=f"{stocked.base_url}/api/v1",
        headers={"AuthorizationToken": TOKEN},
        excluded_checks=NOT_MEANT,
    )
