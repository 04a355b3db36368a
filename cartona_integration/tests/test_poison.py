# An event that our code, another addon or PostgreSQL can't bear is put aside with its cause.
import random
from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from .inbound_common import ORDER, InboundCase

INTAKE = "odoo.addons.cartona_integration.models.marketplace_intake"
LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويًٌٍَُِّْ٠١٢٣٤٥٦٧٨٩"


@tagged("post_install", "-at_install")
class TestPoison(InboundCase):
    def assert_put_aside(self, event, detail):
        self.assertEqual((event.state, event.cause_code), ("quarantined", "unexpected_event"))
        self.assertIn(detail, event.cause_detail)

    @mute_logger(INTAKE, "odoo.sql_db")
    def test_a_name_that_no_index_can_hold_is_put_aside(self):
        """PostgreSQL says of it what it says of troubles that pass."""
        chance = random.Random(1)
        name = "".join(chance.choice(LETTERS) for _letter in range(2_000))
        retailer = ORDER["retailer"] | {"retailer_name": name, "retailer_code": "long"}
        [event, good] = self.receive(self.order("long", retailer=retailer), self.order("good"))
        self.assert_put_aside(event, "ProgramLimitExceeded")
        self.assertEqual(good.state, "done")

    def test_what_was_tried_in_vain_comes_after_what_was_not(self):
        inbox = self.env["marketplace.inbox"]
        elements = [self.order(note_message=str(number)) for number in range(3)]
        [tried, fresh, late], _new = inbox._receive(self.config, "order", elements, "webhook")
        self.assertEqual(fresh.attempts, 0)
        self.env.flush_all()
        self.env.cr.execute("SELECT count(*) FROM marketplace_inbox WHERE attempts IS NULL")
        self.assertEqual(self.env.cr.fetchone(), (0,))
        tried.attempts = 1
        # refused by the database for the moment: no try, but whoever waits for longer comes first
        fresh.due = late.due = tried.due - timedelta(seconds=60)
        fresh.due += timedelta(seconds=1)
        order = []
        while event := inbox._find_next(self.config.id, tried.shard)[:1]:
            order.append(event)
            event._set_state("ignored")
        self.assertEqual(order, [late, fresh, tried])

    @mute_logger(INTAKE)
    def test_whatever_another_addon_raises_is_put_aside(self):
        for error in (RuntimeError, AssertionError, NotImplementedError, psycopg2.ProgrammingError):
            name = error.__name__
            with patch.object(
                self.env.registry["marketplace.order.writer"],
                "_create_order",
                side_effect=error("not our mistake"),
            ):
                [event] = self.receive(self.order(name))
            self.assert_put_aside(event, name)
            self.assertFalse(self.sale_orders())
