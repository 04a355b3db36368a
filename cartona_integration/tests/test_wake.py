# Waking: one pending job per shard, only of what a flush would find something in.
from contextlib import closing, contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.sql_db import db_connect
from odoo.tests.common import tagged

from odoo.addons.queue_job.exception import RetryableJobError

from ..jobs import try_again
from .outbound_common import OutboundCase


@tagged("post_install", "-at_install")
class TestWake(OutboundCase):
    def jobs(self, **domain):
        return self.env["queue.job"].search(
            [("model_name", "=", "marketplace.flush"), ("state", "=", "pending")]
        )

    def wake(self, *shards):
        self.env["marketplace.wake"]._wake(
            shards or [(self.config.id, "product", 1), (self.config.id, "product", 2)]
        )

    def test_a_shard_is_woken_once(self):
        self.wake()
        self.wake()
        jobs = self.jobs()
        self.assertEqual(len(jobs), 2)
        self.assertEqual(set(jobs.mapped("channel")), {"root.cartona.push"})
        self.assertEqual(jobs.mapped("max_retries"), [0, 0])

    def test_a_job_that_began_is_no_reason_not_to_wake(self):
        self.wake()
        self.env.cr.execute("UPDATE queue_job SET state = 'started'")
        self.env.invalidate_all()
        self.wake()
        self.assertEqual(len(self.jobs()), 2)

    def test_a_job_that_was_handed_out_and_never_began_wakes_nobody_for_long(self):
        self.wake()
        self.env.cr.execute(
            "UPDATE queue_job SET state = 'enqueued', date_enqueued = timezone('utc', now())"
        )
        self.env.invalidate_all()
        self.wake()
        self.assertFalse(self.jobs())
        self.env.cr.execute(
            "UPDATE queue_job SET date_enqueued = date_enqueued - interval '121 seconds'"
        )
        self.wake()
        self.assertEqual(len(self.jobs()), 2)

    def test_the_woken_job_can_be_run(self):
        self.wake((self.config.id, "product", 3))
        job = self.jobs()
        self.assertEqual(
            (job.method_name, job.args), ("_job_flush", [self.config.id, "product", 3])
        )
        with self.as_jobs_would():
            self.assertIsNone(job.records._job_flush(*job.args))

    def test_the_cron_finds_what_nobody_woke(self):
        self.go_live()
        self.oil.list_price = 81.0
        self.env.cr.flush()
        self.jobs().unlink()
        self.env["marketplace.config"]._cron_wake()
        shard = self.listing(self.oil).id % 4
        self.assertEqual(self.jobs().args, [self.config.id, "product", shard])

    def test_a_mark_that_is_not_due_wakes_nobody(self):
        self.go_live()
        listing = self.listing(self.oil)
        self.env["marketplace.outbox"]._insert_marks(
            self.config.id, "product", "sure", listing.ids, 60
        )
        self.jobs().unlink()
        self.env["marketplace.config"]._cron_wake()
        self.assertFalse(self.jobs())

    def test_without_a_runner_the_cron_sends_and_says_so(self):
        manager = self.new_user("mp_runner", "manager")
        self.go_live()
        self.oil.list_price = 81.0
        self.env.cr.flush()
        self.wake((self.config.id, "product", self.listing(self.oil).id % 4))
        self.env.cr.execute(
            "UPDATE queue_job SET date_created = date_created - %s", [timedelta(minutes=5)]
        )
        with self.as_jobs_would():
            self.env["marketplace.config"]._cron_wake()
            self.env["marketplace.config"]._cron_wake()
        self.env.invalidate_all()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"selling_price": 81.0}}])
        activity = self.config.activity_ids.filtered(lambda a: a.user_id == manager)
        self.assertEqual(activity.mapped("summary"), ["The job runner does not run"])

    def test_who_lets_go_of_a_shard_looks_again_unless_he_failed(self):
        """What fails would be called at once, and fail again, for ever."""
        for end, is_again, looks in (
            ("commit", False, 1),
            ("rollback", True, 1),
            ("close", True, 1),
            ("rollback", False, 0),
            ("close", False, 0),
        ):
            with (
                self.subTest(end, is_again=is_again),
                self.own_transaction() as holder,
                self.own_transaction() as other,
            ):
                found = self.end_transaction(end, is_again, holder, other)
                # each look finds the lock free
                self.assertEqual(found, [True] * looks)

    def end_transaction(self, end, is_again, holder, other):
        """:return: for each look at the shard, whether its lock was to be had by then"""
        shard = (self.config.id, "product", 1)
        holder["marketplace.flush"]._try_lock(*shard)
        holder["marketplace.wake"]._look_afterwards(*shard)
        self.assertFalse(other["marketplace.flush"]._try_lock(*shard))
        if is_again:
            self.assertIsInstance(try_again(holder.cr, "later", 1), RetryableJobError)
        found = []
        with patch.object(type(other["marketplace.wake"]), "_wake_if_due") as look:
            look.side_effect = lambda one: found.append(other["marketplace.flush"]._try_lock(*one))
            getattr(holder.cr, end)()
        return found

    @contextmanager
    def own_transaction(self):
        with closing(db_connect(self.cr.dbname).cursor()) as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def test_flushes_that_the_database_left_are_cleared_away_and_no_others(self):
        self.go_live()
        shards = [(self.config.id, "product", shard) for shard in range(3)]
        self.wake(*shards)
        gone, broken, other = self.jobs()
        reasons = ("psycopg2.InterfaceError", "psycopg2.OperationalError", "builtins.ValueError")
        for job, reason in zip((gone, broken, other), reasons, strict=True):
            job.write({"state": "failed", "exc_name": reason})
        self.env["marketplace.config"]._cron_wake()
        self.assertEqual((gone | broken | other).mapped("state"), ["cancelled"] * 2 + ["failed"])
