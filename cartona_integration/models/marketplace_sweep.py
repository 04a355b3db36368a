# The sweep: compares everything with what was confirmed and marks what differs, so that whatever a
# hook missed is found. Hooks give speed, the sweep gives truth. Works through a connection in
# short jobs, each of them calling the next.
from contextlib import contextmanager

from odoo import api, models

from ..const import PRODUCT_LANE, SCOPE_LANE
from ..exceptions import MarketplaceError
from ..jobs import outliving_the_database

CHUNK = 2_000
CHANNEL = "root.cartona.push"


class MarketplaceSweep(models.AbstractModel):
    _name = "marketplace.sweep"
    _description = "Marketplace Sweep"

    @api.model
    def _cron_sweep(self):
        """Start a sweep of every live connection, and look ahead to the next one."""
        self.env["marketplace.price.dates"]._plan_all()
        for config in self.env["marketplace.config"].search([("state", "=", "live")]):
            self.with_delay(
                channel=CHANNEL,
                identity_key=f"marketplace.sweep:{config.id}",
                max_retries=0,
                description=f"Begin to compare connection {config.id}",
            )._job_start(config.id)

    def _job_start(self, config_id):
        """Begin with one connection, whatever is wrong with another; entered by a job."""
        with outliving_the_database(self.env.cr), self._telling_managers(config_id):
            config = self.env["marketplace.config"].browse(config_id).exists()
            if config and config.state == "live":
                self._start(config)

    @contextmanager
    def _telling_managers(self, config_id):
        """What can't be compared as the connection is set up can't be by trying again, either."""
        try:
            with self.env.cr.savepoint():
                yield
        except MarketplaceError as error:
            config = self.env["marketplace.config"].browse(config_id)
            config._call_managers("nothing_through", error.code)

    @api.model
    def _start(self, config):
        """Products without a listing first, then the listings, chunk by chunk."""
        self._mark_unlisted(config)
        self._delay(config.id, 0)

    @api.model
    def _delay(self, config_id, after_id):
        self.with_delay(
            channel=CHANNEL,
            priority=20,
            identity_key=f"marketplace.sweep:{config_id}:{after_id}",
            max_retries=0,
            description=f"Compare connection {config_id} after listing {after_id}",
        )._job_sweep(config_id, after_id)

    @api.model
    def _mark_unlisted(self, config):
        config = config.with_company(config.company_id)
        offered = config._search_offered([]).ids
        listed = self.env["marketplace.listing"].search([("config_id", "=", config.id)])
        missing = set(offered) - set(listed.product_id.ids)
        self._mark(config, SCOPE_LANE, "scope", missing)

    def _job_sweep(self, config_id, after_id):
        """Compare one chunk of listings and call the next; entered by a job."""
        with outliving_the_database(self.env.cr), self._telling_managers(config_id):
            config = self.env["marketplace.config"].browse(config_id).exists()
            if config and config.state == "live":
                self._sweep(config.with_company(config.company_id), after_id)

    def _sweep(self, config, after_id):
        listings = self.env["marketplace.listing"].search(
            [("config_id", "=", config.id), ("id", ">", after_id)], order="id", limit=CHUNK
        )
        if not listings:
            return
        self._mark(config, SCOPE_LANE, "scope", listings._find_renamed(config).product_id.ids)
        lane = self.env["marketplace.lane.product"]
        self._mark(config, PRODUCT_LANE, "sweep", lane._find_differing(config, listings))
        self._delay(config.id, listings[-1].id)

    @api.model
    def _mark(self, config, lane, kind, res_ids):
        shards = self.env["marketplace.outbox"]._insert_marks(config.id, lane, kind, res_ids)
        self.env["marketplace.wake"]._wake_after_commit(shards)
