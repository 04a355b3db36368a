# Several messages about one order, in any order: the quotation ends as the marketplace's list says.
from datetime import timedelta
from decimal import Decimal

from odoo import Command, fields
from odoo.tests import tagged

from .inbound_common import InboundCase

CANCELLED = "cancelled_by_retailer"


@tagged("post_install", "-at_install")
class TestVersions(InboundCase):
    def quantities(self):
        return self.sale_orders().order_line.mapped("product_uom_qty")

    def version(self, quantity, **values):
        order = self.order(**values)
        order["order_details"][0]["amount"] = quantity
        return order

    def age(self):
        """As if what is here had arrived a while ago."""
        for event in self.events():
            for name in ("create_date", "pulled_at", "acked_pull"):
                event[name] = event[name] and event[name] - timedelta(minutes=10)
        self.env.flush_all()

    def causes(self):
        return [(event.state, event.cause_code) for event in self.events()]

    def test_an_edit_waits_for_the_list_and_is_applied_by_it(self):
        self.receive(self.order())
        self.receive(self.version(5))
        self.assertEqual(self.causes()[-1], ("held", "undecided"))
        self.assertEqual(self.quantities(), [2, 1])
        job = self.env["queue.job"].search([("method_name", "=", "_job_poll")])
        self.assertEqual(len(job), 1)
        self.age()
        self.listed = [self.version(5)]
        self.poll()
        self.assertEqual(self.quantities(), [5, 1])
        self.assertEqual(
            self.causes(), [("done", False), ("ignored", "superseded"), ("done", False)]
        )

    def test_an_old_edit_that_comes_late_changes_nothing(self):
        self.receive(self.version(5))
        self.listed = [self.version(5)]
        self.poll()
        self.flush()
        self.assertEqual(self.listed, [])
        self.receive(self.order())
        self.assertEqual(self.causes()[-1], ("held", "undecided"))
        self.assertEqual(self.quantities(), [5, 1])

    def test_what_was_known_before_is_old_once_the_list_no_longer_shows_it(self):
        self.receive(self.order())
        self.listed = [self.version(5)]
        self.age()
        self.poll()
        self.flush()
        self.receive(self.order())
        self.assertEqual(self.causes()[-1], ("held", "undecided"))
        self.age()
        self.poll()
        self.assertEqual(self.causes()[-1], ("ignored", "stale"))
        self.assertEqual(self.quantities(), [5, 1])

    def test_what_the_list_has_overruled_once_is_old_when_it_comes_again(self):
        self.receive(self.order())
        self.receive(self.version(7))
        self.age()
        self.listed = [self.version(5)]
        self.poll()
        self.flush()
        self.assertEqual(self.causes()[1], ("ignored", "superseded"))
        self.receive(self.version(7))
        self.assertEqual(self.causes()[-1], ("held", "undecided"))
        self.age()
        self.poll()
        self.assertEqual(self.causes()[-1], ("ignored", "stale"))
        self.assertEqual(self.quantities(), [5, 1])

    def test_what_nobody_can_tell_is_asked_of_people(self):
        self.receive(self.version(5))
        self.age()
        self.listed = [self.version(5)]
        self.poll()
        self.flush()
        self.receive(self.version(7))
        self.age()
        self.poll()
        event = self.events()[-1]
        self.assertEqual((event.state, event.cause_code), ("held", "two_versions"))
        self.assertEqual(self.quantities(), [5, 1])
        admin = self.env.ref("base.user_admin")
        self.assertEqual(
            self.alerts(admin).mapped("summary"), ["Orders from the marketplace wait for you"]
        )
        event.action_replay()
        self.take_in()
        self.assertEqual(event.state, "done")
        self.assertEqual(self.quantities(), [7, 1])
        self.env["marketplace.config"]._cron_wake()
        self.assertFalse(self.alerts(admin))

    def test_an_acknowledgement_never_hides_a_newer_edit(self):
        self.listed = [self.order()]
        self.poll()
        self.receive(self.version(5))
        self.flush()
        self.assertEqual(self.acknowledged(), [])
        self.age()
        self.listed = [self.version(5)]
        self.poll()
        self.flush()
        self.assertEqual(self.acknowledged(), [["ord-1"]])
        self.assertEqual(self.quantities(), [5, 1])

    def test_what_was_listed_long_ago_is_read_again_before_it_is_acknowledged(self):
        self.listed = [self.order()]
        self.poll()
        self.events().pulled_at = fields.Datetime.now() - timedelta(minutes=5)
        self.flush()
        self.assertEqual(self.acknowledged(), [])
        self.poll()
        self.flush()
        self.assertEqual(self.acknowledged(), [["ord-1"]])

    def test_a_status_goes_forward_and_never_back(self):
        self.receive(self.order(status="approved"))
        status = {"hashed_id": "ord-1", "status": "assigned_to_salesman"}
        self.receive(status, kind="status")
        self.assertEqual(self.sale_orders().marketplace_status, "assigned_to_salesman")
        self.receive(self.order(), self.order(status="approved"))
        self.receive({"hashed_id": "ord-1", "status": "approved"}, kind="status")
        self.assertEqual(self.sale_orders().marketplace_status, "assigned_to_salesman")
        self.assertEqual(self.causes()[2:], [("ignored", "stale")] * 3)

    def test_a_status_before_its_order_is_applied_after_it(self):
        self.receive({"hashed_id": "ord-1", "status": CANCELLED}, kind="status")
        self.assertEqual(self.causes(), [("held", "order_unknown")])
        self.assertFalse(self.sale_orders())
        self.receive(self.order())
        order = self.sale_orders()
        self.assertEqual((order.state, order.marketplace_status), ("cancel", CANCELLED))
        self.assertEqual(self.events().mapped("state"), ["done", "done"])

    def test_an_order_first_seen_cancelled_is_a_cancelled_quotation(self):
        self.receive(self.order(status=CANCELLED))
        self.receive(self.order())
        order = self.sale_orders()
        self.assertEqual((order.state, order.marketplace_status), ("cancel", CANCELLED))
        self.assertEqual(self.causes()[-1], ("ignored", "stale"))

    def test_an_order_first_seen_delivered_waits_for_somebody_who_wants_it(self):
        self.listed = [self.order(status="delivered")]
        self.poll()
        self.flush()
        self.assertEqual(self.causes(), [("held", "first_seen_delivered")])
        self.assertFalse(self.sale_orders())
        self.assertEqual(self.acknowledged(), [["ord-1"]])
        self.events().action_replay()
        self.take_in()
        order = self.sale_orders()
        self.assertEqual((order.state, order.marketplace_status), ("draft", "delivered"))

    def test_a_list_that_moves_an_order_back_is_looked_at_by_people(self):
        self.receive(self.order(status="approved"))
        known = self.env["marketplace.order"]._find(self.config, "ord-1")
        # as if the list had been asked before that, and its answer had taken a while
        known.applied_at += timedelta(minutes=1)
        self.listed = [self.order()]
        self.poll()
        self.assertEqual(self.causes()[-1], ("ignored", "stale"))
        self.flush()
        self.assertEqual(self.acknowledged(), [])
        known.applied_at -= timedelta(minutes=2)
        self.poll()
        event = self.events()[-1]
        self.assertEqual((event.state, event.cause_code), ("quarantined", "moved_back"))
        self.assertEqual(event.cause_detail, "approved → pending")

    def test_what_comes_again_waits_once_and_is_settled_together(self):
        order = self.order(
            order_details=[
                {"id": "1", "internal_product_id": "MPT-SALT", "amount": 1, "selling_price": 3}
            ]
        )
        for _time in range(3):
            self.receive(order)
        states = ["ignored", "ignored", "quarantined"]
        self.assertEqual(self.events().mapped("state"), states)
        self.listed = [order]
        self.poll()
        self.assertEqual(self.events().mapped("state"), ["ignored", *states])
        self.new_product("MPT-SALT", 3.0)
        self.flush()
        self.poll()
        self.assertEqual(len(self.sale_orders()), 1)
        self.assertFalse(self.events("quarantined", "held", "received"))

    def test_a_confirmed_order_is_not_changed_behind_people_s_backs(self):
        self.receive(self.order())
        self.sale_orders().action_confirm()
        self.receive(self.version(5, status="approved"))
        self.assertEqual(self.causes()[-1], ("quarantined", "changed_after_confirmation"))
        self.receive(self.order(status=CANCELLED))
        self.assertEqual(self.causes()[-1], ("quarantined", "cancelled_after_confirmation"))
        order = self.sale_orders()
        self.assertEqual((order.state, self.quantities()), ("sale", [2, 1]))
        order._action_cancel()
        event = self.events()[-1]
        event.action_replay()
        self.take_in()
        self.assertEqual((event.state, order.marketplace_status), ("done", CANCELLED))

    def test_lines_follow_their_numbers(self):
        self.receive(self.order())
        kept = self.sale_orders().order_line[1]
        details = [
            {"id": "2", "internal_product_id": "MPT-RICE", "amount": 4, "selling_price": 30},
            {"id": "3", "internal_product_id": "MPT-TEA", "amount": 6, "selling_price": 12.25},
            {"id": "4", "internal_product_id": "MPT-TEA", "amount": 2, "selling_price": 9},
        ]
        self.receive(self.order(status="approved", order_details=details))
        lines = self.sale_orders().order_line
        self.assertIn(kept, lines)
        self.assertEqual(
            [(one.product_id, one.product_uom_qty, one.price_unit) for one in lines],
            [(self.rice, 4, 30.0), (self.tea, 6, 12.25), (self.tea, 2, 9.0)],
        )

    def test_an_acknowledgement_never_hides_an_edit_that_only_a_status_has_told_of(self):
        self.listed = [self.order()]
        self.poll()
        self.listed = [self.version(5, status="approved")]
        self.receive({"hashed_id": "ord-1", "status": "approved"}, kind="status")
        self.flush()
        self.assertEqual(self.acknowledged(), [])
        self.age()
        self.poll()
        self.flush()
        self.assertEqual(self.acknowledged(), [["ord-1"]])
        self.assertEqual(self.quantities(), [5, 1])

    def test_what_arrives_the_wrong_way_round_ends_delivered(self):
        self.receive(self.order(status="delivered"))
        self.receive(self.order())
        self.assertEqual(self.sale_orders().marketplace_status, "delivered")
        self.assertEqual(self.causes(), [("done", False), ("done", False)])

    def test_a_list_that_says_again_what_was_taken_in_before_is_looked_at_too(self):
        self.listed = [self.order()]
        self.poll()
        self.receive({"hashed_id": "ord-1", "status": "approved"}, kind="status")
        known = self.env["marketplace.order"]._find(self.config, "ord-1")
        known.applied_at -= timedelta(minutes=1)
        self.poll()
        self.flush()
        self.assertEqual(self.causes(), [("quarantined", "moved_back"), ("done", False)])
        self.assertEqual(self.acknowledged(), [])

    def test_a_status_changes_no_line_of_a_confirmed_order(self):
        self.receive(self.version(0.125))
        order = self.sale_orders()
        order.action_confirm()
        order.order_line[1].product_uom_qty = 3
        self.receive(self.version(0.125, status="approved"))
        self.assertEqual(self.causes(), [("done", False), ("done", False)])
        self.assertEqual((order.marketplace_status, self.quantities()), ("approved", [0.13, 3]))

    def test_lines_that_people_added_stay(self):
        self.receive(self.order())
        order = self.sale_orders()
        added = [{"product_id": self.tea.id, "product_uom_qty": number} for number in (7, 8)]
        order.order_line = [Command.create(line) for line in added]
        self.receive(self.version(5, status="approved"))
        self.assertEqual(sorted(self.quantities()), [1, 5, 7, 8])

    def test_a_slow_answer_of_the_list_undoes_no_later_one(self):
        now = fields.Datetime.now()
        for quantity, ago in ((2, 20), (5, 0), (2, 10)):
            asked_at = now - timedelta(seconds=ago)
            listed = [self.version(quantity)]
            self.env["marketplace.inbox"]._receive(self.config, "order", listed, "poll", asked_at)
            self.take_in()
        self.assertEqual(self.quantities(), [5, 1])
        self.assertEqual(self.causes()[-1], ("held", "undecided"))
        self.flush()
        self.assertEqual(self.acknowledged(), [])
        self.age()
        self.listed = [self.version(5)]
        self.poll()
        self.flush()
        self.assertEqual(self.causes()[-1], ("ignored", "superseded"))
        self.assertEqual(self.acknowledged(), [["ord-1"]])

    def test_a_decision_about_one_version_drops_nothing_that_the_list_shows(self):
        self.receive(self.order())
        self.receive(self.version(5))
        self.age()
        self.poll()
        self.listed = [self.version(9)]
        self.listed[0]["order_details"][1]["internal_product_id"] = "MPT-SALT"
        self.poll()
        decided = self.events()[1]
        self.assertEqual(decided.cause_code, "two_versions")
        decided.action_replay()
        self.take_in()
        self.assertEqual(self.quantities(), [5, 1])
        self.assertEqual(self.causes()[2], ("quarantined", "product_unknown"))
        self.new_product("MPT-SALT", 3.0)
        self.flush()
        self.age()
        self.poll()
        self.flush()
        self.assertEqual(self.quantities(), [9, 1])
        self.assertEqual(self.acknowledged(), [["ord-1"]])

    def test_replaying_what_waits_for_orders_to_be_taken_decides_nothing(self):
        self.config.order_mode = "off"
        self.receive(self.version(5))
        self.receive(self.order())
        self.events().action_replay()
        self.take_in()
        self.config.order_mode = "live"
        self.take_in()
        self.assertEqual(self.causes(), [("done", False), ("held", "undecided")])
        self.assertEqual(self.quantities(), [5, 1])

    def test_what_binary_numbers_make_of_a_price_is_no_other_price(self):
        known = self.order()
        known["order_details"][0]["selling_price"] = 80.1
        self.receive(known)
        known["order_details"][0]["selling_price"] = Decimal("80.099999999999994")
        self.receive(known)
        self.assertEqual(self.causes(), [("done", False), ("done", "duplicate")])
