# What a manager has fetched by hand: the new orders, all since a day, or one by its number.
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests.common import tagged

from odoo.addons.queue_job.exception import RetryableJobError

from .http_common import Reply
from .inbound_common import InboundCase


@tagged("post_install", "-at_install")
class TestFetch(InboundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.new_user("mp_manager", "manager")
        cls.clerk = cls.new_user("mp_clerk", "user")

    def fetch(self, **values):
        self.env.flush_all()
        with self.as_jobs_would():
            wizard = self.env["marketplace.fetch"].with_user(self.manager).create(values)
            return wizard.action_fetch()

    def asked_jobs(self):
        """What the poll's jobs were told: (connection, page, since, is_again)."""
        jobs = self.env["queue.job"].search(
            [("method_name", "=", "_job_poll"), ("state", "=", "pending")]
        )
        return [(*job.args, *job.kwargs.values()) for job in jobs]

    def test_the_only_connection_that_takes_orders_is_proposed(self):
        wizard = self.env["marketplace.fetch"].with_user(self.manager).create({})
        self.assertEqual((wizard.config_id, wizard.what), (self.config, "new"))

    def test_new_orders_are_asked_for(self):
        self.fetch(what="new")
        self.assertEqual(self.asked_jobs(), [(self.config.id, 1, None, False)])

    def test_all_orders_since_a_day_are_asked_for(self):
        self.fetch(what="since", since="2024-03-01")
        self.assertEqual(self.asked_jobs(), [(self.config.id, 1, "2024-03-01", False)])
        self.listed = [self.order()]
        self.poll(since="2024-03-01")
        self.assertIn("from=2024-03-01", self.stub.seen[0]["path"])
        self.assertEqual(self.events().mapped("source"), ["manual"])
        self.assertEqual(len(self.sale_orders()), 1)

    def test_a_day_to_come_is_refused(self):
        tomorrow = fields.Date.context_today(self.config) + timedelta(days=1)
        for since in (tomorrow, False):
            with self.assertRaisesRegex(UserError, "begun already"):
                self.fetch(what="since", since=since)
        self.assertEqual(self.asked_jobs(), [])

    def tell_one(self, remote_id, reply):
        """Let the marketplace answer a question about one order so."""
        path = f"/order/{remote_id}"
        self.stub.decide(lambda request: reply if request["path"].endswith(path) else None)

    def test_one_order_is_read_and_what_became_of_it_shown(self):
        self.tell_one("ord-9", Reply(self.order("ord-9")))
        action = self.fetch(what="one", remote_id=" ord-9 ")
        self.take_in()
        events = self.env["marketplace.inbox"].search(action["domain"])
        self.assertEqual((events.source, events.state), ("manual", "done"))
        self.assertEqual(self.sale_orders().cartona_id, "ord-9")

    def test_an_order_that_the_marketplace_does_not_know_is_said_so(self):
        self.tell_one("nope", Reply({"error": "not found"}, status=404))
        with self.assertRaisesRegex(UserError, "says nothing about an order nope"):
            self.fetch(what="one", remote_id="nope")
        with self.assertRaisesRegex(UserError, "Enter the order's number"):
            self.fetch(what="one", remote_id="  ")
        self.assertFalse(self.events())

    def test_a_marketplace_that_is_away_is_said_so(self):
        self.tell_one("ord-9", Reply(status=503))
        with self.assertRaisesRegex(UserError, "problem of its own"):
            self.fetch(what="one", remote_id="ord-9")

    def test_nobody_asks_for_an_order_before_a_pause_is_over(self):
        self.tell_one("ord-9", Reply(status=429, headers={"Retry-After": "40"}))
        with self.assertRaisesRegex(UserError, "asked us to wait.* again in 41 seconds"):
            self.fetch(what="one", remote_id="ord-9")
        self.assertEqual(len(self.stub.seen), 1)
        self.tell_one("ord-9", Reply(self.order("ord-9")))
        with self.assertRaisesRegex(UserError, "asked us to wait"):
            self.fetch(what="one", remote_id="ord-9")
        with self.as_jobs_would(), self.assertRaises(RetryableJobError) as raised:
            self.env["marketplace.poll"]._job_read_one(self.config.id, "ord-9")
        self.assertGreater(raised.exception.seconds, 30)
        # the pause is the connection's: the list is not asked for either
        self.assertGreater(self.poll(), 30)
        self.assertEqual(len(self.stub.seen), 1)
        self.make_due(60)
        self.fetch(what="one", remote_id="ord-9")
        self.take_in()
        self.assertEqual(self.sale_orders().cartona_id, "ord-9")

    def test_a_connection_that_takes_no_orders_is_not_asked(self):
        self.config.order_mode = "off"
        for values in (
            {"what": "new"},
            {"what": "since", "since": "2024-03-01"},
            {"what": "one", "remote_id": "ord-1"},
        ):
            with self.assertRaisesRegex(UserError, "takes no orders in"):
                self.fetch(config_id=self.config.id, **values)
        self.assertEqual((self.stub.seen, self.asked_jobs()), ([], []))

    def test_only_a_manager_fetches(self):
        config = self.config.with_user(self.clerk)
        for call in (
            config.action_open_fetch,
            config.action_pull_orders,
            lambda: config.action_fetch_since("2024-03-01"),
            lambda: config.action_fetch_order("ord-1"),
            lambda: self.env["marketplace.fetch"].with_user(self.clerk).create({}),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertEqual((self.stub.seen, self.asked_jobs()), ([], []))
