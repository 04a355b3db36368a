# A connection that was tested and then changed is no longer the one that was tested.
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..models.secret_store import read_secret
from ..utils.redact import MASK
from .common import TOKEN, MarketplaceCase
from .http_common import StubMarketplace

ELSEWHERE = "https://other.example.com/api/v1/"


@tagged("post_install", "-at_install")
class TestConfigChange(MarketplaceCase):
    def changes(self):
        """What makes of a tested connection another one."""
        return (
            {"api_base_url": "https://shop.example.com/v2/"},
            {"api_base_url": ELSEWHERE, "auth_token": "tok-another-one"},
            {"auth_token": "tok-another-one"},
            {"auth_token": False},
            {"auth_header": "X-Api-Key"},
            {"auth_scheme": "bearer"},
            {"endpoint_ids": [(0, 0, {"endpoint": "orders", "path": "orders/pull"})]},
        )

    def as_it_was(self):
        """The values that a form or an import may send along without a change."""
        names = ("api_base_url", "auth_header", "auth_scheme", "platform")
        return {"auth_token": MASK} | {name: self.config[name] for name in names}

    def test_a_changed_connection_has_to_be_tested_again(self):
        for state in ("connected", "paused"):
            for values in self.changes():
                with self.subTest(state=state, values=values), self.env.cr.savepoint() as undo:
                    self.reach(state)
                    self.config.write(values)
                    self.assertEqual(self.config.state, "draft")
                    with self.assertRaisesRegex(UserError, "Test the connection first"):
                        self.config.action_go_live()
                    undo.rollback()
                    self.env.invalidate_all()

    def test_a_live_connection_has_to_be_paused_first(self):
        self.reach("live")
        for values in self.changes():
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(UserError, "Pause it first"),
                self.env.cr.savepoint(),
            ):
                self.config.write(values)
        self.assertEqual((self.config.state, read_secret(self.config)), ("live", TOKEN))
        with self.assertRaisesRegex(UserError, "Pause it first"):
            self.config.api_base_url = ELSEWHERE

    def test_what_stays_the_same_needs_no_new_test(self):
        for state in ("connected", "live", "paused"):
            self.reach(state)
            self.config.write(self.as_it_was() | {"batch_size": 20, "name": state})
            self.assertEqual(self.config.state, state)
            with Form(self.config) as form:
                form.supplier_name = f"Renamed while {state}"
            self.assertEqual(self.config.state, state)

    def test_a_path_of_its_own_is_part_of_what_was_tested(self):
        paths = self.env["marketplace.endpoint"]
        values = {"config_id": self.config.id, "endpoint": "products", "path": "products"}
        self.reach("connected")
        path = paths.create(values)
        self.assertEqual(self.config.state, "draft")
        self.reach("paused")
        path.path = "products"
        self.assertEqual(self.config.state, "paused")
        path.path = "other-products"
        self.assertEqual(self.config.state, "draft")
        self.reach("live")
        for change in (
            path.unlink,
            lambda: path.write({"path": "third"}),
            lambda: paths.create(values | {"endpoint": "orders"}),
        ):
            with self.assertRaisesRegex(UserError, "Pause it first"), self.env.cr.savepoint():
                change()
        self.config.action_pause()
        path.unlink()
        self.assertEqual(self.config.state, "draft")

    def test_a_path_stays_with_its_connection(self):
        path = self.env["marketplace.endpoint"].create(
            {"config_id": self.config.id, "endpoint": "products", "path": "products"}
        )
        path.config_id = self.config
        with self.assertRaisesRegex(UserError, "belongs to its connection"):
            path.config_id = self.config.copy()

    def test_an_archived_connection_comes_back_paused(self):
        self.reach("live")
        self.config.action_archive()
        self.assertEqual(self.config.state, "paused")
        self.config.action_unarchive()
        self.assertEqual(self.config.state, "paused")

    def test_a_connection_with_listings_stays_with_its_company(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.config.company_id = other
        self.config.company_id = self.env.company
        product = self.env["product.product"].create({"name": "Tea"})
        self.env["marketplace.listing"]._ensure(self.config, product.ids)
        self.config.company_id = self.env.company
        with self.assertRaisesRegex(UserError, "stays with that company"):
            self.config.company_id = other

    def test_a_token_from_the_settings_has_to_be_tested(self):
        self.env["marketplace.config"].search([("id", "!=", self.config.id)]).active = False
        stub = StubMarketplace(self)
        self.config.write({"api_base_url": stub.url, "auth_token": TOKEN})
        self.reach("connected")
        settings = self.env["res.config.settings"].create({"marketplace_auth_token": "tok-a-newer"})
        settings.execute()
        self.assertEqual((self.config.state, self.config.auth_token), ("draft", MASK))
        settings.action_test_marketplace_connection()
        self.assertEqual(self.config.state, "connected")
        self.assertEqual(stub.seen[0]["headers"]["authorizationtoken"], "tok-a-newer")
        self.config.action_go_live()
        settings = self.env["res.config.settings"].create({"marketplace_supplier_name": "Nile"})
        settings.execute()
        self.assertEqual((self.config.state, self.config.supplier_name), ("live", "Nile"))

    def test_a_bad_address_is_told_before_the_token_is_asked_for(self):
        for address, reason in (
            ("nonsense", "not a web address"),
            ("", "not a web address"),
            (False, "not a web address"),
            (5, "not a web address"),
            (["https://shop.example.com/"], "not a web address"),
            ({"a": "b"}, "not a web address"),
            ("javascript:alert(1)", "not a web address"),
            ("http://other.example.com/", "must begin with https"),
            ("https://192.168.1.7/", "private network"),
            (ELSEWHERE, "Enter the token again"),
        ):
            with (
                self.subTest(address=address),
                self.assertRaisesRegex(ValidationError, reason),
                self.env.cr.savepoint(),
            ):
                self.config.write({"api_base_url": address})

    def reach(self, state):
        """As the buttons would, with a test that went well."""
        if self.config.state == "draft":
            self.config._set_state("connected")
        if self.config.state != state and state != "connected":
            self.config.action_go_live()
        if state == "paused":
            self.config.action_pause()
        self.assertEqual(self.config.state, state)
