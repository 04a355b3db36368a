"""Scenarios of a flush that nobody wakes: a lost wake-up, a job runner that doesn't run."""

import os
import signal
import threading
from contextlib import contextmanager, suppress

from .end_state import check_end_state
from .processes import RUNNING, owners
from .session import connected
from .waiting import wait_until
from .writer import NO_ANSWER, Writer

TWINS = """
    SELECT count(*) - count(DISTINCT identity_key) FROM queue_job
     WHERE state = 'pending' AND identity_key LIKE 'marketplace.flush:%'
"""
MARKS = "SELECT count(*) FROM marketplace_outbox"
# The job runner, too, waits for the table, and may come first.
BLOCKED = """
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'
       AND query LIKE '%INSERT INTO queue_job%'
"""
ACTIVITIES = """
    SELECT count(*) FROM mail_activity WHERE res_model = 'marketplace.config' AND res_id = {}
       AND summary = 'The job runner does not run'
"""
# The engine takes the runner for dead when a job has been waiting for two minutes.
GROW_OLD = """
    UPDATE queue_job SET date_created = date_created - interval '121 seconds',
                         eta = eta - interval '121 seconds' WHERE state = 'pending'
"""


def lost_wake(world, random, figures):
    """The server is killed between a commit and its wake-up: the cron finds what waits."""
    [node] = world.nodes
    product = random.choice(world.products)
    price = product.price + 1
    with jobs_locked(world):
        sender = threading.Thread(target=_write_in_vain, args=(world, product, price))
        sender.start()
        wait_until(lambda: world.moments.number(BLOCKED), 30, "the wake-up is about to be written")
        world.kill(node)
        sender.join()
    product.price = price
    world.restart()
    assert world.moments.number(MARKS) == 1, "the mark was not committed before the wake-up"
    if not world.real_time:
        assert world.calls() == [], "somebody was woken all the same"
        world.moments.trigger("cron_wake")
    world.rest(180)
    figures.update(calls=len(world.calls(bodies=False)))
    check_end_state(world)


def _write_in_vain(world, product, price):
    with suppress(*NO_ANSWER):
        world.new_rpc().call(
            "product.template", "write", [product.template], {"list_price": float(price)}
        )


@contextmanager
def jobs_locked(world):
    """Nobody can add a job meanwhile."""
    with connected(world) as cursor:
        cursor.execute("LOCK TABLE queue_job IN SHARE MODE")
        yield


def dead_runner(world, random, figures):
    """No job runner works: the cron flushes, and the managers are told."""
    with stopped_runner(world):
        _change_without_runner(world, random)
    activities = world.moments.number(ACTIVITIES.format(world.stage.config))
    figures.update(calls=len(world.calls(bodies=False)), activities=activities)
    assert activities, "nobody was told that the job runner doesn't run"
    world.rest(120)
    check_end_state(world)


@contextmanager
def stopped_runner(world):
    """The job runner's process, one of a prefork server's, stands still."""
    runners = wait_until(lambda: owners(world, RUNNING), 60, "a job runner is at work")
    for pid in runners:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in runners:
            os.kill(pid, signal.SIGCONT)


def _change_without_runner(world, random):
    writer = Writer(world, random)
    writer.import_prices(random.sample(world.products, 130))
    for product in random.sample(world.products, 8):
        writer.change_price(product)
    assert world.moments.number(TWINS) == 0, "a shard was woken that was about to be flushed"
    if world.real_time:
        wait_until(lambda: not world.moments.number(MARKS), 300, "the cron flushes")
    else:
        world.moments.trigger("cron_wake")
        assert world.calls() == [], "a runner that is merely busy was taken for dead"
        world.moments.sql(GROW_OLD)
        world.moments.trigger("cron_wake")
        assert world.moments.number(MARKS) == 0, "the cron did not flush everything"
        writer.change_price(world.products[0])
        world.moments.trigger("cron_wake")
