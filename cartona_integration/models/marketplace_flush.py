# The flush: takes a shard's marks, asks its lane what to say, says it, stores what came of it.
# One job is one batch. Three cursors: the job's own holds the shard's lock and nothing else, a
# second one claims and plans in one snapshot, a third one stores; none is open while we wait for
# the other side, and each look at the marks comes after the lock.
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

from odoo import SUPERUSER_ID, api, models

from ..exceptions import AuthFailed, MarketplaceError, RateLimited, Rejected
from ..jobs import outliving_the_database, try_again
from ..utils.messages import ApiRequest, Verdict

LOCK_TIMEOUT = "10s"
# A job must end before its worker's time is up; what is left is the next one's.
LONGEST_FLUSH = 60
# A record that fails alone, again and again, makes room for the others for so long.
STUBBORN_SECONDS = 300
# queue_job takes 0 for "ten minutes".
SHORTEST_PAUSE = 1


@dataclass
class Batch:
    """What one call is about: the items, why each is said, the claim on them, the call itself."""

    items: list
    kinds: dict
    claim: list
    request: ApiRequest
    call: object = field(repr=False)


class MarketplaceFlush(models.AbstractModel):
    _name = "marketplace.flush"
    _description = "Marketplace Flush"

    def _job_flush(self, config_id, lane, shard):
        """Send one batch of a shard; entered by a job. A busy shard is looked after already: who
        holds its lock looks again when he lets go of it."""
        with outliving_the_database(self.env.cr):
            if not self._try_lock(config_id, lane, shard):
                return "The shard is being flushed."
            self.env["marketplace.wake"]._look_afterwards(config_id, lane, shard)
            pause = self._flush(config_id, lane, shard)
        if pause:
            raise try_again(
                self.env.cr, "The marketplace has to be asked again.", max(SHORTEST_PAUSE, pause)
            )
        return None

    @api.model
    def _flush_here(self, shards):
        """Flush shards without a job; entered by the cron where no runner does it."""
        deadline = time.monotonic() + LONGEST_FLUSH
        for shard in shards:
            if not self._try_lock(*shard):
                continue
            while time.monotonic() < deadline and self._is_due(*shard) and not self._flush(*shard):
                continue

    def _is_due(self, config_id, lane, shard):
        with self._fresh() as fresh:
            return fresh.env["marketplace.outbox"]._is_due(config_id, lane, shard)

    @api.model
    def _try_lock(self, config_id, lane, shard):
        self.env.cr.execute(
            "SELECT pg_try_advisory_xact_lock(hashtext('marketplace.flush'), hashtext(%s))",
            [f"{config_id}:{lane}:{shard}"],
        )
        return self.env.cr.fetchone()[0]

    @contextmanager
    def _fresh(self):
        """This model on a cursor of its own, committed at the end."""
        with self.env.registry.cursor() as cr:
            cr.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
            yield api.Environment(cr, SUPERUSER_ID, {})["marketplace.flush"]

    def _flush(self, config_id, lane, shard):
        """Send one batch.

        :return: seconds after which to try again, 0 when nothing failed
        """
        try:
            with self._fresh() as fresh:
                config = fresh.env["marketplace.config"].browse(config_id).exists()
                if not config.active:
                    fresh.env["marketplace.outbox"]._forget_config(config_id)
                if not config.active or config.state != "live":
                    return 0
                pause = fresh.env["marketplace.pace"]._get_pause(config, lane, shard)
                if pause:
                    return pause
                batch = fresh._take_batch(config, lane, shard)
        except MarketplaceError as error:
            with self._fresh() as fresh:
                config = fresh._hold_config(config_id)
                return fresh._react(config, lane, shard, error) if config else 0
        return self._send_batch(config_id, lane, shard, batch) if batch else 0

    def _take_batch(self, config, lane, shard):
        """Take marks out and claim those of them that need a call.

        :return: a Batch, or None when there is nothing to send
        :raise MarketplaceError: when the connection is not fit to send anything
        """
        outbox = self.env["marketplace.outbox"]
        handler = self.env["marketplace.lane"]._for(lane)
        config = config.with_company(config.company_id)
        limit = self.env["marketplace.pace"]._get_limit(
            config, lane, shard, handler._get_batch_size(config)
        )
        if lost := outbox._recover_lost(config.id, lane, shard):
            handler._note_lost(lost)
        taken = outbox._take(config.id, lane, shard, limit)
        items = handler._plan(config, taken) if taken else []
        return self._prepare_batch(config, lane, shard, items, taken) if items else None

    def _prepare_batch(self, config, lane, shard, items, kinds):
        kinds = {item.res_id: kinds[item.res_id] for item in items}
        claim = self.env["marketplace.outbox"]._claim(config.id, lane, shard, kinds)
        request = self.env["marketplace.lane"]._for(lane)._build_request(config, items)
        call = self.env["marketplace.api"]._prepare(config, request)
        return Batch(items, kinds, claim, request, call)

    def _send_batch(self, config_id, lane, shard, batch):
        """Send a batch; one that is refused as a whole is halved until the culprits stand alone.

        :return: seconds after which to try again what failed
        """
        waiting, pause, is_live = [batch], 0, True
        deadline = time.monotonic() + LONGEST_FLUSH
        while waiting and is_live and not pause and time.monotonic() < deadline:
            batch = waiting.pop()
            exchange = batch.call.perform()
            with self._fresh() as fresh:
                config = fresh._hold_config(config_id)
                if not config:
                    return 0
                is_live = config.state == "live"
                if self._is_refused_whole(batch, exchange):
                    fresh._log(config, lane, batch, exchange)
                    halves = fresh._halve(config, lane, shard, batch) if is_live else []
                    waiting += halves or [batch]
                    is_live = bool(halves)
                else:
                    pause = fresh._settle(config, lane, shard, batch, exchange)
                    is_live = config.state == "live"
        with self._fresh() as fresh:
            for unsent in waiting:
                fresh.env["marketplace.outbox"]._release(unsent.claim)
        return pause

    def _hold_config(self, config_id):
        """The config, which nobody can delete until this transaction ends."""
        self.env.cr.execute(
            "SELECT id FROM marketplace_config WHERE id = %s FOR KEY SHARE", [config_id]
        )
        config = self.env["marketplace.config"].browse([row[0] for row in self.env.cr.fetchall()])
        return config.with_company(config.company_id)

    @api.model
    def _is_refused_whole(self, batch, exchange):
        """One bad item may be the reason; a wrong address is nobody's fault among the items."""
        return exchange.error and exchange.error.code == Rejected.code and len(batch.items) > 1

    @api.model
    def _log(self, config, lane, batch, exchange):
        records = self.env["marketplace.lane"]._for(lane)._get_records(batch.items)
        return self.env["marketplace.api"]._log(config, batch.request, exchange, records)

    def _halve(self, config, lane, shard, batch):
        """:return: two batches; none when the connection has become unfit to send anything, of
        which the next flush says why"""
        middle = len(batch.items) // 2
        try:
            with self.env.cr.savepoint():
                self.env["marketplace.outbox"]._delete(batch.claim)
                return [
                    self._prepare_batch(config, lane, shard, half, batch.kinds)
                    for half in (batch.items[middle:], batch.items[:middle])
                ]
        except MarketplaceError:
            return []

    def _settle(self, config, lane, shard, batch, exchange):
        """Store what came of an exchange, before anything is raised about it.

        :return: seconds after which to try again, 0 when nothing is left to do
        """
        handler = self.env["marketplace.lane"]._for(lane)
        outbox = self.env["marketplace.outbox"]
        log = self._log(config, lane, batch, exchange)
        try:
            verdicts = self._get_verdicts(config, handler, batch, exchange)
        except MarketplaceError as error:
            log._note_failure(error)
            handler._apply_failure(config, batch.items, error)
            outbox._release(batch.claim)
            pause = self._react(
                config, lane, shard, error, len(batch.items) if error.ambiguous else 0
            )
            self._make_room(config, lane, shard, batch, error)
            return pause
        log._note_verdicts(verdicts.values())
        handler._apply_verdicts(config, batch.items, verdicts, log)
        outbox._delete(batch.claim)
        usual = handler._get_batch_size(config)
        self.env["marketplace.pace"]._speed_up(config, lane, shard, usual)
        return 0

    def _make_room(self, config, lane, shard, batch, error):
        """Let others go first when a record fails that has been sent alone because calls failed."""
        outbox = self.env["marketplace.outbox"]
        is_alone = len(batch.items) == 1
        is_narrow = self.env["marketplace.pace"]._get_limit(config, lane, shard, 2) == 1
        if is_alone and is_narrow and outbox._is_due(config.id, lane, shard, but=batch.claim):
            outbox._postpone(batch.claim, STUBBORN_SECONDS)
            self.env["marketplace.lane"]._for(lane)._note_stubborn(batch.items[0], error)

    @api.model
    def _get_verdicts(self, config, handler, batch, exchange):
        error = exchange.error
        if error and error.code == Rejected.code:
            return {batch.items[0].res_id: Verdict(error.code, error.detail)}
        if error:
            raise error
        return handler._parse_answer(config, exchange.answer, batch.items)

    def _react(self, config, lane, shard, error, count=0):
        """Decide how to go on when nothing can get through.

        :param count: how many records the call was about, if it may be their fault
        :return: seconds to wait
        """
        if isinstance(error, AuthFailed):
            config._pause_for(error)
            return 0
        retry_after = error.retry_after if isinstance(error, RateLimited) else None
        pause = self.env["marketplace.pace"]._slow_down(config, lane, shard, retry_after, count)
        if pause >= config.retry_max_delay // 2 and retry_after is None:
            config._call_managers("nothing_through", error.code)
        return pause
