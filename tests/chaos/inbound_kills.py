"""Scenarios of workers that are killed at each step between a webhook's first byte and the end of
its acknowledgement, and of a PostgreSQL that crashes meanwhile.

A lock that the test holds stops a worker where it is to die.
"""

import json
import os
import signal
import threading
import time
from contextlib import contextmanager

from .inbound_end_state import check_orders
from .market import PULL, RECEIVED, TELL, Market, Sender
from .processes import BLOCKED, FLUSHING, RUNNING, owners, servers_of
from .session import connected
from .waiting import wait_until

ORDER = "SELECT count(*) FROM sale_order WHERE cartona_id = '{}'"
EVENT = "SELECT count(*) FROM marketplace_inbox WHERE remote_id = '{}'"
SLOW_PAGE = 5  # seconds
CONFIG = "SELECT FROM marketplace_config WHERE id = {} FOR UPDATE"


def killed_at(step):
    """:return: the scenario of a worker that is killed at this step"""

    def scenario(world, random, figures, rounds):
        """The order is there once, and acknowledged once it is."""
        market = Market(world, random)
        # until one dies, it may wait
        world.configure(timeout=50)
        for _round in range(rounds):
            order_id = market.place()
            STEPS[step](market, order_id)
            market.next_minute()
            market.settle()
            check_orders(market)
        figures.update(step=step, kills=rounds, calls=len(market.calls()))

    return scenario


def _while_it_is_read(market, order_id):
    """Nothing was promised yet: the sender sends it again."""
    element = market.wire(order_id)
    with Sender(market.world.nodes[0].url) as sender:
        sender.begin("orders", json.dumps(element))
        [_host, port] = sender.connection.sock.getsockname()
        kill(wait_until(lambda: servers_of(market.world, port), 30, "a worker takes the webhook"))
    assert not market.count(EVENT.format(order_id)), "half a webhook was stored"
    market.post_until_stored(element)


def _after_the_commit(market, order_id):
    """It is stored, but the sender doesn't know: he sends it again."""
    element = market.wire(order_id)
    with locked(market, "LOCK TABLE queue_job IN SHARE MODE"):
        sender = threading.Thread(target=market.post, args=(element,))
        sender.start()
        wait_until(lambda: market.count(EVENT.format(order_id)), 30, "it is stored")
        kill(blocked_workers(market))
        sender.join()
    market.post_until_stored(element)


def _while_it_is_picked(market, order_id):
    shared = "LOCK TABLE marketplace_inbox IN SHARE ROW EXCLUSIVE MODE"
    _with_the_job_stopped(market, order_id, shared)


def _amid_the_import(market, order_id):
    _with_the_job_stopped(market, order_id, "LOCK TABLE sale_order_line IN SHARE MODE")


def _with_the_job_stopped(market, order_id, lock):
    """The webhook is stored while no job can begin; the job then meets the lock."""
    market.world.rpc.call("marketplace.config", "action_pause", [market.world.stage.config])
    market.post_until_stored(market.wire(order_id))
    market.rest_paused()
    with locked(market, lock):
        # on a connection of its own, for it may meet the lock itself
        with going_live(market):
            kill(blocked_workers(market, FLUSHING))
        assert not market.count(ORDER.format(order_id))


def _after_the_import(market, order_id):
    """It is here, but nobody has been woken to say so; the list is still being read."""
    market.world.shop.add_fault("delay", path=PULL, seconds=SLOW_PAGE, times=2)
    with locked(market, "LOCK TABLE sale_order_line IN SHARE MODE") as cursor:
        market.poll()
        wait_until(lambda: owners(market.world, BLOCKED), 60, "the import begins")
        with locked(market, "LOCK TABLE queue_job IN SHARE MODE"):
            cursor.connection.rollback()
            wait_until(lambda: market.count(ORDER.format(order_id)), 30, "it is imported")
            kill(blocked_workers(market, FLUSHING))
    assert order_id in market.queue(), "it was acknowledged already"


def _while_it_is_acknowledged(market, order_id):
    """The acknowledgement arrives when the one who said it is dead."""
    _hold_the_acknowledgement(market)
    kill(owners(market.world, FLUSHING))
    assert order_id in market.queue()
    market.world.shop.release()
    wait_until(lambda: order_id not in market.queue(), 30, "the acknowledgement arrives")


def _after_the_answer(market, order_id):
    """Cartona has heard it, but Odoo doesn't know."""
    _hold_the_acknowledgement(market)
    with locked(market, CONFIG.format(market.world.stage.config)):
        market.world.shop.release()
        wait_until(lambda: order_id not in market.queue(), 30, "the acknowledgement arrives")
        kill(blocked_workers(market, FLUSHING))


def _hold_the_acknowledgement(market):
    market.world.shop.add_fault("hold", path=TELL, times=1)
    market.poll()
    market.held_acknowledgement()


STEPS = {
    "while the webhook is read": _while_it_is_read,
    "after the commit, before the answer": _after_the_commit,
    "while the job picks it": _while_it_is_picked,
    "amid the import": _amid_the_import,
    "after the import, before the acknowledgement": _after_the_import,
    "while the acknowledgement is under way": _while_it_is_acknowledged,
    "after the acknowledgement's answer": _after_the_answer,
}


@contextmanager
def locked(market, statement):
    """Hold a lock; others wait for it."""
    with connected(market.world) as cursor:
        cursor.execute(statement)
        yield cursor


@contextmanager
def going_live(market):
    """The connection goes live, and this waits for it only at the end."""
    world = market.world

    def go_live():
        world.new_rpc().call("marketplace.config", "action_go_live", [world.stage.config])

    thread = threading.Thread(target=go_live)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def blocked_workers(market, which=None):
    """Wait for workers that wait for a lock, and hold those that are asked for; the job runner may
    wait for one, too, and lives."""
    world = market.world

    def find():
        found = owners(world, BLOCKED).keys() - owners(world, RUNNING).keys()
        return found & owners(world, which).keys() if which else found

    return wait_until(find, 60, "a worker is where it is to die")


def kill(pids):
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def crashed_database(world, random, figures, times, orders):
    """PostgreSQL crashes and recovers while orders arrive and are taken in."""
    server = world.stage.installation.server
    market = Market(world, random)
    server.sql("CHECKPOINT")
    market.listen(attempts=20, backoff_seconds=0.5)
    for _time in range(times):
        for _order in range(orders):
            market.place()
        for order_id in random.sample(market.orders, orders // 4):
            market.edit(order_id)
        wait_until(lambda: market.count(RECEIVED), 60, "something waits to be taken in")
        server.stop("immediate")
        server.start()
        deliveries = market.wait_for_deliveries(300)
        assert all(one["state"] == "delivered" for one in deliveries), "a webhook was not taken"
        market.next_minute()
        market.rest()
    # On 19.0 queue_job itself stumbles over the dead connection; the cron clears that away.
    world.moments.trigger("cron_wake")
    answers = [try_.get("status") for one in deliveries for try_ in one["attempts"]]
    figures.update(
        crashes=times,
        events=len(deliveries),
        refused=len([one for one in answers if one != 200]),
        polls=market.settle(),
    )
    check_orders(market)


def killed_workers(world, random, figures, kills, orders):
    """Any worker is killed at any moment while orders arrive, are imported and acknowledged."""
    market = Market(world, random)
    market.listen(attempts=10, backoff_seconds=0.5)
    world.shop.add_fault("delay", path=PULL, seconds=0.2, jitter=0.5)
    busy, started = 0, time.monotonic()
    for _kill in range(kills):
        for _order in range(orders):
            market.place()
        for order_id in random.sample(market.orders, min(len(market.orders), orders // 2)):
            if world.shop.order(order_id)["status"] == "pending":
                market.edit(order_id)
        market.poll()
        victims = wait_until(lambda: list(owners(world, FLUSHING)), 120, "orders are taken in")
        kill([random.choice(victims)])
        busy += 1
    market.wait_for_deliveries(300)
    world.shop.clear_faults()
    figures.update(kills=busy, orders=len(market.orders), polls=market.settle())
    figures["seconds"] = round(time.monotonic() - started)
    check_orders(market)
