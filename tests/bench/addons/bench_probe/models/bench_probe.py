# What a benchmark needs from inside Odoo: the moment of a commit, an empty job, and the naive way
# of sending, a job per product. Called over RPC by tests/bench.
import time

from odoo import api, models

from odoo.addons.cartona_integration.utils.messages import Item

CHANNEL = "root.cartona.push"


class BenchProbe(models.AbstractModel):
    _name = "bench.probe"
    _description = "Bench Probe"

    @api.model
    def timed_call(self, model, ids, method, args):
        """Call as over RPC, and commit.

        :return: when the commit was through, before whatever the addon does after it
        """
        moments = []
        self.env.cr.postcommit.add(lambda: moments.append(time.time()))
        getattr(self.env[model].browse(ids), method)(*args)
        self.env.cr.commit()  # pylint: disable=invalid-commit
        return moments[0]

    @api.model
    def delay_empty_job(self):
        self.with_delay(channel=CHANNEL, description="Nothing")._job_empty()

    def _job_empty(self):
        """:return: when it began; queue_job keeps it as the job's result"""
        return repr(time.time())

    @api.model
    def delay_job_per_listing(self, listing_ids):
        """The naive way to tell the marketplace about many prices."""
        for listing_id in listing_ids:
            self.with_delay(channel=CHANNEL, description="One price")._job_send_price(listing_id)

    def _job_send_price(self, listing_id):
        listing = self.env["marketplace.listing"].browse(listing_id)
        config = listing.config_id
        content = {"price": listing.product_id.lst_price}
        item = Item(listing.id, listing._get_identity(), content)
        adapter = self.env["marketplace.adapter"]._for(config)
        request = adapter._build_product_update(config, [item])
        answer = self.env["marketplace.api"]._send(config, request, records=listing)
        adapter._parse_product_update(answer, [item])
