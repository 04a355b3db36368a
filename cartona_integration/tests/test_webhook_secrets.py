# Nobody gets in: whose webhooks are taken, how one secret follows another, what is signed well.
import logging
import time
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from ..controllers.failed_attempts import MOST_FAILURES, WITHIN, FailedAttempts
from ..utils.signature import sign
from .webhook_common import SECRET, WebhookCase

ORDER = {"hashed_id": "ord-1"}
BODY = b'{"hashed_id": "ord-1"}'


@tagged("post_install", "-at_install")
class TestWebhookSecrets(WebhookCase):
    def test_no_secret_an_empty_and_a_wrong_one_are_refused(self):
        self.assert_refused(self.post(ORDER, secret=None), 401, "no_secret")
        self.assert_refused(self.post(ORDER, secret=""), 401, "no_secret")
        for empty in ("Bearer", "Bearer ", "Basic "):
            answer = self.post(ORDER, secret=None, headers={"Authorization": empty})
            self.assert_refused(answer, 401, "no_secret")
        for wrong in (SECRET[:-1], f"{SECRET}x", SECRET.upper(), f"Bearer {SECRET}"):
            self.assert_refused(self.post(ORDER, secret=wrong), 401, "wrong_secret")

    def test_a_header_of_any_bytes_is_refused_like_any_other(self):
        for wrong in ("سر".encode(), b"\xff\xfe\x80", b"hook-7c1d94aa0\xc3\xb3"):
            self.assert_refused(self.post(ORDER, secret=wrong), 401, "wrong_secret")

    def test_with_no_secret_in_the_connection_nobody_gets_in(self):
        self.env["marketplace.config"].search([]).write(
            {"webhook_token": False, "webhook_token_previous": ""}
        )
        for sent in (None, "", "False", "None", SECRET):
            self.assertEqual(self.post(ORDER, secret=sent).status_code, 401)
        self.assertFalse(self.rows())

    def test_an_archived_connection_takes_nothing(self):
        self.config.active = False
        for path in ("orders", f"{self.config.endpoint_key}/orders"):
            self.assert_refused(self.post(ORDER, path), 401, "wrong_secret")

    def test_a_key_in_the_path_must_fit_the_secret(self):
        other = self.env["marketplace.config"].create({"webhook_token": "hook-of-another"})
        for key in (other.endpoint_key, "0" * 32, "orders", "%00", "%D8%B3", "x" * 500):
            self.assert_refused(self.post(ORDER, f"{key}/orders"), 401, "wrong_secret")
        self.assertEqual(self.post(ORDER, secret="hook-of-another").status_code, 200)
        self.assertFalse(self.rows())

    def test_two_connections_can_t_have_one_secret(self):
        with self.assertRaisesRegex(ValidationError, "Another connection has this webhook secret"):
            self.env["marketplace.config"].create({"webhook_token": SECRET})

    def test_a_secret_that_is_easily_guessed_is_refused_with_a_reason(self):
        for name in ("webhook_token", "webhook_signing_secret"):
            for secret in ("a", "12345", "  short  "):
                with (
                    self.subTest(name=name, secret=secret),
                    self.assertRaisesRegex(ValidationError, "too short.*at least 6 characters"),
                    self.env.cr.savepoint(),
                ):
                    self.config.write({name: secret})
            self.config.write({name: "six-ch"})
            self.assertEqual(self.config[name], "six-ch")

    def test_a_short_secret_of_an_earlier_version_can_be_replaced(self):
        self.env.cr.execute(
            "UPDATE marketplace_config SET webhook_token = 'old', webhook_signing_secret = 'old'"
            " WHERE id = %s",
            [self.config.id],
        )
        self.env.invalidate_all()
        self.config.name = "Another name"
        self.config.action_new_webhook_token()
        self.assertEqual(self.config.webhook_token_previous, "old")
        self.assertGreaterEqual(len(self.config.webhook_token), 32)

    def test_connections_that_are_not_live_keep_what_arrives(self):
        for state in ("draft", "connected", "paused"):
            self.env.cr.execute(
                "UPDATE marketplace_config SET state = %s WHERE id = %s", [state, self.config.id]
            )
            self.env.invalidate_all()
            self.assertEqual(self.post(ORDER).status_code, 200)
        self.assertEqual(self.rows().mapped("state"), ["received"] * 3)

    def test_arguments_and_forms_reach_nobody(self):
        answer = self.post(ORDER, f"orders?self=1&endpoint_key=x&secret={SECRET}", secret=None)
        self.assert_refused(answer, 401, "no_secret")
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self.post(b"self=1&csrf_token=x", headers=form)
        self.assert_refused(answer, 415, "not_json_type")

    def test_the_old_secret_holds_for_a_day(self):
        self.config.action_new_webhook_token()
        new = self.config.webhook_token
        self.assertNotEqual(new, SECRET)
        for secret in (SECRET, new):
            self.assertEqual(self.post(ORDER, secret=secret).status_code, 200)
        until = self.config.webhook_previous_until
        self.assertAlmostEqual(
            until, fields.Datetime.now() + timedelta(hours=24), delta=timedelta(minutes=5)
        )
        self.config.webhook_previous_until = fields.Datetime.now() - timedelta(seconds=1)
        self.assertEqual(self.post(ORDER, secret=SECRET).status_code, 401)
        self.assertEqual(self.post(ORDER, secret=new).status_code, 200)

    def test_the_old_secret_can_be_forgotten_at_once(self):
        self.config.action_new_webhook_token()
        self.config.action_forget_old_webhook_token()
        self.assert_refused(self.post(ORDER), 401, "wrong_secret")
        self.assertFalse(self.config.webhook_token_previous)
        self.assertFalse(self.config.webhook_signing_secret_previous)

    def test_only_managers_change_secrets_and_copies_have_their_own(self):
        user = new_test_user(
            self.env, "hook_user", "base.group_user,cartona_integration.group_marketplace_user"
        )
        self.config.action_new_webhook_token()
        config = self.config.with_user(user)
        for action in ("action_new_webhook_token", "action_forget_old_webhook_token"):
            with self.assertRaises(AccessError):
                getattr(config, action)()
        names = ["webhook_signing_secret", "webhook_token_previous"]
        for name in (*names, "webhook_signing_secret_previous"):
            with self.assertRaises(AccessError):
                config.read([name])
        copy = self.config.copy()
        self.assertFalse(copy.webhook_token_previous or copy.webhook_signing_secret_previous)
        self.assertFalse(copy.webhook_previous_until)
        self.assertNotIn(copy.webhook_signing_secret, (False, self.config.webhook_signing_secret))

    def signed(self, secret, when=0, body=BODY):
        signature = sign(secret, body, time.time() + when)
        return {"X-Marketplace-Signature": signature}

    def test_where_webhooks_are_signed_a_good_signature_is_needed_too(self):
        self.config.webhook_signing = True
        secret = self.config.webhook_signing_secret
        for headers in (
            {},
            self.signed("another-secret"),
            self.signed(SECRET),
            self.signed(secret, when=-400),
            self.signed(secret, when=400),
            self.signed(secret, body=BODY + b" "),
            {"X-Marketplace-Signature": "t=1,v1=" + "0" * 64},
            {"X-Marketplace-Signature": "t=,v1="},
            {"X-Marketplace-Signature": "س".encode()},
        ):
            self.assert_refused(self.post(BODY, headers=headers), 401, "wrong_signature")
        answer = self.post(BODY, secret="wrong", headers=self.signed(secret))
        self.assert_refused(answer, 401, "wrong_secret")
        for when in (-200, 0, 200):
            answer = self.post(BODY, headers=self.signed(secret, when))
            self.assertEqual(answer.status_code, 200)

    def test_both_signing_secrets_hold_during_a_change(self):
        self.config.webhook_signing = True
        old = self.config.webhook_signing_secret
        self.config.action_new_webhook_token()
        new = self.config.webhook_signing_secret
        self.assertNotEqual(new, old)
        for signing in (old, new):
            answer = self.post(BODY, headers=self.signed(signing))
            self.assertEqual(answer.status_code, 200)
        self.config.action_forget_old_webhook_token()
        answer = self.post(BODY, secret=self.config.webhook_token, headers=self.signed(old))
        self.assertEqual(answer.status_code, 401)

    def test_without_a_signing_secret_nothing_is_signed_well(self):
        self.config.write({"webhook_signing": True, "webhook_signing_secret": False})
        for secret in ("", "False"):
            answer = self.post(BODY, headers=self.signed(secret))
            self.assert_refused(answer, 401, "wrong_signature")

    def test_who_fails_again_and_again_is_told_to_wait_and_the_right_secret_passes(self):
        for _attempt in range(MOST_FAILURES):
            self.assert_refused(self.post(ORDER, secret="wrong"), 401, "wrong_secret")
        answer = self.post(ORDER, secret="wrong")
        self.assert_refused(answer, 429, "slow_down")
        self.assertTrue(1 <= int(answer.headers["Retry-After"]) <= WITHIN + 1)
        self.assertEqual(self.get_test("wrong").status_code, 429)
        self.assertEqual(self.post(ORDER).status_code, 200)
        self.assertEqual(self.get_test().status_code, 200)

    def test_a_refusal_leaves_a_line_without_what_was_sent(self):
        sent = {"hashed_id": "ord-private", "note_message": "private-note"}
        # Odoo calls another level INFO, too
        with self.assertLogs("odoo.addons.cartona_integration", logging.INFO) as logs:
            self.post(sent, secret="hook-private")
        self.assertIn("127.0.0.1 came without the right secret", str(logs.output))
        self.assertNotIn("private", str(logs.output))

    def test_failures_are_forgotten_in_time_and_never_fill_the_memory(self):
        now = [1000.0]
        failed = FailedAttempts(clock=lambda: now[0])
        self.assertEqual([failed.add("a") for _one in range(12)], [0] * 10 + [61] * 2)
        now[0] += 59.5
        self.assertEqual(failed.add("a"), 1)
        now[0] += 1
        self.assertEqual(failed.add("a"), 0)
        for number in range(5_000):
            failed.add(str(number))
        self.assertEqual(len(failed), 1_000)

    def test_a_secret_is_nobody_else_s_whichever_company_has_it_and_archived_or_not(self):
        company = self.env["res.company"].create({"name": "Another company"})
        manager = new_test_user(
            self.env,
            "hook_manager",
            "base.group_user,cartona_integration.group_marketplace_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        configs = self.env["marketplace.config"].with_user(manager)
        for is_active in (True, False):
            self.config.active = is_active
            with self.assertRaisesRegex(ValidationError, "Another connection has this"):
                configs.create({"webhook_token": SECRET, "company_id": company.id})

    def test_an_old_secret_is_nobody_else_s_either(self):
        self.config.action_new_webhook_token()
        with self.assertRaisesRegex(ValidationError, "Another connection has this"):
            self.env["marketplace.config"].create({"webhook_token": SECRET})

    def test_the_secret_that_the_marketplace_has_is_not_forgotten_by_a_second_change(self):
        self.config.action_new_webhook_token()
        with self.assertRaisesRegex(UserError, "Give the marketplace the new one"):
            self.config.action_new_webhook_token()
        self.assertEqual(self.post(ORDER).status_code, 200)
        self.config.action_forget_old_webhook_token()
        second = self.config.webhook_token
        self.config.action_new_webhook_token()
        self.assertEqual(self.post(ORDER, secret=second).status_code, 200)

    def test_a_secret_of_arabic_letters_fits(self):
        # the last letter's second byte is a blank among characters
        secret = "كلمة-السر-سلام"
        self.config.webhook_token = secret
        self.assertEqual(self.post(ORDER, secret=secret.encode()).status_code, 200)
