# Products with hand-set listings, for the tests of what Odoo's own screens show of them.
from odoo.tests.common import new_test_user

from .outbound_common import OutboundCase

USER_GROUPS = (
    "sales_team.group_sale_salesman,stock.group_stock_user,product.group_product_variant,"
    "cartona_integration.group_marketplace_user"
)


class ProductScreensCase(OutboundCase):
    """A live connection that has sent nothing yet; every listing stands as a test puts it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start_sending()
        cls.clerk = new_test_user(cls.env, "mp_clerk", groups=USER_GROUPS)
        cls.forget_marks()

    @classmethod
    def start_sending(cls):
        cls.config._set_state("connected")
        cls.config._set_state("live")

    @classmethod
    def forget_marks(cls):
        cls.env.cr.flush()
        cls.env.cr.execute("DELETE FROM marketplace_outbox")
        cls.env.invalidate_all()

    @classmethod
    def list_product(cls, product, status, sent_at=None, config=None, **values):
        """Give a product a listing that stands so, with nothing waiting."""
        config = config or cls.config
        listing = cls.env["marketplace.listing"].create(
            {
                "config_id": config.id,
                "product_id": product.id,
                "identity": f"{config.id}-{product.id}-{values.get('pack_number', 0)}",
                **values,
            }
        )
        cls.env.cr.flush()
        cls.env.cr.execute(
            "UPDATE marketplace_listing_sync SET status = %s, sent_at = %s WHERE listing_id = %s",
            [status, sent_at, listing.id],
        )
        cls.forget_marks()
        return listing

    def make_wait(self, listing):
        self.env["marketplace.outbox"]._mark("price", "listing", listing.ids)
        self.env.cr.flush()
        self.env.invalidate_all()

    @classmethod
    def new_config(cls, **values):
        return cls.env["marketplace.config"].create(
            {
                "name": "Second",
                "api_base_url": "https://other.example.com/v1/",
                "auth_token": "tok-of-another",
                "deployment": "supplier",
                **values,
            }
        )

    def quant(self, product):
        return self.env["stock.quant"].search(
            [
                ("product_id", "=", product.id),
                ("location_id", "=", self.warehouse.lot_stock_id.id),
            ]
        )
