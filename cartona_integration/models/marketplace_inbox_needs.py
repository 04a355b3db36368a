# What a quarantined order waits for, as keys: a product by each of its names, a customer by code or
# phone number. Whoever makes such a thing known has just those orders dealt with again; a job does
# it, so that nobody's form save meets the intake. Two transactions that overlap don't see each
# other: the intake looks again after its commit (marketplace_intake.py), and so do corrections.
from functools import partial

from odoo import api, fields, models

from ..const import INBOX_LANE, LANE_CHANNELS
from .marketplace_customer import CODES
from .marketplace_inbox_queue import LONGEST_DETAIL

_DATA_KEY = "marketplace.inbox.needs"


class MarketplaceInboxNeed(models.Model):
    _name = "marketplace.inbox.need"
    _description = "Marketplace Need of an Order Put Aside"
    _log_access = False
    _rec_name = "key"

    event_id = fields.Many2one("marketplace.inbox", required=True, ondelete="cascade", index=True)
    key = fields.Char(required=True, index=True)


class MarketplaceInbox(models.Model):
    _inherit = "marketplace.inbox"

    need_ids = fields.One2many("marketplace.inbox.need", "event_id")

    def _set_state(self, state, cause_code=False, cause_detail=False, **values):
        result = super()._set_state(state, cause_code, cause_detail, **values)
        if state == "quarantined" or self.need_ids:
            self.need_ids.unlink()
        if state == "quarantined":
            keys = {key for key in self._find_needs() if key}
            self.need_ids.create([{"event_id": self.id, "key": key} for key in sorted(keys)])
        return result

    def _find_needs(self):
        """:return: keys of what would let this order in"""
        if self.cause_code in CODES:
            remote, customers = self._read_order(), self.env["marketplace.customer"]
            if not remote:
                return []
            return customers._get_need_keys(self.config_id, remote.customer, self.cause_code)
        return [
            key
            for line in self._find_unknown_lines()
            for key in get_product_keys(line.own_id, line.remote_id)
        ]

    def _may_be_mended(self):
        """Whether it waits for something that is made known elsewhere."""
        code = self.cause_code or ""
        return self.state == "quarantined" and (code in CODES or code.startswith("product_"))

    def _is_aside_for(self, code, detail):
        """Whether it waits for just that already."""
        now = self.state, self.cause_code, self.cause_detail or ""
        return now == ("quarantined", code, (detail or "")[:LONGEST_DETAIL])

    def _reopen(self):
        """Another look, as a part of the same try."""
        self._set_state("received", attempts=self.attempts)

    @api.model
    def _retry_needing(self, keys, records=None, config=None):
        """Deal again with the orders that wait for one of these: it may be there now.

        :param keys: what they may have been waiting for
        :param records: what they may have been put aside because of, now corrected
        :param config: only orders of this connection
        """
        if not keys and not records:
            return
        needing = self._get_needing_domain(keys, [(records._name, records.ids)] if records else [])
        if config:
            needing.append(("config_id", "=", config.id))
        waiting = self.sudo().search(needing)
        waiting._retry_later()
        self._look_after_commit(keys, records, waiting)

    @api.model
    def _get_needing_domain(self, keys, about):
        """:param about: (model, ids) of what they may have been put aside because of"""
        needing = [("need_ids.key", "in", sorted(keys))]
        for model, ids in about:
            needing = ["|", "&", ("cause_model", "=", model), ("cause_id", "in", ids), *needing]
        return [("state", "=", "quarantined"), *needing]

    def _retry_later(self):
        if self:
            self.with_delay(
                channel=LANE_CHANNELS[INBOX_LANE],
                max_retries=0,
                description=f"Deal again with orders {', '.join(self.mapped('remote_id'))}",
            )._job_retry()

    @api.model
    def _look_after_commit(self, keys, records, found):
        """What was put aside since this transaction began is seen after it only."""
        postcommit = self.env.cr.postcommit
        if _DATA_KEY not in postcommit.data:
            postcommit.data[_DATA_KEY] = {"keys": set(), "about": {}, "found": set()}
            postcommit.add(partial(self.env["marketplace.wake"]._look_now, postcommit.data))
        look = postcommit.data[_DATA_KEY]
        look["keys"].update(keys)
        look["found"].update(found.ids)
        if records:
            look["about"].setdefault(records._name, set()).update(records.ids)

    @api.model
    def _retry_unseen(self, keys, about, found):
        """:param found: the ids of those that are being seen to"""
        about = [(model, sorted(ids)) for model, ids in about.items()]
        unseen = self.search(
            [("id", "not in", sorted(found)), *self._get_needing_domain(keys, about)]
        )
        unseen._retry_later()

    def _job_retry(self):
        """What they waited for may be there; entered by a job."""
        waiting = self.exists().filtered(lambda event: event.state == "quarantined")
        for event in waiting:
            event._set_state("received")
        waiting._wake()


class MarketplaceWake(models.AbstractModel):
    _inherit = "marketplace.wake"

    def _look_now(self, data):
        self._after_commit("_look_for_needing", data.pop(_DATA_KEY, None))

    @api.model
    def _look_for_needing(self, look):
        if look:
            self.env["marketplace.inbox"]._retry_unseen(**look)
            self.env.flush_all()
            self.env.invalidate_all()


def get_product_keys(own_id, remote_id):
    """A product by what we call it, and by what the marketplace does."""
    return [own_id and f"own:{own_id}", remote_id and f"remote:{remote_id}"]
