# Products that leave: stock 0 and unpublished until the marketplace confirms it, then off; and back
# again with everything.
from odoo.exceptions import UserError
from odoo.tests import tagged

from .http_common import Reply
from .prices_common import PricesCase

GONE = {"available_stock_quantity": 0, "is_published": False}
BACK = {"available_stock_quantity": 10, "is_published": True}


@tagged("post_install", "-at_install")
class TestLeaving(PricesCase):
    def setUp(self):
        super().setUp()
        self.go_live()

    def assert_gone(self):
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-OIL": GONE})
        listing = self.env["marketplace.listing"].search(
            [("config_id", "=", self.config.id), ("identity", "=", "MPT-OIL")]
        )
        self.assertEqual((listing.status, listing.sent_stock), ("off", 0))
        return listing

    def test_each_way_to_leave_and_back(self):
        template = self.oil.product_tmpl_id
        listing = self.listing(self.oil)
        for record, away, back in (
            (self.oil, {"active": False}, {"active": True}),
            (template, {"active": False}, {"active": True}),
            (template, {"sale_ok": False}, {"sale_ok": True}),
            (listing, {"is_wanted": False}, {"is_wanted": True}),
            (
                self.config,
                {"scope_domain": "[('default_code', 'in', ('MPT-RICE', 'MPT-TEA'))]"},
                {"scope_domain": "[('default_code', '=like', 'MPT-%')]"},
            ),
            (self.config, {"deployment": "internal"}, {"deployment": "supplier"}),
        ):
            with self.subTest(**away):
                record.write(away)
                self.flush()
                self.assertEqual(self.sent_once()["MPT-OIL"], GONE)
                self.assertEqual(listing.status, "off")
                record.write(back)
                self.flush()
                self.assertEqual(self.sent_once()["MPT-OIL"], BACK)
                self.assertEqual(listing.status, "in_step")

    def test_a_product_that_goes_to_another_company(self):
        other = self.env["res.company"].create({"name": "Another wholesaler"})
        salt = self.new_product("MPT-SALT", 3.5)
        self.flush()
        self.sent()
        salt.product_tmpl_id.company_id = other
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-SALT": {"is_published": False}})

    def test_a_deleted_product(self):
        salt = self.new_product("MPT-SALT", 3.5)
        self.flush()
        listing = self.listing(salt)
        self.sent()
        salt.unlink()
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-SALT": {"is_published": False}})
        self.assertEqual((listing.status, listing.product_id.id), ("off", False))

    def test_regenerated_variants(self):
        small, large = self.with_sizes(self.new_product("MPT-SHIRT", 20.0))
        small.default_code = "MPT-SMALL"
        self.flush()
        self.sent()
        template = small.product_tmpl_id
        template.attribute_line_ids.unlink()
        [single] = template.product_variant_ids
        single.default_code = "MPT-SHIRT"
        self.flush()
        told = self.sent_once()
        lost = {name for name, content in told.items() if content.get("is_published") is False}
        self.assertEqual(lost | {single.default_code}, lost | {"MPT-SHIRT"})
        self.assertTrue({"MPT-SMALL", "MPT-LARGE"} <= lost)
        self.assertTrue(told["MPT-SHIRT"]["is_published"])

    def test_leaving_is_told_until_it_is_confirmed(self):
        listing = self.listing(self.oil)
        self.oil.active = False
        self.stub.will_answer(Reply({}, status=503))
        self.assertTrue(self.flush())
        self.assertEqual(listing.status, "waiting")
        self.assertFalse(listing.sent_stock)
        self.sent()
        self.make_due()
        self.assert_gone()

    def test_what_may_have_been_told_is_taken_back(self):
        self.stub.will_answer(Reply({}, status=500))
        salt = self.new_product("MPT-SALT", 5.0)
        self.assertTrue(self.flush())
        self.sent()
        salt.active = False
        self.make_due()
        self.flush()
        # nobody knows whether it is not sold without end over there
        self.assertEqual(self.sent_once(), {"MPT-SALT": GONE | {"is_unlimited_stock": False}})

    def test_what_is_off_is_silent(self):
        self.oil.active = False
        self.assert_gone()
        self.set_stock(self.oil, 5)
        self.oil.list_price = 81.0
        self.flush()
        self.assertEqual(self.sent(), [])
        self.oil.active = True
        self.flush()
        back = {"available_stock_quantity": 15, "is_published": True, "selling_price": 81.0}
        self.assertEqual(self.sent_once(), {"MPT-OIL": back})

    def test_what_was_never_told_leaves_in_silence(self):
        salt = self.new_product("MPT-SALT", 0.0)
        self.flush()
        salt.active = False
        self.flush()
        self.assertEqual(self.sent(), [])

    def test_a_listing_is_deleted_only_after_it_is_off(self):
        listing = self.listing(self.oil)
        with self.assertRaisesRegex(UserError, "Untick Offer"):
            listing.unlink()
        listing.is_wanted = False
        self.assert_gone()
        listing.unlink()
        self.assertFalse(self.listing(self.oil))
