# Everybody tries every road to the token, over real XML-RPC.
import ast
import io
import logging
import xmlrpc.client

from odoo.tests.common import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..hooks import post_load
from ..models.secret_store import read_secret
from ..utils.redact import MASK

SECRET = "tok-nobody-may-see-this"
WEBHOOK_SECRET = "hook-nobody-may-see-this"
EXPECTED_NOISE = (
    "odoo.http", "odoo.addons.base.models.ir_rule", "odoo.models", "odoo.osv.expression",
    "py.warnings",
)  # fmt: skip
ADDON = "cartona_integration.group_marketplace"
SECRETS = (
    "auth_token",
    "webhook_token",
    "webhook_token_previous",
    "webhook_signing_secret",
    "webhook_signing_secret_previous",
)


@tagged("post_install", "-at_install")
class TestSecurity(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.config = cls.env["marketplace.config"].create(
            {"name": "Guarded", "auth_token": SECRET, **dict.fromkeys(SECRETS[1:], WEBHOOK_SECRET)}
        )
        for login, groups in (
            ("mp_user", f"base.group_user,base.group_allow_export,{ADDON}_user"),
            ("mp_nobody", "base.group_user,base.group_allow_export"),
            ("mp_manager", f"base.group_user,{ADDON}_manager"),
        ):
            new_test_user(cls.env, login, groups=groups, password=f"{login}-pw")

    def ask(self, login, model, method, *args, **kwargs):
        """The answer to one RPC call, as text, or the fault it ended in."""
        uid = self.env["res.users"].search([("login", "=", login)]).id
        try:
            with mute_logger(*EXPECTED_NOISE):
                answer = self.xmlrpc_object.execute_kw(
                    self.env.cr.dbname, uid, f"{login}-pw", model, method, args, kwargs
                )
        except xmlrpc.client.Fault as fault:
            return fault
        return str(answer)

    def read_as(self, login, names):
        return ast.literal_eval(
            self.ask(login, "marketplace.config", "read", [self.config.id], names)
        )

    def roads(self):
        """Every way that RPC offers to make a model talk about its records."""
        config, ids = "marketplace.config", [self.config.id]
        for secret in SECRETS:
            yield config, "read", [ids, [secret]], {}
            yield config, "search_read", [[("id", "in", ids)], [secret]], {}
            yield config, "search", [[(secret, "=like", "%-nobody-%")]], {}
            yield config, "search_count", [[(secret, "!=", False)]], {}
            yield config, "search", [[], 0, 1, secret], {}
            yield config, "read_group", [[], [secret], [secret]], {}
            yield config, "export_data", [ids, [secret]], {}
            yield config, "web_search_read", [[], {secret: {}}], {}
            yield config, "web_read", [ids, {secret: {}}], {}
            yield config, "mapped", [ids, secret], {}
            yield config, "filtered_domain", [ids, [(secret, "!=", "x")]], {}
            yield "marketplace.endpoint", "search", [[(f"config_id.{secret}", "!=", "x")]], {}
            yield "marketplace.sync.log", "search", [[(f"config_id.{secret}", "!=", "x")]], {}
        yield config, "read", [ids], {}
        yield config, "search_read", [[]], {}
        yield config, "name_get", [ids], {}
        yield config, "name_search", ["nobody"], {}
        yield config, "copy_data", [ids], {}
        yield config, "copy", [ids], {}
        yield config, "fields_get", [], {}
        yield config, "default_get", [["auth_token", "webhook_token"]], {}
        yield config, "get_views", [[(False, "form"), (False, "list")]], {}
        yield config, "action_test_connection", [ids], {}
        yield config, "read", [ids, ["auth_token_secret"]], {}
        yield config, "search", [[("auth_token_secret", "=like", "%-nobody-%")]], {}
        yield config, "read_group", [[], ["auth_token_secret"], ["auth_token_secret"]], {}
        yield config, "_prepare", [ids], {}
        yield config, "write", [ids, {"api_base_url": "https://evil.example.com/"}], {}
        yield "marketplace.api", "_send", [self.config.id, {}], {}
        yield "marketplace.api", "_prepare", [self.config.id, {}], {}
        yield "marketplace.sync.log", "search_read", [[]], {}
        yield "mail.message", "search_read", [[("model", "=", config)]], {}
        yield "res.config.settings", "default_get", [["marketplace_auth_token"]], {}
        yield "res.config.settings", "create", [{}], {}
        yield "res.company", "search_read", [[("marketplace_config_ids.auth_token", "!=", "x")]], {}

    def test_no_road_leads_to_a_secret_without_being_a_manager(self):
        for login in ("mp_user", "mp_nobody"):
            for model, method, args, kwargs in self.roads():
                answer = self.ask(login, model, method, *args, **kwargs)
                text = getattr(answer, "faultString", answer)
                road = f"{login}: {model}.{method}({args})"
                self.assertNotIn(SECRET, text, road)
                self.assertNotIn(WEBHOOK_SECRET, text, road)

    def test_asking_for_a_secret_by_name_is_refused(self):
        # the export asks no field whether the user may see it: the mask is all that it gets
        silent = ("default_get", "export_data", "mapped")
        for _model, method, args, kwargs in self.roads():
            if "auth_token" in str(args) and method not in silent:
                answer = self.ask("mp_user", _model, method, *args, **kwargs)
                self.assertIsInstance(answer, xmlrpc.client.Fault, f"{method}{args}: {answer}")

    def test_a_manager_gets_the_webhook_secret_and_of_the_token_only_a_mask(self):
        for model, method, args, kwargs in self.roads():
            answer = self.ask("mp_manager", model, method, *args, **kwargs)
            text = getattr(answer, "faultString", answer)
            self.assertNotIn(SECRET, text, f"{model}.{method}({args})")
        [values] = self.read_as("mp_manager", ["auth_token", "webhook_token"])
        self.assertEqual(values["auth_token"], MASK)
        self.assertEqual(values["webhook_token"], WEBHOOK_SECRET)

    def test_a_manager_sees_the_rest_and_a_user_no_secret(self):
        ids = [self.config.id]
        self.assertIn("Guarded", self.ask("mp_user", "marketplace.config", "read", ids, ["name"]))
        self.assertIn("auth_token", self.ask("mp_manager", "marketplace.config", "fields_get"))
        self.assertNotIn("auth_token", self.ask("mp_user", "marketplace.config", "fields_get"))

    def test_a_private_method_is_no_road_even_for_a_manager(self):
        answer = self.ask("mp_manager", "marketplace.api", "_prepare", self.config.id, {})
        self.assertIsInstance(answer, xmlrpc.client.Fault)

    def test_the_log_of_a_debugging_server_hides_the_token(self):
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        sql_logger = logging.getLogger("odoo.sql_db")
        self.patch(logging.getLogger(), "handlers", [handler])
        self.addCleanup(sql_logger.setLevel, sql_logger.level)
        post_load()
        sql_logger.setLevel(logging.DEBUG)
        values = {name: f"{name}-a-fresh-one" for name in SECRETS}
        self.ask("mp_manager", "marketplace.config", "write", [self.config.id], values)
        self.assertEqual(read_secret(self.config), "auth_token-a-fresh-one")
        written = stream.getvalue()
        self.assertIn('UPDATE "marketplace_config"', written)
        self.assertNotIn("-a-fresh-one", written)
