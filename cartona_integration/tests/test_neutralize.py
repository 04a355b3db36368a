# A copied database must be silent.
from odoo.tests.common import tagged
from odoo.tools import file_open

from ..models.secret_store import read_secret
from .common import MarketplaceCase


@tagged("post_install", "-at_install")
class TestNeutralize(MarketplaceCase):
    def test_a_neutralized_database_can_reach_nobody(self):
        stub = self.start_marketplace()
        self.config._set_state("connected")
        self.config.action_go_live()
        self.config.action_new_webhook_token()
        job = self.env["marketplace.config"].with_delay(channel="root.cartona.push").search([])
        uuid = job.uuid
        self.assertTrue(self.env["marketplace.outbox"].search([]))
        self.env.flush_all()
        with file_open("cartona_integration/data/neutralize.sql") as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
        self.assertEqual(self.config.state, "draft")
        self.assertFalse(read_secret(self.config))
        for name in (
            "webhook_token",
            "webhook_token_previous",
            "webhook_signing_secret",
            "webhook_signing_secret_previous",
        ):
            self.assertFalse(self.config[name])
        self.assertFalse(self.env["queue.job"].search([("uuid", "=", uuid)]))
        self.assertFalse(self.env["marketplace.outbox"].search([]))
        self.config.action_test_connection()
        self.assertEqual(stub.seen, [])
