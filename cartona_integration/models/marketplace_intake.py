# The intake: deals with what the inbox has received, one order after the other. A shard's lock
# keeps two jobs off the same order; each event has cursors of its own, so that a bad one costs
# nobody else anything, and what was done is committed before the next begins.
import logging
import time
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError

from ..const import INBOX_LANE
from ..exceptions import Unusable
from ..jobs import PASSING, outliving_the_database
from ..unforeseen import UNFORESEEN
from ..utils.redaction_filter import quote_safely
from .marketplace_inbox_queue import LONGEST_DETAIL

_logger = logging.getLogger(__name__)

# A job must end before its worker's time is up; what is left is the next one's.
LONGEST = 60
# An event that has been tried so often is put aside for a person.
MOST_ATTEMPTS = 5
FIRST_RETRY, LAST_RETRY = 10, 600


class MarketplaceIntake(models.AbstractModel):
    _name = "marketplace.intake"
    _description = "Marketplace Intake"

    def _job_take_in(self, config_id, lane, shard):
        """Deal with what waits in a shard of the inbox; entered by a job. A busy shard is looked
        after already: who holds its lock looks again when he lets go of it."""
        with outliving_the_database(self.env.cr):
            if not self.env["marketplace.flush"]._try_lock(config_id, lane, shard):
                return "The shard is being taken in."
            self.env["marketplace.wake"]._look_afterwards(config_id, lane, shard)
            self._take_in(config_id, shard)
        return None

    @api.model
    def _take_in_here(self, config_id, lane, shard):
        """The same without a job; entered by the cron where no runner does it."""
        if self.env["marketplace.flush"]._try_lock(config_id, lane, shard):
            self._take_in(config_id, shard)

    @api.model
    def _take_in(self, config_id, shard):
        """Whoever arrives after the last one was picked is found by a look afterwards."""
        deadline = time.monotonic() + LONGEST
        event_id, is_last = self._pick(config_id, shard)
        while event_id:
            self._deal_with(event_id)
            if is_last or time.monotonic() > deadline:
                return
            event_id, is_last = self._pick(config_id, shard)

    @api.model
    def _pick(self, config_id, shard):
        """Choose the next event, and remember that it is being tried: whoever dies of it does not
        meet it again at once.

        :return: (its id, None when nothing is due; whether nothing else is due)
        """
        with self.env["marketplace.flush"]._fresh() as fresh:
            # What a crash takes back of it is done again: nobody has to wait for the disk.
            fresh.env.cr.execute("SET LOCAL synchronous_commit TO off")
            inbox = fresh.env["marketplace.inbox"]
            waiting = inbox._find_next(config_id, shard)
            if len(waiting) > 1:
                inbox._settle_repeats(config_id, shard)
                waiting = inbox._find_next(config_id, shard)
            while waiting and waiting[0].attempts >= MOST_ATTEMPTS:
                waiting[0]._put_aside_after_attempts()
                waiting = inbox._find_next(config_id, shard)
            event = waiting[:1]
            if event:
                retry = min(FIRST_RETRY * 2**event.attempts, LAST_RETRY)
                event.write(
                    {
                        "attempts": event.attempts + 1,
                        "due": fields.Datetime.now() + timedelta(seconds=retry),
                    }
                )
            return event.id, len(waiting) < 2

    @api.model
    def _deal_with(self, event_id):
        try:
            with self.env["marketplace.flush"]._fresh() as fresh:
                # a person may have decided, or deleted the connection, since it was picked
                event = fresh.env["marketplace.inbox"].search(
                    [("id", "=", event_id), ("state", "=", "received")]
                )
                if event:
                    fresh.env["marketplace.intake"]._judge(event)
        except psycopg2.IntegrityError as error:
            # somebody else has just made the same customer or order; the next try finds it
            _logger.info("Event %s is tried again: %s", event_id, error)
            self._make_due(event_id, attempts=0, detail=str(error))
        except PASSING:
            # nothing is wrong with the event, so that this was no try
            self._make_due(event_id, attempts=-1)
            raise
        except Exception as error:
            # what an app raises that nobody knows must not keep the other orders waiting, either
            _logger.exception("Event %s is tried again", event_id)
            self._make_due(event_id, attempts=0, detail=f"{type(error).__name__}: {error}")

    @api.model
    def _make_due(self, event_id, attempts, detail=False):
        """:param detail: what came of this try, for the person who may have to see to it"""
        with self.env["marketplace.flush"]._fresh() as fresh:
            for event in fresh.env["marketplace.inbox"].browse(event_id).exists():
                event.write(
                    {
                        "due": fields.Datetime.now(),
                        "attempts": event.attempts + attempts,
                        "cause_detail": detail and quote_safely(detail, LONGEST_DETAIL),
                    }
                )

    @api.model
    def _judge(self, event):
        """Let the processor do what the event asks for; what it can't use waits for a person, and
        nothing is left of the attempt. The transaction has nothing else in it."""
        config = event.config_id.with_company(event.company_id)
        try:
            self.env["marketplace.order.processor"]._process(config, event)
            # with what apps do right before a commit: its trouble is the event's, too
            self.env.cr.flush()
            return
        except Unusable as error:
            trouble = (error.code, error.detail, error.record)
        except (UserError, RedirectWarning) as error:
            trouble = ("refused_by_odoo", str(error.args[0]), None)
        except UNFORESEEN as error:
            _logger.exception("Event %s of connection %s can't be dealt with", event.id, config.id)
            trouble = ("unexpected_event", f"{type(error).__name__}: {error}", None)
        self.env.cr.rollback()
        event._put_aside(*trouble)

    @api.model
    def _get_due_shards(self):
        """The shards in which something waits: (config id, lane, shard)."""
        self.env.cr.execute(
            """
            SELECT DISTINCT event.config_id, %s, event.shard
              FROM marketplace_inbox event JOIN marketplace_config config
                   ON config.id = event.config_id AND config.active AND config.state = 'live'
             WHERE event.state = 'received' AND event.due <= timezone('utc', clock_timestamp())
            """,
            [INBOX_LANE],
        )
        return self.env.cr.fetchall()

    @api.model
    def _is_due(self, config_id, shard):
        return bool(self.env["marketplace.inbox"]._find_next(config_id, shard))
