# A correction that is saved while the intake is at the order: whoever put it aside looks again once
# that can be seen, since the correction itself found nothing that waits. What two transactions see
# of each other is proven in tests/e2e.
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests.common import tagged

from ..exceptions import Unusable
from .test_customers import PHONE, CustomersCase
from .test_mapping import MappingCase


@contextmanager
def saved_meanwhile(case, correct, times=1):
    """A correction that is saved after the intake has read, and before it puts an order aside."""
    inbox = case.registry["marketplace.inbox"]
    put_aside = inbox._put_aside
    left = [correct] * times

    def _put_aside(event, *trouble):
        if left:
            left.pop()(event.env)
        put_aside(event, *trouble)

    with patch.object(inbox, "_put_aside", _put_aside):
        yield


@tagged("post_install", "-at_install")
class TestCorrectedCustomers(CustomersCase):
    def setUp(self):
        super().setUp()
        self.first = self.contact(phone=PHONE)
        self.second = self.contact("Other", phone=PHONE)

    def correct(self, env):
        self.second.with_env(env).phone = "+201000000999"

    def test_a_number_that_is_corrected_meanwhile_lets_the_order_in(self):
        with saved_meanwhile(self, self.correct):
            [event] = self.receive(self.order_of(code=None))
        self.assertEqual((event.state, event.order_id.partner_id), ("done", self.first))
        self.assertFalse(self.events("quarantined", "received"))

    def test_what_waits_for_something_else_by_then_says_so(self):
        def correct(env):
            self.correct(env)
            self.first.with_env(env).action_archive()

        with saved_meanwhile(self, correct):
            [event] = self.receive(self.order_of(code=None))
        self.assertEqual((event.state, event.cause_code), ("quarantined", "customer_archived"))
        self.first.action_unarchive()
        self.take_in()
        self.assertEqual((event.state, event.order_id.partner_id), ("done", self.first))

    def test_what_nobody_corrected_is_looked_at_twice_and_no_more(self):
        looks = []
        processor = self.registry["marketplace.order.processor"]
        process = processor._process

        def _process(self, config, event):
            looks.append(event.id)
            return process(self, config, event)

        with patch.object(processor, "_process", _process):
            [event] = self.receive(self.order_of(code=None))
            self.assertEqual((event.state, event.cause_code), ("quarantined", "customer_ambiguous"))
            self.assertEqual(looks, [event.id] * 2)
            self.assertEqual(event.attempts, 1)
            # nobody can correct what the order itself says
            del looks[:]
            self.receive(self.order("ord-2", status="unheard of"))
            self.assertEqual(len(looks), 1)

    def test_troubles_that_change_each_time_come_to_an_end(self):
        processor = self.registry["marketplace.order.processor"]
        looks = []

        def _process(_processor, _config, event):
            looks.append(event.id)
            raise Unusable("customer_ambiguous", f"trouble {len(looks)}")

        with patch.object(processor, "_process", _process):
            [event] = self.receive(self.order_of(code=None))
        self.assertEqual((event.state, event.cause_code), ("quarantined", "customer_ambiguous"))
        self.assertLess(len(looks), 10)


@tagged("post_install", "-at_install")
class TestCorrectedProducts(MappingCase):
    def test_a_product_that_is_mapped_meanwhile_lets_the_order_in(self):
        def correct(env):
            env["marketplace.inbox"].action_map(
                self.config.id, "STRANGE-1", "77", self.lentils.id, 1.0
            )

        with saved_meanwhile(self, correct):
            [event] = self.receive(self.strange())
        self.assertEqual(self.state(event), ("done", False))
        self.assertEqual(self.lines()["9"].product_id, self.lentils)

    def test_a_product_that_comes_back_meanwhile_lets_the_order_in(self):
        self.rice.action_archive()
        with saved_meanwhile(self, lambda env: self.rice.with_env(env).action_unarchive()):
            [event] = self.receive(self.order())
        self.assertEqual(self.state(event), ("done", False))
