# Orders come in once, whichever way and however often they come.
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .inbound_common import InboundCase


@tagged("post_install", "-at_install")
class TestInbox(InboundCase):
    def test_an_order_becomes_a_quotation(self):
        [event] = self.receive(self.order())
        self.assertEqual((event.state, event.cause), ("done", False), event.cause_detail)
        order = self.sale_orders()
        self.assertEqual(event.order_id, order)
        self.assertEqual((order.state, order.cartona_id), ("draft", "ord-1"))
        self.assertEqual(order.marketplace_status, "pending")
        self.assertEqual(
            [(line.product_id, line.product_uom_qty, line.price_unit) for line in order.order_line],
            [(self.oil, 2, 80.0), (self.rice, 1, 32.5)],
        )
        self.assertEqual(
            (order.partner_id.name, order.partner_id.cartona_id),
            ("بقالة الأمانة", "retailer_R1001"),
        )

    def test_a_duplicate_creates_no_second_order(self):
        self.receive(self.order())
        self.receive(self.order(), self.order(total_price=192.50))
        self.assertEqual(len(self.sale_orders()), 1)
        self.assertEqual(self.events().mapped("cause_code"), [False, "duplicate", "duplicate"])

    def test_a_poll_takes_in_and_acknowledges(self):
        self.listed = [self.order("ord-1"), self.order("ord-2")]
        self.poll()
        self.assertEqual(len(self.sale_orders()), 2)
        self.assertEqual(len(self.sale_orders().partner_id), 1)
        self.assertEqual(self.acknowledged(), [])
        self.flush()
        self.assertEqual(sorted(sum(self.acknowledged(), [])), ["ord-1", "ord-2"])
        self.assertEqual(self.listed, [])
        self.flush()
        self.assertEqual(len(sum(self.acknowledged(), [])), 2)

    def test_orders_that_are_only_observed_make_nothing_until_they_are_taken(self):
        self.config.order_mode = "observe"
        self.listed = [self.order("good"), self.order("bad", order_details=[])]
        self.poll()
        self.flush()
        self.assertFalse(self.sale_orders())
        self.assertEqual(self.acknowledged(), [])
        self.assertEqual(
            [(event.state, event.cause_code) for event in self.events()],
            [("held", "observed"), ("quarantined", "no_lines")],
        )
        self.assertFalse(self.env["res.partner"].search([("cartona_id", "=", "retailer_R1001")]))
        self.config.order_mode = "live"
        self.take_in()
        self.assertEqual(self.sale_orders().cartona_id, "good")

    def test_what_arrives_while_orders_are_off_waits(self):
        self.config.order_mode = "off"
        self.receive(self.order())
        self.assertEqual(self.events().cause_code, "orders_off")
        self.config.order_mode = "live"
        self.take_in()
        self.assertEqual(len(self.sale_orders()), 1)

    def test_a_paused_connection_keeps_what_arrives_until_it_goes_live(self):
        self.config.action_pause()
        self.receive(self.order())
        self.assertEqual(self.events().state, "received")
        self.config.action_go_live()
        self.take_in()
        self.assertEqual(len(self.sale_orders()), 1)

    def test_an_event_that_takes_its_process_down_is_put_aside(self):
        self.config.action_pause()
        [event] = self.receive(self.order())
        self.config.action_go_live()
        self.env.flush_all()
        with self.as_jobs_would():
            for _time in range(5):
                picked = self.env["marketplace.intake"]._pick(self.config.id, event.shard)
                self.assertEqual(picked, (event.id, True))
                self.env.invalidate_all()
                self.assertGreater(event.due, event.create_date)
                event.due = event.create_date
                self.env.flush_all()
        self.take_in()
        self.assertEqual((event.state, event.cause_code), ("quarantined", "crashed"))
        self.assertFalse(self.sale_orders())
        event.action_replay()
        self.take_in()
        self.assertEqual(len(self.sale_orders()), 1)

    def test_what_nobody_thought_of_is_put_aside_with_its_reason(self):
        def fail(_writer, *_args):
            raise KeyError("surprise")

        writer = type(self.env["marketplace.order.writer"])
        self.patch(writer, "_get_line_values", fail)
        with self.assertLogs("odoo.addons.cartona_integration.models.marketplace_intake", "ERROR"):
            [event] = self.receive(self.order())
        self.assertEqual((event.state, event.cause_code), ("quarantined", "unexpected_event"))
        self.assertIn("KeyError", event.cause_detail)

    def test_a_quotation_that_was_deleted_comes_back_by_a_replay(self):
        [event] = self.receive(self.order())
        self.sale_orders().unlink()
        [again] = self.receive(self.order())
        self.assertEqual((again.state, self.sale_orders().ids), ("done", []))
        event.action_replay()
        self.take_in()
        self.assertEqual((event.state, event.order_id), ("done", self.sale_orders()))
        self.assertEqual(self.sale_orders().order_line.mapped("product_uom_qty"), [2, 1])

    def test_a_quantity_that_is_none_once_it_is_rounded_waits_for_somebody(self):
        element = self.order()
        element["order_details"][0]["amount"] = 0.0001
        [event] = self.receive(element)
        self.assertEqual((event.state, event.cause_code), ("quarantined", "bad_number"))
        self.assertEqual(event.cause_detail, "amount 0.0001")

    def test_an_archived_customer_waits_for_somebody_to_bring_him_back(self):
        shop = self.env["res.partner"].create(
            {"name": "Archived", "cartona_id": "retailer_R1001", "active": False}
        )
        [event] = self.receive(self.order())
        self.assertEqual((event.state, event.cause_code), ("quarantined", "customer_archived"))
        self.assertEqual(event.action_open_cause()["res_id"], shop.id)
        shop.active = True
        self.assertEqual(event.state, "received")
        self.take_in()
        self.assertEqual(self.sale_orders().partner_id, shop)
        self.assertEqual(shop.name, "Archived")

    def test_what_odoo_refuses_says_why(self):
        reason = "Customers need a region."

        def refuse(_orders, _vals_list):
            raise ValidationError(reason)

        self.patch(type(self.env["sale.order"]), "create", refuse)
        [event] = self.receive(self.order())
        self.assertEqual((event.state, event.cause_code), ("quarantined", "refused_by_odoo"))
        self.assertEqual(event.cause_detail, reason)

    def test_a_line_with_two_products_names_is_nobody_s_guess(self):
        self.listing(self.rice).remote_id = "100002"
        order = self.order()
        order["order_details"][0]["supplier_product_id"] = "100002"
        [event] = self.receive(order)
        self.assertEqual((event.state, event.cause_code), ("quarantined", "product_ambiguous"))
        self.assertFalse(self.sale_orders())
        order["order_details"][0]["internal_product_id"] = "OLD-NAME"
        [event] = self.receive(order)
        self.assertEqual(event.state, "done")
        self.assertEqual(self.sale_orders().order_line.product_id, self.rice)

    def test_a_repeat_of_what_is_no_longer_applied_is_no_duplicate(self):
        for values in ({}, {"status": "approved"}):
            self.receive(self.order(**values))
        cancelled = {"hashed_id": "ord-1", "status": "cancelled_by_retailer"}
        self.receive(cancelled, kind="status")
        self.receive(self.order(), self.order(status="approved"))
        # with something after it, a repeat is not even tried
        self.receive(cancelled, cancelled | {"status": "approved"}, kind="status")
        self.assertEqual(
            self.events().mapped("cause_code")[3:], ["stale", "stale", "duplicate", "stale"]
        )
        repeat = self.events()[-2]
        self.assertEqual(
            (repeat.order_id, repeat.status, repeat.attempts),
            (self.sale_orders(), "cancelled_by_retailer", 0),
        )

    def test_a_change_that_is_only_observed_is_made_once_orders_are_taken_again(self):
        self.receive(self.order())
        self.config.order_mode = "observe"
        [event] = self.receive(self.order(status="approved"))
        self.assertEqual((event.state, event.cause_code), ("held", "observed"))
        self.assertEqual(self.sale_orders().marketplace_status, "pending")
        self.config.order_mode = "live"
        self.take_in()
        self.assertEqual(self.sale_orders().marketplace_status, "approved")

    def test_what_somebody_ignores_in_the_moment_when_its_turn_comes_stays_ignored(self):
        self.config.action_pause()
        [event] = self.receive(self.order())
        self.config.action_go_live()
        self.env.flush_all()
        with self.as_jobs_would():
            picked, _last = self.env["marketplace.intake"]._pick(self.config.id, event.shard)
            self.env.invalidate_all()
            event.action_ignore()
            self.env.flush_all()
            self.env["marketplace.intake"]._deal_with(picked)
        self.assertEqual((event.state, event.cause_code), ("ignored", "by_person"))
        self.assertFalse(self.sale_orders())
