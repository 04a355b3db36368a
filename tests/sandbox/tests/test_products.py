"""Listing and updating products: identifiers, values, paging, base products and their stock."""

import pytest

from .helpers import listed, update_products


@pytest.mark.parametrize("path", ["supplier-product", "base-product"])
def test_update_is_seen_in_both_spellings(sandbox, rice, path):
    [verdict] = update_products(
        sandbox, {"internal_product_id": "479", "selling_price": 12.1}, path=f"{path}/bulk-update"
    )
    assert verdict == {"index": 0, "success": True, "internal_product_id": "479"}
    [product] = sandbox.api("GET", path).json()["supplier_products"]
    assert product["selling_price"] == 12.1


def test_supplier_product_id_wins_over_internal_id(sandbox, rice):
    sandbox.put_products({"internal_product_id": "904#2", "selling_price": "5"})
    item = {"supplier_product_id": rice, "internal_product_id": "904#2", "selling_price": 9}
    update_products(sandbox, item)
    assert sandbox.product(rice)["selling_price"] == 9
    assert sandbox.product("904#2")["selling_price"] == 5


def test_base_product_with_unit_names_one_listing(sandbox):
    piece, box = sandbox.put_products(
        {"base_product_id": "7", "unit": "piece"},
        {"base_product_id": "7", "unit": "box", "unit_count": 12},
    )
    item = {"base_product_id": 7, "unit": "box", "unit_count": 12, "selling_price": 99}
    assert update_products(sandbox, item)[0]["success"]
    assert sandbox.product(box)["selling_price"] == 99
    assert sandbox.product(piece)["selling_price"] == 0


def test_money_keeps_every_digit(sandbox, rice):
    body = b'[{"internal_product_id": "479", "selling_price": 10.10000000000000000001}]'
    sandbox.api("POST", "supplier-product/bulk-update", content=body)
    assert b'"selling_price":10.10000000000000000001' in sandbox.api("GET", "base-product").content


def test_new_stock_decides_whether_it_is_in_stock(sandbox, rice):
    update_products(sandbox, {"internal_product_id": "479", "available_stock_quantity": 0})
    assert sandbox.product(rice)["in_stock"] is False
    update_products(sandbox, {"internal_product_id": "479", "available_stock_quantity": 4})
    assert sandbox.product(rice)["in_stock"] is True


@pytest.mark.parametrize(
    ("item", "error"),
    [
        ({"internal_product_id": "479", "available_stock_quantity": -1}, "negative_value"),
        ({"internal_product_id": "479", "selling_price": -0.01}, "negative_value"),
        ({"internal_product_id": "479", "selling_price": "12"}, "wrong_type"),
        ({"internal_product_id": "479", "selling_price": True}, "wrong_type"),
        ({"internal_product_id": "479", "available_stock_quantity": 1.5}, "wrong_type"),
        ({"internal_product_id": "479", "is_published": 1}, "wrong_type"),
        ({"internal_product_id": "479", "min_order": 0}, "too_small"),
        ({"internal_product_id": "nobody"}, "unknown_product"),
        ({"internal_product_id": ""}, "bad_identifier"),
        ({"internal_product_id": None}, "wrong_type"),
        ({"supplier_product_id": "1"}, "unknown_product"),
        ({"base_product_id": "1"}, "missing_identifier"),
        ({"base_product_id": "1", "unit": "barrel", "unit_count": 1}, "bad_value"),
        ({"selling_price": 1}, "missing_identifier"),
        ({"internal_product_id": "479", "supplier_code": "9"}, "unknown_supplier_code"),
        ("479", "wrong_type"),
    ],
)
def test_bad_item_is_refused_and_changes_nothing(sandbox, rice, item, error):
    before = sandbox.product(rice)
    [verdict] = update_products(sandbox, item)
    assert (verdict["success"], verdict["error"]) == (False, error)
    assert verdict["message"]
    assert sandbox.product(rice) == before


def test_unknown_product_becomes_a_listing_under_auto_create(sandbox):
    sandbox.set(auto_create=True)
    item = {"internal_product_id": "904", "selling_price": 3, "available_stock_quantity": 2}
    pack = {"internal_product_id": "904#2", "selling_price": 30, "unit_count": 12}
    assert all(verdict["success"] for verdict in update_products(sandbox, item, pack))
    piece, box = sandbox.product("904"), sandbox.product("904#2")
    assert (piece["selling_price"], piece["available_stock_quantity"]) == (3, 2)
    assert box["base_product_id"] == piece["base_product_id"]
    assert (box["unit"], box["unit_count"]) == ("box", 12)


def test_supplier_code_tells_accounts_of_one_token_apart(sandbox):
    sandbox.put_products(
        {"internal_product_id": "479", "supplier_code": "1"},
        {"internal_product_id": "479", "supplier_code": "2"},
    )
    item = {"internal_product_id": "479", "supplier_code": 2, "selling_price": 8}
    assert update_products(sandbox, item)[0]["success"]
    prices = {one["supplier_code"]: one["selling_price"] for one in listed(sandbox)}
    assert prices == {"1": 0, "2": 8}


def test_pages_hold_every_listing_once(sandbox):
    sandbox.put_products(*({"internal_product_id": str(number)} for number in range(7)))
    pages = [listed(sandbox, page=page, per_page=3) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    seen = [one["internal_product_id"] for page in pages for one in page]
    assert seen == [str(number) for number in range(7)]


def test_page_is_never_larger_than_the_largest(sandbox):
    sandbox.put_products(*({"internal_product_id": str(number)} for number in range(7)))
    sandbox.set(largest_page=5)
    answer = sandbox.api("GET", "supplier-product", params={"limit": 500}).json()
    assert (len(answer["supplier_products"]), answer["per_page"], answer["total"]) == (5, 5, 7)


@pytest.mark.parametrize("query", ["page=0", "page=x", "per_page=-1", "limit=1.5", "page=٣"])
def test_bad_page_is_refused(sandbox, query):
    answer = sandbox.api("GET", f"supplier-product?{query}")
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_value")


def test_list_can_be_a_bare_array(sandbox, rice):
    sandbox.set(list_answers="array")
    assert sandbox.api("GET", "supplier-product").json()[0]["supplier_product_id"] == rice


def test_filters_narrow_the_list(sandbox, rice):
    sandbox.put_products({"internal_product_id": "480", "base_product_name": "سكر"})
    assert [one["internal_product_id"] for one in listed(sandbox, search_token="سك")] == ["480"]
    assert [one["internal_product_id"] for one in listed(sandbox, internal_product_id="479")] == [
        "479"
    ]
    assert [one["supplier_product_id"] for one in listed(sandbox, supplier_product_id=rice)] == [
        rice
    ]


def test_misspelt_names_replace_the_right_ones(sandbox, rice):
    sandbox.set(misspelt_fields=True)
    [product] = listed(sandbox)
    assert product["suppler_prodcut_id"] == rice
    assert product["suppler_prodcut_name"] == "أرز"
    assert "supplier_product_id" not in product


def test_bundles_can_be_hidden(sandbox):
    sandbox.put_products({"internal_product_id": "b", "is_bundle": True})
    assert listed(sandbox)[0]["is_bundle"] is True
    sandbox.set(bundles=False)
    assert listed(sandbox) == []


@pytest.mark.parametrize(
    "path",
    ["supplier-product/base-product/bulk-update-stock", "base-product/bulk-update-stock"],
)
def test_base_stock_is_divided_by_each_unit(sandbox, path):
    piece, box = sandbox.put_products(
        {"base_product_id": "7", "unit": "piece"},
        {"base_product_id": "7", "unit": "box", "unit_count": 12},
    )
    update_products(sandbox, {"base_product_id": "7", "available_stock_quantity": 50}, path=path)
    assert sandbox.product(piece)["available_stock_quantity"] == 50
    assert sandbox.product(box)["available_stock_quantity"] == 4


def test_base_update_moves_all_units(sandbox):
    ids = sandbox.put_products(
        {"base_product_id": "7", "unit": "piece"},
        {"base_product_id": "7", "unit": "box", "unit_count": 12},
    )
    path = "supplier-product/base-product/bulk-update"
    update_products(sandbox, {"base_product_id": "7", "is_published": False}, path=path)
    assert [sandbox.product(one)["is_published"] for one in ids] == [False, False]


def test_base_products_show_their_units(sandbox):
    sandbox.put_products(
        {"base_product_id": "7", "unit": "piece"},
        {"base_product_id": "7", "unit": "box", "unit_count": 12},
    )
    [base] = sandbox.api("GET", "supplier-product/base-products").json()["base_products"]
    assert base["base_product_id"] == "7"
    assert base["units"] == [{"unit": "piece", "unit_count": 1}, {"unit": "box", "unit_count": 12}]


def test_history_keeps_each_value_with_its_time(sandbox, rice):
    for price in (1, 2):
        update_products(sandbox, {"internal_product_id": "479", "selling_price": price})
    first, second = sandbox.history("479")
    assert (first["changes"], second["changes"]) == ({"selling_price": 1}, {"selling_price": 2})
    assert first["arrived"] <= first["applied"] <= second["arrived"]


def test_whole_state_can_be_compared(sandbox, rice):
    [row] = sandbox.product_state()
    assert row["supplier_product_id"] == rice
    assert (row["selling_price"], row["available_stock_quantity"]) == (32.5, 100)
