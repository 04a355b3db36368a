# Whatever changes the stock on offer: exactly that number reaches the marketplace, and where
# nothing changed, no call is made. The oil begins with 10 pieces in every test.
from odoo.tests import Form, tagged

from .orders_common import OrdersCase


@tagged("post_install", "-at_install")
class TestStockTriggers(OrdersCase):
    def assert_told(self, oil=None):
        """This stock of oil is told and nothing else; nothing at all when there is none."""
        self.flush()
        told = {} if oil is None else {"MPT-OIL": {"available_stock_quantity": oil}}
        self.assertEqual(self.sent_once(), told)

    def deliver(self, picking, quantity, *, backorder):
        """Validate a transfer with so much of its only move done."""
        picking.move_ids.quantity = quantity
        picking.move_ids.picked = True
        keys = {"skip_sms": True, "skip_backorder": True}
        if not backorder:
            keys["picking_ids_not_to_backorder"] = picking.ids
        picking.with_context(**keys).button_validate()
        self.assertEqual(picking.state, "done")

    def new_sale(self, quantity):
        """An order of somebody who does not come from a marketplace."""
        return self.new_order((self.oil, quantity), marketplace_config_id=False)

    def test_confirming_and_cancelling_a_sale(self):
        self.go_live()
        order = self.new_sale(4)
        self.assert_told()
        order.action_confirm()
        self.assert_told(6)
        order._action_cancel()
        self.assert_told(10)

    def test_unreserving_and_reserving_by_hand(self):
        self.go_live()
        order = self.new_sale(4)
        order.action_confirm()
        self.assert_told(6)
        order.picking_ids.do_unreserve()
        self.assert_told(10)
        order.picking_ids.action_assign()
        self.assert_told(6)

    def test_reserving_by_hand_in_the_detailed_operations(self):
        self.go_live()
        move = self.reserve(self.oil, 6)
        self.assert_told(4)
        move._do_unreserve()
        self.assert_told(10)
        for quantity, left in ((2, 8), (5, 5), (0, 10)):
            move.quantity = quantity
            self.assert_told(left)

    def test_delivering_in_full_what_nobody_reserved(self):
        self.go_live()
        order = self.new_sale(4)
        order.action_confirm()
        order.picking_ids.do_unreserve()
        self.assert_told()
        self.deliver(order.picking_ids, 4, backorder=False)
        self.assert_told(6)

    def test_delivering_what_was_reserved_changes_nothing(self):
        self.go_live()
        order = self.new_sale(4)
        order.action_confirm()
        self.assert_told(6)
        self.deliver(order.picking_ids, 4, backorder=False)
        self.assert_told()

    def test_delivering_a_part_and_nothing_more(self):
        self.go_live()
        order = self.new_sale(4)
        order.action_confirm()
        self.assert_told(6)
        self.deliver(order.picking_ids, 1, backorder=False)
        self.assert_told(9)

    def test_delivering_a_part_with_a_back_order(self):
        self.go_live()
        order = self.new_sale(4)
        order.action_confirm()
        self.assert_told(6)
        self.deliver(order.picking_ids, 1, backorder=True)
        rest = order.picking_ids.filtered(lambda picking: picking.state != "done")
        rest.action_assign()
        # 9 are there, and the 3 of the back-order are reserved: 6 as before.
        self.assert_told()
        rest.action_cancel()
        self.assert_told(9)

    def test_a_return(self):
        self.go_live()
        order = self.new_sale(4)
        order.action_confirm()
        self.deliver(order.picking_ids, 4, backorder=False)
        self.assert_told(6)
        done = order.picking_ids
        wizard = self.env["stock.return.picking"].with_context(
            active_id=done.id, active_ids=done.ids, active_model="stock.picking"
        )
        returned = wizard.create({})
        returned.product_return_moves.quantity = 3
        self.confirm_return(returned)
        back = order.picking_ids - done
        self.assert_told()
        self.deliver(back, 3, backorder=False)
        self.assert_told(9)

    def confirm_return(self, wizard):
        if hasattr(wizard, "action_create_returns"):
            wizard.action_create_returns()
        else:
            wizard.create_returns()

    def test_a_receipt(self):
        self.go_live()
        move = self.receive_later(self.oil, 5)
        self.assert_told()
        move.quantity = 5
        move.picked = True
        move._action_done()
        self.assert_told(15)

    def test_a_transfer_within_a_warehouse_changes_nothing(self):
        shelf = self.env["stock.location"].create(
            {"name": "Shelf", "location_id": self.warehouse.lot_stock_id.id}
        )
        self.go_live()
        move = self.new_move(self.oil, 5, self.warehouse.lot_stock_id, shelf)
        move.quantity = 5
        move.picked = True
        move._action_done()
        self.assert_told()

    def test_a_transfer_to_a_warehouse_that_is_not_offered(self):
        second = self.new_warehouse("Second")
        self.config.warehouse_ids = self.warehouse
        self.go_live()
        move = self.new_move(self.oil, 3, self.warehouse.lot_stock_id, second.lot_stock_id)
        move.quantity = 3
        move.picked = True
        move._action_done()
        self.assert_told(7)

    def test_lots(self):
        self.oil.tracking = "lot"
        first, second = self.env["stock.lot"].create(
            [
                {"name": name, "product_id": self.oil.id, "company_id": self.env.company.id}
                for name in ("FIRST", "SECOND")
            ]
        )
        self.go_live()
        move = self.receive_later(self.oil, 5)
        self.assert_told()
        self.fill(move, 5, first)
        self.assert_told(15)
        customers = self.env.ref("stock.stock_location_customers")
        stock = self.warehouse.lot_stock_id
        self.fill(self.new_move(self.oil, 2, stock, customers), 2, first)
        self.assert_told(13)
        self.env["stock.quant"]._update_available_quantity(self.oil, stock, 1, lot_id=second)
        self.env["stock.quant"]._update_available_quantity(self.oil, stock, -1, lot_id=first)
        self.assert_told()

    def fill(self, move, quantity, lot):
        """Do a move with pieces of one lot."""
        line = {**move._prepare_move_line_vals(), "quantity": quantity, "lot_id": lot.id}
        move.move_line_ids = [(5, 0, 0), (0, 0, line)]
        move.picked = True
        move._action_done()

    def test_scrap(self):
        self.go_live()
        scrap = self.env["stock.scrap"].create({"product_id": self.oil.id, "scrap_qty": 2})
        self.assert_told()
        scrap.do_scrap()
        self.assert_told(8)

    def test_an_inventory_count(self):
        self.go_live()
        quant = self.env["stock.quant"]._gather(self.oil, self.warehouse.lot_stock_id)
        quant.with_context(inventory_mode=True).inventory_quantity = 13
        self.assert_told()
        quant.action_apply_inventory()
        self.assert_told(13)

    def test_the_forecast_where_it_is_the_basis(self):
        self.config.stock_basis = "forecast"
        self.go_live()
        arriving = self.receive_later(self.oil, 5)
        self.assert_told(15)
        arriving.product_uom_qty = 7
        self.assert_told(17)
        arriving._action_cancel()
        self.assert_told(10)
        order = self.new_sale(4)
        order.action_confirm()
        self.assert_told(6)

    def test_what_makes_a_forecast_is_no_news_where_it_is_not_the_basis(self):
        self.go_live()
        self.receive_later(self.oil, 5)
        self.assertFalse(self.marks())
        self.assert_told()

    def test_a_marketplace_s_quotation_and_what_becomes_of_it(self):
        self.go_live()
        order = self.new_order((self.oil, 3))
        self.assert_told(7)
        order.order_line.product_uom_qty = 5
        self.assert_told(5)
        order.order_line.product_id = self.rice
        self.flush()
        self.assertEqual(
            self.sent_once(),
            {
                "MPT-OIL": {"available_stock_quantity": 10},
                "MPT-RICE": {"available_stock_quantity": 15},
            },
        )
        order.order_line.product_id = self.oil
        self.flush()
        self.sent()
        order.action_confirm()
        self.assert_told()
        self.deliver(order.picking_ids, 5, backorder=False)
        self.assert_told()

    def test_a_marketplace_s_order_that_waits_for_goods(self):
        self.go_live()
        order = self.new_order((self.oil, 14))
        self.assert_told(0)
        order.action_confirm()
        order.order_line.move_ids._action_assign()
        self.assert_told()
        self.set_stock(self.oil, 6)
        self.assert_told(2)
        order._action_cancel()
        self.assert_told(16)

    def test_a_marketplace_s_quotation_that_is_deleted(self):
        self.go_live()
        order = self.new_order((self.oil, 3))
        self.assert_told(7)
        order._action_cancel()
        self.assert_told(10)
        order.action_draft()
        self.assert_told(7)
        order.order_line.unlink()
        self.assert_told(10)

    def test_another_warehouse(self):
        self.go_live()
        second = self.new_warehouse("Second")
        self.assert_told()
        self.env["stock.quant"]._update_available_quantity(self.oil, second.lot_stock_id, 7)
        self.assert_told(17)
        self.tea.active = self.rice.active = False
        self.flush()
        self.sent()
        self.config.warehouse_ids = second
        self.assert_told(7)
        self.env["stock.quant"]._update_available_quantity(self.oil, second.lot_stock_id, -7)
        self.assert_told(0)
        self.config.warehouse_ids = False
        self.assert_told(10)

    def test_a_location_that_is_no_stock_any_more(self):
        shelf = self.env["stock.location"].create(
            {"name": "Shelf", "location_id": self.warehouse.lot_stock_id.id}
        )
        self.env["stock.quant"]._update_available_quantity(self.oil, shelf, 5)
        self.go_live()
        self.assertEqual(self.listing(self.oil).sent_stock, 15)
        shelf.location_id = self.env.ref("stock.stock_location_suppliers")
        self.assert_told(10)

    def test_policies_of_the_connection(self):
        self.rice.active = self.tea.active = False
        self.go_live()
        for values, told in (
            ({"stock_buffer": 2.0}, 8),
            ({"stock_share": 50.0}, 4),
            ({"stock_cap": 3}, 3),
            ({"stock_cap": 0, "stock_share": 100.0, "stock_buffer": 0.0}, 10),
            ({"stock_basis": "on_hand"}, None),
            ({"name": "Another name"}, None),
        ):
            with self.subTest(**values):
                self.config.write(values)
                self.assert_told(told)
        self.config.stock_unlimited = True
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-OIL": {"is_unlimited_stock": True}})

    def test_publication_follows_the_stock_where_it_should(self):
        self.config.publication = "in_stock"
        self.go_live()
        self.set_stock(self.oil, -10)
        self.flush()
        gone = {"MPT-OIL": {"available_stock_quantity": 0, "is_published": False}}
        self.assertEqual(self.sent_once(), gone)
        self.oil.list_price = 81.0
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-OIL": {"selling_price": 81.0}})
        self.set_stock(self.oil, 4)
        self.flush()
        back = {"MPT-OIL": {"available_stock_quantity": 4, "is_published": True}}
        self.assertEqual(self.sent_once(), back)

    def test_exceptions(self):
        self.go_live()
        with Form(self.env["marketplace.policy"]) as form:
            form.config_id = self.config
            form.listing_id = self.listing(self.oil)
            form.own_stock = True
            form.stock_buffer = 4
        self.assert_told(6)
        exception = self.env["marketplace.policy"].search(
            [("listing_id", "=", self.listing(self.oil).id)]
        )
        exception.write({"own_limits": True, "min_order": 2, "max_order": 24})
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-OIL": {"min_order": 2, "max_order": 24}})
        self.assertEqual(self.listing(self.oil).status, "in_step")
        exception.unlink()
        self.assert_told(10)

    def test_what_nobody_lists_makes_no_mark(self):
        self.go_live()
        chair = self.new_product("CHAIR", 5.0)
        self.flush()
        self.set_stock(chair, 5)
        order = self.new_order((chair, 1))
        order.action_confirm()
        self.assertFalse(self.marks())
        self.assert_told()

    def test_a_stock_that_nobody_can_mean_is_held_and_the_rest_goes_on(self):
        self.go_live()
        self.set_stock(self.oil, 2**31)
        self.oil.list_price = 81.0
        self.set_stock(self.rice, 1)
        self.flush()
        self.assertEqual(
            self.sent_once(),
            {
                "MPT-OIL": {"selling_price": 81.0},
                "MPT-RICE": {"available_stock_quantity": 21},
            },
        )
        self.assertEqual(self.listing(self.oil).status, "held")
        self.assertIn("larger than anything", self.listing(self.oil).message)
        self.config.stock_cap = 50
        self.assert_told(50)
        self.assertEqual(self.listing(self.oil).status, "in_step")
