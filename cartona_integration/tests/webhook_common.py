# What the tests of the webhooks share: a connection with known secrets, and senders of all kinds.
import json

from odoo.tests import HttpCase

from ..controllers import marketplace_webhook
from ..controllers.failed_attempts import FailedAttempts

SECRET = "hook-7c1d94aa03"
ROOT = "/cartona_integration/webhook"


class WebhookCase(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        # whoever else has a connection in this database has another secret
        cls.config = cls.env["marketplace.config"].create(
            {
                "name": "Webhooks",
                "api_base_url": "https://shop.example.com/v1/",
                "webhook_token": SECRET,
                "deployment": "supplier",
            }
        )

    def setUp(self):
        super().setUp()
        self.patch(marketplace_webhook, "_failed", FailedAttempts())

    def post(self, body, path="orders", secret=SECRET, headers=(), root=ROOT):
        """:param body: bytes as they are, or what is sent as JSON"""
        known = {"Content-Type": "application/json"}
        if secret is not None:
            known["AuthorizationToken"] = secret
        # url_open would ask for the page where the body is empty
        return self.opener.post(
            f"{self.base_url()}{root}/{path}",
            data=body if isinstance(body, bytes) else json.dumps(body).encode(),
            headers=known | dict(headers),
        )

    def get_test(self, secret=SECRET, path="test", **headers):
        known = {} if secret is None else {"AuthorizationToken": secret}
        return self.url_open(f"{ROOT}/{path}", headers=known | headers)

    def rows(self):
        self.env.invalidate_all()
        return self.env["marketplace.inbox"].search(
            [("config_id", "=", self.config.id)], order="id"
        )

    def assert_refused(self, answer, status, code):
        """It answers in JSON, with a sentence, and nothing has been kept."""
        self.assertEqual((answer.status_code, answer.json()["error"]["code"]), (status, code))
        self.assertTrue(answer.json()["error"]["message"].endswith("."))
        self.assertNotIn("Set-Cookie", answer.headers)
        self.assertFalse(self.rows())
