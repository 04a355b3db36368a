# A token that is refused, taken away or repeated while a batch is under way.
from unittest.mock import patch

from odoo.tests.common import tagged

from ..const import SHARDS
from ..transport import PreparedCall
from .common import TOKEN
from .http_common import Reply
from .outbound_common import OutboundCase
from .test_outbound_faults import results


@tagged("post_install", "-at_install")
class TestOutboundToken(OutboundCase):
    def setUp(self):
        super().setUp()
        self.go_live()

    def change_several_of_one_shard(self):
        """:return: the listings, four of them"""
        for number in range(16):
            self.new_product(f"MPT-N{number}", 5.0)
        self.flush()
        self.forget_later_marks()
        self.sent()
        listings = self.env["marketplace.listing"].search([("identity", "=like", "MPT-N%")])
        chosen = listings.filtered(lambda one: one.id % SHARDS == 0)
        for product in chosen.product_id:
            product.list_price = 6.0
        return chosen

    def test_nothing_is_sent_after_the_token_was_refused(self):
        listings = self.change_several_of_one_shard()
        self.stub.will_answer(Reply({}, 400), Reply({}, 401))
        self.flush()
        self.assertEqual([len(call) for call in self.sent()], [4, 2])
        self.assertEqual(self.config.state, "paused")
        self.assertEqual(listings.mapped("sent_price"), [5.0] * 4)
        self.assertFalse(self.marks().filtered("claimed_at"))

    def test_a_connection_that_loses_its_token_while_it_is_answered_loses_nothing(self):
        listings = self.change_several_of_one_shard()
        perform = PreparedCall.perform

        def be_interrupted(call):
            exchange = perform(call)
            self.config.action_pause()
            self.config.auth_token = False
            self.config.env.flush_all()
            return exchange

        self.stub.will_answer(Reply({}, 400))
        with patch.object(PreparedCall, "perform", be_interrupted):
            self.flush()
        self.assertEqual([len(call) for call in self.sent()], [4])
        self.assertEqual(self.marked_listings() & listings, listings)
        self.assertFalse(self.marks().filtered("claimed_at"))

    def test_a_token_that_a_refusal_repeats_is_shown_to_nobody(self):
        self.stub.will_answer(results(f"bad token {TOKEN}"))
        self.oil.list_price = 81.0
        self.flush()
        detail = self.listing(self.oil).error_detail
        self.assertIn("bad token", detail)
        self.assertNotIn(TOKEN, detail)
