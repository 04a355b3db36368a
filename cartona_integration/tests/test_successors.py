# Two listings with one identity: the one that leaves must not have the last word about the one that
# comes, however late its calls arrive, and neither keeps the other busy.
from odoo.tests import tagged

from ..const import SHARDS
from .http_common import Reply
from .outbound_common import OutboundCase


@tagged("post_install", "-at_install")
class TestSuccessors(OutboundCase):
    def setUp(self):
        super().setUp()
        self.go_live()
        self.salt = self.new_product("MPT-SALT", 3.5)
        self.set_stock(self.salt, 7)
        self.flush()
        self.forget_later_marks()
        self.sent()

    def leave_in_vain(self):
        """Nobody knows whether the marketplace has carried out that the product leaves."""
        self.salt.active = False
        # no machine is so slow that the pause were over before a test ends
        self.config.write({"retry_base": 60, "retry_max_delay": 600})
        self.stub.will_answer(Reply({}, 504))
        self.flush()
        self.sent()

    def new_in_another_shard(self):
        """A successor whose calls do not wait for those of the one before."""
        old = self.listing(self.salt)
        next_id = old.id
        while next_id % SHARDS != (old.id + 1) % SHARDS or next_id < old.id:
            self.env.cr.execute("SELECT nextval('marketplace_listing_id_seq') + 1")
            next_id = self.env.cr.fetchone()[0]
        return self.new_product("MPT-SALT", 99.0)

    def flush_a_few_times(self):
        """:return: the shards that have something to do all the same"""
        with self.as_jobs_would():
            for _time in range(5):
                for shard in sorted(self.due_shards()):
                    self.env["marketplace.flush"]._flush(*shard)
            due = self.due_shards()
        self.env.invalidate_all()
        return due

    def test_a_successor_comes_to_rest_while_the_one_before_has_to_wait(self):
        self.leave_in_vain()
        old, new = self.listing(self.salt), self.new_in_another_shard()
        due = self.flush_a_few_times()
        self.assertNotEqual(self.listing(new).id % SHARDS, old.id % SHARDS)
        self.assertEqual([shard for *_others, shard in due], [old.id % SHARDS])
        [told] = [call for call in self.sent() if "MPT-SALT" in call]
        self.assertEqual(told["MPT-SALT"]["selling_price"], 99.0)

    def test_what_was_said_of_the_one_before_may_come_late(self):
        for in_vain in (True, False):
            with self.subTest(in_vain=in_vain):
                if in_vain:
                    self.leave_in_vain()
                else:
                    self.salt.active = False
                new = self.new_in_another_shard()
                self.set_stock(new, 4)
                for seconds in (0, 120, 120):
                    self.make_due(seconds)
                    told = [call for call in self.sent() if "MPT-SALT" in call]
                    self.flush()
                # an old "it is gone" that arrived meanwhile does not last
                whole = {
                    "selling_price": 99.0,
                    "available_stock_quantity": 4,
                    "is_unlimited_stock": False,
                    "is_published": True,
                }
                self.assertIn(whole, [call.get("MPT-SALT") for call in told + self.sent()])
                self.assertEqual(self.listing(new).status, "in_step")
                self.assertEqual(self.listing(self.salt).status, "off")
                new.default_code = False
                new.active = False
                self.salt.active = True
                self.flush()
                self.make_due(600)
                self.flush()
                self.forget_later_marks()
                self.sent()

    def test_a_pack_of_a_deleted_product_is_no_single_piece(self):
        sugar = self.new_product("MPT-SUGAR", 3.5)
        self.flush()
        pack = self.env["marketplace.listing"].create(
            {
                "config_id": self.config.id,
                "product_id": sugar.id,
                "pack_number": 1,
                "pack_qty": 12,
                "identity": "MPT-SUGAR#1",
            }
        )
        self.flush()
        sugar.product_tmpl_id.unlink()
        self.flush()
        self.sent()
        piece = self.new_product("MPT-SUGAR#1", 5.0)
        self.flush()
        self.assertEqual(self.sent()[-1]["MPT-SUGAR#1"]["selling_price"], 5.0)
        self.assertNotEqual(self.listing(piece), pack)
        self.assertEqual(self.listing(piece).pack_qty, 1)
