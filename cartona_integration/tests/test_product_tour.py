# A product's own form in a real browser: its status, Sync now and the way to its listings.
from datetime import datetime

from odoo.tests.common import HttpCase, tagged

from .outbound_common import GOODS


@tagged("post_install", "-at_install")
class TestProductTour(HttpCase):
    def test_a_clerk_sees_a_products_status_and_syncs_it(self):
        config = self.env["marketplace.config"].create(
            {
                "name": "Tour",
                "company_id": self.env.ref("base.user_admin").company_id.id,
                "api_base_url": "https://shop.example.com/v1/",
                "auth_token": "tok-for-a-tour",
                "deployment": "supplier",
                "scope_domain": "[('default_code', '=', 'MPT-TOUR')]",
            }
        )
        config._set_state("connected")
        config._set_state("live")
        product = self.env["product.product"].create(
            {"name": "Tour oil", "default_code": "MPT-TOUR", "list_price": 80.0, **GOODS}
        )
        listing = self.env["marketplace.listing"].create(
            {"config_id": config.id, "product_id": product.id, "identity": "MPT-TOUR"}
        )
        self.env.cr.flush()
        self.env.cr.execute("DELETE FROM marketplace_outbox")
        self.env.cr.execute(
            "UPDATE marketplace_listing_sync SET status = 'in_step', sent_at = %s "
            "WHERE listing_id = %s",
            [datetime(2024, 3, 1, 9, 0), listing.id],
        )
        self.start_tour(
            "/web#action=product.product_template_action&model=product.template&view_type=form"
            f"&id={product.product_tmpl_id.id}",
            "marketplace_product_tour",
            login="admin",
        )
        marks = self.env["marketplace.outbox"].search([("config_id", "=", config.id)])
        self.assertEqual(
            {(mark.lane, mark.kind) for mark in marks},
            {("product", "publication"), ("scope", "scope")},
        )
