# Asks a marketplace for one order by its id, where it can tell: a person wants it, or two versions
# of it have arrived and nothing else decides between them.
from odoo import api, fields, models

from ..const import ROOT_CHANNEL
from ..exceptions import MarketplaceError, RateLimited
from ..jobs import outliving_the_database, try_again

LANE, SHARD = "order", 0
# Whoever finds somebody else asking comes back then.
BUSY_SECONDS = 2


class MarketplacePoll(models.Model):
    _inherit = "marketplace.poll"

    @api.model
    def _read_one_soon(self, config, remote_id):
        self.with_delay(
            channel=ROOT_CHANNEL,
            identity_key=f"marketplace.order:{config.id}:{remote_id}",
            max_retries=0,
            description=f"Ask for order {remote_id} of connection {config.id}",
        )._job_read_one(config.id, remote_id)

    def _job_read_one(self, config_id, remote_id):
        """Read one order; entered by a job. Not every marketplace can tell, so that a refusal is
        an answer, too: it stands in the log."""
        with outliving_the_database(self.env.cr):
            config = self.env["marketplace.config"].browse(config_id).exists()
            if not config.is_taking_orders:
                return "The connection takes no orders in."
            try:
                self._read_one(config, remote_id)
            except RateLimited as error:
                pause = error.retry_after
            except MarketplaceError as error:
                return error.code
            else:
                return None
        raise try_again(self.env.cr, "The marketplace has to be asked again.", int(pause) + 1)

    @api.model
    def _read_one(self, config, remote_id):
        """Put one order into the inbox, as the marketplace has it now.

        :raise MarketplaceError: it can't be had; RateLimited says after how many seconds it may be
        """
        if not self.env["marketplace.flush"]._try_lock(config.id, LANE, SHARD):
            raise RateLimited(retry_after=BUSY_SECONDS)
        with self.env["marketplace.flush"]._fresh() as fresh:
            pause = fresh.env["marketplace.pace"]._get_pause(config, LANE, SHARD)
            if pause:
                raise RateLimited(retry_after=pause)
            adapter = fresh.env["marketplace.adapter"]._for(config)
            request = adapter._build_order_read(config, remote_id)
            call = fresh.env["marketplace.api"]._prepare(config, request)
            asked_at = fields.Datetime.now()
        exchange = call.perform()
        with self.env["marketplace.flush"]._fresh() as fresh:
            config = fresh._hold_config(config.id)
            log = fresh.env["marketplace.api"]._log(config, request, exchange)
            try:
                if exchange.error:
                    raise exchange.error
                element = adapter._parse_order_read(exchange.answer)
            except RateLimited as error:
                log._note_failure(error)
                paces = fresh.env["marketplace.pace"]
                pause = paces._slow_down(config, LANE, SHARD, error.retry_after)
                failure = RateLimited(retry_after=pause)
            except MarketplaceError as error:
                log._note_failure(error)
                failure = error
            else:
                fresh.env["marketplace.pace"]._speed_up(config, LANE, SHARD)
                inbox = fresh.env["marketplace.inbox"]
                inbox._receive(config, "order", [element], "manual", asked_at)
                return
        raise failure
