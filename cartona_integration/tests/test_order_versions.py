# What the marketplace has told of an order and could not be taken in yet holds it, until it has
# been, or somebody has released it: that is of what he saw, and of nothing that came later.
from datetime import timedelta

from odoo.tests import tagged

from .stages_common import StagesCase


@tagged("post_install", "-at_install")
class TestOrderVersions(StagesCase):
    def strange(self, identity, status="approved", **values):
        """:return: the order, its first line about something that nobody knows"""
        details = self.order()["order_details"]
        details[0]["internal_product_id"] = identity
        return self.order(status=status, order_details=details, **values)

    def edit_strangely(self, identity="MPT-SALT", **values):
        [event] = self.receive(self.strange(identity, **values))
        self.assertEqual((event.state, event.cause_code), ("quarantined", "product_unknown"))
        return event

    def assert_held(self, order, is_held=True):
        self.assertEqual(order.marketplace_holds, "newer_version" if is_held else False)
        self.assertEqual(len(self.asked(order)), int(is_held))

    def test_a_release_is_of_what_was_seen_and_not_of_later_versions(self):
        order = self.new_order()
        self.edit_strangely()
        order.action_release_hold()
        self.assert_held(order, False)
        self.edit_strangely("MPT-PEPPER")
        self.assert_held(order)
        self.assertIn("MPT-PEPPER", order.marketplace_hold_reason)
        self.assertNotIn("MPT-SALT", order.marketplace_hold_reason)
        self.assertEqual(self.tell("approved").state, "done")
        self.assert_held(order)
        self.assertEqual((order.state, order.marketplace_status), ("draft", "approved"))

    def test_a_released_version_keeps_the_order_from_nothing(self):
        order = self.new_order()
        self.edit_strangely()
        order.action_release_hold()
        self.tell("approved")
        self.assertEqual((order.state, order.marketplace_holds), ("sale", False))

    def test_a_version_that_is_being_tried_again_goes_on_holding(self):
        order = self.new_order()
        event = self.edit_strangely()
        self.new_product("MPT-SALT", 80.0)
        self.flush()
        event.action_replay()
        # the database has refused it for a moment
        event.due += timedelta(hours=1)
        self.assertEqual(self.tell("approved").state, "done")
        self.assertEqual((event.state, order.state), ("received", "draft"))
        self.assert_held(order)
        event.due -= timedelta(hours=2)
        self.take_in()
        # which of the two is newer is to be decided now
        self.assertEqual((event.state, event.cause_code), ("held", "undecided"))
        self.assert_held(order)
        self.decide(event)
        self.assertEqual((event.state, order.state), ("done", "sale"), event.cause_detail)
        self.assertEqual(self.moved(order), {"MPT-SALT": 2.0, "MPT-RICE": 1.0})
        self.assert_held(order, False)

    def test_what_was_released_is_not_held_by_the_next_poll(self):
        order = self.new_order()
        self.listed = [self.strange("MPT-SALT")]
        self.poll()
        self.assert_held(order)
        order.action_release_hold()
        for _again in range(2):
            self.poll()
            self.assertEqual(self.events()[-1].state, "quarantined")
            self.assert_held(order, False)

    def test_what_was_released_is_not_held_when_it_arrives_once_more(self):
        order = self.new_order()
        self.edit_strangely()
        order.action_release_hold()
        self.edit_strangely()
        self.assert_held(order, False)

    def test_what_is_found_to_say_what_the_order_says_holds_no_more(self):
        order = self.new_order()
        self.decide(self.tell("editing"))
        self.let_be(order, "pending")
        order.marketplace_holds = False
        event = self.tell("editing")
        self.assertEqual(order.marketplace_holds, "newer_version")
        self.let_be(order, "editing")
        order.marketplace_holds = "editing,newer_version"
        event._set_state("received")
        event.copy()
        self.take_in()
        self.assertEqual((event.state, order.marketplace_holds), ("done", "editing"))
