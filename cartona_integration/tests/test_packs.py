# Packs: listings of their own, made from a product's packagings, fed by one stock.
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .outbound_common import OutboundCase


@tagged("post_install", "-at_install")
class TestPacks(OutboundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_stock(cls.oil, 133)

    def add_packaging(self, product, name, quantity):
        """A packaging as this series of Odoo knows it."""
        if "product.packaging" in self.env:
            return self.env["product.packaging"].create(
                {"name": name, "product_id": product.id, "qty": quantity}
            )
        unit = self.env["uom.uom"].create(
            {
                "name": name,
                "relative_factor": quantity,
                "relative_uom_id": product.uom_id.id,
            }
        )
        product.uom_ids += unit
        return unit

    def packs(self, product):
        listings = self.listing(product).sorted("pack_number")
        return [(one.identity, one.pack_qty) for one in listings]

    def test_the_button_lists_a_product_in_its_packagings(self):
        self.add_packaging(self.oil, "Carton", 12)
        self.add_packaging(self.oil, "Pallet", 144)
        self.go_live()
        self.oil.product_tmpl_id.action_make_marketplace_packs()
        expected = [("MPT-OIL", 1.0), ("MPT-OIL#1", 12.0), ("MPT-OIL#2", 144.0)]
        self.assertEqual(self.packs(self.oil), expected)
        self.flush()
        told = {"is_published": True, "is_unlimited_stock": False}
        # 143 pieces at 80 each
        self.assertEqual(
            self.sent_once(),
            {
                "MPT-OIL#1": told | {"selling_price": 960.0, "available_stock_quantity": 11},
                "MPT-OIL#2": told | {"selling_price": 11520.0, "available_stock_quantity": 0},
            },
        )

    def test_one_stock_feeds_all_packs(self):
        self.add_packaging(self.oil, "Carton", 12)
        self.go_live()
        self.listing(self.oil).action_make_packs()
        self.flush()
        self.sent()
        self.set_stock(self.oil, 1)
        self.flush()
        self.assertEqual(
            self.sent_once(),
            {
                "MPT-OIL": {"available_stock_quantity": 144},
                "MPT-OIL#1": {"available_stock_quantity": 12},
            },
        )

    def test_the_button_makes_each_pack_once(self):
        self.add_packaging(self.oil, "Carton", 12)
        self.go_live()
        self.oil.action_make_marketplace_packs()
        self.add_packaging(self.oil, "Half a carton", 6)
        self.oil.action_make_marketplace_packs()
        expected = [("MPT-OIL", 1.0), ("MPT-OIL#1", 12.0), ("MPT-OIL#2", 6.0)]
        self.assertEqual(self.packs(self.oil), expected)

    def test_a_pack_is_the_listing_s_own(self):
        carton = self.add_packaging(self.oil, "Carton", 12)
        self.go_live()
        self.oil.action_make_marketplace_packs()
        if "product.packaging" in self.env:
            carton.unlink()
        else:
            self.oil.uom_ids -= carton
        self.flush()
        self.assertIn(("MPT-OIL#1", 12.0), self.packs(self.oil))

    def test_packs_leave_and_come_back_with_their_product(self):
        self.add_packaging(self.oil, "Carton", 12)
        self.go_live()
        self.oil.action_make_marketplace_packs()
        self.flush()
        self.sent()
        self.oil.active = False
        self.flush()
        gone = {"is_published": False, "available_stock_quantity": 0}
        self.assertEqual(self.sent_once(), {"MPT-OIL": gone, "MPT-OIL#1": gone})
        self.oil.active = True
        self.flush()
        told = self.sent_once()
        self.assertEqual(told["MPT-OIL#1"], {"is_published": True, "available_stock_quantity": 11})

    def test_packs_follow_their_product_to_another_identity(self):
        self.add_packaging(self.oil, "Carton", 12)
        self.go_live()
        self.oil.action_make_marketplace_packs()
        self.flush()
        pack = self.listing(self.oil).filtered("pack_number")
        exception = self.env["marketplace.policy"].create(
            {
                "config_id": self.config.id,
                "listing_id": pack.id,
                "own_prices": True,
                "fixed_price": 900.0,
            }
        )
        self.flush()
        self.sent()
        self.oil.default_code = "MPT-OIL2"
        self.flush()
        told = self.sent_once()
        gone = {"is_published": False, "available_stock_quantity": 0}
        self.assertEqual((told["MPT-OIL"], told["MPT-OIL#1"]), (gone, gone))
        self.assertEqual(told["MPT-OIL2#1"]["selling_price"], 900.0)
        self.assertEqual(self.packs(self.oil), [("MPT-OIL2", 1.0), ("MPT-OIL2#1", 12.0)])
        self.assertEqual(exception.listing_id.identity, "MPT-OIL2#1")

    def test_another_company_s_packaging_is_none_of_ours(self):
        if "product.packaging" not in self.env:
            return
        other = self.env["res.company"].create({"name": "Another wholesaler"})
        self.add_packaging(self.oil, "Carton", 12)
        self.add_packaging(self.oil, "Foreign carton", 20).company_id = other
        self.go_live()
        self.oil.action_make_marketplace_packs()
        self.assertEqual(self.packs(self.oil), [("MPT-OIL", 1.0), ("MPT-OIL#1", 12.0)])

    def test_nothing_to_make_packs_of_is_said(self):
        self.go_live()
        with self.assertRaisesRegex(UserError, "no packagings"):
            self.oil.action_make_marketplace_packs()
        unlisted = self.new_product("CHAIR", 1.0)
        self.add_packaging(unlisted, "Carton", 12)
        with self.assertRaisesRegex(UserError, "not listed"):
            unlisted.action_make_marketplace_packs()

    def test_who_may_not_change_listings_makes_no_packs(self):
        self.add_packaging(self.oil, "Carton", 12)
        self.go_live()
        user = self.new_user("packer", "user")
        with self.assertRaises(AccessError):
            self.oil.with_user(user).action_make_marketplace_packs()

    def test_an_empty_pack_is_refused(self):
        with self.assertRaises(UserError):
            self.env["marketplace.listing"].create(
                {
                    "config_id": self.config.id,
                    "product_id": self.oil.id,
                    "identity": "X",
                    "pack_qty": 0,
                }
            )
