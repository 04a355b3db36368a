# The stock of a listing, step by step, with figures worked out by hand; and the formula's own
# arithmetic.
from decimal import Decimal

from odoo.exceptions import UserError, ValidationError
from odoo.tests.common import BaseCase, tagged

from ..utils.quantities import kits, trace_packs
from ..utils.trace import Trace, exact
from .orders_common import OrdersCase


class TestPackArithmetic(BaseCase):
    def packs(self, available, **policy):
        trace = Trace()
        trace.add("basis", exact(available))
        trace_packs(trace, **policy)
        return trace.trouble or int(trace.value)

    def test_each_step_of_the_formula(self):
        for available, policy, expected in (
            (10, {}, 10),
            (10.9, {}, 10),
            (10, {"buffer": 3}, 7),
            (3, {"buffer": 10}, 0),
            (-4, {}, 0),
            # 55 % of 9 is 4.95
            (9, {"share": 55}, 4),
            (9, {"share": 0}, 0),
            # 0.3 of a kilo in packs of 0.1 are three, whatever floats say
            (0.3, {"pack_qty": 0.1}, 3),
            (143, {"pack_qty": 12}, 11),
            (144, {"pack_qty": 12}, 12),
            (144, {"pack_qty": 12, "cap": 5}, 5),
            (24, {"pack_qty": 12, "cap": 5}, 2),
            # (100 − 4) × 50 % = 48; 48 / 12 = 4
            (100, {"buffer": 4, "share": 50, "pack_qty": 12}, 4),
            # 29 × 33.33 % = 9.6657
            (29, {"share": 33.33}, 9),
            (2**31 - 1, {}, 2**31 - 1),
            (2**31, {}, "stock_overflow"),
            (2**31, {"cap": 100}, 100),
            (9e19, {"pack_qty": 0.001}, "stock_overflow"),
            (-9e19, {"pack_qty": 0.001}, 0),
        ):
            with self.subTest(available=available, **policy):
                self.assertEqual(self.packs(available, **policy), expected)

    def test_a_kit_is_as_many_as_its_scarcest_part_makes(self):
        two, three = Decimal(2), Decimal(3)
        self.assertEqual(kits([(Decimal(11), two), (Decimal(100), three)]), (5, 0))
        self.assertEqual(kits([(Decimal(100), two), (Decimal(8), three)]), (2, 1))
        self.assertEqual(kits([(Decimal("0.6"), Decimal("0.2"))]), (3, 0))
        self.assertEqual(kits([(Decimal(-3), two)]), (-2, 0))


@tagged("post_install", "-at_install")
class TestStockFormula(OrdersCase):
    def listing_of(self, product, **values):
        return self.env["marketplace.listing"].create(
            {"config_id": self.config.id, "product_id": product.id, "identity": "X", **values}
        )

    def own_stock(self, **values):
        return self.env["marketplace.policy"].create(
            {"config_id": self.config.id, "own_stock": True, **values}
        )

    def today(self, listing):
        self.env.flush_all()
        self.env.invalidate_all()
        return listing._get_today(self.config)[listing.id]

    def stock(self, listing):
        today = self.today(listing)
        return today.held or today.values.get("stock", "no end")

    def test_the_basis_decides_what_counts(self):
        listing = self.listing_of(self.oil)
        self.reserve(self.oil, 4)
        self.receive_later(self.oil, 25)
        # 10 there, 4 of them reserved by a move that will take them out, 25 to come
        for basis, expected in (("free", 6), ("on_hand", 10), ("forecast", 31)):
            self.config.stock_basis = basis
            self.assertEqual(self.stock(listing), expected, basis)

    def test_one_stock_feeds_all_packs(self):
        self.set_stock(self.oil, 133)
        # 143 pieces
        for number, (pack_qty, expected) in enumerate(((1, 143), (12, 11), (24, 5))):
            listing = self.listing_of(self.oil, pack_qty=pack_qty, pack_number=number)
            self.assertEqual(self.stock(listing), expected)

    def test_only_the_chosen_warehouses_count(self):
        second = self.new_warehouse("Second")
        self.env["stock.quant"]._update_available_quantity(self.oil, second.lot_stock_id, 7)
        listing = self.listing_of(self.oil)
        self.assertEqual(self.stock(listing), 17)
        self.config.warehouse_ids = second
        self.assertEqual(self.stock(listing), 7)

    def test_a_warehouse_that_is_archived_offers_nothing_rather_than_everything(self):
        second = self.new_warehouse("Second")
        self.config.warehouse_ids = second
        second.active = False
        self.assertEqual(self.stock(self.listing_of(self.oil)), 0)

    def test_a_company_without_a_warehouse_offers_nothing(self):
        self.env.cr.execute(
            "UPDATE stock_warehouse SET active = false WHERE company_id = %s", [self.env.company.id]
        )
        self.assertEqual(self.stock(self.listing_of(self.oil)), 0)

    def test_a_warehouse_of_another_company_holds_the_stock(self):
        other = self.env["res.company"].create({"name": "Another wholesaler"})
        foreign = self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.config.warehouse_ids = foreign
        self.env.cr.execute(
            "INSERT INTO marketplace_config_stock_warehouse_rel VALUES (%s, %s)",
            [self.config.id, foreign.id],
        )
        listing = self.listing_of(self.oil)
        self.assertEqual(self.stock(listing), "stock_company")
        self.assertNotIn("stock", self.today(listing).values)

    def test_what_quotations_of_a_marketplace_need_is_not_offered_again(self):
        listing = self.listing_of(self.oil)
        self.new_order((self.oil, 3))
        self.assertEqual(self.stock(listing), 7)
        sent = self.new_order((self.oil, 2))
        sent.state = "sent"
        self.assertEqual(self.stock(listing), 5)
        sent._action_cancel()
        self.assertEqual(self.stock(listing), 7)

    def test_a_quotation_of_nobody_s_marketplace_takes_nothing(self):
        self.new_order((self.oil, 3), marketplace_config_id=False)
        self.assertEqual(self.stock(self.listing_of(self.oil)), 10)

    def test_another_connection_s_quotation_counts_too(self):
        other = self.config.copy()
        self.new_order((self.oil, 3), marketplace_config_id=other.id)
        self.assertEqual(self.stock(self.listing_of(self.oil)), 7)

    def test_a_quotation_in_dozens_takes_pieces(self):
        self.set_stock(self.oil, 20)
        self.new_order((self.oil, 2), unit=self.env.ref("uom.product_uom_dozen"))
        # 30 − 24
        self.assertEqual(self.stock(self.listing_of(self.oil)), 6)

    def test_a_quotation_takes_from_its_own_warehouse(self):
        second = self.new_warehouse("Second")
        self.config.warehouse_ids = self.warehouse
        self.new_order((self.oil, 3), warehouse_id=second.id)
        self.assertEqual(self.stock(self.listing_of(self.oil)), 10)

    def test_a_quotation_in_a_unit_that_says_nothing_holds_the_stock(self):
        order = self.new_order((self.oil, 3))
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE sale_order_line SET {self.line_unit} = %s WHERE order_id = %s",
            [self.env.ref("uom.product_uom_hour").id, order.id],
        )
        listing = self.listing_of(self.oil)
        self.assertEqual(self.stock(listing), "stock_unit")

    def test_a_confirmed_order_counts_once_however_much_of_it_is_reserved(self):
        listing = self.listing_of(self.oil)
        order = self.new_order((self.oil, 8))
        self.assertEqual(self.stock(listing), 2)
        order.action_confirm()
        move = order.order_line.move_ids
        for change, reserved in ((move._do_unreserve, 0), (move._action_assign, 8)):
            change()
            self.assertEqual(self.reserved(self.oil), reserved)
            self.assertEqual(self.stock(listing), 2)
        self.config.stock_basis = "forecast"
        self.assertEqual(self.stock(listing), 2)

    def test_what_an_order_waits_for_is_kept_for_it(self):
        listing = self.listing_of(self.oil)
        order = self.new_order((self.oil, 14))
        order.action_confirm()
        order.order_line.move_ids._action_assign()
        self.assertEqual(self.reserved(self.oil), 10)
        self.assertEqual(self.stock(listing), 0)
        self.set_stock(self.oil, 6)
        # 16 there, 10 reserved, 4 more needed
        self.assertEqual(self.stock(listing), 2)

    def test_an_order_in_two_steps_counts_once(self):
        self.warehouse.delivery_steps = "pick_ship"
        self.set_stock(self.oil, 10)
        listing = self.listing_of(self.oil)
        order = self.new_order((self.oil, 6))
        order.action_confirm()
        pick = order.picking_ids.move_ids.filtered(lambda m: m.location_id.usage == "internal")
        pick._do_unreserve()
        self.assertEqual(self.stock(listing), 14)
        pick._action_assign()
        self.assertEqual(self.stock(listing), 14)

    def test_the_nearest_policy_wins_and_others_are_left_alone(self):
        category = self.env["product.category"].create({"name": "Oils"})
        self.oil.categ_id = category
        oil, rice = self.listing_of(self.oil), self.listing_of(self.rice, identity="Y")
        self.own_stock(category_id=category.id, stock_buffer=4)
        self.assertEqual((self.stock(oil), self.stock(rice)), (6, 20))
        self.own_stock(listing_id=oil.id, stock_cap=3)
        self.assertEqual((self.stock(oil), self.stock(rice)), (3, 20))

    def test_what_is_sold_without_end_says_so(self):
        listing = self.listing_of(self.oil)
        self.own_stock(listing_id=listing.id, stock_unlimited=True)
        self.assertEqual(self.stock(listing), "no end")
        self.assertIs(self.today(listing).values["unlimited"], True)

    def test_what_is_shown_only_in_stock_comes_and_goes(self):
        listing = self.listing_of(self.oil)
        self.config.publication = "in_stock"
        self.assertIs(self.today(listing).values["published"], True)
        self.set_stock(self.oil, -10)
        self.assertIs(self.today(listing).values["published"], False)

    def test_order_quantities_are_told_where_somebody_decided_on_them(self):
        listing = self.listing_of(self.oil)
        self.assertNotIn("min_order", self.today(listing).values)
        self.env["marketplace.policy"].create(
            {
                "config_id": self.config.id,
                "listing_id": listing.id,
                "own_limits": True,
                "min_order": 2,
                "max_order": 20,
            }
        )
        values = self.today(listing).values
        self.assertEqual((values["min_order"], values["max_order"]), (2, 20))

    def test_policies_that_contradict_themselves_are_refused(self):
        listing = self.listing_of(self.oil)
        category = self.env["product.category"].create({"name": "Oils"})
        for values in (
            {"listing_id": listing.id, "stock_share": 101},
            {"listing_id": listing.id, "stock_buffer": -1},
            {"listing_id": listing.id, "min_order": 5, "max_order": 4},
            {"listing_id": listing.id, "fixed_price": -1},
            {"listing_id": listing.id, "fixed_price": 1e30},
            {"category_id": category.id, "fixed_price": 5},
            {"listing_id": listing.id, "config_id": self.config.copy().id},
        ):
            with self.subTest(**values), self.assertRaises(ValidationError):
                self.own_stock(**values)

    def test_a_policy_that_makes_every_stock_nothing_says_so(self):
        self.set_stock(self.oil, 100_000)
        self.assertFalse(self.config.stock_warning)
        self.config.stock_share = 0
        self.assertIn("offered as 0", self.config.stock_warning)
        self.config.write({"stock_share": 100, "stock_buffer": 10**9})
        self.assertIn("offered as 0", self.config.stock_warning)
        self.config.write({"stock_buffer": 0, "warehouse_ids": self.new_warehouse("Empty").ids})
        self.assertIn("no stock at all", self.config.stock_warning)

    def test_a_connection_opens_whatever_quantity_somebody_typed(self):
        self.set_stock(self.oil, 1e21)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(self.config.stock_warning)
