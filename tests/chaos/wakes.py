"""Scenarios of a flush that nobody wakes: a lost wake-up, a job runner that doesn't run."""

import os
import signal
import threading
from contextlib import contextmanager, suppress

import psycopg2

from tools.installation import WIDE
from tools.paths import ADDON

from .end_state import check_end_state
from .waiting import wait_until
from .writer import NO_ANSWER, Writer

WITHOUT_RUNNER = (ADDON,)  # what such a server loads
MARKS = "SELECT count(*) FROM marketplace_outbox"
BLOCKED = "SELECT count(*) FROM pg_locks WHERE NOT granted"
ACTIVITIES = """
    SELECT count(*) FROM mail_activity WHERE res_model = 'marketplace.config' AND res_id = {}
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
        os.kill(node.process.pid, signal.SIGKILL)
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
    pg = world.stage.installation.server.variables
    connection = psycopg2.connect(
        dbname=world.database,
        host=pg["PGHOST"],
        port=pg.get("PGPORT"),
        user=pg["PGUSER"],
        password=pg.get("PGPASSWORD"),
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE queue_job IN SHARE MODE")
            yield
    finally:
        connection.close()


def dead_runner(world, random, figures):
    """No job runner at all: the cron flushes, and the managers are told once."""
    writer = Writer(world, random)
    writer.import_prices(random.sample(world.products, 130))
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
    activities = world.moments.number(ACTIVITIES.format(world.stage.config))
    figures.update(calls=len(world.calls(bodies=False)), activities=activities)
    assert activities, "nobody was told that the job runner doesn't run"
    world.restart(load=WIDE)
    world.rest(120)
    check_end_state(world)
