"""Scenarios of processes that die: HTTP workers, PostgreSQL, the job runner, a whole node."""

import os
import signal
import threading
import time
from contextlib import contextmanager

from .end_state import check_end_state
from .processes import CONNECTED, FLUSHING, RUNNING, owners
from .waiting import wait_until
from .world import UPDATE
from .writer import Writer

BAR_KILLS = 0.8


def killed_workers(world, random, figures, kills, at_random=0):
    """kill -9 of HTTP workers, most of them while their flush waits for its answer.

    :param at_random: so many of the kills hit any moment and any worker
    """
    writer = Writer(world, random)
    world.shop.add_fault("delay", path=UPDATE, seconds=1.5, jitter=1)
    blind = set(random.sample(range(kills), at_random))
    moments = []
    for kill in range(kills):
        changed = random.sample(world.products, 60)
        before = [product.price for product in changed]
        writer.import_prices(changed)
        if kill in blind:
            victim = random.choice(http_workers(world))
        else:
            victim = wait_until(lambda: flushing_workers(world), 150, "a worker flushes")[0]
        os.kill(victim, signal.SIGKILL)
        moments.append(time.time())
        # Back to what was acknowledged last: nobody knows what the dead one has said.
        writer.set_prices(changed[::2], before[::2])
        writer.change_something(world.products)
    world.shop.clear_faults()
    world.rest(300)
    calls = world.calls(bodies=False)
    in_flight = sum(1 for moment in moments if _is_under_way(calls, moment))
    figures.update(kills=kills, in_flight=in_flight, calls=len(calls), repeated=writer.repeated)
    check_end_state(world)
    assert in_flight >= BAR_KILLS * kills, f"only {in_flight} of {kills} kills hit a flush"


def _is_under_way(calls, moment):
    return any(
        call["fault"] and call["arrived"] <= moment <= (call["finished"] or moment)
        for call in calls
    )


def flushing_workers(world):
    """The workers whose flush has a call under way, as the sandbox sees it, too."""
    if not any(not call["finished"] for call in world.calls(bodies=False)):
        return []
    return list(owners(world, FLUSHING))


def http_workers(world):
    """Workers that talk to the database; the master and the job runner stay alive."""
    spared = owners(world, RUNNING).keys() | {world.nodes[0].process.pid}
    return sorted(owners(world, CONNECTED).keys() - spared)


def restarted_database(world, random, figures, times):
    """PostgreSQL crashes and recovers while changes are written and flushed."""
    server = world.stage.installation.server
    writer = Writer(world, random)
    # The database is a copy, and PostgreSQL believes its sequences to be safe already: without a
    # checkpoint they would go back to where they were when it was copied.
    server.sql("CHECKPOINT")
    # Some answers come while the database is away, some when it is back.
    world.shop.add_fault("delay", path=UPDATE, seconds=0.5, jitter=6)
    world.configure(timeout=30)
    for _time in range(times):
        writer.import_prices(random.sample(world.products, len(world.products) // 2))
        world.wait_for_open_call()
        with changes_going_on(writer, world.products):
            server.stop("immediate")
            server.start()
    world.shop.clear_faults()
    world.rest(300)
    # On 19.0 queue_job itself stumbles over the dead connection; the cron clears that away.
    world.moments.trigger("cron_wake")
    figures.update(
        restarts=times, calls=len(world.calls(bodies=False)), repeated_writes=writer.repeated
    )
    check_end_state(world)


@contextmanager
def changes_going_on(writer, products):
    """Somebody goes on changing products all the while."""
    over = threading.Event()

    def change():
        while not over.is_set():
            writer.change_something(products)

    thread = threading.Thread(target=change)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def killed_node(world, random, figures, limit):
    """Of two nodes, the one whose job runner is at work is killed: the other one takes over."""
    writer = Writer(world, random)
    writer.change_price(world.products[0])
    world.rest(120)
    runners = wait_until(lambda: owners(world, RUNNING), 60, "a job runner is at work")
    [dead] = runners.values()
    [alive] = [node for node in world.nodes if node is not dead]
    world.move_to(alive)
    os.kill(dead.process.pid, signal.SIGKILL)
    killed = time.monotonic()
    product = world.products[1]
    Writer(world, random).change_price(product)
    wait_until(
        lambda: world.shelf()[product.identity] == product.values, 2 * limit, "the price arrives"
    )
    figures.update(pushing_again_s=round(time.monotonic() - killed, 1))
    world.rest(300)
    check_end_state(world)
    assert figures["pushing_again_s"] <= limit
