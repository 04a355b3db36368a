# Reads the marketplace's own catalogue, page by page, and compares it with what we believe stands
# there: somebody may have changed it over there, and a product may have appeared or gone.
import hashlib

from odoo import api, fields, models

from ..const import ALERT_EMPTY_CATALOGUE, PRODUCT_LANE
from ..exceptions import AuthFailed, MarketplaceError, RateLimited
from ..jobs import outliving_the_database, try_again

CHANNEL = "root.cartona.push"
# As a shard it has a pace of its own, and a lock.
SHARD = ("catalogue", 0)
BUSY_SECONDS = 5


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
        # The database's clock, by which everything is noted that this is compared with.
        self._delay(config.id, 1, fields.Datetime.to_string(self.env.cr.now()))

    @api.model
    def _delay(self, config_id, page, started_at, before=""):
        self.with_delay(
            channel=CHANNEL,
            priority=30,
            identity_key=f"marketplace.reconcile:{config_id}:{page}",
            max_retries=0,
            description=f"Read page {page} of the catalogue of connection {config_id}",
        )._job_read_page(config_id, page, started_at, before)

    def _job_read_page(self, config_id, page, started_at, before=""):
        """Read one page, repair what differs and call the next; entered by a job.

        :param before: what stood on the page before this one
        """
        with outliving_the_database(self.env.cr):
            pause = BUSY_SECONDS
            if self.env["marketplace.flush"]._try_lock(config_id, *SHARD):
                pause = self._read_page(config_id, page, started_at, before)
        if pause:
            raise try_again(self.env.cr, "The catalogue has to be asked for again.", pause)

    def _read_page(self, config_id, page, started_at, before):
        """:return: seconds after which to ask again, 0 when nothing failed"""
        flush = self.env["marketplace.flush"]
        with flush._fresh() as fresh:
            config = fresh.env["marketplace.config"].browse(config_id).exists()
            if not config or config.state != "live":
                return 0
            if pause := fresh.env["marketplace.pace"]._get_pause(config, *SHARD):
                return pause
            adapter = fresh.env["marketplace.adapter"]._for(config)
            request = adapter._build_product_page(config, page)
            call = fresh.env["marketplace.api"]._prepare(config, request)
            asked_at = fresh.env.cr.now()
        exchange = call.perform()
        with flush._fresh() as fresh:
            config = fresh._hold_config(config_id)
            if not config:
                return 0
            fresh.env["marketplace.api"]._log(config, request, exchange)
            reader = fresh.env["marketplace.reconcile"]
            try:
                this = reader._take_in(config, exchange, asked_at)
            except MarketplaceError as error:
                return reader._give_way(config, error)
            fresh.env["marketplace.pace"]._speed_up(config, *SHARD)
            if not this:
                reader._note_missing(config, fields.Datetime.to_datetime(started_at))
        # The same page again: the marketplace has no more, or doesn't know of pages at all.
        if this and this != before:
            self._delay(config_id, page + 1, started_at, this)
        return 0

    def _take_in(self, config, exchange, asked_at):
        """Compare a page with what we believe, and mark what the marketplace should be told.

        :return: what to know the page by; "" when there are no more
        :raise MarketplaceError: when the page can't be read now
        """
        if exchange.error:
            raise exchange.error
        adapter = self.env["marketplace.adapter"]._for(config)
        products, has_more = adapter._parse_product_page(exchange.answer)
        # one token may show the products of several accounts
        own = [one for one in products if config._may_be_own(one.supplier_code)]
        found = self.env["marketplace.listing"]._find_remote(config, own)
        for listing, product in found:
            if product.remote_id and listing.remote_id != product.remote_id:
                listing.remote_id = product.remote_id
        drifted = self.env["marketplace.listing.sync"]._store_seen(
            {listing.id: product.values for listing, product in found}, asked_at
        )
        self.env["marketplace.sweep"]._mark(config, PRODUCT_LANE, "sweep", drifted)
        names = repr([(product.own_id, product.remote_id) for product in products])
        return hashlib.sha256(names.encode()).hexdigest() if has_more else ""

    def _give_way(self, config, error):
        """:return: seconds after which to ask again"""
        if isinstance(error, AuthFailed):
            config._pause_for(error)
            return config.retry_max_delay
        retry_after = error.retry_after if isinstance(error, RateLimited) else None
        return self.env["marketplace.pace"]._slow_down(config, *SHARD, retry_after)

    def _note_missing(self, config, started_at):
        """What stood on no page is not on the marketplace. A catalogue in which nothing stood that
        is in step proves nothing: people have to look."""
        syncs = self.env["marketplace.listing.sync"]
        if syncs._is_any_seen(config, started_at):
            syncs._store_missing(config, started_at)
        elif syncs._is_any_in_step(config, started_at):
            config._call_managers(ALERT_EMPTY_CATALOGUE)
