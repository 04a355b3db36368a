# What may stand in a connection, who it belongs to, and the states it goes through.
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..const import PARAM_TRUSTED_HOSTS
from ..models.secret_store import read_secret
from .common import TOKEN, MarketplaceCase


@tagged("post_install", "-at_install")
class TestConfig(MarketplaceCase):
    def test_a_new_connection_knows_its_marketplace(self):
        config = self.env["marketplace.config"].create({})
        self.assertEqual(config.name, "Cartona")
        self.assertEqual(config.api_base_url, "https://supplier-integrations.cartona.com/api/v1/")
        self.assertEqual((config.auth_header, config.auth_scheme), ("AuthorizationToken", "token"))
        self.assertEqual((config.state, config.company_id), ("draft", self.env.company))
        self.assertEqual(config.environment, "supplier")
        self.assertGreaterEqual(len(config.webhook_token), 32)
        self.assertIn(config.endpoint_key, config.webhook_url)

    def test_addresses_are_refused_with_their_reason(self):
        for url, reason in (
            ("cartona", "not a web address"),
            ("http://shop.example.com/api/v1/", "must begin with https"),
            ("https://192.168.1.7/api/v1/", "private network"),
            ("https://me:pw@shop.example.com/", "user name and the password"),
        ):
            with self.assertRaisesRegex(ValidationError, reason):
                self.config.write({"api_base_url": url, "auth_token": TOKEN})

    def test_a_trusted_host_may_be_private(self):
        self.env["ir.config_parameter"].set_param(PARAM_TRUSTED_HOSTS, "sandbox")
        self.config.write({"api_base_url": "http://sandbox:8070/api/v1/", "auth_token": TOKEN})
        self.assertEqual(self.config.api_base_url, "http://sandbox:8070/api/v1/")

    def test_another_server_asks_for_the_token_again(self):
        with self.assertRaisesRegex(ValidationError, "Enter the token again"):
            self.config.api_base_url = "https://evil.example.com/api/v1/"
        self.config.api_base_url = "https://shop.example.com/v2/"
        self.config.write(
            {"api_base_url": "https://other.example.com/api/v1/", "auth_token": "tok-another-one"}
        )
        self.assertEqual(read_secret(self.config), "tok-another-one")

    def test_a_header_name_can_not_smuggle_another_header(self):
        for name in ("Token: x\r\nHost", "-", "--", "X-", "-X", "X--Y", "", False, "Töken", "a b"):
            with (
                self.assertRaisesRegex(ValidationError, "letters and digits"),
                self.env.cr.savepoint(),
            ):
                self.config.auth_header = name

    def test_a_header_that_means_something_else_can_not_carry_the_token(self):
        for name in (
            *("Host", "content-length", "Transfer-Encoding", "Connection", "COOKIE", "Location"),
            *("Cache-Control", "X-Http-Method-Override", "X-Forwarded-For", "Sec-Fetch-Mode"),
        ):
            with self.assertRaisesRegex(ValidationError, f"header {name} has a meaning"):
                self.config.auth_header = name
        for name in ("AuthorizationToken", "Authorization", "X-Api-Key"):
            self.config.auth_header = name

    def test_a_choice_of_products_that_finds_none_is_refused(self):
        for domain in (
            *("[(", "__import__('os')", "5", "[('nofield', '=', 1)]", "[('id', '!!', 1)]"),
            *("[(1,)]", "[()]", "foo", "None", "[1, 2]", "[('id', '=', 'abc')]", "uid.nothing"),
            *("['&']", "{'id': 1}", "[('id', '=')]", "[(1, 2, 3)]", "1/0"),
        ):
            with (
                self.subTest(domain=domain),
                mute_logger(
                    "odoo.tools.safe_eval", "odoo.osv.expression", "odoo.models", "odoo.sql_db"
                ),
                self.assertRaisesRegex(ValidationError, "^By this choice .* anew.$"),
                self.env.cr.savepoint(),
            ):
                self.config.scope_domain = domain
        self.config.scope_domain = "[('create_uid', '=', uid)]"

    def test_only_the_limit_that_is_broken_is_named(self):
        for field, value, sentence in (
            ("batch_size", 0, "Items per call: enter 1 to 5000."),
            ("batch_size", 5001, "Items per call: enter 1 to 5000."),
            ("timeout", 0, "Time-out: enter 1 to 50 seconds."),
            ("timeout", 51, "Time-out: enter 1 to 50 seconds."),
            ("retry_base", 0, "First retry: enter 1 to 600 seconds."),
            ("retry_max_delay", 3601, "Longest retry pause: enter up to 3600 seconds"),
            ("poll_interval", 0, "Asking for orders: enter 1 to 1440 minutes."),
        ):
            for key in ("__import__.new", str(self.config.id)):
                message = self.import_refusal(key, field, value)
                self.assertIn(sentence, message)
                self.assertEqual(message.count("enter "), 1, message)

    def import_refusal(self, key, field, value):
        """What an import of one value is told, for a new connection or one that is there."""
        column = ".id" if key.isdigit() else "id"
        with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            result = self.config.load([column, "name", field], [[key, "Imported", str(value)]])
        self.assertFalse(result["ids"])
        return " ".join(one["message"] for one in result["messages"])

    def test_a_connection_has_a_name(self):
        for name in ("", "  ", False):
            with (
                self.assertRaisesRegex(ValidationError, "Give the connection a name"),
                self.env.cr.savepoint(),
            ):
                self.config.name = name

    def test_policies_are_kept_within_reason(self):
        for field, value in (
            ("price_change_limit", -1),
            ("stock_buffer", -1),
            ("stock_cap", -1),
            ("stock_share", 101),
            ("stock_share", -1),
        ):
            with self.assertRaises(ValidationError, msg=field):
                self.config[field] = value

    def test_it_goes_live_only_after_a_test(self):
        with self.assertRaisesRegex(UserError, "Test the connection first"):
            self.config.action_go_live()
        self.config._set_state("connected")
        self.config.action_go_live()
        self.assertEqual(self.config.state, "live")
        self.config.action_pause()
        self.assertEqual(self.config.state, "paused")
        self.config.action_go_live()
        self.config.action_pause()
        self.config.action_reset_to_draft()
        self.assertEqual(self.config.state, "draft")
        with self.assertRaisesRegex(UserError, "can't become Paused"):
            self.config.action_pause()

    def test_a_state_is_not_entered_but_reached_by_the_buttons(self):
        for state in ("connected", "live", "paused"):
            with self.assertRaisesRegex(UserError, "Use the buttons"), self.env.cr.savepoint():
                self.config.state = state
            values = {"name": "Written", "auth_token": TOKEN, "state": state}
            with self.assertRaisesRegex(UserError, "Use the buttons"), self.env.cr.savepoint():
                self.env["marketplace.config"].create(values)
            by_default = self.env["marketplace.config"].with_context(default_state=state)
            self.assertEqual(by_default.create({"name": "By default"}).state, "draft")
        self.config.write({"state": "draft", "name": "Unchanged"})
        self.assertEqual(self.config.state, "draft")

    def test_an_import_takes_no_state_along(self):
        model = self.env["marketplace.config"]
        for key, row in (("id", "__import__.new"), (".id", str(self.config.id))):
            result = model.load([key, "name", "state"], [[row, "Imported", "Live"]])
            self.assertIn("Use the buttons", result["messages"][0]["message"])
        self.assertEqual(self.config.state, "draft")

    def test_a_copy_takes_no_secret_along(self):
        self.config._set_state("connected")
        copy = self.config.copy()
        self.assertEqual(copy.name, "Test (copy)")
        self.assertFalse(copy.auth_token)
        self.assertFalse(read_secret(copy))
        self.assertNotEqual(copy.webhook_token, self.config.webhook_token)
        self.assertNotEqual(copy.endpoint_key, self.config.endpoint_key)
        self.assertEqual(copy.state, "draft")

    def test_a_manager_makes_a_new_webhook_secret(self):
        manager, user = self.new_user("mp_manager", "manager"), self.new_user("mp_user", "user")
        old = self.config.webhook_token
        with self.assertRaises(AccessError):
            self.config.with_user(user).action_new_webhook_token()
        self.assertEqual(self.config.webhook_token, old)
        answer = self.config.with_user(manager).action_new_webhook_token()
        self.assertNotEqual(self.config.webhook_token, old)
        self.assertGreaterEqual(len(self.config.webhook_token), 32)
        self.assertIn("Give it to the marketplace", answer["params"]["message"])
        self.assertNotIn(self.config.webhook_token, str(answer))

    def test_marks_are_the_engine_s_own(self):
        for name in ("user", "manager"):
            person = self.new_user(f"mp_{name}", name)
            with self.assertRaises(AccessError):
                self.env["marketplace.outbox"].with_user(person).search([])

    def test_a_path_is_written_as_it_follows_the_address(self):
        endpoint = {"config_id": self.config.id, "endpoint": "orders"}
        for path in ("/orders", "https://evil.example.com", "../admin", " orders", "", "a?b=1"):
            with (
                self.assertRaisesRegex(ValidationError, "orders/pull-orders"),
                self.env.cr.savepoint(),
            ):
                self.env["marketplace.endpoint"].create(endpoint | {"path": path})
        kept = self.env["marketplace.endpoint"].create(endpoint | {"path": "orders"})
        with self.assertRaisesRegex(ValidationError, "orders/pull-orders"):
            kept.path = False

    def test_a_connection_belongs_to_its_company(self):
        other = self.env["res.company"].create({"name": "Another wholesaler"})
        manager = self.new_user("mp_manager", "manager")
        self.assertTrue(self.config.with_user(manager).name)
        self.config.company_id = other
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.config.with_user(manager).read(["name"])
        found = self.env["marketplace.config"].with_user(manager).search([])
        self.assertNotIn(self.config, found)

    def test_only_managers_set_up(self):
        user = self.new_user("mp_user", "user")
        self.assertEqual(self.config.with_user(user).name, "Test")
        for action in ("action_test_connection", "action_go_live", "action_pause"):
            with self.assertRaises(AccessError):
                getattr(self.config.with_user(user), action)()
        with self.assertRaises(AccessError):
            self.config.with_user(user).write({"name": "Mine"})
        outsider = self.new_user("mp_nobody")
        with self.assertRaises(AccessError):
            self.config.with_user(outsider).read(["name"])
