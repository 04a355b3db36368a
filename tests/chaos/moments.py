"""What waits, what runs, and time that passes without anybody sleeping. Part of a world.

Time passes by moving what is due later back in the database, so that a test needs no minute where
the engine takes one. Long runs don't do that: they wait for the real minute.
"""

from .waiting import wait_until

NOW = "timezone('utc', now())"
DUE = f"SELECT count(*) FROM marketplace_outbox WHERE due <= {NOW}"
WAITING = "SELECT count(*) FROM marketplace_outbox"
JOBS = "SELECT count(*) FROM queue_job WHERE state IN ('pending', 'enqueued', 'started')"
PASS = """
    UPDATE marketplace_outbox SET due = due - interval '{0} seconds' WHERE due > {1};
    UPDATE marketplace_listing_sync SET unsure_since = unsure_since - interval '{0} seconds'
     WHERE unsure_since IS NOT NULL;
"""
END_PAUSES = """
    UPDATE marketplace_pace SET wait_until = {0};
    UPDATE queue_job SET eta = {0} WHERE state = 'pending';
"""
POLL = 0.2
LONGEST_WAIT = 301  # seconds until the latest mark that the engine writes for later


class Moments:
    def __init__(self, installation, database, rpc):
        self._server = installation.server
        self._database = database
        self._rpc = rpc

    def sql(self, statement):
        return self._server.sql(statement, self._database)

    def number(self, statement):
        return int(self.sql(statement)[0])

    def trigger(self, cron):
        """Let a scheduled action run now."""
        record = self._rpc.record(f"cartona_integration.{cron}")
        self._rpc.call("ir.cron", "method_direct_trigger", [record])

    def let_pass(self, seconds):
        """As if so many seconds had passed for what the engine put off."""
        self.sql(PASS.format(seconds, NOW))

    def end_pauses(self):
        """As if the time had come for which connections and shards were told to wait."""
        self.sql(END_PAUSES.format(NOW))

    def is_idle(self):
        """Whether nothing is left to do, not even for later."""
        return not self.number(f"SELECT ({WAITING}) + ({JOBS})")

    def is_quiet(self):
        return not self.number(f"SELECT ({DUE}) + ({JOBS})")

    def settle(self, within):
        """Wait until everything is done, what was put off for later included."""
        self.wait_quiet(within)
        while self.number(WAITING):
            self.let_pass(LONGEST_WAIT)
            self.trigger("cron_wake")
            self.wait_quiet(within)

    def wait_quiet(self, within):
        wait_until(self._is_quiet_after_a_nudge, within, self.describe, POLL)

    def _is_quiet_after_a_nudge(self):
        if self.is_quiet():
            return True
        # The job runner looks for dead jobs whenever it is woken, else only once a minute.
        self.sql("NOTIFY queue_job, 'nobody'")
        return False

    def wait_empty(self, within):
        """Wait for the real end: nothing waits, not even for later; no time is moved."""
        wait_until(self.is_idle, within, self.describe, POLL)

    def describe(self):
        jobs = self.sql("SELECT state, count(*), min(eta), max(result) FROM queue_job GROUP BY 1")
        return f"nothing left to do; marks: {self.number(WAITING)}, jobs: {jobs}"
