# The log: one row per exchange, without secrets, found by the records it was about.
from datetime import timedelta

from odoo import fields
from odoo.tests.common import tagged

from ..const import PARAM_LOG_DAYS
from ..exceptions import Rejected
from ..models import marketplace_sync_log
from ..utils.messages import ApiRequest, Verdict
from .common import TOKEN, MarketplaceCase
from .http_common import Reply


@tagged("post_install", "-at_install")
class TestSyncLog(MarketplaceCase):
    def setUp(self):
        super().setUp()
        self.stub = self.start_marketplace()
        self.Log = self.env["marketplace.sync.log"]
        self.Log.search([]).unlink()

    def send(self, *replies, payload=None, records=None):
        self.stub.will_answer(*replies)
        request = ApiRequest("POST", "products_update", "price", payload=payload)
        return self.env["marketplace.api"]._send(self.config, request, records)

    def test_an_exchange_is_one_row(self):
        self.config.action_test_connection()
        log = self.Log.search([])
        self.assertEqual(len(log), 1)
        self.assertEqual((log.state, log.status_code, log.topic), ("done", 200, "connection"))
        self.assertEqual((log.method, log.path), ("GET", "/api/v1/supplier-product"))
        self.assertEqual(log.company_id, self.config.company_id)
        self.assertIn('"per_page": 1', log.request_body)
        self.assertIn('"internal_product_id": "479"', log.response_body)
        self.assertGreater(log.duration, 0)
        self.assertFalse(log.message)
        self.assertEqual(self.config.log_count, 1)

    def test_a_failure_says_why_in_the_readers_language(self):
        try:  # assertRaises would roll the row back with everything else
            self.send(Reply({"message": "price must be positive"}, 422), payload=[{"price": -1}])
        except Rejected as error:
            self.assertEqual(error.code, "rejected")
        log = self.Log.search([])
        self.assertEqual((log.state, log.error_code, log.status_code), ("failed", "rejected", 422))
        self.assertEqual(log.error_detail, "HTTP 422 price must be positive")
        self.assertIn("refused the request", log.message)
        arabic = log.with_context(lang="ar_001").message
        self.assertNotEqual(arabic, log.message)

    def test_an_answer_that_refuses_records_is_no_success(self):
        records = self.config + self.config.copy()
        for details, state, message in (
            (("", ""), "done", False),
            (("", "too dear"), "partly", "refused 1 of 2 records"),
            (("no such price", "too dear"), "refused", "refused 2 of 2 records"),
        ):
            self.send(Reply({"results": []}), records=records)
            log = self.Log.search([], limit=1)
            log._note_verdicts([Verdict("rejected" if one else "", one) for one in details])
            self.assertEqual(log.state, state)
            self.assertEqual(log.error_detail or "", next(filter(None, details), ""))
            self.assertIn(message, log.message) if message else self.assertFalse(log.message)

    def test_no_secret_is_kept(self):
        self.send(
            Reply({"echo": f"you sent {TOKEN}", "auth_token": "other-secret"}),
            payload=[{"hashed_id": "h1", "retailer_otp": "4711", "note": TOKEN}],
        )
        log = self.Log.search([])
        for text in (log.request_body, log.response_body):
            self.assertNotIn(TOKEN, text)
        self.assertNotIn("4711", log.request_body)
        self.assertNotIn("other-secret", log.response_body)
        self.assertIn("h1", log.request_body)

    def test_no_secret_is_kept_that_a_refusal_repeats_in_escapes(self):
        escaped = "".join(f"\\u{ord(letter):04x}" for letter in TOKEN)
        for body in (f'{{"message": "{escaped} is wrong"}}', f"{escaped} is wrong"):
            try:  # assertRaises would roll the row back with everything else
                self.send(Reply(body.encode(), 422))
            except Rejected as error:
                self.assertEqual(error.code, "rejected")
            log = self.Log.search([], limit=1)
            self.assertEqual(log.error_detail, "HTTP 422 ******** is wrong")
            self.assertIn("******** is wrong", log.response_body)
            self.assertNotIn(escaped, log.response_body)

    def test_long_bodies_are_cut(self):
        self.send(payload=["x" * 50_000])
        self.assertLess(len(self.Log.search([]).request_body), 10_000)

    def test_exchanges_are_found_by_their_records(self):
        partners = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}, {"name": "C"}])
        self.send(payload=[1], records=partners[:2])
        self.send(payload=[2], records=partners[1])
        both, single = self.Log.search([], order="id")
        about = self.Log.search
        self.assertEqual(about([("res_id", "=", partners[0].id)]), both)
        self.assertEqual(about([("res_id", "=", partners[1].id)]), both | single)
        self.assertFalse(about([("res_id", "=", partners[2].id)]))
        self.assertEqual(about([("res_id", "in", partners[:1].ids)]), both)
        self.assertEqual((single.res_id, both.res_id, both.res_count), (partners[1].id, 0, 2))
        self.assertEqual(both.action_open_records()["domain"], [("id", "in", partners[:2].ids)])

    def test_old_exchanges_are_forgotten_in_batches(self):
        self.patch(marketplace_sync_log, "GC_BATCH", 2)
        self.env["ir.config_parameter"].set_param(PARAM_LOG_DAYS, "7")
        for _index in range(5):
            self.send(payload=[1])
        old = self.Log.search([], limit=4)
        old.create_date = fields.Datetime.now() - timedelta(days=8)
        young = self.Log.search([]) - old
        self.env.flush_all()
        self.Log._gc_old_exchanges()
        self.assertEqual(self.Log.search([]), young)
