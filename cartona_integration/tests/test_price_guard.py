# Prices that change by more than a connection lets through wait for a manager: nothing of them goes
# out before, everything else does.
from odoo.exceptions import AccessError, UserError
from odoo.tests.common import tagged

from .http_common import Reply
from .outbound_common import ACCEPTED, OutboundCase


@tagged("post_install", "-at_install")
class TestPriceGuard(OutboundCase):
    def setUp(self):
        super().setUp()
        self.manager = self.new_user("mp_decider", "manager")
        self.go_live()
        self.config.price_change_limit = 20.0
        self.flush()
        self.sent()

    def change_price(self, price, product=None):
        (product or self.oil).list_price = price
        self.flush()

    def told_prices(self):
        """Prices that went out, the oldest first."""
        return [
            item["selling_price"]
            for call in self.sent()
            for item in call.values()
            if "selling_price" in item
        ]

    def test_a_change_within_the_limit_goes_out(self):
        # 80 + 20 % = 96, 96 - 20 % = 76.80: exactly the limit is within it.
        for price in (96.0, 76.8):
            self.change_price(price)
            self.assertEqual(self.told_prices(), [price])

    def test_a_change_over_the_limit_waits_up_and_down(self):
        for price in (96.01, 63.99):
            self.change_price(price)
            self.assertEqual(self.told_prices(), [])
            oil = self.listing(self.oil)
            self.assertEqual((oil.status, oil.held_price, oil.sent_price), ("held", price, 80.0))
            self.assertTrue(oil.is_change_held)

    def test_a_quiet_limit_lets_everything_through(self):
        self.config.price_change_limit = 0.0
        self.change_price(8000.0)
        self.assertEqual(self.told_prices(), [8000.0])

    def test_the_first_price_of_a_product_waits_for_nobody(self):
        self.new_product("MPT-NEW", 500.0)
        self.flush()
        self.assertEqual(self.told_prices(), [500.0])

    def test_stock_goes_out_while_a_price_waits(self):
        self.oil.list_price = 200.0
        self.set_stock(self.oil, 5)
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"available_stock_quantity": 15}}])
        self.assertEqual(self.listing(self.oil).status, "held")

    def test_stock_goes_out_while_a_price_waits_and_an_answer_was_lost(self):
        self.set_stock(self.oil, 5)
        self.stub.will_answer(Reply({}, 500))
        self.flush()
        self.oil.list_price = 200.0
        self.make_due()
        self.flush()
        last = self.sent()[-1]["MPT-OIL"]
        self.assertEqual(last["available_stock_quantity"], 15)
        self.assertNotIn("selling_price", last)

    def test_what_was_confirmed_last_counts_where_an_answer_was_lost(self):
        self.change_price(90.0)
        self.stub.will_answer(Reply({}, 500))
        self.change_price(91.0)
        self.sent()
        self.oil.list_price = 200.0
        self.make_due()
        self.flush()
        self.assertEqual(self.told_prices(), [])

    def test_an_approved_price_goes_out(self):
        self.change_price(200.0)
        oil = self.listing(self.oil)
        oil.with_user(self.manager).with_context(seen_price=200.0).action_approve_price()
        self.assertEqual((oil.decision, oil.decided_by_id), ("approved", self.manager))
        self.flush()
        self.assertEqual(self.told_prices(), [200.0])
        self.assertEqual((oil.status, oil.is_change_held), ("in_step", False))

    def test_an_approved_price_goes_out_after_an_answer_was_lost(self):
        self.change_price(200.0)
        self.listing(self.oil).action_approve_price()
        self.stub.will_answer(Reply({}, 500))
        self.flush()
        self.make_due()
        self.flush()
        self.assertEqual(self.told_prices(), [200.0, 200.0])

    def test_an_approval_is_for_one_price_and_one_time(self):
        self.change_price(200.0)
        self.listing(self.oil).action_approve_price()
        self.change_price(300.0)
        self.assertEqual(self.told_prices(), [])
        self.change_price(200.0)
        self.assertEqual(self.told_prices(), [200.0])
        for price in (170.0, 140.0, 115.0, 95.0):
            self.change_price(price)
        self.assertEqual(self.told_prices(), [170.0, 140.0, 115.0, 95.0])
        self.change_price(200.0)
        self.assertEqual(self.told_prices(), [])

    def test_a_rejected_price_never_goes_out_and_the_next_one_is_looked_at_anew(self):
        self.change_price(200.0)
        oil = self.listing(self.oil)
        oil.action_reject_price()
        self.flush()
        self.env["marketplace.sweep"]._sweep(self.config, 0)
        self.flush()
        self.assertEqual(self.told_prices(), [])
        self.assertEqual((oil.status, oil.is_change_held), ("held", False))
        self.assertIn("rejected", oil.message)
        self.change_price(201.0)
        self.assertTrue(oil.is_change_held)
        self.change_price(81.0)
        self.assertEqual(self.told_prices(), [81.0])

    def test_a_price_that_is_taken_back_waits_no_longer(self):
        self.change_price(200.0)
        self.change_price(80.0)
        self.assertEqual(self.listing(self.oil).status, "in_step")
        self.assertEqual(self.told_prices(), [])

    def test_managers_are_called_once_and_done_when_all_is_decided(self):
        self.change_price(200.0)
        self.change_price(90.0, self.rice)
        self.assertEqual(
            self.alerts(self.manager).mapped("summary"), ["Price changes wait for you"]
        )
        self.assertEqual(self.config.price_change_count, 2)
        self.listing(self.oil).action_approve_price()
        self.env.cr.flush()
        self.assertTrue(self.alerts(self.manager))
        self.listing(self.rice).action_reject_price()
        self.assertFalse(self.alerts(self.manager))

    def test_managers_are_done_too_when_the_price_is_taken_back(self):
        self.change_price(200.0)
        self.assertTrue(self.alerts(self.manager))
        self.change_price(80.0)
        self.env["marketplace.config"]._cron_wake()
        self.assertFalse(self.alerts(self.manager))

    def test_what_was_seen_is_what_is_approved(self):
        self.change_price(200.0)
        oil = self.listing(self.oil).with_context(seen_price=200.0)
        self.change_price(2000.0)
        with self.assertRaises(UserError):
            oil.action_approve_price()
        self.flush()
        self.assertEqual(self.told_prices(), [])

    def test_a_limit_that_is_lifted_lets_go_what_it_held(self):
        self.change_price(90.0)
        self.change_price(120.0)
        self.assertEqual(self.told_prices(), [90.0])
        # 90 + 33.3 %
        for limit, told in ((33.0, []), (34.0, [120.0])):
            self.config.price_change_limit = limit
            self.flush()
            self.assertEqual(self.told_prices(), told, limit)

    def test_only_managers_decide(self):
        self.change_price(200.0)
        user = self.new_user("mp_looker", "user")
        for decide in ("action_approve_price", "action_reject_price"):
            with self.assertRaises(AccessError):
                getattr(self.listing(self.oil).with_user(user), decide)()

    def test_a_decision_that_nobody_waits_for_says_so(self):
        with self.assertRaises(UserError):
            self.listing(self.oil).action_approve_price()

    def test_what_is_decided_waits_for_nobody_even_before_the_engine_looks(self):
        self.change_price(200.0)
        self.change_price(90.0, self.rice)
        self.listing(self.oil).action_approve_price()
        self.assertFalse(self.listing(self.oil).is_change_held)
        self.assertEqual(self.config.price_change_count, 1)
        self.listing(self.rice).action_reject_price()
        self.env.invalidate_all()
        self.assertEqual(self.config.price_change_count, 0)
        with self.assertRaises(UserError):
            self.listing(self.rice).action_approve_price()

    def test_prices_to_decide_are_found(self):
        self.change_price(200.0)
        held = self.env["marketplace.listing"].search(
            [("config_id", "=", self.config.id), ("is_change_held", "=", True)]
        )
        self.assertEqual(held, self.listing(self.oil))

    def test_a_held_product_that_was_never_there_is_not_introduced_by_sending_again(self):
        salt = self.new_product("MPT-SALT", 0.0)
        self.flush()
        self.listing(salt).action_resend()
        self.flush()
        self.assertEqual(self.sent(), [])
        self.stub.answer_always(ACCEPTED)
        salt.list_price = 5.0
        self.flush()
        self.assertEqual(self.sent()[0]["MPT-SALT"]["selling_price"], 5.0)
