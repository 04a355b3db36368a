# What a quarantined order waits for, as keys: a product by each of its names, a customer by code or
# phone number. Whoever makes such a thing known has just those orders dealt with again; a job does
# it, so that nobody's form save meets the intake.
from odoo import api, fields, models

from ..const import INBOX_LANE, LANE_CHANNELS
from .marketplace_customer import CODES


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
            return customers._get_need_keys(self.config_id, remote.customer) if remote else []
        return [
            key
            for line in self._find_unknown_lines()
            for key in get_product_keys(line.own_id, line.remote_id)
        ]

    @api.model
    def _retry_needing(self, keys, records=None, config=None):
        """Deal again with the orders that wait for one of these: it may be there now.

        :param keys: what they may have been waiting for
        :param records: what they may have been put aside because of, now corrected
        :param config: only orders of this connection
        """
        needing = [("need_ids.key", "in", sorted(keys))]
        if records:
            about = [("cause_model", "=", records._name), ("cause_id", "in", records.ids)]
            needing = ["|", *needing, "&", *about]
        if config:
            needing.append(("config_id", "=", config.id))
        waiting = self.sudo().search([("state", "=", "quarantined"), *needing])
        if waiting:
            waiting.with_delay(
                channel=LANE_CHANNELS[INBOX_LANE],
                max_retries=0,
                description=f"Deal again with orders {', '.join(waiting.mapped('remote_id'))}",
            )._job_retry()

    def _job_retry(self):
        """What they waited for may be there; entered by a job."""
        waiting = self.exists().filtered(lambda event: event.state == "quarantined")
        for event in waiting:
            event._set_state("received")
        waiting._wake()


def get_product_keys(own_id, remote_id):
    """A product by what we call it, and by what the marketplace does."""
    return [own_id and f"own:{own_id}", remote_id and f"remote:{remote_id}"]
