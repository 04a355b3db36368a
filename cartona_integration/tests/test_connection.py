# Test connection, against real sockets: plain words for each way it can go, and the state after.
from odoo.tests.common import tagged

from .common import TOKEN, MarketplaceCase
from .http_common import Reply, unused_port


@tagged("post_install", "-at_install")
class TestConnection(MarketplaceCase):
    def outcome(self, *replies):
        """Kind and sentence of the notification after these answers."""
        stub = self.start_marketplace()
        stub.will_answer(*replies)
        params = self.config.action_test_connection()["params"]
        return params["type"], params["message"]

    def test_a_good_answer_connects(self):
        stub = self.start_marketplace()
        params = self.config.action_test_connection()["params"]
        self.assertEqual(params["type"], "success")
        self.assertEqual(self.config.state, "connected")
        self.assertEqual(len(stub.seen), 1)
        self.assertEqual(stub.seen[0]["path"], "/api/v1/supplier-product?page=1&per_page=1")
        self.assertEqual(stub.seen[0]["headers"]["authorizationtoken"], TOKEN)
        self.assertNotIn("authorization", stub.seen[0]["headers"])

    def test_a_live_connection_stays_live_when_tested(self):
        stub = self.start_marketplace()
        self.config._set_state("connected")
        self.config.action_go_live()
        self.config.action_test_connection()
        self.assertEqual(self.config.state, "live")
        stub.will_answer(Reply({}, 500))
        self.config.action_test_connection()
        self.assertEqual(self.config.state, "live")

    def test_header_scheme_and_paths_follow_the_settings(self):
        stub = self.start_marketplace()
        self.config.write(
            {
                "auth_header": "Authorization",
                "auth_scheme": "bearer",
                "endpoint_ids": [(0, 0, {"endpoint": "products", "path": "base-product"})],
            }
        )
        self.config.action_test_connection()
        self.assertEqual(stub.seen[0]["headers"]["authorization"], f"Bearer {TOKEN}")
        self.assertEqual(stub.seen[0]["path"], "/api/v1/base-product?page=1&per_page=1")

    def test_every_shape_of_a_product_page_is_recognised(self):
        for page in (
            [],
            [{"suppler_prodcut_id": 3}],
            {"products": [{"base_product_id": 9}], "page": 1},
            {"data": []},
        ):
            kind, _message = self.outcome(Reply(page))
            self.assertEqual(kind, "success", page)

    def test_a_wrong_token_is_said_in_plain_words(self):
        kind, message = self.outcome(Reply({"error": "unauthorized"}, 401))
        self.assertEqual(kind, "danger")
        self.assertIn("does not accept the token", message)
        self.assertEqual(self.config.state, "draft")

    def test_somebody_else_at_the_address_is_noticed(self):
        for reply in (
            Reply(b"<html>Welcome</html>"),
            Reply({"hello": "world"}),
            Reply([{"id": 1}]),
            Reply("text"),
            Reply(b""),
        ):
            kind, message = self.outcome(reply)
            self.assertEqual(kind, "danger")
            self.assertIn("not the marketplace", message)
            self.assertEqual(self.config.state, "draft")

    def test_each_failure_has_its_own_words(self):
        for reply, words in (
            (Reply(b"gone", 404), "not the marketplace's API"),
            (
                Reply(b"", 301, {"Location": "https://else.example.com/"}),
                "leads on to another",
            ),
            (Reply({}, 503), "problem of its own"),
            (Reply({}, 429, {"Retry-After": "5"}), "slow down"),
            (Reply({}, 422), "refused the request"),
            (Reply(fault="reset"), "broke off"),
        ):
            kind, message = self.outcome(reply)
            self.assertEqual(kind, "danger")
            self.assertIn(words, message)

    def test_a_silent_marketplace_times_out(self):
        stub = self.start_marketplace()
        self.config.timeout = 1
        stub.will_answer(Reply(fault="silence"))
        message = self.config.action_test_connection()["params"]["message"]
        self.assertIn("did not answer in time", message)

    def test_nobody_at_the_address_is_said(self):
        self.config.write(
            {"api_base_url": f"http://127.0.0.1:{unused_port()}/", "auth_token": TOKEN}
        )
        message = self.config.action_test_connection()["params"]["message"]
        self.assertIn("Nothing answers at this address", message)

    def test_without_a_token_nothing_is_sent(self):
        stub = self.start_marketplace()
        self.config.auth_token = False
        params = self.config.action_test_connection()["params"]
        self.assertEqual(params["type"], "danger")
        self.assertIn("Enter the token", params["message"])
        self.assertEqual(stub.seen, [])

    def test_every_code_has_a_sentence(self):
        explanations = self.env["marketplace.api"]._get_explanations()
        for code, sentence in explanations.items():
            self.assertTrue(sentence.rstrip().endswith((".", "/")), code)
        self.assertEqual(
            self.env["marketplace.api"]._explain("never heard of"), explanations["failed"]
        )

    def test_no_code_has_two_sentences(self):
        api_client = self.env["marketplace.api"]
        parts = [
            getattr(api_client, name)()
            for name in set(dir(type(api_client))) - {"_get_explanations"}
            if name.startswith("_get_") and name.endswith("_explanations")
        ]
        self.assertGreater(len(parts), 5)
        codes = [code for part in parts for code in part]
        self.assertEqual(sorted(codes), sorted(set(codes)))
        self.assertEqual(set(codes), api_client._get_explanations().keys())
