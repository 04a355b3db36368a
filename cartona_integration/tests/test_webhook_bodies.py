# Bad input: whatever a stranger or a broken sender posts gets the right answer, and at worst one
# row of the inbox that says what is wrong with it.
import gzip
import json
from contextlib import contextmanager
from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ..utils.exact_json import loads
from ..utils.strict_json import Malformed, parse
from .inbound_common import InboundCase
from .webhook_common import SECRET, WebhookCase


@tagged("post_install", "-at_install")
class TestWebhookBodies(InboundCase, WebhookCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # an archived connection keeps its secret
        everybody = cls.env["marketplace.config"].with_context(active_test=False)
        everybody.search([("webhook_token", "=", SECRET)]).webhook_token = False
        cls.config.webhook_token = SECRET

    @contextmanager
    def as_jobs_would(self):
        """A test with a server shares its transaction all the time."""
        yield

    def cause_of(self, *elements, kind="orders"):
        """The row that is made of what is posted, once it has been dealt with."""
        answer = self.post(list(elements), kind)
        self.assertEqual((answer.status_code, answer.json()), (200, {"received": len(elements)}))
        self.take_in()
        row = self.rows()[-1]
        if row.state == "quarantined":
            self.assertTrue(row.cause)
        return row.state, row.cause_code

    def test_a_good_order_becomes_a_quotation(self):
        self.assertEqual(self.cause_of(self.order()), ("done", False))
        self.assertEqual(self.sale_orders().amount_total, 192.5)

    def test_only_json_as_it_is_gets_in(self):
        body = json.dumps(self.order()).encode()
        for kind in (
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "",
            "application/jsonp",
            "application/json; charset=utf-16",
        ):
            answer = self.post(body, headers={"Content-Type": kind})
            self.assert_refused(answer, 415, "not_json_type")
        for coding in ("gzip", "deflate", "br", "GZIP, gzip", "x"):
            answer = self.post(gzip.compress(body), headers={"Content-Encoding": coding})
            self.assert_refused(answer, 415, "encoded")
        for kind in ("application/json;charset=UTF-8", "Application/JSON", "application/x+json"):
            self.assertEqual(self.post(body, headers={"Content-Type": kind}).status_code, 200)

    def test_a_body_that_is_too_long_is_not_read(self):
        limit = 1024 * 1024
        self.assert_refused(self.post(b"[" + b" " * (limit - 1) + b"]"), 413, "too_large")
        self.assert_refused(self.post(b"[" + b" " * (limit - 2) + b"]"), 400, "no_order")

    def test_what_is_no_json_of_ours_is_refused_with_the_reason(self):
        for body in (
            b"", b"hashed_id=1", b"<html></html>", b"[", b"{'hashed_id': 1}", b"\xff\xfe[",
            b'{"hashed_id": "a", "total_price": NaN}', b'{"hashed_id": "a", "x": -Infinity}',
            b'{"hashed_id": "a", "hashed_id": "b"}', b'{"hashed_id": "a\\u0000"}',
            b'{"hashed_id": "a", "x": "\\ud800"}', b'{"hashed_id": "a", "x": 1e400}',
            b'{"hashed_id": "a", "x": 1' + b"0" * 5_000 + b"}", b"[" * 40 + b"]" * 40,
            b"[" * 500_000, b'{"a":' * 100_000,
        ):  # fmt: skip
            self.assert_refused(self.post(body), 400, "not_json")

    def test_what_has_no_order_in_it_is_refused(self):
        for payload in (
            None, 0, "", "ord-1", [], {}, [[]], [None], {"orders": []}, {"orders": None},
            {"orders": {"hashed_id": "a"}}, {"hashed_id": None}, {"hashed_id": ""},
            {"hashed_id": "  "}, {"hashed_id": ["a"]}, {"hashed_id": True},
            {"hashed_id": "x" * 101}, [{"id": "a"}, "a"],
        ):  # fmt: skip
            self.assert_refused(self.post(payload), 400, "no_order")

    def test_more_orders_than_anybody_sends_at_once_are_refused(self):
        self.assert_refused(self.post([{"hashed_id": "a"}] * 1_001), 413, "too_many")

    def test_one_bad_order_does_not_hold_back_the_others(self):
        elements = [None, {"hashed_id": ""}, 7, self.order("ord-2"), {"hashed_id": "ord-3"}]
        self.assertEqual(self.cause_of(*elements), ("quarantined", "bad_value"))
        self.assertEqual(self.rows().mapped("state"), ["quarantined"] * 3 + ["done", "quarantined"])
        self.assertEqual(self.sale_orders().mapped("cartona_id"), ["ord-2"])

    def test_the_same_order_twice_is_taken_twice_and_made_once(self):
        for _time in range(2):
            self.cause_of(self.order())
        self.assertEqual(len(self.rows()), 2)
        self.assertEqual(len(self.sale_orders()), 1)

    def line(self, **values):
        return [self.order()["order_details"][0] | values]

    def test_values_that_nobody_can_mean_wait_with_their_reason(self):
        for number, (values, cause) in enumerate(
            (
                ({"order_details": self.line(amount=-2)}, "bad_number"),
                ({"order_details": self.line(amount=0)}, "bad_number"),
                ({"order_details": self.line(amount="two")}, "bad_number"),
                ({"order_details": self.line(amount="Infinity")}, "bad_number"),
                ({"order_details": self.line(amount="NaN")}, "bad_number"),
                ({"order_details": self.line(amount=10**20)}, "bad_number"),
                ({"order_details": self.line(amount=[1])}, "bad_number"),
                ({"order_details": self.line(amount=None)}, "bad_number"),
                ({"order_details": self.line(selling_price=-80)}, "bad_number"),
                ({"order_details": self.line(selling_price=True)}, "bad_number"),
                ({"order_details": self.line(selling_price="1e5000")}, "bad_number"),
                ({"order_details": self.line(internal_product_id="NOBODY")}, "product_unknown"),
                ({"order_details": self.line(internal_product_id=None)}, "product_unknown"),
                ({"order_details": self.line(internal_product_id={})}, "bad_value"),
                ({"order_details": None}, "bad_value"),
                ({"order_details": [None]}, "bad_value"),
                ({"order_details": "x"}, "bad_value"),
                ({"order_details": []}, "no_lines"),
                ({"retailer": None}, "bad_value"),
                ({"retailer": []}, "bad_value"),
                ({"retailer": dict.fromkeys(self.order()["retailer"])}, "customer_unknown"),
                ({"status": "shipped_to_mars"}, "unknown_status"),
                ({"status": {}}, "bad_value"),
                ({"total_price": "many"}, "bad_number"),
            )
        ):
            with self.subTest(values=values):
                element = self.order(f"bad-{number}", **values)
                self.assertEqual(self.cause_of(element), ("quarantined", cause))
        self.assertFalse(self.sale_orders())

    def test_an_order_of_which_every_value_is_null_waits_with_its_reason(self):
        element = dict.fromkeys(self.order()) | {"hashed_id": "void"}
        self.assertEqual(self.cause_of(element), ("quarantined", "bad_value"))
        self.assertEqual(self.cause_of({"hashed_id": "void-2"}), ("quarantined", "bad_value"))

    def test_an_order_of_ten_thousand_lines_waits_with_its_reason(self):
        lines = [
            {"id": str(n), "internal_product_id": "MPT-OIL", "amount": 1, "selling_price": 1}
            for n in range(10_000)
        ]
        body = json.dumps([self.order("long", order_details=lines)], separators=(",", ":"))
        self.assertLess(len(body), 1024 * 1024)
        self.assertEqual(self.post(body.encode()).status_code, 200)
        self.take_in()
        self.assertEqual(self.rows().mapped("cause_code"), ["too_many_lines"])

    def test_another_supplier_s_order_waits_with_its_reason(self):
        self.config.supplier_code = "1"
        element = self.order(supplier_code="2")
        self.assertEqual(self.cause_of(element), ("quarantined", "foreign_supplier"))

    def test_html_and_turned_text_are_only_text(self):
        retailer = self.order()["retailer"] | {
            "retailer_name": "<script>alert(1)</script>\u202eقمر",
            "retailer_code": "R-html",
        }
        self.assertEqual(self.cause_of(self.order(retailer=retailer)), ("done", False))
        customer = self.sale_orders().partner_id
        self.assertEqual(customer.name, "<script>alert(1)</script>قمر")

    def test_statuses_that_can_t_be_used_wait_with_their_reason(self):
        for element, cause in (
            ({"hashed_id": "s-1", "status": "paid"}, "unknown_status"),
            ({"hashed_id": "s-2", "status": None}, "unknown_status"),
            ({"hashed_id": "s-3", "status": 7}, "unknown_status"),
            ({"hashed_id": "s-4", "status": ["approved"]}, "bad_value"),
        ):
            self.assertEqual(self.cause_of(element, kind="status"), ("quarantined", cause))
        unknown = {"hashed_id": "nobody-s", "status": "approved"}
        self.assertEqual(self.cause_of(unknown, kind="status"), ("held", "order_unknown"))


@tagged("post_install", "-at_install")
class TestStrictJson(BaseCase):
    def test_numbers_are_exact(self):
        value = parse(b'[7.10, 12, -0.5, 1E+3, "7.10", null, true]')
        self.assertEqual(
            value, [Decimal("7.10"), 12, Decimal("-0.5"), Decimal("1000"), "7.10", None, True]
        )
        self.assertEqual(str(value[0]), "7.10")

    def test_what_the_inbox_reads_again_is_what_came(self):
        text = '{"name": "شاي ☕ 𝄞", "price": 7.5, "empty": {}, "list": [[]]}'
        self.assertEqual(parse(text.encode()), loads(text))

    def test_limits_are_the_last_that_is_read(self):
        for good, bad in (
            (b"[" * 32 + b"1" + b"]" * 32, b"[" * 33 + b"1" + b"]" * 33),
            (b'{"a":' * 32 + b"1" + b"}" * 32, b'{"a":' * 33 + b"1" + b"}" * 33),
            (b"9" * 30, b"9" * 31),
            (b"-" + b"9" * 29, b"-" + b"9" * 30),
            (b"1e29", b"1e30"),
            (b"1e-60", b"1e-61"),
            (b"-1.4210854715202004e-14", b"-1.4210854715202004e-50"),
            (b"0." + b"1" * 30, b"0." + b"1" * 31),
            (b'"' + b"x" * 65_536 + b'"', b'"' + b"x" * 65_537 + b'"'),
            (b'"\\ud834\\udd1e"', b'"\\udd1e\\ud834"'),
            (b'{"a": 1, "b": 1}', b'{"a": 1, "\\u0061": 1}'),
            (b'{"\\u0001": 1}', b'{"\\u0000": 1}'),
            (b"0.0", b"0e99999999"),
            (b"1", b"1e99999999999999999999"),
        ):
            parse(good)
            with self.assertRaises(Malformed) as caught:
                parse(bad)
            self.assertRegex(str(caught.exception), r"^[a-zA-Z0-9 ]+$")
