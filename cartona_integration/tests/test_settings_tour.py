# Settings > Cartona in a real browser: token, Test connection (bad, good), connected.
from unittest.mock import patch

from odoo.tests.common import HttpCase, tagged

from ..adapters.cartona.adapter import MarketplaceAdapterCartona
from ..models.secret_store import read_secret
from .http_common import Reply, StubMarketplace


@tagged("post_install", "-at_install")
class TestSettingsTour(HttpCase):
    def test_a_manager_connects_the_company_in_the_settings(self):
        self.env["marketplace.config"].with_context(active_test=False).search([]).unlink()
        stub = StubMarketplace(self)
        stub.will_answer(Reply({"message": "Invalid token"}, 401))
        defaults = self.env["marketplace.adapter.cartona"]._get_config_defaults()
        with patch.object(
            MarketplaceAdapterCartona,
            "_get_config_defaults",
            lambda _self: defaults | {"api_base_url": stub.url},
        ):
            self.start_tour(
                "/web#action=cartona_integration.action_marketplace_settings",
                "marketplace_settings_tour",
                login="admin",
            )
        config = self.env["marketplace.config"].search([])
        self.assertEqual(len(config), 1)
        self.assertEqual((config.state, read_secret(config)), ("connected", "tok-good"))
        tokens = [request["headers"]["authorizationtoken"] for request in stub.seen]
        self.assertEqual(tokens, ["tok-wrong", "tok-good"])
