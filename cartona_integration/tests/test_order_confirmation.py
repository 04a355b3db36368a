# When orders are confirmed by themselves: by the connection's policy, by what is free in the
# order's warehouse, by what the marketplace says; and that a refusal loses no order and nobody is
# written to.
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ..compat import LINE_UNIT
from .outbound_common import GOODS
from .stages_common import StagesCase

SALES = "sales_team.group_sale_salesman_all_leads"


@tagged("post_install", "-at_install")
class TestOrderConfirmation(StagesCase):
    def state_of(self, remote_id="ord-1", **values):
        """What becomes of an order that comes in."""
        self.receive(self.order(remote_id, **values))
        return self.sale_orders().filtered(lambda one: one.cartona_id == remote_id).state

    def line(self, code, amount, number="1"):
        return {
            "id": number, "internal_product_id": code, "amount": amount, "selling_price": 10
        }  # fmt: skip

    def state_for(self, *lines, remote_id="ord-1"):
        details = [self.line(code, amount, str(n)) for n, (code, amount) in enumerate(lines)]
        return self.state_of(remote_id, order_details=details)

    def test_by_policy(self):
        for policy, state in (("never", "draft"), ("if_in_stock", "sale"), ("always", "sale")):
            with self.subTest(policy=policy):
                self.config.confirm_policy = policy
                self.assertEqual(self.state_of(policy), state)

    def test_always_means_whatever_the_stock_is(self):
        self.config.confirm_policy = "always"
        self.assertEqual(self.state_for(("MPT-OIL", 999)), "sale")

    def test_everything_must_be_free_in_the_order_s_own_warehouse(self):
        # 10 of oil and 20 of rice are there
        self.config.confirm_policy = "if_in_stock"
        self.assertEqual(self.state_for(("MPT-OIL", 10), ("MPT-RICE", 21)), "draft")
        self.assertEqual(self.state_for(("MPT-OIL", 10), ("MPT-RICE", 20), remote_id="c"), "sale")
        # now all of it is reserved
        self.assertEqual(self.state_for(("MPT-RICE", 1), remote_id="d"), "draft")

    def test_what_lies_in_another_warehouse_is_not_there(self):
        self.config.confirm_policy = "if_in_stock"
        empty = self.env["stock.warehouse"].create({"name": "Empty", "code": "MPTE"})
        self.config.order_warehouse_id = empty
        self.assertEqual(self.state_for(("MPT-OIL", 1)), "draft")
        self.assertEqual(self.sale_orders().warehouse_id, empty)

    def test_one_product_on_two_lines_is_counted_together(self):
        self.config.confirm_policy = "if_in_stock"
        self.assertEqual(self.state_for(("MPT-OIL", 6), ("MPT-OIL", 6)), "draft")

    def test_what_another_quotation_was_promised_is_not_free(self):
        self.state_for(("MPT-OIL", 8))
        self.config.confirm_policy = "if_in_stock"
        self.assertEqual(self.state_for(("MPT-OIL", 3), remote_id="b"), "draft")
        self.assertEqual(self.state_for(("MPT-RICE", 3), remote_id="c"), "sale")

    def test_what_no_stock_is_kept_of_is_always_there(self):
        self.config.confirm_policy = "if_in_stock"
        loose = {"type": "consu", "is_storable": False} if "is_storable" in GOODS else {}
        self.new_product("MPT-BAG", 1.0, **(loose or dict.fromkeys(GOODS, "consu")))
        self.flush()
        self.assertEqual(self.state_for(("MPT-BAG", 500), ("MPT-OIL", 1)), "sale")

    def test_a_service_that_somebody_added_is_always_there(self):
        order = self.new_order()
        service = self.env["product.product"].create({"name": "Carrying", "type": "service"})
        line = {"order_id": order.id, "product_id": service.id, "product_uom_qty": 9}
        self.env["sale.order.line"].create(line)
        self.assertTrue(self.env["marketplace.order.confirmation"]._is_in_stock(order))

    def test_another_unit_is_counted_in_pieces(self):
        order = self.new_order()
        dozen = self.env.ref("uom.product_uom_dozen")
        order.order_line[0].write({LINE_UNIT: dozen.id, "product_uom_qty": 1})
        confirmation = self.env["marketplace.order.confirmation"]
        self.assertFalse(confirmation._is_in_stock(order))
        self.set_stock(self.oil, 2)
        self.env.invalidate_all()
        self.assertTrue(confirmation._is_in_stock(order))

    def test_what_the_marketplace_accepted_is_confirmed_whatever_the_policy(self):
        for number, status in enumerate(("approved", "assigned_to_salesman")):
            with self.subTest(status=status):
                self.assertEqual(self.state_of(f"first-{number}", status=status), "sale")

    def test_an_order_first_seen_delivered_takes_nothing_from_stock(self):
        self.config.confirm_policy = "always"
        self.receive(self.order(status="delivered"))
        self.assertFalse(self.sale_orders())
        self.decide(self.events()[0])
        order = self.sale_orders()
        self.assertEqual((order.state, order.picking_ids.ids), ("draft", []))
        # nor does it once something about it was decided
        self.tell("returned").action_ignore()
        self.assertEqual((order.state, order.marketplace_holds), ("draft", "already_delivered"))
        # whoever wants that can take them from it
        order.action_confirm()
        self.assertEqual((order.state, order.marketplace_holds), ("sale", False))

    def test_a_quotation_that_has_been_delivered_is_for_a_person_to_confirm(self):
        self.config.confirm_policy = "never"
        order = self.new_order()
        self.assertEqual(self.tell("delivered").state, "done")
        self.assertEqual((order.state, order.picking_ids.ids), ("draft", []))
        self.assertEqual(order.marketplace_status, "delivered")
        self.assertIn("has the goods already", order.marketplace_hold_reason)
        self.assertEqual(len(self.asked(order)), 1)
        self.tell("delivered")
        self.assertEqual(len(self.asked(order)), 1)
        order.action_release_hold()
        self.assertEqual((order.state, order.marketplace_holds), ("draft", False))

    def test_an_order_first_seen_cancelled_takes_nothing_from_stock(self):
        self.config.confirm_policy = "always"
        self.assertEqual(self.state_of(status="cancelled_by_retailer"), "cancel")
        self.assertFalse(self.sale_orders().picking_ids)

    def test_the_policy_holds_again_once_the_customer_has_finished_editing(self):
        self.config.confirm_policy = "always"
        self.assertEqual(self.state_of(status="editing"), "draft")
        self.decide(self.edit(lines={"1": 4}, status="pending"))
        order = self.sale_orders()
        self.assertEqual((order.state, self.moved(order)), ("sale", {"MPT-OIL": 4.0}))

    def refuse(self, error):
        def action_confirm(orders):
            raise error

        # below our own, as an app that limits credit would be
        sale = self.env.registry["sale.order"]
        base = next(c for c in sale.__mro__ if c.__module__ == "odoo.addons.sale.models.sale_order")
        self.patch(base, "action_confirm", action_confirm)

    def test_a_refusal_leaves_the_quotation_and_says_why(self):
        self.config.confirm_policy = "always"
        self.refuse(UserError("The credit limit is reached."))
        self.assertEqual(self.state_of(), "draft")
        order = self.sale_orders()
        self.assertEqual((self.events().state, order.marketplace_holds), ("done", "confirm_failed"))
        self.assertIn("The credit limit is reached.", order.message_ids[0].body)
        self.assertTrue(self.asked(order))

    def test_a_mistake_of_another_app_s_loses_no_order(self):
        self.config.confirm_policy = "always"
        self.refuse(KeyError("surprise"))
        log = "odoo.addons.cartona_integration.models.marketplace_order_confirmation"
        with self.assertLogs(log, "ERROR"):
            self.assertEqual(self.state_of(), "draft")
        self.assertEqual(self.events().state, "done")

    def test_what_could_not_be_confirmed_by_itself_is_confirmed_by_people(self):
        order = self.new_order()
        self.env["marketplace.order.holds"]._add(order, "confirm_failed")
        order.action_confirm()
        self.assertEqual((order.state, order.marketplace_holds), ("sale", False))
        self.assertFalse(self.asked(order))

    def test_a_question_of_another_app_s_is_no_confirmation(self):
        self.config.confirm_policy = "always"
        sale = self.env.registry["sale.order"]
        base = next(c for c in sale.__mro__ if c.__module__ == "odoo.addons.sale.models.sale_order")
        self.patch(base, "action_confirm", lambda orders: {"type": "ir.actions.act_window"})
        self.assertEqual(self.state_of(), "draft")
        self.assertEqual(self.sale_orders().marketplace_holds, "confirm_failed")

    def test_nobody_writes_to_the_customer(self):
        self.config.confirm_policy = "always"
        self.config.user_id = new_test_user(self.env, "mp_seller", groups=SALES)
        before = self.env["mail.mail"].search([])
        order = self.new_order(
            retailer=self.order()["retailer"] | {"retailer_email": "a@b.example"}
        )
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.message_partner_ids, self.config.user_id.partner_id)
        self.assertFalse(self.env["mail.mail"].search([]) - before)
        notified = order.message_ids.notified_partner_ids | order.picking_ids.message_partner_ids
        self.assertNotIn(order.partner_id, notified)

    def test_a_person_s_confirmation_makes_no_follower_of_the_customer(self):
        order = self.new_order()
        order.with_user(self.env.ref("base.user_admin")).action_confirm()
        self.assertNotIn(order.partner_id, order.message_partner_ids)

    def test_confirmed_orders_are_locked_where_the_company_wants_it(self):
        self.config.confirm_policy = "always"
        self.state_of("open")
        self.assertFalse(self.sale_orders().locked)
        self.env["res.config.settings"].create({"group_auto_done_setting": True}).execute()
        self.state_of("locked")
        self.assertTrue(self.sale_orders().filtered(lambda o: o.cartona_id == "locked").locked)

    def test_observing_confirms_nothing(self):
        self.config.write({"confirm_policy": "always", "order_mode": "observe"})
        self.patch(
            type(self.env["sale.order"]), "action_confirm", lambda orders: self.fail("confirmed")
        )
        self.receive(self.order())
        self.assertEqual(self.events().cause_code, "observed")
