# Wakes the flush, or the intake: one pending job per shard, inserted after the commit that made the
# marks, in a transaction of its own. Losing a wake-up is no loss: a cron looks for shards that
# nobody woke.
import logging
import uuid
from contextlib import suppress
from functools import partial

import psycopg2

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL, ormcache

from odoo.addons.queue_job.job import Job

from ..compat import to_column
from ..const import INBOX_LANE, LANE_CHANNELS
from ..jobs import look_if_tried_again

_logger = logging.getLogger(__name__)

_DATA_KEY = "marketplace.wake"
RUNNER_DEAD_AFTER = 120


class MarketplaceWake(models.AbstractModel):
    _name = "marketplace.wake"
    _description = "Marketplace Wake-up"

    @api.model
    def _wake_after_commit(self, shards):
        """Wake the shards once this transaction is committed; harmless if it isn't.

        :param shards: (config id, lane, shard) tuples
        """
        postcommit = self.env.cr.postcommit
        if shards and _DATA_KEY not in postcommit.data:
            postcommit.data[_DATA_KEY] = set()
            postcommit.add(partial(self._wake_now, postcommit.data))
        if shards:
            postcommit.data[_DATA_KEY].update(shards)

    def _wake_now(self, data):
        self._after_commit("_wake", data.pop(_DATA_KEY, set()))

    @api.model
    def _look_afterwards(self, config_id, lane, shard):
        """Once this transaction has let go of the shard's lock, wake it if anything is left: who
        found it locked in the meantime went away."""
        shard = (config_id, lane, shard)
        self.env.cr.postcommit.add(lambda: self._after_commit("_wake_if_due", shard))
        look = partial(self._look_after_rollback, self.env.registry, shard)
        look_if_tried_again(self.env.cr, look)

    def _look_after_rollback(self, registry, shard):
        """A job that has to be called again waits for its turn before its lock is gone, so that
        even itself may have found it. On a connection of its own: this one may be closing."""
        if not registry.ready:
            return
        try:
            with registry.cursor() as cr:
                api.Environment(cr, SUPERUSER_ID, {})[self._name]._wake_if_due(shard)
        except psycopg2.Error as error:
            _logger.warning("Nobody was woken (%s); the cron will see to it.", error)

    def _after_commit(self, method, argument):
        """Go on in a transaction of our own, on the connection that has just committed: with one
        more for each request, a threaded server runs out of them when it is busy. Whatever fails
        here must not fail what is saved."""
        if not self.env.registry.ready:
            return
        connection = self.env.cr._cnx
        waker = self.with_env(self.env(user=SUPERUSER_ID, context={}))
        try:
            getattr(waker, method)(argument)
            connection.commit()
        except psycopg2.Error as error:
            _logger.warning("Nobody was woken (%s); the cron will see to it.", error)
            with suppress(psycopg2.Error):
                connection.rollback()

    @api.model
    def _wake_if_due(self, shard):
        if self._is_due(*shard):
            self._wake([shard])

    @api.model
    def _is_due(self, config_id, lane, shard):
        """Whether a job of the shard would find something to do."""
        if lane == INBOX_LANE:
            return self.env["marketplace.intake"]._is_due(config_id, shard)
        return self.env["marketplace.outbox"]._is_due(config_id, lane, shard)

    @api.model
    def _get_due_shards(self):
        outbox, intake = self.env["marketplace.outbox"], self.env["marketplace.intake"]
        return outbox._get_due_shards() + intake._get_due_shards()

    @api.model
    def _get_job_method(self, lane):
        if lane == INBOX_LANE:
            return self.env["marketplace.intake"]._job_take_in
        return self.env["marketplace.flush"]._job_flush

    @api.model
    def _wake(self, shards):
        """Insert a job for each shard, unless one is about to start anyway."""
        inserts = [self._get_fresh_insert(*shard) for shard in sorted(shards)]
        if inserts:
            queries, parameters = zip(*inserts, strict=True)
            # Losing a wake-up in a crash is no loss either: nobody has to wait for the disk.
            self.env.cr.execute(
                "; ".join(["SET LOCAL synchronous_commit TO off", *queries]), sum(parameters, [])
            )

    @api.model
    def _cancel_broken_jobs(self):
        """Jobs that failed because PostgreSQL went away are of no interest to anybody: what they
        were about is in the database, and the next one deals with it."""
        self.env["queue.job"].sudo().search(
            [
                ("identity_key", "=like", "marketplace.%"),
                ("state", "=", "failed"),
                ("exc_name", "in", ("psycopg2.InterfaceError", "psycopg2.OperationalError")),
            ]
        ).button_cancelled()

    @api.model
    def _is_runner_dead(self):
        """Whether a job of ours has waited for its turn for longer than any busy runner takes."""
        self.env.cr.execute(
            """
            SELECT FROM queue_job
             WHERE (identity_key LIKE 'marketplace.flush:%%'
                    OR identity_key LIKE 'marketplace.poll:%%')
               AND state IN ('pending', 'enqueued')
               AND GREATEST(date_created, eta)
                   < timezone('utc', clock_timestamp()) - interval '%s seconds'
             LIMIT 1
            """,
            [RUNNER_DEAD_AFTER],
        )
        return bool(self.env.cr.rowcount)

    @api.model
    def _get_fresh_insert(self, config_id, lane, shard):
        # By SQL, because the ORM takes ten times as long for the same row (17 instead of 1.5 ms on
        # every saved price) and can't say "unless there is one" in the same breath.
        query, values = self._get_job_insert(config_id, lane, shard)
        fresh = {"uuid": str(uuid.uuid4()), "date_created": fields.Datetime.now()}
        return query, [*(values | fresh).values(), values["identity_key"], RUNNER_DEAD_AFTER]

    @api.model
    @ormcache("config_id", "lane", "shard")
    def _get_job_insert(self, config_id, lane, shard):
        """The statement that inserts a shard's job, and what queue_job would store in it."""
        job = Job(
            self._get_job_method(lane),
            args=(config_id, lane, shard),
            channel=LANE_CHANNELS[lane],
            identity_key=f"marketplace.flush:{config_id}:{lane}:{shard}",
            max_retries=0,
            description=f"Deal with what waits: {lane} {shard + 1} of connection {config_id}",
        )
        jobs = self.env["queue.job"]
        values = {
            name: to_column(jobs._fields[name], value, jobs)
            for name, value in job._store_values(create=True).items()
            if jobs._fields[name].store and jobs._fields[name].column_type
        }
        query = SQL(
            "INSERT INTO queue_job (%s) SELECT %s WHERE NOT EXISTS ("
            "SELECT FROM queue_job WHERE identity_key = %s AND (state = 'pending' OR "
            "state = 'enqueued' AND date_enqueued > "
            "timezone('utc', clock_timestamp()) - %s * interval '1 second'))",
            SQL(", ").join(map(SQL.identifier, values)),
            SQL(", ").join(
                SQL("%s::%s", value, SQL(jobs._fields[name].column_type[1]))
                for name, value in values.items()
            ),
            None,
            None,
        )
        return query.code, values
