# No secret reaches a log, whoever writes the line and however it is worded.
import io
import json
import logging

from odoo.tests.common import BaseCase, tagged

from ..hooks import post_load
from ..transport import PreparedCall
from ..utils.messages import ApiAnswer
from ..utils.redact import MASK, loggable_body, redact_data, redact_text
from ..utils.redaction_filter import RedactingFilter, redacting_filter

SECRET = "s3cr3t-value-91"
TOKEN = "abc/def+GH&12345=="
# How JSON may spell it: as PHP does, as Rails does, and in other ways that any reader takes.
SPELLINGS = (
    r"abc\/def+GH&12345==",
    r"abc/def+GH\u002612345==",
    r"\u0061bc\u002fdef\u002BGH\u0026\u0031\u0032345\u003d\u003D",
)


@tagged("post_install", "-at_install")
class TestRedaction(BaseCase):
    def logged(self, log):
        """What a handler with our filter writes when ``log`` uses its logger."""
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        redactor = RedactingFilter()
        redactor.protect(SECRET)
        handler.addFilter(redactor)
        logger = logging.Logger("redaction")  # stands alone: nothing else hears it
        logger.addHandler(handler)
        log(logger)
        return stream.getvalue()

    def test_values_of_secret_names_are_masked_in_texts(self):
        for text in (
            f"AuthorizationToken: {SECRET}",
            f"{{'AuthorizationToken': '{SECRET}', 'a': 1}}",
            f'{{"auth_token": "{SECRET}"}}',
            f"authorization=Bearer {SECRET}",
            f"webhook_token={SECRET}&x=1",
            f"'retailer_otp': '{SECRET}'",
            f"Cookie: {SECRET}",
        ):
            self.assertNotIn(SECRET, redact_text(text), text)
            self.assertIn(MASK, redact_text(text), text)

    def test_harmless_texts_stay_as_they_are(self):
        for text in ("token: None", "the token was refused", "price=12.5", "tokens left = 5 of 7"):
            self.assertEqual(redact_text(text), text)

    def test_secret_keys_are_masked_in_nested_bodies(self):
        body = {"orders": [{"hashed_id": "x1", "retailer_otp": "4711", "pickup_otp": None}]}
        self.assertEqual(
            redact_data(body),
            {"orders": [{"hashed_id": "x1", "retailer_otp": MASK, "pickup_otp": None}]},
        )
        self.assertEqual(body["orders"][0]["retailer_otp"], "4711")

    def test_bodies_are_capped_after_redaction_only(self):
        padded = {"note": "x" * 40 + SECRET + "y" * 100}
        text = loggable_body(padded, [SECRET], limit=60)
        self.assertNotIn(SECRET[:4], text)
        self.assertTrue(text.endswith(" characters)"), text)

    def test_bodies_lose_the_null_characters_that_a_database_refuses(self):
        self.assertEqual(loggable_body("a\x00b"), "ab")
        self.assertEqual(loggable_body(None), "")

    def test_filter_masks_messages_arguments_and_tracebacks(self):
        def fail(logger):
            try:
                raise ValueError(f"could not send {SECRET}")
            except ValueError:
                logger.exception("sending %s failed", SECRET)

        self.assertIn(MASK, self.logged(fail))
        self.assertNotIn(SECRET, self.logged(fail))
        self.assertNotIn(SECRET, self.logged(lambda log: log.info({"header": SECRET})))

    def test_filter_leaves_ordinary_lines_alone(self):
        self.assertEqual(self.logged(lambda log: log.warning("%s of %d", "one", 2)), "one of 2\n")

    def test_a_line_that_can_not_be_worded_raises_nowhere_and_keeps_its_secrets(self):
        class Mute:
            def __str__(self):
                raise ZeroDivisionError(SECRET)

            __repr__ = __str__

        for log, told in (
            (lambda log: log.warning("imported %d of %d", 3), "imported %d of %d [3]"),
            (lambda log: log.warning("imported", 3, SECRET), "imported [3, ********]"),
            (lambda log: log.warning("%s %d", SECRET, "x"), "%s %d [********, x]"),
            (lambda log: log.warning(f"%d {SECRET}", "x"), "%d ******** [x]"),
            (lambda log: log.warning("%(a)s %(b)s", {"a": SECRET}), "[{'a': '********'}]"),
            (lambda log: log.warning("%s %s", Mute(), SECRET), "%s %s [(Mute), ********]"),
            (lambda log: log.warning([Mute()]), "(list) []"),
            (lambda log: log.warning("at %s", "once", exc_info=(1, SECRET)), "at once"),
        ):
            with self.subTest(told):
                line = self.logged(log)
                self.assertIn(told, line)
                self.assertNotIn(SECRET, line)

    def test_a_line_that_can_not_be_worded_says_where_it_was_written_and_why(self):
        line = self.logged(lambda log: log.warning("imported %d of %d", 3))
        self.assertRegex(line, r"\(TypeError at \S+test_redaction\.py:\d+\)\n$")

    def test_encoded_forms_of_a_secret_are_masked_too(self):
        redactor = RedactingFilter()
        redactor.protect("tok-plain+/=99")
        for text in ("x=tok-plain%2B%2F%3D99", "dG9rLXBsYWluKy89OTk="):
            self.assertIn(MASK, redact_text(text, redactor.secrets))

    def test_a_secret_is_masked_in_json_however_it_is_escaped(self):
        for spelling in SPELLINGS:
            body = f'{{"message": "Token {spelling} is not allowed"}}'
            self.assertEqual(
                loggable_body(body, [TOKEN]), '{"message": "Token ******** is not allowed"}'
            )

    def test_a_secret_with_escapes_is_masked_in_what_is_no_json_too(self):
        redactor = RedactingFilter()
        redactor.protect(TOKEN)
        for spelling in SPELLINGS:
            for text in (
                f'Error: {{"message": "Token {spelling} is not allowed"}}',
                f'{{"message": "Token {spelling} is not',
                str([f'{{"message": "Token {spelling} is not allowed"}}']),
            ):
                # a backslash that was doubled may stay behind
                for masked in (
                    loggable_body(text, [TOKEN]),
                    redact_text(text, redactor.secrets),
                ):
                    self.assertRegex(masked, r"Token \\?\*{8} is not")

    def test_a_secret_with_quotes_backslashes_and_letters_of_any_kind_is_masked_in_json(self):
        secret = 'a"b\\\\c\u0639\U0001f600'
        for text in (json.dumps({"a": secret}), json.dumps({"a": secret}, ensure_ascii=False)):
            self.assertEqual(redact_text(text, [secret]), '{"a": "********"}')
            self.assertEqual(loggable_body(text, [secret]), '{"a": "********"}')
        self.assertEqual(loggable_body({"a": secret}, [secret]), '{"a": "********"}')

    def test_ordinary_escapes_stay_as_they_are(self):
        text = r'say: "a\/b\u0026c" in C:\new'
        self.assertEqual(redact_text(text, [TOKEN]), text)

    def test_json_is_read_before_its_secret_names_are_looked_for(self):
        self.assertEqual(loggable_body(r'{"auth\u005ftoken": "x"}'), '{"auth_token": "********"}')
        self.assertEqual(
            loggable_body('[{"message": "Token: x1 is wrong", "n": 1.5}]'),
            '[{"message": "Token: ******** is wrong", "n": 1.5}]',
        )

    def test_a_body_that_is_nested_too_deeply_is_worded_all_the_same(self):
        text = "[" * 700 + f'"{SECRET}"' + "]" * 700
        self.assertIn(MASK, loggable_body(text, [SECRET]))
        self.assertNotIn(SECRET, loggable_body(json.loads(text), [SECRET]))

    def test_short_values_are_not_protected(self):
        redactor = RedactingFilter()
        redactor.protect("price", "", None)
        self.assertEqual(redactor.secrets, [])

    def test_every_handler_of_the_process_has_the_filter_once(self):
        handler = logging.NullHandler()
        logging.getLogger().addHandler(handler)
        self.addCleanup(logging.getLogger().removeHandler, handler)
        post_load()
        post_load()
        self.assertEqual(handler.filters.count(redacting_filter), 1)

    def test_a_call_and_an_answer_keep_secrets_out_of_their_repr(self):
        call = PreparedCall("GET", "https://x.example/", {"AuthorizationToken": SECRET}, body=b"x")
        self.assertNotIn(SECRET, repr(call))
        self.assertNotIn(SECRET, repr(ApiAnswer(200, [], {"Set-Cookie": SECRET})))
