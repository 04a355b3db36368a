# Reads the marketplace's own catalogue, page by page, and compares it with what we believe stands
# there: somebody may have changed it over there, and a product may have appeared or gone.
from odoo import api, fields, models

from odoo.addons.queue_job.exception import RetryableJobError

from ..const import PRODUCT_LANE
from ..exceptions import AuthFailed, MarketplaceError
from ..jobs import outliving_the_database

CHANNEL = "root.cartona.push"


class MarketplaceReconcile(models.AbstractModel):
    _name = "marketplace.reconcile"
    _description = "Marketplace Catalogue Comparison"

    @api.model
    def _cron_reconcile(self):
        """Start reading the catalogue of every live connection."""
        for config in self.env["marketplace.config"].search([("state", "=", "live")]):
            self._start(config)

    @api.model
    def _start(self, config):
        self._delay(config.id, 1, fields.Datetime.to_string(fields.Datetime.now()))

    @api.model
    def _delay(self, config_id, page, started_at):
        self.with_delay(
            channel=CHANNEL,
            priority=30,
            identity_key=f"marketplace.reconcile:{config_id}:{page}",
            max_retries=0,
            description=f"Read page {page} of the catalogue of connection {config_id}",
        )._job_read_page(config_id, page, started_at)

    def _job_read_page(self, config_id, page, started_at):
        """Read one page, repair what differs and call the next; entered by a job."""
        with outliving_the_database(self.env.cr):
            self._read_page(config_id, page, started_at)

    def _read_page(self, config_id, page, started_at):
        flush = self.env["marketplace.flush"]
        with flush._fresh() as fresh:
            config = fresh.env["marketplace.config"].browse(config_id).exists()
            if not config or config.state != "live":
                return
            adapter = fresh.env["marketplace.adapter"]._for(config)
            request = adapter._build_product_page(config, page)
            call = fresh.env["marketplace.api"]._prepare(config, request)
            asked_at = fields.Datetime.now()
        exchange = call.perform()
        with flush._fresh() as fresh:
            config = fresh.env["marketplace.config"].browse(config_id)
            reader = fresh.env["marketplace.reconcile"]
            fresh.env["marketplace.api"]._log(config, request, exchange)
            try:
                has_more = reader._take_in(config, exchange, asked_at)
                pause = 0
            except MarketplaceError as error:
                has_more, pause = False, reader._give_way(config, error)
            if not has_more and not pause:
                reader._note_missing(config, fields.Datetime.to_datetime(started_at))
        if pause:
            raise RetryableJobError(
                "The catalogue has to be asked for again.", seconds=pause, ignore_retry=True
            )
        if has_more:
            self._delay(config_id, page + 1, started_at)

    def _take_in(self, config, exchange, asked_at):
        """Compare a page with what we believe, and mark what the marketplace should be told.

        :return: whether there are more pages
        :raise MarketplaceError: when the page can't be read now
        """
        if exchange.error:
            raise exchange.error
        adapter = self.env["marketplace.adapter"]._for(config)
        products, has_more = adapter._parse_product_page(exchange.answer)
        found = self.env["marketplace.listing"]._find_remote(config, products)
        for listing, product in found:
            if product.remote_id and listing.remote_id != product.remote_id:
                listing.remote_id = product.remote_id
        drifted = self.env["marketplace.listing.sync"]._store_seen(
            {listing.id: product.values for listing, product in found}, asked_at
        )
        self.env["marketplace.sweep"]._mark(config, PRODUCT_LANE, "sweep", drifted)
        return has_more

    def _give_way(self, config, error):
        """:return: seconds after which to ask again"""
        if isinstance(error, AuthFailed):
            config._pause_for(error)
        return getattr(error, "retry_after", None) or config.retry_max_delay

    def _note_missing(self, config, started_at):
        """What stood on no page is not on the marketplace."""
        self.env["marketplace.listing.sync"]._store_missing(config, started_at)
