# How fast we may go: until when a shard, or all that use a token, have to wait. A row belongs to
# one shard and is written under that shard's lock alone, so that shards which are told to wait at
# the same moment don't collide.
from datetime import timedelta

from odoo import api, fields, models

from ..utils.backoff import backoff_delay

# After so many failures in a row a call is halved: one record of it may be the reason.
PATIENCE = 4


class MarketplacePace(models.Model):
    _name = "marketplace.pace"
    _description = "Marketplace Pace"
    _log_access = False

    config_id = fields.Many2one("marketplace.config", required=True, ondelete="cascade")
    lane = fields.Char(required=True)
    shard = fields.Integer(required=True)
    failures = fields.Integer()
    wait_until = fields.Datetime()
    most = fields.Integer(help="How many records a call takes for now; 0 for as many as usual.")
    is_for_all = fields.Boolean(help="All that use the token have to wait, not this shard alone.")

    _sql_constraints = [
        ("shard_unique", "unique (config_id, lane, shard)", "A shard has one pace."),
    ]

    @api.model
    def _get_pause(self, config, lane, shard):
        """Seconds that the shard has to wait from now on, 0 for none."""
        now = fields.Datetime.now()
        its_own = ["&", "&", *self._get_domain(config, lane, shard)]
        waiting = self.search(
            ["&", ("wait_until", ">", now), "|", ("is_for_all", "=", True), *its_own]
        )
        # who was asked to pause is the token, whichever of its connections asked
        shared = waiting.config_id - config and config._get_accounts()
        moments = waiting.filtered(
            lambda pace: pace.config_id == config or pace.config_id in shared
        ).mapped("wait_until")
        return max([0, *((moment - now).total_seconds() for moment in moments)])

    @api.model
    def _get_limit(self, config, lane, shard, usual):
        """How many records the next call may take."""
        most = self.search(self._get_domain(config, lane, shard)).most
        return min(most, usual) if most else usual

    @api.model
    def _slow_down(self, config, lane, shard, retry_after=None, count=0):
        """Remember a failure.

        :param count: how many records the call was about, if it may be their fault
        :param retry_after: seconds that the marketplace asked everybody with the token to wait
        :return: seconds to wait
        """
        pace = self.search(self._get_domain(config, lane, shard)) or self.create(
            {"config_id": config.id, "lane": lane, "shard": shard}
        )
        failures = pace.failures + 1
        delay = retry_after
        if delay is None:
            delay = backoff_delay(failures, config.retry_base, config.retry_max_delay)
        # Whole seconds, rounded up: the database keeps no fractions of them.
        delay = int(delay) + 1
        pace.write(
            {
                "failures": failures,
                "wait_until": fields.Datetime.now() + timedelta(seconds=delay),
                "is_for_all": retry_after is not None,
                "most": max(1, count // 2) if count and failures >= PATIENCE else pace.most,
            }
        )
        return delay

    @api.model
    def _speed_up(self, config, lane, shard, usual=0):
        """All is well again, or at least for a call of this size.

        :param usual: how many records a call takes as a rule
        """
        pace = self.search(self._get_domain(config, lane, shard))
        if pace.most * 2 >= usual or not pace.most:
            pace.unlink()
        else:
            now = fields.Datetime.now()
            pace.write({"failures": PATIENCE - 1, "wait_until": now, "most": pace.most * 2})

    @api.model
    def _get_domain(self, config, lane, shard):
        return [("config_id", "=", config.id), ("lane", "=", lane), ("shard", "=", shard)]
