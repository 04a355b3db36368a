"""The journal: what it keeps of each request, how it is asked, and its bounds."""

from ..client import TOKEN
from ..journal import Journal
from .helpers import pulled, send_status, update_products


def note(journal, body=b"", items=(), path="/api/v1/supplier-product"):
    entry = journal.open(
        body=body, arrived=1.0, monotonic_ns=1, method="POST", path=path, query="", headers={}
    )
    entry.items = list(items)
    journal.close(entry, 200, b"{}", 2.0)
    return entry


def test_request_and_answer_are_kept(sandbox, rice):
    update_products(sandbox, {"internal_product_id": "479", "selling_price": 7}, {})
    [entry] = sandbox.journal()
    assert (entry["method"], entry["path"]) == ("POST", "/api/v1/supplier-product/bulk-update")
    assert (entry["status"], entry["account"], entry["refused"]) == (200, "main", 1)
    assert '"selling_price":7' in entry["body"].replace(" ", "")
    assert '"results"' in entry["answer"]
    assert entry["arrived"] <= entry["applied"] <= entry["finished"]
    assert entry["monotonic_ns"] > 0


def test_token_is_never_kept(sandbox):
    sandbox.api("GET", "supplier-product", headers={"Authorization": f"Bearer {TOKEN}"})
    answer = sandbox.http.get("/_sandbox/journal").text
    assert TOKEN not in answer
    assert '"authorizationtoken":"***"' in answer


def test_journal_is_asked_by_what_it_was_about(sandbox, rice, order):
    update_products(sandbox, {"internal_product_id": "479", "selling_price": 7})
    send_status(sandbox, order["hashed_id"], "approved")
    pulled(sandbox)
    assert [one["seq"] for one in sandbox.journal(product=rice)] == [
        one["seq"] for one in sandbox.journal(product="479")
    ]
    assert len(sandbox.journal(product=rice)) == 1
    [entry] = sandbox.journal(hashed_id=order["hashed_id"])
    assert entry["path"].endswith(order["hashed_id"])
    assert len(sandbox.journal(path="order/")) == 2
    assert len(sandbox.journal(method="get")) == 1


def test_refused_product_is_found_too(sandbox):
    update_products(sandbox, {"internal_product_id": "nobody"})
    assert len(sandbox.journal(product="nobody")) == 1


def test_reader_goes_on_where_it_stopped(sandbox):
    pulled(sandbox)
    last = sandbox.last_seq()
    pulled(sandbox)
    assert [one["seq"] for one in sandbox.journal(since=last)] == [last + 1]
    sandbox.clear_journal()
    pulled(sandbox)
    assert [one["seq"] for one in sandbox.journal(since=last)] == [last + 2]


def test_newest_come_first_when_asked(sandbox):
    for _ in range(3):
        pulled(sandbox)
    newest = sandbox.journal(newest_first=True, limit=2)
    assert [one["seq"] for one in newest] == [sandbox.last_seq(), sandbox.last_seq() - 1]


def test_counters_tell_calls_items_and_answers(sandbox, rice, order):
    update_products(sandbox, {"internal_product_id": "479"}, {"internal_product_id": "480"})
    send_status(sandbox, order["hashed_id"], "approved")
    send_status(sandbox, order["hashed_id"], "delivered")
    counters = sandbox.counters()
    assert counters["POST /api/v1/supplier-product/bulk-update"] == {
        "calls": 1,
        "items": 2,
        "by_status": {"200": 1},
    }
    assert counters["POST /api/v1/order/update-order-status/<hashed_id>"]["by_status"] == {
        "200": 1,
        "409": 1,
    }


def test_fault_that_hit_is_named(sandbox):
    fault = sandbox.add_fault("status")
    sandbox.api("GET", "supplier-product")
    [entry] = sandbox.journal()
    assert (entry["fault"], entry["status"]) == (f"{fault['id']}:status", 503)
    assert entry["applied"] is None


def test_oldest_entries_give_way():
    journal = Journal(entries=2)
    kept = [note(journal) for _ in range(3)][1:]
    assert list(journal.find()) == kept
    assert journal.counters()["POST /api/v1/supplier-product"]["calls"] == 3


def test_oldest_bodies_give_way_before_their_entries():
    journal = Journal(body_bytes=30)
    old, new = note(journal, b"x" * 20), note(journal, b"y" * 20)
    assert list(journal.find()) == [old, new]
    assert (old.body, old.body_size, new.body) == (None, 20, b"y" * 20)
