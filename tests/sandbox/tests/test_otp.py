"""The retailer's code: when `delivered` needs it, and what a wrong one gets."""

import pytest

from .helpers import bring_to, send_status, send_statuses


@pytest.fixture(params=["installment_cost", "wallet_top_up"])
def shipped(request, sandbox, rice):
    """An order under way whose delivery needs the code."""
    order = sandbox.place_order({"product": rice, "amount": 3}, **{request.param: "10.50"})
    bring_to(sandbox, order["hashed_id"], "assigned_to_salesman")
    return order


@pytest.mark.parametrize(
    ("code", "error"),
    [(None, "otp_required"), ("0000", "otp_wrong"), ("", "bad_identifier"), ("٤", "otp_wrong")],
)
def test_delivery_without_the_right_code_is_refused(sandbox, shipped, code, error):
    details = {} if code is None else {"retailer_otp": code}
    answer = send_status(sandbox, shipped["hashed_id"], "delivered", **details)
    assert (answer.status_code, answer.json()["error"]) == (422, error)
    assert sandbox.order(shipped["hashed_id"])["status"] == "assigned_to_salesman"


@pytest.mark.parametrize("kind", [str, int])
def test_right_code_completes_the_delivery(sandbox, shipped, kind):
    code = kind(shipped["retailer_otp"])
    answer = send_status(sandbox, shipped["hashed_id"], "delivered", retailer_otp=code)
    assert answer.status_code == 200


def test_bulk_call_answers_per_item(sandbox, shipped):
    item = {"hashed_id": shipped["hashed_id"], "status": "delivered"}
    missing, wrong, right = send_statuses(
        sandbox,
        item,
        {**item, "retailer_otp": "0000"},
        {**item, "retailer_otp": shipped["retailer_otp"]},
    )
    assert (missing["error"], wrong["error"]) == ("otp_required", "otp_wrong")
    assert right["success"] is True


def test_credit_alone_needs_no_code(sandbox, rice):
    order = sandbox.place_order({"product": rice, "amount": 3}, cartona_credit="20")
    bring_to(sandbox, order["hashed_id"], "delivered")


def test_supplier_never_sees_the_code(sandbox, shipped):
    assert "retailer_otp" not in sandbox.api("GET", "order/pull-orders").json()["orders"][0]
