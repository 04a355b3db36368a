"""One scenario's world: Odoo servers on a copy of the stage, and a sandbox that is in step.

Opened by the tests; scenarios change Odoo through it and compare at the end.
"""

import itertools
import json
import os
import signal
from contextlib import ExitStack, contextmanager
from decimal import Decimal

from tests.sandbox.client import Sandbox as Client
from tools import ownership, template
from tools.installation import WIDE
from tools.rpc import Rpc
from tools.stack import OdooServer

from .connection import BATCH, TIMEOUT
from .moments import Moments
from .stage import put_on_shelf, sandbox_server
from .waiting import wait_until

UPDATE = "supplier-product/bulk-update"
# Seconds after which the engine looks at a new listing once more.
SECOND_LOOK = 300
# Everything has just been compared, as it would have been where all is in step.
COMPARED = """
    UPDATE ir_cron SET nextcall = timezone('utc', now()) + interval '50 minutes'
      FROM ir_model_data data
     WHERE data.res_id = ir_cron.id AND data.model = 'ir.cron'
       AND data.module = 'cartona_integration' AND data.name IN ('cron_sweep', 'cron_reconcile')
"""
_numbers = itertools.count(1)


class World:
    """:param real_time: minutes that the engine takes are waited for; else they are moved"""

    def __init__(self, stage, database, shop, nodes, stack, make_node, real_time):
        self.stage = stage
        self.database = database
        self.shop = shop
        self.nodes = nodes
        self.real_time = real_time
        self.products = [product.copy() for product in stage.products]
        self.rpc = self.moments = None
        self._stack = stack
        self._make_node = make_node

    def rest(self, within):
        """Wait until nothing is left to do, not even for later."""
        if self.real_time:
            self.moments.wait_empty(within + SECOND_LOOK)
        else:
            self.moments.settle(within)

    def new_rpc(self, node=0):
        """A session of one's own: for another thread, or another node."""
        return Rpc(self.nodes[node].url, self.database)

    def move_to(self, node):
        """Talk to this node from now on."""
        self.rpc = Rpc(node.url, self.database)
        self.moments = Moments(self.stage.installation, self.database, self.rpc)

    def renew(self):
        """Let another scenario begin. :raise AssertionError: the last one left marks or jobs"""
        assert self.moments.is_idle(), self.moments.describe()
        self.shop.reset("empty")
        put_on_shelf(self.shop, self.products)
        self.configure(batch_size=BATCH, timeout=TIMEOUT)

    def kill(self, node):
        """kill -9 of a node with all its processes."""
        for pid in (node.process.pid, *node.worker_pids()):
            os.kill(pid, signal.SIGKILL)

    def restart(self, load=WIDE):
        """Start the only node again, whether it has been killed or not."""
        [old] = self.nodes
        old.stop()
        self.nodes[:] = [self._stack.enter_context(self._make_node(old.name, load))]
        self.move_to(self.nodes[0])

    @contextmanager
    def more_nodes(self, number):
        """So many servers on the same database, until the end of the block."""
        first = len(self.nodes)
        with ExitStack() as stack:
            for count in range(first, number):
                name = f"{self.nodes[0].name}-{count}"
                self.nodes.append(stack.enter_context(self._make_node(name, WIDE)))
            try:
                yield
            finally:
                del self.nodes[first:]

    def configure(self, **values):
        self.rpc.call("marketplace.config", "write", [self.stage.config], values)

    def calls(self, **query):
        """The calls that told the sandbox about products, oldest first."""
        return self.shop.journal(path=UPDATE, limit=200_000, **query)

    def wait_for_calls(self, number, within=60):
        """Wait until so many calls have been answered, or have ended without an answer."""
        wait_until(
            lambda: len([one for one in self.calls(bodies=False) if one["finished"]]) >= number,
            within,
            f"{number} calls have come",
        )

    def wait_for_open_call(self, within=60):
        """Wait until a call has arrived that the sandbox has not dealt with, and return it."""
        return wait_until(
            lambda: [one for one in self.calls(bodies=False) if not one["finished"]],
            within,
            "a call is under way",
        )[-1]

    def shelf(self):
        """What stands on Cartona: {identity: (price, stock, unlimited, published)}."""
        return {
            row["internal_product_id"]: (
                Decimal(str(row["selling_price"])),
                row["available_stock_quantity"],
                row["is_unlimited_stock"],
                row["is_published"],
            )
            for row in self.shop.product_state()
        }


def sent_prices(call):
    """What a call said about prices: {identity: price}."""
    return {
        item["internal_product_id"]: Decimal(str(item["selling_price"]))
        for item in json.loads(call["body"], parse_float=Decimal)
        if "selling_price" in item
    }


@contextmanager
def opened_world(stage, *, workers=0, nodes=1, crons=False, load=WIDE, name="chaos"):
    """:param crons: whether scheduled actions run by themselves; else tests trigger them"""
    installation = stage.installation
    database = ownership.name_for_run(installation.server, "chaos", next(_numbers))
    template.copy_database(installation, stage.database, database)
    installation.server.sql(f'ALTER DATABASE "{database}" SET synchronous_commit = on')
    installation.server.sql(COMPARED, database)
    options = () if crons else ("--max-cron-threads=0",)

    def make_node(node_name, load):
        return OdooServer(
            installation, database, workers=workers, name=node_name, options=options, load=load
        )

    try:
        with ExitStack() as stack:
            running = stack.enter_context(sandbox_server(stage.port))
            shop = stack.enter_context(Client(running.url))
            put_on_shelf(shop, stage.products)
            servers = [
                stack.enter_context(make_node(f"{name}-{number}", load))
                for number in range(1, nodes + 1)
            ]
            world = World(stage, database, shop, servers, stack, make_node, real_time=crons)
            world.move_to(servers[0])
            yield world
    finally:
        template.drop_database(installation, database)
