# What the addon's tests share: a connection to a stub marketplace, and people with rights.
from odoo.tests.common import TransactionCase, new_test_user

from .http_common import StubMarketplace

TOKEN = "tok-5f1c9b7a2e"


class MarketplaceCase(TransactionCase):
    """A draft connection whose address leads to nobody until a test starts a stub."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.config = cls.env["marketplace.config"].create(
            {
                "name": "Test",
                "api_base_url": "https://shop.example.com/v1/",
                "auth_token": TOKEN,
                "deployment": "supplier",
            }
        )

    def start_marketplace(self, **kwargs):
        """A stub marketplace, with the connection pointed at it."""
        stub = StubMarketplace(self, **kwargs)
        self.config.write({"api_base_url": stub.url, "auth_token": TOKEN})
        return stub

    @classmethod
    def new_user(cls, login, *groups):
        names = [f"cartona_integration.group_marketplace_{group}" for group in groups]
        return new_test_user(cls.env, login, groups=",".join(["base.group_user", *names]))
