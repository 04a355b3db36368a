# Who hears of new orders, and of those that nobody answers: once each, the managers last.
from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from .stages_common import StagesCase

SALES = "sales_team.group_sale_salesman_all_leads"


@tagged("post_install", "-at_install")
class TestOrderWatch(StagesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(cls.env, "mp_seller", groups=SALES)
        cls.clerk = new_test_user(cls.env, "mp_clerk", groups=SALES)
        manager = f"{SALES},cartona_integration.group_marketplace_manager"
        cls.manager = new_test_user(cls.env, "mp_boss", groups=manager)

    def watch(self, *, later=0):
        """What the cron does, so many minutes later."""
        for order in self.sale_orders():
            self.env.cr.execute(
                "UPDATE sale_order SET create_date = create_date - %s WHERE id = %s",
                [timedelta(minutes=later, seconds=1), order.id],
            )
        for known in self.env["marketplace.order"].search([("reminded_at", "!=", False)]):
            known.reminded_at -= timedelta(minutes=later, seconds=1)
        self.env.invalidate_all()
        with self.as_jobs_would():
            self.env["marketplace.order.watch"]._cron_watch()
        self.env.invalidate_all()

    def told(self, user):
        return self.env["mail.message"].search(
            [("partner_ids", "in", user.partner_id.ids), ("model", "=", "sale.order")]
        )

    def reminded(self, order):
        return self.asked(order, "order_pending").user_id

    def called(self, order):
        return self.asked(order, "order_escalated").user_id

    def test_whom_the_connection_names_is_told_once(self):
        self.config.notify_user_ids = self.clerk
        order = self.new_order()
        self.watch()
        self.watch()
        message = self.told(self.clerk)
        self.assertEqual(len(message), 1)
        self.assertEqual(message.subject, f"New order from the marketplace: {order.name}")
        self.assertIn("بقالة الأمانة", message.body)
        self.assertIn("192.50", message.body)
        self.assertFalse(self.told(self.seller))
        self.assertFalse(self.asked(order))

    def test_who_is_named_later_hears_of_later_orders(self):
        self.new_order()
        self.watch()
        self.config.notify_user_ids = self.clerk
        self.watch()
        self.assertFalse(self.told(self.clerk))
        self.receive(self.order("ord-2"))
        self.watch()
        self.assertEqual(len(self.told(self.clerk)), 1)

    def test_an_old_or_cancelled_order_is_no_news(self):
        self.config.notify_user_ids = self.clerk
        self.receive(self.order("ord-2", status="cancelled_by_retailer"))
        self.new_order()
        self.watch(later=24 * 60)
        self.assertFalse(self.told(self.clerk))

    def test_only_staff_can_be_named(self):
        portal = new_test_user(self.env, "mp_portal", groups="base.group_portal")
        with self.assertRaises(ValidationError):
            self.config.notify_user_ids = portal

    def test_an_order_that_waits_is_put_on_lists_once_and_then_on_the_managers(self):
        self.config.write(
            {
                "user_id": self.seller.id,
                "pending_alert_minutes": 30,
                "pending_escalation_minutes": 60,
            }
        )
        order = self.new_order()
        self.watch(later=29)
        self.assertFalse(self.reminded(order))
        self.watch(later=1)
        self.assertEqual((self.reminded(order), self.called(order).ids), (self.seller, []))
        self.watch(later=59)
        self.assertFalse(self.called(order))
        self.watch(later=1)
        self.assertIn(self.manager, self.called(order))
        self.assertNotIn(self.seller, self.called(order))
        activities = self.env["mail.activity"].search_count([])
        self.watch(later=500)
        self.assertEqual(self.env["mail.activity"].search_count([]), activities)
        note = self.asked(order, "order_pending").note
        self.assertIn("بقالة الأمانة", note)

    def test_by_default_nobody_is_reminded(self):
        order = self.new_order()
        self.watch(later=5000)
        self.assertFalse(order.activity_ids)

    def wait_until_called(self):
        self.config.write({"pending_alert_minutes": 5, "pending_escalation_minutes": 5})
        order = self.new_order()
        self.watch(later=5)
        self.watch(later=5)
        self.assertTrue(self.reminded(order) and self.called(order))
        return order

    def test_a_confirmed_order_is_answered(self):
        order = self.wait_until_called()
        order.action_confirm()
        self.assertFalse(self.reminded(order) | self.called(order))

    def test_a_cancelled_order_is_answered(self):
        order = self.wait_until_called()
        self.tell("cancelled_by_retailer")
        self.assertFalse(self.reminded(order) | self.called(order))

    def test_an_approved_order_is_answered_although_it_is_held(self):
        order = self.wait_until_called()
        holds = type(self.env["marketplace.order.holds"])
        self.patch(holds, "_find", lambda *_args: ["zero_price"])
        self.edit(lines={"1": 3})
        self.assertEqual((order.state, order.marketplace_holds), ("draft", "zero_price"))
        self.assertFalse(self.reminded(order) | self.called(order))

    def test_confirmed_and_edited_orders_wait_for_nobody(self):
        self.config.pending_alert_minutes = 5
        order = self.new_order("confirmed")
        self.receive(self.order("ord-2", status="editing"))
        self.watch(later=10)
        self.assertFalse(self.reminded(self.sale_orders()))
        self.assertFalse(order.activity_ids)

    def test_one_order_that_can_t_be_told_of_keeps_no_other_back(self):
        self.config.notify_user_ids = self.clerk
        self.new_order()
        self.receive(self.order("ord-2"))
        watch = type(self.env["marketplace.order.watch"])
        tell = watch._tell

        def fail_first(watch, known):
            if known.remote_id == "ord-1":
                raise KeyError("surprise")
            tell(watch, known)

        self.patch(watch, "_tell", fail_first)
        log = "odoo.addons.cartona_integration.models.marketplace_order_watch"
        with self.assertLogs(log, "ERROR"):
            self.watch()
        self.assertEqual(len(self.told(self.clerk)), 1)
