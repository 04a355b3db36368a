# The lane of acknowledgements: tells the marketplace that an order's data has arrived, only after
# the import has committed, and only what its own list said last. Its records are events of the
# inbox.
from odoo import api, fields, models

from ..utils.messages import Item
from ..utils.redaction_filter import quote_safely

# If the list was read longer ago it is read again first: an order that was changed meanwhile would
# leave it with its change unread.
FRESH_SECONDS = 5
# Without a runner, the cron that acknowledges comes after the one that reads.
FRESH_WITHOUT_RUNNER = 60


class MarketplaceLaneAck(models.AbstractModel):
    _name = "marketplace.lane.ack"
    _inherit = "marketplace.lane"
    _description = "Marketplace Acknowledgement Lane"

    @api.model
    def _plan(self, config, taken):
        if self.env["marketplace.poll"]._is_reading(config):
            # pages would shift under its reader; once it is through, it lists these again
            return []
        events = self.env["marketplace.inbox"].browse(taken).exists()
        wanted = events.filtered(lambda event: event._is_to_acknowledge())
        fresh = self.env["marketplace.poll"]._filter_fresh(config, wanted, self._get_age())
        if wanted - fresh:
            self.env["marketplace.poll"]._ask_soon(config)
        return [
            Item(
                event.id,
                {"own": "", "remote": event.remote_id},
                {"pulled_at": fields.Datetime.to_string(event.pulled_at)},
            )
            for event in fresh
        ]

    @api.model
    def _get_age(self):
        is_runner_dead = self.env["marketplace.wake"]._is_runner_dead()
        return FRESH_WITHOUT_RUNNER if is_runner_dead else FRESH_SECONDS

    @api.model
    def _build_request(self, config, items):
        return self.env["marketplace.adapter"]._for(config)._build_acknowledgement(config, items)

    @api.model
    def _parse_answer(self, config, answer, items):
        return self.env["marketplace.adapter"]._for(config)._parse_acknowledgement(answer, items)

    @api.model
    def _apply_verdicts(self, config, items, verdicts, log):
        """A refused one is listed again, and then acknowledged again."""
        for item in items:
            event, verdict = self._get_records([item]), verdicts[item.res_id]
            event.acked_pull = item.content["pulled_at"]
            event.ack_refusal = quote_safely(verdict.detail, 500) or verdict.code

    @api.model
    def _apply_failure(self, config, items, error):
        """Nothing to store: an order that is not acknowledged is acknowledged again."""

    @api.model
    def _get_records(self, items):
        return self.env["marketplace.inbox"].browse(item.res_id for item in items).exists()
