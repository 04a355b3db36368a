# What the marketplace posts is kept, on every one of the addresses, once it has shown its secret.
import json

from odoo.tests import tagged

from .webhook_common import SECRET, WebhookCase


@tagged("post_install", "-at_install")
class TestWebhook(WebhookCase):
    def test_an_order_is_kept_as_it_came(self):
        answer = self.post({"hashed_id": "ord-1", "total_price": 12.5})
        self.assertEqual((answer.status_code, answer.json()), (200, {"received": 1}))
        self.assertEqual(answer.headers["Content-Type"], "application/json; charset=utf-8")
        row = self.rows()
        self.assertEqual((row.kind, row.source, row.remote_id), ("order", "webhook", "ord-1"))
        self.assertEqual(json.loads(row.payload), {"hashed_id": "ord-1", "total_price": 12.5})
        self.assertEqual(row.company_id, self.config.company_id)

    def test_every_address_takes_orders_and_statuses(self):
        key = self.config.endpoint_key
        for root in ("/cartona_integration/webhook", "/marketplace_integration/webhook"):
            for middle in ("", f"{key}/"):
                for path, kind in (("orders", "order"), ("status", "status")):
                    answer = self.post({"hashed_id": "o"}, f"{middle}{path}", root=root)
                    self.assertEqual(answer.status_code, 200)
                    self.assertEqual(self.rows()[-1].kind, kind)
        self.assertEqual(len(self.rows()), 8)

    def test_the_bare_secret_and_a_bearer_are_the_same(self):
        for value in (f"Bearer {SECRET}", f"bearer  {SECRET}"):
            answer = self.post({"hashed_id": "o"}, secret=None, headers={"Authorization": value})
            self.assertEqual(answer.status_code, 200)
        answer = self.post({"hashed_id": "o"}, secret=None, headers={"Authorization": SECRET})
        self.assertEqual(answer.status_code, 401)

    def test_without_a_secret_the_test_address_says_only_that_somebody_is_here(self):
        answer = self.get_test(secret=None)
        self.assertEqual((answer.status_code, answer.json()), (200, {"alive": True}))
