# Which addresses a token may be sent to: the rules of utils.addresses, without any network.
from odoo.tests.common import BaseCase, tagged

from ..utils.addresses import (
    AddressError,
    check_base_url,
    is_call_path,
    may_connect,
    origin,
    parse_hosts,
)


@tagged("post_install", "-at_install")
class TestAddresses(BaseCase):
    def refusal(self, url, trusted_hosts=()):
        try:
            check_base_url(url, trusted_hosts)
        except AddressError as error:
            return error.code
        return None

    def test_public_https_and_local_http_are_accepted(self):
        for url in (
            "https://supplier-integrations.cartona.com/api/v1/",
            "https://example.com:8443/api",
            "https://8.8.8.8/",
            "http://localhost:8070/api/v1/",
            "http://127.0.0.1:8070/",
            "http://[::1]:8070/",
        ):
            self.assertIsNone(self.refusal(url), url)

    def test_malformed_addresses_are_refused(self):
        for url in (
            "",
            None,
            "example.com/api",
            "ftp://example.com/",
            "https://",
            "https:///api",
            "https://exa mple.com/",
            " https://example.com/",
            "https://example.com/api?x=1",
            "https://example.com/#here",
            "https://example.com:0/",
            "https://example.com:99999/",
            "https://[::1/",
            "https://example.com\\@evil.com/",
            "https://example.com/\nHost: evil",
            "javascript:alert(1)",
            "https://.com/",
            "https://-/",
            f"https://{'a' * 300}.com/",
            "https://%31%32%37.0.0.1/",
            "https://１２７.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0/",
            "https://10.0.0.5./",
            "https://localhost./",
            "https://8.8.8.8%evil.com/",
            "https://[2606:4700::1111%25eth0]/",
            "https://[v1.a]/",
            "https://example.com:/",
            f"https://{'a' * 64}.com/",
            f"https://{'.'.join(['abcdefghi'] * 26)}.com/",
            5,
            ["https://example.com/"],
        ):
            self.assertEqual(self.refusal(url), "malformed", url)

    def test_a_path_that_climbs_is_refused(self):
        for path in ("../../", "./", "api/../v1/", "%2e%2e/", "a/%2E./b", "..%2fadmin", "api/.."):
            self.assertEqual(self.refusal(f"https://example.com/{path}"), "dots", path)
        self.assertIsNone(self.refusal("https://example.com/v1.2/..hidden/a..b/"))

    def test_a_call_s_path_stays_below_the_address(self):
        for path in ("orders", "orders/pull-orders", "v1.2/orders/", "a..b/~c_d"):
            self.assertTrue(is_call_path(path), path)
        for path in (
            *("", None, False, " ", "/orders", "orders//5", "a b", "a\tb", "orders\r\nHost: x"),
            *("orders\n", "orders?all=1", "orders#x", "%2e%2e/admin", "..", "a/../b", "./a"),
            *("https://evil.example.com", "a\\b", "o%72ders", "طلبات", "orders;x", "a@b"),
        ):
            self.assertFalse(is_call_path(path), path)

    def test_credentials_in_the_address_are_refused(self):
        self.assertEqual(self.refusal("https://me:pw@example.com/"), "credentials")
        self.assertEqual(self.refusal("https://localhost@example.com/"), "credentials")

    def test_plain_http_to_another_host_is_refused(self):
        self.assertEqual(self.refusal("http://example.com/api/"), "scheme")
        self.assertEqual(self.refusal("http://localhost.example.com/"), "scheme")

    def test_private_and_metadata_addresses_are_refused(self):
        for host in (
            "10.0.0.5",
            "172.16.3.4",
            "192.168.1.20",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "127.0.0.2",
            "224.0.0.1",
            "255.255.255.255",
            "[fd00::1]",
            "[fe80::1]",
            "[::ffff:10.0.0.5]",
            "[2002:a00:5::1]",
            "metadata.google.internal",
            "printer.local",
            "app.localhost",
            "router.home.arpa",
            "intranet",
        ):
            self.assertEqual(self.refusal(f"https://{host}/"), "private", host)

    def test_trusted_hosts_are_excused(self):
        trusted = parse_hosts(" Sandbox , 10.0.0.5 ,")
        self.assertEqual(trusted, {"sandbox", "10.0.0.5"})
        self.assertIsNone(self.refusal("http://sandbox:8070/api/v1/", trusted))
        self.assertIsNone(self.refusal("http://10.0.0.5/", trusted))
        self.assertEqual(self.refusal("http://10.0.0.6/", trusted), "scheme")

    def test_a_public_name_must_not_lead_to_a_private_address(self):
        self.assertTrue(may_connect("example.com", "93.184.216.34"))
        self.assertFalse(may_connect("example.com", "127.0.0.1"))
        self.assertFalse(may_connect("example.com", "169.254.169.254"))
        self.assertFalse(may_connect("example.com", "::ffff:192.168.0.1"))
        self.assertTrue(may_connect("localhost", "127.0.0.1"))
        self.assertTrue(may_connect("localhost", "::1"))
        self.assertFalse(may_connect("localhost", "93.184.216.34"))
        self.assertTrue(may_connect("sandbox", "172.18.0.3", {"sandbox"}))

    def test_origin_knows_default_ports_and_ignores_paths(self):
        self.assertEqual(origin("https://Example.com/a"), origin("https://example.com:443/b/c"))
        self.assertNotEqual(origin("https://example.com/"), origin("https://example.com:8443/"))
        self.assertNotEqual(origin("https://localhost/"), origin("http://localhost/"))
        self.assertIsNone(origin("nonsense"))
