# What becomes of an order that is cancelled or returned over there: what can be cancelled is, on
# any road nothing stays ready to ship, and a person is asked for what only people can take back.
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .stages_common import StagesCase

CANCELLED = "cancelled_by_retailer"


@tagged("post_install", "-at_install")
class TestOrderCancellations(StagesCase):
    def new_half_shipped(self):
        """:return: an order of 2 oil and 1 rice, 1 oil of which has left; the transfer of that"""
        order = self.new_order("confirmed")
        [done] = order.picking_ids
        oil, rice = (
            done.move_ids.filtered(lambda move, of=product: move.product_id == of)
            for product in (self.oil, self.rice)
        )
        oil.write({"quantity": 1.0, "picked": True})
        rice.write({"quantity": 0.0, "picked": False})
        done.with_context(skip_sms=True, skip_backorder=True).button_validate()
        self.assertEqual(self.transfers(order), ["assigned", "done"])
        self.assertFalse(order.picking_ids.message_partner_ids & order.partner_id)
        return order, done

    def assert_called_off(self, order, *names):
        self.assertEqual((order.state, order.marketplace_status), ("sale", CANCELLED))
        self.assertEqual(order.marketplace_holds, "called_off")
        self.assertEqual(len(self.asked(order)), 1)
        for name in names:
            self.assertIn(name, order.marketplace_hold_reason)
            self.assertIn(name, self.asked(order).note)

    def test_half_a_delivery_keeps_the_other_half_from_leaving(self):
        order, done = self.new_half_shipped()
        event = self.tell(CANCELLED)
        self.assertEqual((event.state, event.cause_code), ("done", False))
        self.assertEqual(self.transfers(order), ["cancel", "done"])
        self.assert_called_off(order, done.name)

    def test_a_posted_invoice_keeps_nothing_ready_to_ship(self):
        order = self.new_order("confirmed")
        invoice = self.invoice(order)
        invoice.action_post()
        self.assertEqual(self.tell(CANCELLED).state, "done")
        self.assertEqual((self.transfers(order), invoice.state), (["cancel"], "posted"))
        self.assert_called_off(order, invoice.name)

    def test_a_drafted_invoice_of_half_a_delivery_goes_with_it(self):
        order, _done = self.new_half_shipped()
        invoice = self.invoice(order)
        self.tell(CANCELLED)
        self.assertEqual(invoice.state, "cancel")

    def test_goods_on_their_way_back_go_on_coming(self):
        order, done = self.new_half_shipped()
        dialog = self.env["stock.return.picking"].with_context(
            active_id=done.id, active_model="stock.picking"
        )
        dialog = dialog.create({"picking_id": done.id})
        dialog.product_return_moves.quantity = 1.0
        create = getattr(dialog, "create_returns", None) or dialog.action_create_returns
        back = self.env["stock.picking"].browse(create()["res_id"])
        self.tell(CANCELLED)
        self.assertNotIn(back.state, ("cancel", "draft"))
        self.assert_called_off(order, done.name)

    def test_nobody_is_asked_twice(self):
        order, _done = self.new_half_shipped()
        self.tell(CANCELLED)
        activity = self.asked(order)
        self.tell(CANCELLED)
        self.decide(self.tell("returned"))
        self.assertEqual(self.asked(order), activity)
        self.assertEqual(order.marketplace_holds, "called_off")
        order.action_release_hold()
        self.assertFalse(order.marketplace_holds or self.asked(order))
        self.tell("returned")
        self.decide(self.edit(status=CANCELLED, note_message="شكرا"))
        self.assertEqual(order.marketplace_status, CANCELLED)
        self.assertFalse(order.marketplace_holds or self.asked(order))

    def test_once_people_have_cancelled_it_nobody_is_asked(self):
        order, _done = self.new_half_shipped()
        self.tell(CANCELLED)
        order.with_context(disable_cancel_warning=True).action_cancel()
        self.assertFalse(order.marketplace_holds or self.asked(order))
        self.decide(self.tell("returned"))
        self.assertFalse(order.marketplace_holds or self.asked(order))

    def test_what_the_cancellation_tells_besides_is_written(self):
        order, _done = self.new_half_shipped()
        self.edit(status=CANCELLED, cancellation_reason="غالي", lines={"1": 7})
        self.assertEqual(order.told_cancellation_reason, "غالي")
        self.assertEqual(self.quantities(order), {"MPT-OIL": 2.0, "MPT-RICE": 1.0})

    def test_a_locked_order_is_called_off_and_stays_locked(self):
        order, _done = self.new_half_shipped()
        order.action_lock()
        self.tell(CANCELLED)
        self.assertEqual((self.transfers(order), order.locked), (["cancel", "done"], True))

    def test_what_odoo_does_not_cancel_ships_nothing_all_the_same(self):
        order = self.new_order("confirmed")
        self.patch(type(order), "_action_cancel", lambda orders: True)
        self.assertEqual(self.tell(CANCELLED).state, "done")
        self.assertEqual(self.transfers(order), ["cancel"])
        self.assert_called_off(order)

    def test_what_another_app_refuses_to_cancel_ships_nothing_all_the_same(self):
        refusal = UserError("The contract forbids it.")

        def refuse(orders):
            raise refusal

        order = self.new_order("confirmed")
        self.patch(type(order), "_action_cancel", refuse)
        self.assertEqual(self.tell(CANCELLED).state, "done")
        self.assertEqual(self.transfers(order), ["cancel"])
        self.assert_called_off(order)
        self.assertTrue(any("The contract forbids it." in m.body for m in order.message_ids))

    def test_a_transfer_that_can_t_be_cancelled_is_asked_about(self):
        order, _done = self.new_half_shipped()
        self.patch(type(order.picking_ids), "action_cancel", lambda pickings: True)
        event = self.tell(CANCELLED)
        self.assertEqual((event.state, event.cause_code), ("quarantined", "cancel_failed"))
        self.assertEqual(order.marketplace_holds, "newer_version")

    def test_goods_of_a_cancelled_order_are_to_be_put_back(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self.new_order("confirmed")
        first = self.pick_all(order)
        self.assertEqual(self.tell(CANCELLED).state, "done")
        self.assertEqual((order.state, self.transfers(order)), ("cancel", ["cancel", "done"]))
        self.assertEqual(order.marketplace_holds, "put_back")
        self.assertIn(first.name, order.marketplace_hold_reason)
        self.assertTrue(self.asked(order))
        order.action_release_hold()
        self.assertFalse(order.marketplace_holds or self.asked(order))
        self.decide(self.tell("returned"))
        self.assertFalse(order.marketplace_holds or self.asked(order))

    def test_what_was_picked_for_the_other_half_is_to_be_put_back(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self.new_order("confirmed")
        first = self.pick_all(order)
        last = order.picking_ids.filtered(lambda one: one.state == "assigned")
        last.move_ids.filtered(lambda one: one.product_id == self.oil).write(
            {"quantity": 1.0, "picked": True}
        )
        last.move_ids.filtered(lambda one: one.product_id == self.rice).write(
            {"quantity": 0.0, "picked": False}
        )
        last.with_context(skip_sms=True, skip_backorder=True).button_validate()
        self.tell(CANCELLED)
        self.assertEqual(self.transfers(order), ["cancel", "done"])
        self.assertEqual(order.marketplace_holds, "called_off,put_back")
        self.assertIn(first.name, order.marketplace_hold_reason)

    def test_what_was_picked_and_has_left_is_not_to_be_put_back(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self.new_order("confirmed")
        self.pick_all(order)
        last = order.picking_ids.filtered(lambda one: one.state == "assigned")
        last.move_ids.picked = True
        self.ship(last)
        self.tell(CANCELLED)
        self.assert_called_off(order, last.name)

    def pick_all(self, order):
        first = order.picking_ids.filtered(lambda one: one.location_dest_id.usage == "internal")
        first.move_ids.picked = True
        self.ship(first)
        return first

    def test_the_warehouse_sees_it_on_the_transfer(self):
        order, done = self.new_half_shipped()
        self.assertFalse(order.picking_ids.filtered("marketplace_hold_reason"))
        self.tell(CANCELLED)
        clerk = new_test_user(self.env, "mp_store", groups="stock.group_stock_user")
        for transfer in order.picking_ids.with_user(clerk):
            self.assertEqual(transfer.marketplace_status, CANCELLED)
            self.assertIn(done.name, transfer.marketplace_hold_reason)
        form = self.env["stock.picking"].with_user(clerk).get_view(view_type="form")["arch"]
        self.assertIn("marketplace_hold_reason", form)
        self.assertIn("marketplace_status", form)
