# Quotations that wait for goods: each is looked at again, the oldest first, and one that can't be
# served keeps no other waiting. 10 of oil and 20 of rice are there.
from odoo.exceptions import UserError
from odoo.tests import tagged

from .stages_common import StagesCase


@tagged("post_install", "-at_install")
class TestOrderWaiting(StagesCase):
    def setUp(self):
        super().setUp()
        self.config.confirm_policy = "if_in_stock"

    def take(self, remote_id, status="pending", **amounts):
        """:return: the sales order of so many of each"""
        details = [
            {
                "id": str(number),
                "internal_product_id": f"MPT-{name.upper()}",
                "amount": amount,
                "selling_price": 10,
            }
            for number, (name, amount) in enumerate(amounts.items())
        ]
        self.receive(self.order(remote_id, status=status, order_details=details))
        return self.sale_orders().filtered(lambda one: one.cartona_id == remote_id)

    def watch(self):
        self.env.flush_all()
        with self.as_jobs_would():
            self.env["marketplace.order.watch"]._cron_watch()
        self.env.invalidate_all()

    def test_one_that_can_t_be_served_keeps_no_later_one_waiting(self):
        first = self.take("a", oil=10, rice=21)
        second = self.take("b", oil=10)
        self.assertEqual((first.state, second.state), ("draft", "sale"))

    def test_goods_that_come_confirm_the_oldest_first(self):
        first, second, third = (
            self.take(name, oil=amount) for name, amount in (("a", 11), ("b", 12), ("c", 13))
        )
        self.watch()
        self.assertEqual((first | second | third).mapped("state"), ["draft"] * 3)
        # 24 by now: 11 and 12, which leave 1
        self.set_stock(self.oil, 14)
        self.watch()
        self.assertEqual([one.state for one in (first, second, third)], ["sale", "sale", "draft"])
        self.set_stock(self.oil, 12)
        self.watch()
        self.assertEqual(third.state, "sale")

    def test_an_older_one_that_can_be_served_goes_before(self):
        self.config.confirm_policy = "never"
        older = self.take("a", oil=8)
        self.config.confirm_policy = "if_in_stock"
        later = self.take("b", oil=3)
        self.watch()
        self.assertEqual((older.state, later.state), ("sale", "draft"))

    def test_what_is_held_or_not_pending_or_refused_is_not_tried(self):
        held, edited = self.take("a", oil=20), self.take("b", status="editing", rice=1)
        held.marketplace_holds = "zero_price"
        tea = self.take("c", tea=31)
        refusal = UserError("No.")

        def refuse(orders):
            raise refusal

        self.patch(type(tea), "action_confirm", refuse)
        self.set_stock(self.oil, 50)
        self.set_stock(self.tea, 50)
        self.watch()
        self.assertEqual(tea.marketplace_holds, "confirm_failed")
        messages = len(tea.message_ids)
        self.watch()
        self.assertEqual(len(tea.message_ids), messages)
        self.assertEqual((held | edited | tea).mapped("state"), ["draft"] * 3)

    def test_only_live_connections_confirm_anything(self):
        order = self.take("a", oil=20)
        self.set_stock(self.oil, 50)
        for change in (
            lambda: self.config._set_state("paused"),
            lambda: self.config.write({"order_mode": "off"}),
            lambda: self.config.write({"confirm_policy": "never"}),
        ):
            with self.env.cr.savepoint() as undo:
                change()
                self.watch()
                self.assertEqual(order.state, "draft")
                undo.rollback()
                self.env.invalidate_all()
        self.watch()
        self.assertEqual(order.state, "sale")

    def test_it_costs_one_query_when_nothing_waits(self):
        self.take("a", oil=1)
        self.watch()
        self.patch(
            type(self.env["marketplace.order.stock"]),
            "_find_served",
            lambda *_args, **_options: self.fail("asked for"),
        )
        self.watch()
        configs = self.config
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.assertFalse(self.env["marketplace.order.watch"]._find_waiting(configs))
