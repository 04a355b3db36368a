# Asks a marketplace for its list of new and changed orders, page by page into the inbox. Orders
# leave that list when they are acknowledged, which would shift its pages: so nothing is
# acknowledged while it is being read. First-class: with no webhook at all, everything comes this
# way.
import time
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from odoo import api, fields, models

from ..const import ACK_LANE, ROOT_CHANNEL, SHARDS
from ..exceptions import AuthFailed, MarketplaceError, RateLimited
from ..jobs import outliving_the_database, try_again

LANE, SHARD = "poll", 0
LONGEST = 60
# However fast events ask for it, the list is not read more often.
SHORTEST_GAP = 5
# From so many failures on, managers are told.
MOST_FAILURES = 5
# Somebody who answers something new each time is not listened to for ever.
MOST_PASSES = 20


class MarketplacePoll(models.Model):
    _name = "marketplace.poll"
    _description = "Marketplace Poll"
    _log_access = False

    config_id = fields.Many2one("marketplace.config", required=True, ondelete="cascade")
    started_at = fields.Datetime()
    finished_at = fields.Datetime()
    failures = fields.Integer()
    next_page = fields.Integer(help="What is still to be read, 0 when nothing is.")
    is_again = fields.Boolean(help="All pages have been read, and are looked at once more.")

    _sql_constraints = [("config_unique", "unique (config_id)", "A connection has one poll.")]

    @api.model
    def _cron_poll(self):
        """Ask for every account whose time has come."""
        for config in self._get_pollers():
            if self._is_time(config):
                self._delay(config)
        if self.env["marketplace.wake"]._is_runner_dead():
            for config in self._get_pollers():
                self._poll_here(config)

    @api.model
    def _poll_here(self, config):
        """Without a job: go on where the last minute ended."""
        poll = self._find(config)
        if not (self._is_time(config) or poll.next_page):
            return
        if self._hold_acknowledgements(config):
            self._poll(config.id, poll.next_page or 1, is_again=poll.is_again)

    @api.model
    def _get_pollers(self):
        """One connection of each token."""
        live = self.env["marketplace.config"].search([("state", "=", "live")])
        takers = live.filtered("is_taking_orders")
        return takers.browse(sorted({config._get_poller().id for config in takers}))

    @api.model
    def _is_time(self, config):
        poll = self._find(config)
        due = fields.Datetime.now() - timedelta(minutes=config.poll_interval)
        return not poll.started_at or poll.started_at <= due

    @api.model
    def _find(self, config):
        return self.search([("config_id", "=", config.id)])

    @api.model
    def _ask_soon(self, config):
        """Something arrived that only the marketplace's own list can decide about."""
        poller = config._get_poller()
        if poller:
            self._delay(poller, eta=SHORTEST_GAP)

    @api.model
    def _delay(self, config, page=1, since=None, is_again=False, **options):
        key = f"marketplace.poll:{config.id}:{page}:{since or ''}"
        self.with_delay(
            channel=ROOT_CHANNEL,
            priority=5,
            identity_key=f"{key}:again" if is_again else key,
            max_retries=0,
            description=f"Ask for orders of connection {config.id}, from page {page} on",
            **options,
        )._job_poll(config.id, page, since, is_again)

    def _job_poll(self, config_id, page=1, since=None, is_again=False):
        """Read the list; entered by a job.

        :param since: a day, for what was settled long ago too
        :param is_again: all pages have been read, and are only looked at once more
        """
        with outliving_the_database(self.env.cr):
            config = self.env["marketplace.config"].browse(config_id).exists()
            if not config or not config.is_taking_orders:
                return "The connection takes no orders in."
            pause = 1
            if self._hold_acknowledgements(config):
                pause = self._poll(config_id, page, since, is_again)
        if pause:
            raise try_again(self.env.cr, "The marketplace has to be asked again.", max(1, pause))
        return None

    @api.model
    def _hold_acknowledgements(self, config):
        """Keep every account's acknowledgements back until this transaction ends, and other polls.

        :return: whether that could be had
        """
        shards = [
            (account.id, ACK_LANE, shard)
            for account in config._get_accounts()
            for shard in range(SHARDS)
        ]
        if not all(self.env["marketplace.flush"]._try_lock(*shard) for shard in shards):
            return False
        for shard in shards:
            self.env["marketplace.wake"]._look_afterwards(*shard)
        return True

    @api.model
    def _poll(self, config_id, page=1, since=None, is_again=False):
        """Read all of the list.

        :return: seconds after which to try again, 0 when nothing failed
        """
        try:
            is_first = page == 1 and not since and not is_again
            pause = self._begin(config_id, is_first)
            return pause or self._read_on(config_id, page, since, is_again)
        except _Stopped:
            return 0

    @api.model
    def _begin(self, config_id, is_first):
        """:return: seconds to wait before the marketplace may be asked"""
        with self._fresh(config_id) as (poll, config):
            pause = poll.env["marketplace.pace"]._get_pause(config, LANE, SHARD)
            if is_first and not pause:
                poll.write({"started_at": fields.Datetime.now(), "next_page": 0, "is_again": False})
            return pause

    @api.model
    def _read_on(self, config_id, page, since, is_again):
        deadline = time.monotonic() + LONGEST
        read = partial(self._read_page, config_id, since, deadline)
        try:
            if not is_again and self._read_through(read, page):
                return self._end(config_id, since)
            self._read_again(read, page if is_again else 1)
        except _OutOfTime as stop:
            return self._go_on_later(config_id, since, stop)
        except _ToldToWait as stop:
            return stop.pause
        except MarketplaceError as error:
            with self._fresh(config_id) as (poll, config):
                return poll._give_way(config, error)
        return self._end(config_id, since)

    @api.model
    def _end(self, config_id, since):
        with self._fresh(config_id) as (poll, config):
            poll._finish(config, since)
        return 0

    @api.model
    def _go_on_later(self, config_id, since, stop):
        with self._fresh(config_id) as (poll, config):
            if not since:
                poll.write({"next_page": stop.page, "is_again": stop.is_again})
            poll._delay(config, stop.page, since, stop.is_again)
        return 0

    @api.model
    def _read_through(self, read, page):
        """All pages to the last one.

        :param read: a function of the page; returns (its elements, how many of them are new)
        :return: whether there is nothing at all
        """
        elements, last = read(page)[0], None
        if page == 1 and not elements:
            return True
        # whoever doesn't know of pages answers with the same one for ever
        while elements and elements != last:
            page, last = page + 1, elements
            elements = read(page)[0]
        return False

    @api.model
    def _read_again(self, read, page):
        """The first pages again until they bring nothing new: who ordered meanwhile may stand
        anywhere."""
        try:
            for _pass in range(MOST_PASSES):
                while read(page)[1]:
                    page += 1
                if page == 1:
                    return
                page = 1
        except _OutOfTime as stop:
            stop.is_again = True
            raise

    @api.model
    def _read_page(self, config_id, since, deadline, page):
        """Put one page into the inbox.

        :raise MarketplaceError: it can't be had now
        :raise _OutOfTime: the job's time is over
        :raise _ToldToWait: somebody else was asked to pause meanwhile
        """
        if time.monotonic() > deadline:
            raise _OutOfTime(page)
        with self._fresh(config_id) as (poll, config):
            pause = poll.env["marketplace.pace"]._get_pause(config, LANE, SHARD)
            if pause:
                raise _ToldToWait(pause)
            adapter = poll.env["marketplace.adapter"]._for(config)
            day = since and fields.Date.to_date(since)
            request = adapter._build_order_page(config, page, day)
            call = poll.env["marketplace.api"]._prepare(config, request)
            asked_at = fields.Datetime.now()
        exchange = call.perform()
        with self._fresh(config_id) as (poll, config):
            log = poll.env["marketplace.api"]._log(config, request, exchange)
            try:
                elements = poll._get_elements(config, exchange)
            except MarketplaceError as failure:
                log._note_failure(failure)
                error = failure
            else:
                source = "manual" if since else "poll"
                return elements, poll.env["marketplace.inbox"]._receive(
                    config, "order", elements, source, asked_at
                )[1]
        raise error

    @api.model
    def _get_elements(self, config, exchange):
        if exchange.error:
            raise exchange.error
        return self.env["marketplace.adapter"]._for(config)._parse_order_page(exchange.answer)

    @contextmanager
    def _fresh(self, config_id):
        """(the connection's poll, the connection) on a cursor of its own, committed at the end.

        :raise _Stopped: the connection is gone, or takes no orders any more
        """
        with self.env["marketplace.flush"]._fresh() as fresh:
            config = fresh._hold_config(config_id)
            if not config.is_taking_orders:
                raise _Stopped
            polls = fresh.env["marketplace.poll"]
            yield polls._find(config) or polls.create({"config_id": config_id}), config

    def _finish(self, config, since=None):
        """Everything that the marketplace lists is here."""
        self.env["marketplace.pace"]._speed_up(config, LANE, SHARD)
        if since:
            return
        self.write(
            {
                "finished_at": fields.Datetime.now(),
                "failures": 0,
                "next_page": 0,
                "is_again": False,
            }
        )
        accounts = config._get_accounts()
        self.env["marketplace.inbox"]._decide_by_absence(accounts, self.started_at)

    def _give_way(self, config, error):
        """:return: seconds after which to ask again, 0 for not at all"""
        self.failures += 1
        if isinstance(error, AuthFailed):
            for account in config._get_accounts().filtered("is_taking_orders"):
                account._pause_for(error)
            return 0
        retry_after = error.retry_after if isinstance(error, RateLimited) else None
        pause = self.env["marketplace.pace"]._slow_down(config, LANE, SHARD, retry_after)
        if self.failures >= MOST_FAILURES:
            # one page that can't be had must not keep what was read from being acknowledged
            self.finished_at = fields.Datetime.now()
            config._call_managers("no_orders", error.code)
        return pause

    @api.model
    def _filter_fresh(self, config, events, seconds):
        """Those of the events that were there when the list was last read, if that ended no longer
        ago than so many seconds. Reading it may take a minute: nobody can know it better."""
        poll = self._find(config._get_poller() or config)
        oldest = fields.Datetime.now() - timedelta(seconds=seconds)
        if not poll.finished_at or poll.finished_at < oldest:
            return events.browse()
        return events.filtered(lambda event: event.pulled_at >= poll.started_at)

    @api.model
    def _is_reading(self, config):
        """Whether pages of the list are still unread: its reader continues in another job."""
        poll = self._find(config._get_poller() or config)
        return bool(poll.started_at) and not (
            poll.finished_at and poll.finished_at >= poll.started_at
        )


class _Stopped(Exception):
    """Nobody wants orders of this connection any more."""


class _OutOfTime(Exception):
    """The job has to end. :param page: what the next one begins with"""

    def __init__(self, page):
        self.page = page
        self.is_again = False
        super().__init__(page)


class _ToldToWait(Exception):
    """The whole connection has to wait. :param pause: seconds"""

    def __init__(self, pause):
        self.pause = pause
        super().__init__(pause)
