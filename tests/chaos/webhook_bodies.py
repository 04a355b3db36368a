"""What strangers and broken senders post: orders with anything anywhere in them, almost JSON, bare
bytes; with and without the secret. For webhook_fuzz.py.
"""

import json
from copy import deepcopy

from hypothesis import strategies as st

SECRET = "fuzz-secret-3f9a"
ORDER = {
    "hashed_id": "ord-1",
    "supplier_code": "1",
    "status": "pending",
    "delivered_by": "delivered_by_supplier",
    "total_price": 192.5,
    "cartona_credit": 0,
    "retailer": {
        "retailer_name": "بقالة الأمانة",
        "retailer_code": "R1001",
        "retailer_number": "+201000000101",
        "retailer_address": "١٢ شارع النصر",
    },
    "order_details": [
        {"id": "1", "internal_product_id": "TEA", "amount": 2, "selling_price": 80},
        {"id": "2", "internal_product_id": "RICE", "amount": 1, "selling_price": "32.5"},
    ],
}
HEADERS = [
    {"Content_Type": "application/json"},
    {"Content_Type": "application/json; charset=utf-8"},
    {"Content_Type": "text/html"},
    {"Content_Type": "application/x-www-form-urlencoded"},
    {"Content_Type": "multipart/form-data; boundary=x"},
    {"Content_Type": b"\xff\xfe"},
    {"Content_Encoding": "gzip"},
    {"Content_Encoding": "identity"},
    {"Cookie": "session_id=abc; frontend_lang=xx"},
    {"Accept_Language": "ar, *;q=0.1"},
    {"Expect": "100-continue"},
    {"X_Forwarded_For": "1.2.3.4, x"},
    {"X_Marketplace_Signature": "t=1,v1=00"},
    {"Range": "bytes=0-1"},
]
WRONG = [
    None,
    "",
    "wrong",
    f"{SECRET}x",
    b"\xff\x80",
    b"\xd8\xb3\xd8\xb1",
    "Bearer",
    "None",
    "False",
]
PATHS = ["orders", "status", "KEY/orders", "KEY/status", "orders?self=1&endpoint_key=%00"]

_strange_texts = st.sampled_from(
    ["", " ", "\x00", "\ud800", "\u202eقمر", "<b>x</b>", "=1+1", "NaN", "1e999999", "-0", "١٢",
     "x" * 5_000, "pending", "synced", "delivered", "ord-1", "'; --", "%s", "{0}", "2026-02-30"]
)  # fmt: skip
_strange_numbers = st.sampled_from(
    [0, -1, -0.0, 1e308, 1e-308, 10**29, 10**30, 10**400, -(10**18), 2**63, 0.1, 1e9, 999_999_999,
     float("nan"), float("inf"), float("-inf")]
)  # fmt: skip
_leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(-(10**6), 10**6).map(lambda number: round(number, 3)),
    st.text(max_size=20),
    _strange_texts,
    _strange_numbers,
)
_keys = st.one_of(
    st.sampled_from([*ORDER, "orders", "data", *ORDER["order_details"][0]]), st.text()
)
_anything = st.recursive(
    _leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def _orders(draw):
    """An order in which some things have gone, and some have become anything."""
    order = deepcopy(ORDER)
    order["hashed_id"] = draw(st.sampled_from(["ord-1", "ord-2"]) | st.text(max_size=12) | _leaves)
    for _change in range(draw(st.integers(0, 3))):
        place = draw(st.sampled_from([order, order["retailer"], *order["order_details"]]))
        if place:
            key = draw(st.sampled_from(sorted(place)))
            if draw(st.booleans()):
                place[key] = draw(_anything)
            else:
                del place[key]
        if not isinstance(order.get("retailer"), dict):
            break
        if not isinstance(order.get("order_details"), list):
            break
        if not all(isinstance(line, dict) for line in order["order_details"]):
            break
    return order


_payloads = st.one_of(
    _orders(),
    st.lists(_orders() | _anything, max_size=5),
    st.builds(lambda orders: {"orders": orders}, st.lists(_orders(), max_size=3)),
    _anything,
)


@st.composite
def _almost_json(draw):
    """JSON from which a piece was cut, or into which one was put."""
    body = json.dumps(draw(_payloads)).encode()
    start = draw(st.integers(0, len(body)))
    end = min(len(body), start + draw(st.integers(0, 5)))
    return body[:start] + draw(st.binary(max_size=4)) + body[end:]


def _nested(depth, pair):
    opening, closing = pair
    return opening * depth + b"1" + closing * depth


bodies = st.one_of(
    _payloads.map(lambda payload: json.dumps(payload).encode()),
    _payloads.map(
        lambda payload: json.dumps(payload, ensure_ascii=False).encode("utf-8", "surrogatepass")
    ),
    _almost_json(),
    st.binary(max_size=100),
    st.builds(_nested, st.integers(1, 3_000), st.sampled_from([(b"[", b"]"), (b'{"a":', b"}")])),
)


@st.composite
def requests(draw):
    """:return: (body, path, secret, further headers); most with the secret, most as JSON"""
    is_stranger = draw(st.integers(0, 4)) == 0
    return (
        draw(bodies),
        draw(st.sampled_from(PATHS)),
        draw(st.sampled_from(WRONG)) if is_stranger else SECRET,
        draw(st.sampled_from(HEADERS)) if draw(st.integers(0, 4)) == 0 else {},
    )
