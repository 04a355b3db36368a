# The token goes in and never comes out: what people see of it, and what becomes of what they type.
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..models.secret_store import prepare_columns, read_secret
from ..utils.redact import MASK
from .common import TOKEN, MarketplaceCase

ELSEWHERE = "https://other.example.com/api/v1/"


@tagged("post_install", "-at_install")
class TestToken(MarketplaceCase):
    def test_a_token_shows_as_a_mask_and_none_as_nothing(self):
        self.assertEqual(self.config.auth_token, MASK)
        self.assertEqual(read_secret(self.config), TOKEN)
        self.assertFalse(self.env["marketplace.config"].create({}).auth_token)

    def test_saving_the_mask_changes_nothing(self):
        with Form(self.config) as form:
            form.name = "Renamed"
        self.config.auth_token = MASK
        self.assertEqual(read_secret(self.config), TOKEN)

    def test_typing_another_token_replaces_it(self):
        for typed in ("tok-another-one", f"{MASK}tok-another-one", f"tok-another-one{MASK}"):
            self.config.auth_token = TOKEN
            with Form(self.config) as form:
                form.auth_token = typed
            self.assertEqual(read_secret(self.config), "tok-another-one")
            self.assertEqual(self.config.auth_token, MASK)

    def test_an_emptied_token_is_gone(self):
        for nothing in (False, "", "   "):
            self.config.auth_token = TOKEN
            self.config.auth_token = nothing
            self.assertFalse(read_secret(self.config))
            self.assertFalse(self.config.auth_token)

    def test_pasted_blanks_are_dropped_and_impossible_tokens_refused(self):
        self.config.auth_token = f"  {TOKEN}\n"
        self.assertEqual(read_secret(self.config), TOKEN)
        letters, length = "letters in it that no token has", "too short.*at least 6 characters"
        for token, reason in (
            *((token, letters) for token in ("two words", "رمز-سري", "line\nbreak", 'a"quote')),
            *(("****tok****", letters), ("short", length), ("abc", length)),
        ):
            with (
                self.assertRaisesRegex(ValidationError, f"{reason}.*copy the token again"),
                self.env.cr.savepoint(),
            ):
                self.config.auth_token = token
        self.assertEqual(read_secret(self.config), TOKEN)

    def test_the_form_empties_the_token_when_the_server_changes(self):
        with Form(self.config) as form:
            form.api_base_url = "https://shop.example.com/v3/"
            self.assertEqual(form.auth_token, MASK)
            form.api_base_url = ELSEWHERE
            self.assertFalse(form.auth_token)
            form.api_base_url = "https://shop.example.com/v3/"
            self.assertEqual(form.auth_token, MASK)
            form.auth_token = "tok-another-one"
            form.api_base_url = ELSEWHERE
            self.assertEqual(form.auth_token, "tok-another-one")
        self.assertEqual(read_secret(self.config), "tok-another-one")

    def test_the_mask_is_no_token_for_another_server(self):
        for values in ({}, {"auth_token": MASK}, {"auth_token": f" {MASK} "}):
            with (
                self.assertRaisesRegex(ValidationError, "Enter the token again"),
                self.env.cr.savepoint(),
            ):
                self.config.write({"api_base_url": ELSEWHERE, **values})
        self.config.write({"api_base_url": ELSEWHERE, "auth_token": False})
        self.assertFalse(read_secret(self.config))

    def test_nobody_finds_a_connection_by_its_token(self):
        for operator in ("=", "!=", "like", "in"):
            with self.assertRaisesRegex(UserError, "Nobody can search by tokens"):
                self.env["marketplace.config"].search([("auth_token", operator, TOKEN)])

    def test_each_connection_keeps_its_own_token(self):
        first, second = self.env["marketplace.config"].create(
            [{"auth_token": "tok-the-first"}, {"auth_token": "tok-the-second"}]
        )
        self.assertEqual(read_secret(first), "tok-the-first")
        self.assertEqual(read_secret(second), "tok-the-second")
        second.auth_token = False
        self.assertEqual((first + second + self.config).mapped("auth_token"), [MASK, False, MASK])

    def test_an_upgrade_carries_the_token_over_from_the_old_column(self):
        self.config.auth_token = False
        self.env.cr.execute("ALTER TABLE marketplace_config ADD COLUMN auth_token varchar")
        self.env.cr.execute(
            "UPDATE marketplace_config SET auth_token = 'tok-from-before' WHERE id = %s",
            [self.config.id],
        )
        for _upgrade in range(2):
            prepare_columns(self.env.cr)
        self.assertEqual(read_secret(self.config), "tok-from-before")
        self.env.cr.execute(
            "SELECT FROM information_schema.columns"
            " WHERE table_name = 'marketplace_config' AND column_name = 'auth_token'"
        )
        self.assertFalse(self.env.cr.rowcount)
