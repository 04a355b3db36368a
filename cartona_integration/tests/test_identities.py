# Identities that pass from one product to another and back: whoever speaks for one says everything,
# because nobody knows what the other has said.
import psycopg2

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..const import SHARDS
from .outbound_common import OutboundCase


@tagged("post_install", "-at_install")
class TestIdentities(OutboundCase):
    def setUp(self):
        super().setUp()
        self.go_live()
        self.double = self.new_product("MPT-OIL", 99.0)
        self.flush()
        self.forget_later_marks()
        self.stub.seen.clear()

    def last_told(self):
        self.flush()
        told = [call["MPT-OIL"] for call in self.sent() if "MPT-OIL" in call]
        return told[-1] if told else {}

    def test_a_product_that_kept_silent_speaks_as_soon_as_the_other_leaves(self):
        self.oil.active = False
        self.assertEqual(self.last_told()["selling_price"], 99.0)
        self.assertEqual(self.listing(self.double).status, "in_step")
        self.assertEqual(self.listing(self.oil).status, "off")

    def test_each_says_everything_when_its_turn_comes_again(self):
        for _time in range(2):
            self.oil.active = False
            self.assertEqual(self.last_told()["selling_price"], 99.0)
            self.oil.active = True
            self.assertEqual(self.last_told()["selling_price"], 80.0)
        self.assertEqual(self.listing(self.double).status, "rejected")

    def test_when_both_have_left_it_is_said_of_the_one_that_spoke_last(self):
        self.oil.active = False
        self.last_told()
        self.double.active = False
        self.assertEqual(self.last_told(), {"is_published": False})
        self.assertEqual(self.listing(self.double).status, "off")
        self.assertFalse(self.due_shards())

    def test_of_products_that_come_together_under_one_name_each_says_how_it_stands(self):
        # as many as there are shards, and one more, so that two of them are listed in one go
        salts = [self.new_product("MPT-SALT", 3.5) for _number in range(SHARDS + 1)]
        self.flush()
        self.assertEqual(self.sent_once()["MPT-SALT"]["selling_price"], 3.5)
        statuses = [self.listing(product).status for product in salts]
        self.assertEqual(sorted(statuses), ["in_step"] + ["rejected"] * SHARDS)

    def test_what_people_decided_goes_on_under_another_name(self):
        self.listing(self.tea).is_wanted = False
        self.flush()
        self.sent()
        self.tea.default_code = "MPT-CHAI"
        self.flush()
        self.assertEqual(self.sent(), [])
        self.assertEqual(self.listing(self.tea).identity, "MPT-CHAI")
        self.assertFalse(self.listing(self.tea).is_wanted)

    def test_a_product_stands_on_a_marketplace_once(self):
        values = {"config_id": self.config.id, "product_id": self.tea.id, "identity": "MPT-2"}
        with self.assertRaises(psycopg2.IntegrityError), mute_logger("odoo.sql_db"):
            self.env["marketplace.listing"].create(values).flush_recordset()

    def test_a_name_that_changed_behind_our_back_is_found(self):
        self.env.cr.execute(
            "UPDATE product_product SET default_code = 'MPT-RYE' WHERE id = %s", [self.rice.id]
        )
        self.env.invalidate_all()
        self.env["marketplace.sweep"]._sweep(self.config, 0)
        self.flush()
        told = self.sent_once()
        gone = {"is_published": False, "available_stock_quantity": 0}
        self.assertEqual(told["MPT-RICE"], gone)
        self.assertEqual(told["MPT-RYE"]["selling_price"], 31.5)
