# Lots past their removal date, beside product_expiry: they are there, and are not offered.
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .orders_common import OrdersCase


@tagged("post_install", "-at_install", "-standard", "neighbours")
class TestExpiry(OrdersCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.milk = cls.new_product("MPT-MILK", 30.0, tracking="lot", use_expiration_date=True)
        cls.fresh = cls.new_lot("FRESH", 8, timedelta(days=9))
        cls.old = cls.new_lot("OLD", 5, timedelta(days=-3))

    @classmethod
    def new_lot(cls, name, quantity, keeps):
        lot = cls.env["stock.lot"].create(
            {"name": name, "product_id": cls.milk.id, "company_id": cls.env.company.id}
        )
        moment = fields.Datetime.now() + keeps
        lot.write({"expiration_date": moment, "removal_date": moment})
        cls.env["stock.quant"]._update_available_quantity(
            cls.milk, cls.warehouse.lot_stock_id, quantity, lot_id=lot
        )
        return lot

    def assert_told(self, milk=None):
        """This stock of milk is told and nothing else; nothing at all when there is none."""
        self.flush()
        told = {} if milk is None else {"MPT-MILK": {"available_stock_quantity": milk}}
        self.assertEqual(self.sent_once(), told)

    def stock(self):
        self.env.flush_all()
        self.env.invalidate_all()
        listing = self.listing(self.milk) or self.env["marketplace.listing"].create(
            {"config_id": self.config.id, "product_id": self.milk.id, "identity": "MPT-MILK"}
        )
        return listing._get_today(self.config)[listing.id].values["stock"]

    def test_expired_lots_do_not_count_on_any_basis(self):
        for basis in ("free", "on_hand", "forecast"):
            self.config.stock_basis = basis
            self.assertEqual(self.stock(), 8, basis)

    def test_a_lot_that_expired_a_moment_ago_does_not_count(self):
        self.new_lot("JUST NOW", 4, timedelta(seconds=-1))
        for basis in ("free", "on_hand", "forecast"):
            self.config.stock_basis = basis
            self.assertEqual(self.stock(), 8, basis)

    def test_what_is_reserved_of_an_expired_lot_is_taken_off_once(self):
        self.env["stock.quant"]._update_reserved_quantity(
            self.milk, self.warehouse.lot_stock_id, 2, lot_id=self.old, strict=True
        )
        # 13 there, 2 reserved, and 3 more expired
        self.assertEqual(self.stock(), 8)

    def test_an_expired_lot_in_another_warehouse_takes_nothing(self):
        second = self.new_warehouse("Second")
        self.env["stock.quant"]._update_available_quantity(
            self.milk, second.lot_stock_id, 6, lot_id=self.old
        )
        self.config.warehouse_ids = self.warehouse
        self.assertEqual(self.stock(), 8)

    def test_a_date_that_is_changed_is_told(self):
        self.go_live()
        self.assertEqual(self.listing(self.milk).sent_stock, 8)
        self.old.removal_date = fields.Datetime.now() + timedelta(days=2)
        self.assert_told(milk=13)

    def test_the_sweep_finds_what_expired_since(self):
        self.go_live()
        self.env.cr.execute(
            "UPDATE stock_lot SET removal_date = removal_date - interval '10 days' WHERE id = %s",
            [self.fresh.id],
        )
        self.env.cr.execute(
            "UPDATE stock_quant SET removal_date = removal_date - interval '10 days' "
            "WHERE lot_id = %s",
            [self.fresh.id],
        )
        self.env.invalidate_all()
        self.assert_told()
        self.env["marketplace.sweep"]._sweep(self.config, 0)
        # 13 there, all of them expired
        self.assert_told(milk=0)

    def test_a_lot_that_arrives_expired_makes_no_call(self):
        self.go_live()
        late = self.new_lot("LATE", 6, timedelta(days=-1))
        self.assert_told()
        late.removal_date = fields.Datetime.now() + timedelta(days=1)
        # 8 + 6
        self.assert_told(milk=14)

    def test_reserving_and_delivering_from_a_fresh_lot(self):
        self.go_live()
        move = self.reserve(self.milk, 3)
        self.assertEqual(move.lot_ids, self.fresh)
        self.assert_told(milk=5)
        move._do_unreserve()
        self.assert_told(milk=8)
        move._action_assign()
        move.picked = True
        move._action_done()
        self.assert_told(milk=5)
