# The inbox as a queue: what is next, what is put aside, and what is acknowledged once it is
# settled. Called by marketplace.intake and marketplace.lane.ack, each under its shard's lock.
from odoo import api, fields, models

from ..const import (
    ACK_LANE,
    ALERT_EVENTS,
    BY_PERSON,
    CRASHED,
    FIRST_SEEN_DELIVERED,
    REPEATED,
    SUPERSEDED,
    TRIED_IN_VAIN,
    TWO_VERSIONS,
    UNDECIDED_CODE,
)

LONGEST_DETAIL = 500
# Besides what is done: nothing more will come of these by itself.
_SETTLED = {("ignored", BY_PERSON), ("held", FIRST_SEEN_DELIVERED)}


class MarketplaceInbox(models.Model):
    _inherit = "marketplace.inbox"

    @api.model
    def _find_next(self, config_id, shard):
        """The event to deal with now, and the one after it: of a live connection, the fewest
        attempts first. One that the database refuses for the moment goes to the end of the row, in
        case it always does."""
        return self.search_fetch(
            [
                ("config_id", "=", config_id),
                ("config_id.active", "=", True),
                ("config_id.state", "=", "live"),
                ("shard", "=", shard),
                ("state", "=", "received"),
                ("due", "<=", fields.Datetime.now()),
            ],
            ["attempts"],
            order="attempts, due, id",
            limit=2,
        )

    @api.model
    def _settle_repeats(self, config_id, shard):
        """Be done with what says to the letter what is applied already, all of it at once: senders
        repeat a lot, and to read each repeat like news would keep the news waiting."""
        self.env.cr.execute(
            """
            UPDATE marketplace_inbox repeat
               SET state = 'done', cause_code = 'duplicate', status = said.status,
                   digest = said.digest, order_id = known.order_id,
                   done_at = timezone('utc', now())
              FROM marketplace_config config, marketplace_order known, marketplace_inbox said
             WHERE repeat.config_id = %s AND repeat.shard = %s AND repeat.state = 'received'
               AND repeat.pulled_at IS NULL
               AND config.id = repeat.config_id AND config.active AND config.state = 'live'
               AND config.order_mode = 'live'
               AND known.config_id = repeat.config_id AND known.remote_id = repeat.remote_id
               AND known.order_id IS NOT NULL
               AND said.config_id = known.config_id AND said.remote_id = known.remote_id
               AND said.fingerprint = repeat.fingerprint AND said.kind = repeat.kind
               AND said.state = 'done' AND said.status = known.status
               AND COALESCE(said.digest, known.digest) = known.digest
            """,
            [config_id, shard],
        )

    def _put_aside(self, code, detail="", record=None):
        """It waits for a person, and nothing else waits for it. What came again waits once."""
        for twin in self._find_twins():
            twin._set_state("ignored", REPEATED)
        self._set_state(
            "quarantined",
            code,
            (detail or "")[:LONGEST_DETAIL],
            cause_model=record and record._name,
            cause_id=record and record.id,
        )
        self.config_id._call_managers(ALERT_EVENTS)

    def _put_aside_after_attempts(self):
        """Whoever tried it last has said what kept him, or has not come back to say it."""
        self._put_aside(TRIED_IN_VAIN if self.cause_detail else CRASHED, self.cause_detail)

    @api.model
    def _retry_put_aside(self, codes):
        """Deal again with what was put aside for one of these reasons: it may be mended."""
        waiting = self.search([("state", "=", "quarantined"), ("cause_code", "in", codes)])
        for event in waiting:
            event._set_state("received")
        waiting._wake()

    def _find_twins(self):
        """What says the same of the same order, and was put aside, too."""
        return self.search(
            [
                *self._get_order_domain(),
                ("state", "=", "quarantined"),
                ("fingerprint", "=", self.fingerprint),
                ("id", "!=", self.id),
            ]
        )

    def _is_last_pulled(self):
        """Whether the marketplace's own list last said this of the order."""
        # by when it was asked, not by when the answer was there: one of two may have been slow
        later = [
            *self._get_order_domain(),
            "|",
            ("pulled_at", ">", self.pulled_at),
            "&",
            ("pulled_at", "=", self.pulled_at),
            ("id", ">", self.id),
        ]
        return bool(self.pulled_at) and not self.search_count(later, limit=1)

    def _get_order_domain(self):
        """The events of the same order."""
        self.ensure_one()
        domain = [("config_id", "=", self.config_id.id), ("remote_id", "=", self.remote_id)]
        return domain if self.remote_id else [*domain, ("fingerprint", "=", self.fingerprint)]

    def _acknowledge(self):
        """Have the marketplace told that what it lists has arrived, where that is so."""
        for event in self.filtered(lambda event: event._is_to_acknowledge()):
            shards = self.env["marketplace.outbox"]._insert_marks(
                event.config_id.id, ACK_LANE, "ack", event.ids
            )
            self.env["marketplace.wake"]._wake_after_commit(shards)

    def _is_to_acknowledge(self):
        """Only what was settled, is what the list said last, and may not be older than what has
        arrived since: to acknowledge that would hide the newer one."""
        return (
            bool(self.remote_id and self.pulled_at)
            and (not self.acked_pull or self.acked_pull < self.pulled_at)
            and (self.state == "done" or (self.state, self.cause_code) in _SETTLED)
            and self._is_last_pulled()
            and not self._find_newer()
            and not self._is_overtaken()
        )

    def _is_overtaken(self):
        """Whether something else has been applied since the list was asked: the order has changed
        over there, in more perhaps than what arrived of it."""
        known = self.env["marketplace.order"]._find(self.config_id, self.remote_id)
        is_same = (known.status, known.digest) == (self.status, self.digest)
        return bool(known) and not is_same and known.applied_at >= self.pulled_at

    def _find_newer(self):
        """Events of the same order, still open, that came after the list was asked for."""
        return self.search(
            [
                *self._get_order_domain(),
                ("state", "in", ("received", "held", "quarantined")),
                ("create_date", ">=", self.pulled_at),
                ("id", "!=", self.id),
            ],
            limit=1,
        )

    def _find_open(self):
        """Events of the same order that wait for the list or for a person to decide."""
        return self.search(
            [
                *self._get_order_domain(),
                ("id", "!=", self.id),
                "|",
                ("state", "=", "quarantined"),
                "&",
                ("state", "=", "held"),
                ("cause_code", "in", (UNDECIDED_CODE, TWO_VERSIONS)),
            ]
        )

    def _supersede(self):
        """This one holds, by the marketplace's list or by a person's word: what arrived before the
        list was asked is old. What the list itself said last is never old by a person's word."""
        if not self.remote_id or not (self.decided or self._is_last_pulled()):
            return
        for old in self._find_open():
            is_old = not old._is_last_pulled() if self.decided else old.create_date < self.pulled_at
            if is_old:
                old._set_state("ignored", SUPERSEDED)

    @api.model
    def _decide_by_absence(self, configs, started_at):
        """The whole list has been read since ``started_at``: an event whose order is not on it is
        either old, or was hidden by an acknowledgement in the very moment of its change."""
        undecided = self.search(
            [
                ("config_id", "in", configs.ids),
                ("state", "=", "held"),
                ("cause_code", "=", UNDECIDED_CODE),
                ("create_date", "<", started_at),
            ]
        )
        for event in undecided.filtered(lambda event: not event._is_listed_since(started_at)):
            if event._find_equal_before():
                event._set_state("ignored", "stale", order_id=event.order_id.id)
            else:
                event.cause_code = TWO_VERSIONS
                event.config_id._call_managers(ALERT_EVENTS)
                self.env["marketplace.poll"]._read_one_soon(event.config_id, event.remote_id)

    def _is_listed_since(self, moment):
        domain = [*self._get_order_domain(), ("pulled_at", ">=", moment)]
        return bool(self.search_count(domain, limit=1))

    def _find_equal_before(self):
        """Whether the order was like that once already: it was applied, or the list that was asked
        afterwards said otherwise."""
        return self.search(
            [
                *self._get_order_domain(),
                ("id", "<", self.id),
                ("status", "=", self.status),
                ("digest", "=", self.digest),
                *("|", ("state", "=", "done")),
                *("&", ("state", "=", "ignored"), ("cause_code", "=", SUPERSEDED)),
            ],
            limit=1,
        )

    @api.model
    def _get_attention_domain(self):
        """The events that a person has to look at."""
        return [
            "|",
            ("state", "=", "quarantined"),
            "&",
            ("state", "=", "held"),
            ("cause_code", "=", TWO_VERSIONS),
        ]
