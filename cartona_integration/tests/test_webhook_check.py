# The test address and "Send test webhook": what they say of a connection, and of what stands
# between the marketplace and this Odoo.
import json

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .http_common import Reply, StubMarketplace, unused_port
from .webhook_common import SECRET, WebhookCase

NO_ORDER = {"error": {"code": "no_order", "message": "None."}}


@tagged("post_install", "-at_install")
class TestWebhookCheck(WebhookCase):
    def set_public_address(self, url):
        self.env["ir.config_parameter"].set_param("web.base.url", url)
        self.env.invalidate_all()

    def check(self):
        """:return: (kind, sentence)"""
        answer = self.config.action_send_test_webhook()
        self.assertNotIn(SECRET, str(answer))
        return answer["params"]["type"], answer["params"]["message"]

    def proxy(self, *replies):
        """Something else at the public address, which answers so."""
        stub = StubMarketplace(self)
        stub.will_answer(*replies)
        self.set_public_address(stub.url.removesuffix("/api/v1/"))
        return stub

    def test_with_the_secret_the_test_address_says_how_the_connection_is(self):
        self.config.write({"order_mode": "observe", "webhook_signing": True})
        health = self.get_test().json()
        self.assertEqual(health.pop("database"), self.config._get_database_mark())
        self.assertEqual(
            health,
            {
                "alive": True,
                "state": "draft",
                "modes": {
                    "prices": "live",
                    "stock": "live",
                    "orders": "observe",
                    "statuses": "live",
                },
                "signed": True,
                "events": {"received": 0, "held": 0, "quarantined": 0},
                "last_poll": None,
                "last_webhook": None,
            },
        )
        self.config.webhook_signing = False
        self.post([{"hashed_id": "a"}, {"hashed_id": "b"}])
        self.rows()[0]._set_state("quarantined", "bad_value")
        health = self.get_test(path=f"{self.config.endpoint_key}/test").json()
        self.assertEqual(health["events"], {"received": 1, "held": 0, "quarantined": 1})
        last = fields.Datetime.to_string(self.rows()[1].create_date)
        self.assertEqual(health["last_webhook"], last.replace(" ", "T") + "Z")

    def test_with_a_wrong_secret_the_test_address_says_nothing(self):
        self.assert_refused(self.get_test("wrong"), 401, "wrong_secret")
        unknown = self.get_test(None, path="0123456789abcdef/test")
        self.assertEqual(unknown.json(), {"alive": True})

    def test_what_is_on_the_way_is_called_by_its_name(self):
        mark = self.config._get_database_mark()
        alive = Reply({"alive": True, "database": mark})
        page = Reply(b"<html>Be right back</html>", headers={"Content-Type": "text/html"})
        missing = Reply(b"<html>Not found</html>", status=404)
        for replies, words in (
            ([page], "A web page answered"),
            ([missing], "set dbfilter"),
            ([Reply({"alive": True})], "without its secret"),
            ([Reply({"alive": True, "database": "0" * 64})], "A copy of this database"),
            ([self.error(401, "no_secret")], "without its secret"),
            ([self.error(401, "wrong_secret")], "Another Odoo, or another database"),
            ([self.error(429, "slow_down")], "Another Odoo, or another database"),
            ([self.error(503, "no_database")], "which of its databases"),
            ([self.error(404, "not_installed")], "has no webhooks"),
            ([Reply(b"no entry", status=401)], "a firewall or a password"),
            ([Reply(b"no entry", status=403)], "a firewall or a password"),
            ([Reply(b"<html>Bad gateway</html>", status=502)], "does not reach Odoo"),
            ([Reply(b"gibberish")], "in a way that no Odoo does"),
            ([Reply([1])], "in a way that no Odoo does"),
            ([Reply(fault="reset")], "broke off"),
            ([alive, Reply(b"<html>too large</html>", status=413)], "client_max_body_size"),
            ([alive, Reply(b"<html>length</html>", status=411)], "Content-Length"),
            ([alive, self.error(411, "no_length")], "Content-Length"),
            ([alive, self.error(415, "not_json_type")], "changes what is sent"),
            ([alive, self.error(401, "wrong_signature")], "clocks"),
            ([alive, Reply({"received": 0})], "in a way that no Odoo does"),
        ):
            with self.subTest(words=words):
                self.proxy(*replies)
                self.assertEqual(self.check()[0], "danger")
                self.proxy(*replies)
                self.assertIn(words, self.check()[1])
        self.proxy(alive, self.error(400, "no_order"))
        self.assertEqual(self.check()[0], "success")

    def error(self, status, code):
        return Reply({"error": {"code": code, "message": "So."}}, status=status)

    def test_a_redirection_says_where_to(self):
        stub = self.proxy()
        key = self.config.endpoint_key
        path = f"/cartona_integration/webhook/{key}/test"
        for target, words in (
            (f"https://127.0.0.1{path}", "with https://"),
            (f"https://shop.example.com{path}", "leads on to another address"),
            ("/web/login", "leads on to another address"),
        ):
            stub.will_answer(Reply(status=301, headers={"Location": target}))
            self.assertIn(words, self.check()[1])
        self.assertEqual(len(stub.seen), 3)

    def test_an_address_where_nobody_answers_is_told_from_none(self):
        self.set_public_address(f"http://127.0.0.1:{unused_port()}")
        self.assertIn("Nobody answers", self.check()[1])
        for nonsense in ("odoo.example.com", "ftp://odoo.example.com", "http://"):
            self.set_public_address(nonsense)
            self.assertIn("not a web address", self.check()[1])
        self.config.webhook_token = False
        self.set_public_address(self.base_url())
        self.assertIn("no webhook secret", self.check()[1])

    def test_the_test_sends_what_the_marketplace_sends(self):
        mark = self.config._get_database_mark()
        stub = self.proxy(Reply({"alive": True, "database": mark}), Reply(NO_ORDER, status=400))
        self.config.webhook_signing = True
        self.assertEqual(self.check()[0], "success")
        asked, posted = stub.seen
        self.assertEqual(asked["headers"]["authorizationtoken"], SECRET)
        self.assertEqual(posted["path"].split("/")[-2:], [self.config.endpoint_key, "orders"])
        self.assertEqual(json.loads(posted["body"]), [])
        self.assertGreater(len(posted["body"]), 500_000)
        self.assertRegex(
            posted["headers"]["x-marketplace-signature"], r"^t=\d{10},v1=[0-9a-f]{64}$"
        )

    def test_only_a_manager_of_a_connection_in_use_may_test_it(self):
        user = new_test_user(
            self.env, "hook_user", "base.group_user,cartona_integration.group_marketplace_user"
        )
        with self.assertRaises(AccessError):
            self.config.with_user(user).action_send_test_webhook()
        self.config.active = False
        with self.assertRaisesRegex(UserError, "archived"):
            self.config.action_send_test_webhook()
