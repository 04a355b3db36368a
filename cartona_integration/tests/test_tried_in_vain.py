# Events that can't be dealt with now, for a reason that no message has: another app's rule in the
# database, an error that nobody knows, no connection to spare. Nobody's order is given up for it.
from datetime import timedelta
from unittest.mock import patch

import psycopg2.pool

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .inbound_common import InboundCase

INTAKE = "odoo.addons.cartona_integration.models.marketplace_intake"


@tagged("post_install", "-at_install")
class TestTriedInVain(InboundCase):
    def forbid_orders(self):
        """What another app does when its column is required, or checked."""
        self.env.flush_all()
        self.env.cr.execute(
            "ALTER TABLE sale_order ADD CONSTRAINT of_another_app "
            "CHECK (marketplace_config_id IS NULL)"
        )

    def allow_orders(self):
        self.env.cr.execute("ALTER TABLE sale_order DROP CONSTRAINT of_another_app")

    @mute_logger("odoo.sql_db")
    def test_what_the_database_refuses_is_shown_and_mends_itself(self):
        self.forbid_orders()
        self.listed = [self.order(), self.order("ord-2")]
        self.poll()
        for event in self.events():
            self.assertEqual((event.state, event.cause_code), ("quarantined", "tried_in_vain"))
            self.assertIn("of_another_app", event.cause_detail)
        self.assertTrue(self.alerts(self.env.ref("base.user_admin")))
        self.allow_orders()
        self.poll()
        self.flush()
        self.assertEqual(set(self.events().mapped("state")), {"done"})
        self.assertEqual(sorted(sum(self.acknowledged(), [])), ["ord-1", "ord-2"])

    @mute_logger(INTAKE)
    def test_an_error_that_nobody_knows_keeps_no_other_order_waiting(self):
        class OfAnotherApp(Exception):
            pass

        create = self.env.registry["marketplace.order.writer"]._create_order

        def refuse(writer, config, remote):
            if remote.remote_id == "bad":
                raise OfAnotherApp("not today")
            return create(writer, config, remote)

        with patch.object(self.env.registry["marketplace.order.writer"], "_create_order", refuse):
            bad, good = self.receive(self.order("bad"), self.order("good"))
        self.assertEqual((bad.state, bad.cause_code), ("quarantined", "tried_in_vain"))
        self.assertEqual(bad.cause_detail, "OfAnotherApp: not today")
        self.assertEqual(good.state, "done")

    def test_no_connection_to_spare_is_no_try(self):
        self.config.action_pause()
        [event] = self.receive(self.order())
        self.config.action_go_live()
        self.env.flush_all()
        full = psycopg2.pool.PoolError("The Connection Pool Is Full")
        processor = self.env.registry["marketplace.order.processor"]
        with patch.object(processor, "_process", side_effect=full):
            for _time in range(7):
                with self.assertRaises(psycopg2.pool.PoolError):
                    self.take_in()
                self.env.invalidate_all()
        self.assertEqual((event.state, event.attempts), ("received", 0))
        self.take_in()
        self.assertEqual(event.state, "done")

    @mute_logger(INTAKE)
    def test_what_an_app_does_before_the_commit_belongs_to_the_event(self):
        create = self.env.registry["marketplace.order.writer"]._create_order

        def with_a_hook(writer, config, remote):
            writer.env.cr.precommit.add(lambda: 1 / 0)
            return create(writer, config, remote)

        with patch.object(
            self.env.registry["marketplace.order.writer"], "_create_order", with_a_hook
        ):
            [event] = self.receive(self.order())
        self.assertEqual((event.state, event.cause_code), ("quarantined", "unexpected_event"))
        self.assertIn("ZeroDivisionError", event.cause_detail)

    def crash(self, event):
        """Have every try end with its process."""
        self.env.flush_all()
        with self.as_jobs_would():
            for _time in range(5):
                self.env["marketplace.intake"]._pick(self.config.id, event.shard)
                self.env.invalidate_all()
                event.due = event.create_date
                self.env.flush_all()
        self.take_in()

    def test_what_ended_its_process_is_tried_again_an_hour_later(self):
        asked_at = fields.Datetime.now() - timedelta(minutes=9)
        self.config.action_pause()
        events, _new = self.env["marketplace.inbox"]._receive(
            self.config, "order", [self.order()], "poll", asked_at
        )
        self.config.action_go_live()
        self.crash(events)
        self.assertEqual((events.state, events.cause_code), ("quarantined", "crashed"))
        self.assertTrue(self.alerts(self.env.ref("base.user_admin")))
        self.listed = [self.order()]
        self.poll()
        self.assertEqual(events.state, "quarantined")
        events.done_at -= timedelta(hours=1)
        self.poll()
        self.assertEqual(events.state, "done")
