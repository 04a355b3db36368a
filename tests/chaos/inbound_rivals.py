"""Scenarios of two processes that import the same order at the same moment."""

import json
import subprocess
import threading
from contextlib import contextmanager

from tools.paths import LOGS

from .inbound_end_state import check_orders
from .market import Market
from .session import connected
from .waiting import wait_until

# Any number that nobody else locks.
GATE = 4711
WAITING = """
    SELECT count(*) FROM pg_locks
     WHERE locktype = 'advisory' AND classid = {} AND objid = {} AND NOT granted
"""
# Each rival has an event of its own about each order, and deals with it when the gate opens. No
# shard's lock is in the way: what is behind it has to hold alone.
RIVAL = """
import json
import psycopg2

config = env["marketplace.config"].browse({config})
bumped = 0
for number, element in enumerate(json.loads({elements!r})):
    event, _new = env["marketplace.inbox"]._receive(config, "order", [element], "webhook")
    env.cr.commit()
    env.cr.execute("SELECT pg_advisory_xact_lock_shared({gate}, %s)", [number])
    try:
        env["marketplace.intake"]._deal_with(event.id)
    except psycopg2.OperationalError:
        bumped += 1
    env.cr.rollback()
    env.invalidate_all()
    bumped += event.state == "received"
print("bumped into the other one:", bumped)
"""


def one_order_delivered_twice(world, random, figures, orders):
    """The same order arrives at two nodes at the same moment, and comes once."""
    market = Market(world, random)
    for _order in range(orders):
        element = market.wire(market.place())
        answers = together(
            lambda node, element=element: market.post(element, node=node), range(len(world.nodes))
        )
        assert answers == [200] * len(world.nodes), f"the answers were {answers}"
    figures.update(orders=orders, nodes=len(world.nodes), polls=market.settle())
    check_orders(market)


def together(do, arguments):
    """Call a function with each argument, all at the same moment. :return: what it returned"""
    arguments = list(arguments)
    start = threading.Barrier(len(arguments))
    found = [None] * len(arguments)

    def run(number, argument):
        start.wait()
        found[number] = do(argument)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(arguments)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def two_importers(world, random, figures, orders):
    """Two processes import the same order at the same moment, past every lock: it comes once."""
    market = Market(world, random)
    elements = [market.wire(market.place()) for _order in range(orders)]
    config = world.stage.config
    # nobody else is to deal with them
    world.rpc.call("marketplace.config", "action_pause", [config])
    script = RIVAL.format(config=config, elements=json.dumps(elements), gate=GATE)
    with gates(world, orders) as open_gate, rivals(world, script) as running:
        for number in range(orders):
            wait_for_both(market, number)
            open_gate(number)
        bumped = [collisions(process) for process in running]
    world.rpc.call("marketplace.config", "action_go_live", [config])
    figures.update(orders=orders, bumped=sum(bumped), polls=market.settle())
    assert sum(bumped) >= orders / 2, "they hardly ever met"
    check_orders(market)


def wait_for_both(market, gate):
    waiting = WAITING.format(GATE, gate)
    wait_until(lambda: market.count(waiting) == 2, 120, "both are at the gate", 0.02)


@contextmanager
def gates(world, number):
    """So many gates, all closed. :return: what opens one"""
    with connected(world) as cursor:
        cursor.connection.autocommit = True
        for gate in range(number):
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [GATE, gate])
        yield lambda gate: cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [GATE, gate])


@contextmanager
def rivals(world, script):
    """Two processes with Odoo inside that run the same script."""
    installation = world.stage.installation
    command = installation.command(
        "shell", f"--database={world.database}", "--no-http", "--max-cron-threads=0"
    )
    with open(LOGS / "chaos-rivals.log", "w") as log:
        running = [
            subprocess.Popen(
                list(map(str, command)),
                env=installation.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
            for _rival in range(2)
        ]
        try:
            for process in running:
                process.stdin.write(script)
                process.stdin.close()
            yield running
        finally:
            for process in running:
                process.kill()
                process.wait()
                process.stdout.close()


def collisions(process):
    """:return: how often the rival met the other one"""
    said = process.stdout.read()
    assert process.wait() == 0, "a rival failed; see chaos-rivals.log"
    return int(said.rpartition("bumped into the other one:")[2])
