# Each thing that changes the stock on offer, of pieces and of packs of four: exactly the numbers
# that follow reach the marketplace, and where a number stays, no call is made about it. The oil
# begins with 10 pieces, which are 2 packs.
from odoo.tests import tagged

from .orders_common import OrdersCase


@tagged("post_install", "-at_install")
class TestStockMatrix(OrdersCase):
    def setUp(self):
        super().setUp()
        self.go_live()
        self.env["marketplace.listing"].create(
            {
                "config_id": self.config.id,
                "product_id": self.oil.id,
                "identity": "MPT-OIL#1",
                "pack_qty": 4,
                "pack_number": 1,
            }
        )
        self.flush()
        self.forget_later_marks()
        self.assertEqual(self.sent_once()["MPT-OIL#1"]["available_stock_quantity"], 2)

    def assert_told(self, piece=None, pack=None):
        """Exactly these numbers are told, and nothing where they are none."""
        self.flush()
        told = {"MPT-OIL": piece, "MPT-OIL#1": pack}
        self.assertEqual(
            self.sent_once(),
            {
                name: {"available_stock_quantity": stock}
                for name, stock in told.items()
                if stock is not None
            },
        )

    def finish(self, move, quantity):
        move.quantity = quantity
        move.picked = True
        move._action_done()

    def new_shelf(self, name):
        parent = self.warehouse.lot_stock_id.id
        return self.env["stock.location"].create({"name": name, "location_id": parent})

    def test_reserving_and_unreserving(self):
        move = self.reserve(self.oil, 1)
        # 9 / 4 = 2.25
        self.assert_told(9)
        other = self.reserve(self.oil, 2)
        # 7 / 4 = 1.75
        self.assert_told(7, 1)
        move._do_unreserve()
        self.assert_told(8, 2)
        other._do_unreserve()
        self.assert_told(10)

    def test_an_order_that_nobody_reserves_for_until_asked(self):
        self.warehouse.out_type_id.reservation_method = "manual"
        order = self.new_order((self.oil, 5), marketplace_config_id=False)
        order.action_confirm()
        self.assert_told()
        order.picking_ids.action_assign()
        # 5 / 4 = 1.25
        self.assert_told(5, 1)
        order._action_cancel()
        self.assert_told(10, 2)

    def test_a_marketplace_s_order_counts_before_anybody_reserves_for_it(self):
        self.warehouse.out_type_id.reservation_method = "manual"
        order = self.new_order((self.oil, 5))
        self.assert_told(5, 1)
        order.action_confirm()
        self.assert_told()
        order.picking_ids.action_assign()
        self.assert_told()
        order._action_cancel()
        self.assert_told(10, 2)

    def test_a_delivery_of_less_and_its_back_order(self):
        order = self.new_order((self.oil, 5), marketplace_config_id=False)
        order.action_confirm()
        self.assert_told(5, 1)
        first = order.picking_ids
        self.validate(first, 2)
        self.assert_told()
        rest = order.picking_ids - first
        rest.do_unreserve()
        # 8 are there
        self.assert_told(8, 2)
        rest.action_assign()
        self.assert_told(5, 1)
        self.validate(rest, 3)
        self.assert_told()

    def validate(self, picking, quantity):
        picking.move_ids.quantity = quantity
        picking.move_ids.picked = True
        picking.with_context(skip_sms=True, skip_backorder=True).button_validate()
        self.assertEqual(picking.state, "done")

    def test_a_receipt_of_less_than_a_pack(self):
        self.finish(self.receive_later(self.oil, 1), 1)
        # 11 / 4 = 2.75
        self.assert_told(11)
        self.finish(self.receive_later(self.oil, 1), 1)
        self.assert_told(12, 3)

    def test_a_receipt_somewhere_that_is_not_offered(self):
        second = self.new_warehouse("Second")
        self.config.warehouse_ids = self.warehouse
        self.assert_told()
        suppliers = self.env.ref("stock.stock_location_suppliers")
        move = self.new_move(self.oil, 6, suppliers, second.lot_stock_id)
        self.finish(move, 6)
        self.assert_told()

    def test_transfers_between_shelves_and_between_offered_warehouses(self):
        second = self.new_warehouse("Second")
        stock = self.warehouse.lot_stock_id
        self.finish(self.new_move(self.oil, 6, stock, self.new_shelf("Top")), 6)
        self.assert_told()
        self.finish(self.new_move(self.oil, 4, stock, second.lot_stock_id), 4)
        self.assert_told()

    def test_scrapping_what_is_there(self):
        self.env["stock.scrap"].create({"product_id": self.oil.id, "scrap_qty": 3}).do_scrap()
        # 7 / 4 = 1.75
        self.assert_told(7, 1)

    def test_counts_that_agree_and_that_do_not(self):
        quant = self.env["stock.quant"]._gather(self.oil, self.warehouse.lot_stock_id)
        quant = quant.with_context(inventory_mode=True)
        quant.inventory_quantity = 10
        quant.action_apply_inventory()
        self.assert_told()
        quant.inventory_quantity = 3
        quant.action_apply_inventory()
        # 3 / 4 = 0.75
        self.assert_told(3, 0)

    def test_parts_of_a_piece_are_no_piece(self):
        self.set_stock(self.oil, 0.5)
        self.assert_told()
        self.set_stock(self.oil, 0.75)
        # 11.25
        self.assert_told(11)
        self.set_stock(self.oil, -1.5)
        # 9.75
        self.assert_told(9)

    def test_more_than_is_there(self):
        self.set_stock(self.oil, -13)
        self.assert_told(0, 0)
        self.set_stock(self.oil, 2)
        # still 1 missing
        self.assert_told()
