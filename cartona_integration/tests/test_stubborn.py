# A product that the marketplace stumbles over without refusing it: a call with it fails, every
# time. The others get there all the same, and it says what is wrong.
from odoo.tests.common import tagged

from ..const import SHARDS
from .http_common import Reply
from .outbound_common import OutboundCase

STUMBLES = (Reply({}, 500), Reply({"success": False, "message": "BAD"}), Reply(b"<html>"))


@tagged("post_install", "-at_install")
class TestStubborn(OutboundCase):
    def setUp(self):
        super().setUp()
        self.config.batch_size = 8
        self.go_live()
        self.products = [self.new_product(f"MPT-{number}-", 10.0) for number in range(6 * SHARDS)]
        self.flush()
        self.forget_later_marks()
        self.stub.seen.clear()

    def change_all(self):
        for product in self.products:
            product.list_price += 1

    def flush_until_only(self, bad):
        """Let time pass until nothing but one product is due, or too much has passed."""
        for _time in range(20):
            self.flush()
            if self.shards_with_others(bad) == 0:
                return
            for pace in self.env["marketplace.pace"].search([]):
                pace.wait_until = False
            self.env.invalidate_all()

    def shards_with_others(self, bad):
        return len(self.marked_listings() - self.listing(bad))

    def test_one_product_that_breaks_each_call_does_not_stop_the_others(self):
        bad = self.products[5]
        for reply in STUMBLES:
            with self.subTest(reply.body):
                self.stub.decide(
                    lambda request, reply=reply: reply if b'"MPT-5-"' in request["body"] else None
                )
                self.change_all()
                self.flush_until_only(bad)
                statuses = {product: self.listing(product).status for product in self.products}
                self.assertIn(statuses.pop(bad), ("rejected", "waiting"))
                self.assertEqual(set(statuses.values()), {"in_step"})
                self.stub.decide(lambda _request: None)
                self.make_due(600)
                self.flush()
                self.make_due(600)
                self.flush()
                self.assertEqual(self.listing(bad).status, "in_step")
                self.assertFalse(self.marks())

    def test_it_says_what_is_wrong_while_others_go_first(self):
        bad = self.products[5]
        shard = [one for one in self.products if self.listing(one).id % SHARDS == self.shard(bad)]
        self.stub.answer_always(Reply({"success": False, "message": "BAD"}))
        for product in shard:
            product.list_price += 1
        for _time in range(6):
            self.flush()
            self.env["marketplace.pace"].search([]).wait_until = False
        stubborn = [one for one in shard if self.listing(one).status == "rejected"]
        self.assertTrue(stubborn)
        self.assertIn("can't work on this product", self.listing(stubborn[0]).message)
        self.assertIn("BAD", self.listing(stubborn[0]).error_detail)

    def shard(self, product):
        return self.listing(product).id % SHARDS

    def test_alone_it_keeps_its_turn(self):
        self.stub.answer_always(Reply({}, 503))
        self.oil.list_price = 81.0
        for _time in range(8):
            self.flush()
            self.env["marketplace.pace"].search([]).wait_until = False
        self.assertEqual(self.listing(self.oil).status, "waiting")
        self.assertTrue(self.due_shards())
