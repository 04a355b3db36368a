# Marks: one row for many records, taken in parts, claimed while a call is open, and given back.
from odoo.tests.common import tagged

from ..const import PRODUCT_LANE, SHARDS
from ..exceptions import MarketplaceError
from .http_common import Reply
from .outbound_common import ACCEPTED, OutboundCase


@tagged("post_install", "-at_install")
class TestOutbox(OutboundCase):
    def setUp(self):
        super().setUp()
        self.many = sum(
            (self.new_product(f"MPT-M{number:02}", 10.0) for number in range(3 * SHARDS)),
            self.env["product.product"],
        )
        # In one go, so that each shard has three of them.
        self.env["marketplace.listing"].create(
            [
                {"config_id": self.config.id, "product_id": p.id, "identity": p.default_code}
                for p in self.many
            ]
        )
        self.go_live()
        self.config.batch_size = 2
        self.env.cr.flush()
        self.forget_later_marks()

    def change_all(self, price):
        self.many.product_tmpl_id.list_price = price
        self.env.cr.flush()

    def marked(self):
        """How many records stand in each mark, claimed ones apart."""
        self.env.cr.execute(
            "SELECT claimed_at IS NOT NULL, cardinality(res_ids) FROM marketplace_outbox "
            "WHERE config_id = %s ORDER BY 1, 2",
            [self.config.id],
        )
        return self.env.cr.fetchall()

    def flush_once(self, shard):
        with self.as_jobs_would():
            return self.env["marketplace.flush"]._flush(self.config.id, "product", shard)

    def test_many_changes_are_one_mark_a_shard(self):
        self.change_all(11.0)
        self.assertEqual(self.marked(), [(False, 3)] * SHARDS)

    def test_a_change_by_two_roads_marks_a_product_once(self):
        self.many.product_tmpl_id.list_price = 11.0
        self.env["marketplace.outbox"]._mark("price", "product", self.many.ids)
        self.env.cr.flush()
        self.assertEqual(self.marked(), [(False, 3)] * SHARDS)

    def test_a_mark_beyond_a_call_s_size_is_sent_in_several_calls(self):
        self.change_all(11.0)
        self.flush_once(0)
        self.assertEqual(self.marked(), [(False, 1), *[(False, 3)] * (SHARDS - 1)])
        self.flush()
        calls = self.sent()
        self.assertEqual(sorted(map(len, calls)), [1] * SHARDS + [2] * SHARDS)
        told = {code: item for call in calls for code, item in call.items()}
        self.assertEqual(told, {p.default_code: {"selling_price": 11.0} for p in self.many})
        self.assertFalse(self.marked())

    def test_what_a_refused_batch_has_not_come_to_stays_marked(self):
        self.config.batch_size = 3
        self.change_all(11.0)
        self.stub.will_answer(Reply({"message": "no"}, 422), Reply({}, 503))
        pause = self.flush_once(0)
        self.assertGreaterEqual(pause, 1)
        self.assertEqual(sum(size for _claimed, size in self.marked()), 3 * SHARDS)
        self.assertFalse([size for claimed, size in self.marked() if claimed])
        self.stub.answer_always(ACCEPTED)
        self.make_due()
        self.flush()
        self.assertEqual(set(self.many.mapped(lambda p: self.listing(p).sent_price)), {11.0})
        self.assertFalse(self.marked())

    def test_only_what_was_claimed_counts_as_lost(self):
        self.change_all(11.0)
        first = self.many.filtered(lambda p: self.listing(p).id % SHARDS == 0)[0]
        self.claim(first, limit=1)
        self.assertEqual(self.marked(), [(False, 2), *[(False, 3)] * (SHARDS - 1), (True, 1)])
        self.flush()
        told = {code: set(item) for call in self.sent() for code, item in call.items()}
        everything = {
            "selling_price",
            "available_stock_quantity",
            "is_published",
            "is_unlimited_stock",
        }
        self.assertEqual(told.pop(first.default_code), everything)
        self.assertEqual(set(map(frozenset, told.values())), {frozenset({"selling_price"})})

    def test_what_was_lost_with_several_kinds_of_marks_is_said_once(self):
        # More ids than one look at the marks covers, so that the kinds are not seen together.
        self.config.batch_size = 1
        first, *_others = self.many.filtered(lambda p: self.listing(p).id % SHARDS == 0)
        outbox = self.env["marketplace.outbox"]
        for kind in ("price", "stock", "publication", "sweep", "look", "extra"):
            outbox._insert_marks(self.config.id, PRODUCT_LANE, kind, self.listing(first).ids)
        self.claim(first, limit=1)
        outbox._insert_marks(self.config.id, PRODUCT_LANE, "other", self.listing(first).ids)
        self.flush()
        self.assertEqual([set(call) for call in self.sent()], [{first.default_code}])

    def test_a_connection_that_can_t_send_keeps_its_marks(self):
        self.change_all(11.0)

        def unfit(*_arguments):
            raise MarketplaceError("nothing can be prepared")

        self.patch(type(self.env["marketplace.api"]), "_prepare", unfit)
        self.assertGreaterEqual(self.flush_once(0), 1)
        self.assertEqual(self.marked(), [(False, 3)] * SHARDS)
