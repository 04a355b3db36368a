# Asks a marketplace for one order by its id, where it can tell: a person wants it, or two versions
# of it have arrived and nothing else decides between them.
from odoo import api, fields, models

from ..const import ROOT_CHANNEL
from ..exceptions import MarketplaceError
from ..jobs import outliving_the_database


class MarketplacePoll(models.Model):
    _inherit = "marketplace.poll"

    @api.model
    def _read_one_soon(self, config, remote_id):
        self.with_delay(
            channel=ROOT_CHANNEL,
            identity_key=f"marketplace.order:{config.id}:{remote_id}",
            description=f"Ask for order {remote_id} of connection {config.id}",
        )._job_read_one(config.id, remote_id)

    def _job_read_one(self, config_id, remote_id):
        """Read one order; entered by a job. Not every marketplace can tell, so that a refusal is
        an answer, too: it stands in the log."""
        with outliving_the_database(self.env.cr):
            config = self.env["marketplace.config"].browse(config_id).exists()
            if not config.is_taking_orders:
                return "The connection takes no orders in."
            return self._read_one(config, remote_id)

    @api.model
    def _read_one(self, config, remote_id):
        """:return: the code of what went wrong, "" for nothing"""
        with self.env["marketplace.flush"]._fresh() as fresh:
            adapter = fresh.env["marketplace.adapter"]._for(config)
            request = adapter._build_order_read(config, remote_id)
            try:
                call = fresh.env["marketplace.api"]._prepare(config, request)
            except MarketplaceError as error:
                return error.code
            asked_at = fields.Datetime.now()
        exchange = call.perform()
        with self.env["marketplace.flush"]._fresh() as fresh:
            config = fresh._hold_config(config.id)
            log = fresh.env["marketplace.api"]._log(config, request, exchange)
            try:
                if exchange.error:
                    raise exchange.error
                element = adapter._parse_order_read(exchange.answer)
            except MarketplaceError as error:
                log._note_failure(error)
                return error.code
            fresh.env["marketplace.inbox"]._receive(config, "order", [element], "manual", asked_at)
        return ""
