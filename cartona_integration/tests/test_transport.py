# The wire against real sockets: each way an exchange can go wrong is told apart, and nothing is
# sent where it must not go.
import ssl
import tempfile
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from unittest.mock import patch

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from odoo.tests.common import BaseCase, tagged

from .. import transport
from ..exceptions import AuthFailed, RateLimited, Rejected, Retryable
from ..transport import PreparedCall
from ..utils.addresses import origin
from ..utils.redaction_filter import redacting_filter
from ..utils.secret import Secret
from .http_common import PRODUCT_PAGE, Reply, StubMarketplace, unused_port

TOKEN_HEADER = {"AuthorizationToken": "tok-5f1c9b7a2e"}


def self_signed_context():
    """A TLS server context with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile(suffix=".pem") as pem:
        pem.write(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.TraditionalOpenSSL,
                serialization.NoEncryption(),
            )
        )
        pem.write(certificate.public_bytes(serialization.Encoding.PEM))
        pem.flush()
        context.load_cert_chain(pem.name)
    return context


@tagged("post_install", "-at_install")
class TestTransport(BaseCase):
    def call(self, url, **kwargs):
        values = {"headers": dict(TOKEN_HEADER), "connect_timeout": 2, "read_timeout": 2} | kwargs
        return PreparedCall("GET", url, **values).perform()

    def failure(self, *replies, **kwargs):
        """The error that a stub marketplace with these answers ends in."""
        stub = StubMarketplace(self)
        stub.will_answer(*replies)
        exchange = self.call(stub.url, **kwargs)
        self.assertIsNone(exchange.answer)
        return exchange.error

    def test_a_json_answer_is_handed_over(self):
        stub = StubMarketplace(self)
        exchange = self.call(f"{stub.url}supplier-product", params={"page": 1, "per_page": 1})
        self.assertIsNone(exchange.error)
        self.assertEqual(exchange.answer.payload, PRODUCT_PAGE)
        self.assertEqual(stub.seen[0]["path"], "/api/v1/supplier-product?page=1&per_page=1")
        self.assertEqual(stub.seen[0]["headers"]["authorizationtoken"], "tok-5f1c9b7a2e")

    def test_an_empty_success_is_an_answer_without_content(self):
        stub = StubMarketplace(self)
        stub.will_answer(Reply(b"", 200))
        self.assertIsNone(self.call(stub.url).answer.payload)

    def test_refused_tokens_are_told_apart(self):
        for status in (401, 403):
            error = self.failure(Reply({"message": "Invalid token"}, status))
            self.assertIsInstance(error, AuthFailed)
            self.assertEqual(error.detail, f"HTTP {status} Invalid token")

    def test_a_rate_limit_carries_its_pause(self):
        error = self.failure(Reply({}, 429, {"Retry-After": "7"}))
        self.assertIsInstance(error, RateLimited)
        self.assertEqual(error.retry_after, 7)
        later = format_datetime(datetime.now(timezone.utc) + timedelta(hours=1), usegmt=True)
        error = self.failure(Reply({}, 429, {"Retry-After": later}))
        self.assertAlmostEqual(error.retry_after, 3600, delta=30)
        self.assertIsNone(self.failure(Reply({}, 429)).retry_after)

    def test_a_server_error_may_have_been_carried_out(self):
        error = self.failure(Reply({"error": "boom"}, 502))
        self.assertIsInstance(error, Retryable)
        self.assertEqual((error.code, error.ambiguous), ("unavailable", True))

    def test_a_refusal_is_final_and_keeps_the_reason(self):
        error = self.failure(Reply({"errors": ["price must be positive"]}, 422))
        self.assertIsInstance(error, Rejected)
        self.assertEqual(error.detail, 'HTTP 422 ["price must be positive"]')
        self.assertEqual(self.failure(Reply(b"<html>404</html>", 404)).code, "not_found")

    def test_a_token_that_an_answer_repeats_is_masked_even_where_it_is_cut(self):
        secret = "tok-that-nobody-may-read/at+all"
        redacting_filter.protect(secret)
        for answer in (
            # 480 characters, and the token across the 500th
            Reply({"message": "x" * 480 + secret}, 422),
            Reply(b"x" * 480 + secret.encode(), 500),
            Reply(b"x" * 180 + secret.encode(), 200),
            Reply(b'{"error": "no \\/ ' + secret.replace("/", "\\/").encode() + b'"}', 401),
        ):
            error = self.failure(answer)
            self.assertNotIn("tok-that", error.detail)

    def test_a_redirect_is_not_followed_with_the_token(self):
        other = StubMarketplace(self)
        error = self.failure(Reply(b"", 302, {"Location": other.url}))
        self.assertEqual(error.code, "redirected")
        self.assertEqual(other.seen, [])

    def test_a_secret_travels_to_its_own_server_alone(self):
        own, other = StubMarketplace(self), StubMarketplace(self)
        headers = {"AuthorizationToken": Secret("tok-5f1c9b7a2e", origin(own.url))}
        self.assertIsNone(self.call(f"{own.url}orders", headers=headers).error)
        self.assertEqual(own.seen[0]["headers"]["authorizationtoken"], "tok-5f1c9b7a2e")
        for url in (
            other.url,
            own.url.replace("127.0.0.1", "localhost"),
            own.url.replace("http:", "https:"),
            f"{own.url}?elsewhere",
            "nonsense",
        ):
            error = self.call(url, headers=headers).error
            self.assertIsInstance(error, Rejected, url)
            self.assertEqual(error.code, "foreign_token", url)
        self.assertEqual((len(own.seen), other.seen), (1, []))

    def test_an_answer_that_is_no_json_may_have_been_carried_out(self):
        for body in (b"<html>welcome</html>", b'{"a": ', b"[" * 100_000):
            error = self.failure(Reply(body))
            self.assertEqual((error.code, error.ambiguous), ("not_json", True))

    def test_a_silent_server_times_out_and_stays_ambiguous(self):
        error = self.failure(Reply(fault="silence"), read_timeout=0.3)
        self.assertEqual((error.code, error.ambiguous), ("timeout", True))

    def test_a_dripping_server_is_given_up(self):
        error = self.failure(Reply(fault="drip"), connect_timeout=0.1, read_timeout=0.5)
        self.assertEqual((error.code, error.ambiguous), ("timeout", True))

    def test_a_broken_off_answer_is_ambiguous(self):
        for fault in ("cut", "reset"):
            error = self.failure(Reply(PRODUCT_PAGE, fault=fault))
            self.assertEqual((error.code, error.ambiguous), ("interrupted", True), fault)

    def test_an_endless_answer_is_given_up(self):
        self.patch(transport, "MAX_ANSWER_BYTES", 1000)
        self.assertEqual(self.failure(Reply(b"x" * 1001)).code, "too_large")

    def test_a_server_that_is_not_there_has_done_nothing(self):
        error = self.call(f"http://127.0.0.1:{unused_port()}/").error
        self.assertEqual((error.code, error.ambiguous), ("unreachable", False))

    def test_a_certificate_that_nobody_vouches_for_gets_no_token(self):
        stub = StubMarketplace(self, ssl_context=self_signed_context())
        error = self.call(f"https://localhost:{stub.port}/").error
        self.assertEqual((error.code, error.ambiguous), ("tls", False))
        self.assertEqual(stub.seen, [])

    def test_a_name_that_leads_into_a_private_network_gets_no_byte(self):
        stub = StubMarketplace(self)
        self.patch(transport, "may_connect", lambda host, peer, trusted: False)
        error = self.call(stub.url).error
        self.assertIsInstance(error, Rejected)
        self.assertEqual(error.code, "private_address")
        self.assertEqual(stub.seen, [])

    def test_the_environment_has_no_say_in_where_we_connect(self):
        stub = StubMarketplace(self)
        with patch.dict("os.environ", {"HTTP_PROXY": "http://127.0.0.1:1/", "NO_PROXY": ""}):
            self.assertIsNone(self.call(stub.url).error)
