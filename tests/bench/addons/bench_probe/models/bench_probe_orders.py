# Times what it takes to make a sales order of a marketplace's order, and to make a bare one of the
# same lines. Called over RPC by tests/bench.
import time
from contextlib import contextmanager

from odoo import SUPERUSER_ID, Command, api, models


class BenchProbe(models.AbstractModel):
    _inherit = "bench.probe"

    @api.model
    def time_import(self, config_id, element):
        """Take in one event of the inbox, as a job does from its first look at the shard to its
        last: pick it, deal with it, find nothing more.

        :return: seconds
        """
        with self._committed() as env:
            event = self._store(env, config_id, element)
            event_id, shard = event.id, event.shard
        started = time.perf_counter()
        self.env["marketplace.intake"]._take_in(config_id, shard)
        took = time.perf_counter() - started
        with self._committed() as env:
            event = env["marketplace.inbox"].browse(event_id)
            assert event.state == "done" and event.order_id, event.cause_code
        return took

    @api.model
    def _store(self, env, config_id, element):
        """As it is received, but nobody is woken, who could be faster than the clock."""
        config = env["marketplace.config"].browse(config_id)
        inbox = env["marketplace.inbox"]
        remote_id, _code = env["marketplace.adapter"]._for(config)._identify(element)
        return inbox.create(inbox._get_values(config, "order", element, "webhook", remote_id, None))

    @api.model
    def time_bare_create(self, partner_id, lines):
        """Make a sales order as any script would.

        :param lines: (product id, quantity, price) of each
        :return: seconds
        """
        started = time.perf_counter()
        with self._committed() as env:
            env["sale.order"].create(
                {
                    "partner_id": partner_id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": product,
                                "product_uom_qty": quantity,
                                "price_unit": price,
                            }
                        )
                        for product, quantity, price in lines
                    ],
                }
            )
        return time.perf_counter() - started

    @contextmanager
    def _committed(self):
        """A cursor of its own, committed at the end."""
        with self.env.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})
