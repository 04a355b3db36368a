# Whose Odoo it is: proposed with a reason, confirmed by a person, obeyed by what is listed.
from odoo.exceptions import UserError
from odoo.tests.common import tagged

from .outbound_common import OutboundCase


@tagged("post_install", "-at_install")
class TestDeployment(OutboundCase):
    def setUp(self):
        super().setUp()
        self.env["product.product"].search([("cartona_id", "!=", False)]).cartona_id = False
        self.config.deployment = "auto"

    def test_a_catalogue_without_identities_is_a_supplier_s(self):
        self.assertEqual(self.config.environment, "supplier")
        self.assertIn("treated alike", self.config.deployment_reason)

    def test_a_catalogue_with_some_identities_is_the_marketplace_s(self):
        self.oil.cartona_id = "C-1"
        self.config.invalidate_recordset()
        self.assertEqual(self.config.environment, "internal")
        self.assertRegex(self.config.deployment_reason, r"^1 of \d+ products")

    def test_it_goes_live_only_once_somebody_confirmed(self):
        self.config._set_state("connected")
        with self.assertRaisesRegex(UserError, "Confirm which products"):
            self.config.action_go_live()
        self.config.action_confirm_deployment()
        self.assertEqual(self.config.deployment, "supplier")
        self.assertFalse(self.config.deployment_reason)
        self.config.action_go_live()
        self.assertEqual(self.config.state, "live")

    def test_the_marketplace_s_own_odoo_offers_identified_products_only(self):
        self.oil.cartona_id = "C-1"
        self.config.deployment = "internal"
        self.go_live()
        listings = self.env["marketplace.listing"].search([("config_id", "=", self.config.id)])
        self.assertEqual(listings.mapped("identity"), ["C-1"])
        self.rice.cartona_id = "C-2"
        self.flush()
        self.assertEqual(list(self.sent_once()), ["C-2"])
