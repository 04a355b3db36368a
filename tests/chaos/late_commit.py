"""A scenario of a transaction that took its mark's number long before it commits."""

import threading
from contextlib import contextmanager

from .end_state import check_end_state
from .session import connected
from .waiting import wait_until
from .world import UPDATE
from .writer import Writer

DOOR = 4242
# What the transaction does last of all is to wait in front of a door.
BUILD_DOOR = """
    CREATE FUNCTION chaos_door() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock({0}); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER chaos_door AFTER INSERT ON marketplace_outbox
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.res_ids @> ARRAY[{1}] AND NEW.claimed_at IS NULL)
    EXECUTE FUNCTION chaos_door();
"""
TAKE_DOOR_AWAY = "DROP TRIGGER chaos_door ON marketplace_outbox; DROP FUNCTION chaos_door();"
IN_FRONT = f"SELECT count(*) FROM pg_locks WHERE objid = {DOOR} AND NOT granted"
FOUND_BUSY = "SELECT count(*) FROM queue_job WHERE state = 'done' AND result LIKE '%being flushed%'"
LISTINGS = """
    SELECT id FROM marketplace_listing WHERE product_id IN ({},{}) AND config_id = {} ORDER BY id
"""


def late_commit(world, random, figures):
    """A mark with an earlier number commits while its shard's flush waits for an answer, and who
    it wakes finds the shard busy."""
    late, other = _of_one_shard(world)
    [listing, _other] = world.moments.sql(
        LISTINGS.format(late.variant, other.variant, world.stage.config)
    )
    slow = threading.Thread(
        target=Writer(world, random, world.new_rpc()).change_price, args=(late,), daemon=True
    )
    world.configure(timeout=30)
    world.moments.sql(BUILD_DOOR.format(DOOR, listing))
    with closed_door(world):
        slow.start()
        wait_until(lambda: world.moments.number(IN_FRONT), 30, "the transaction is at its end")
        world.shop.add_fault("hold", path=UPDATE, times=1)
        Writer(world, random).change_price(other)
        wait_until(world.shop.held, 30, "the other product's flush waits for its answer")
        busy = world.moments.number(FOUND_BUSY)
    slow.join()
    wait_until(
        lambda: world.moments.number(FOUND_BUSY) > busy, 30, "the flush that it wakes has come"
    )
    world.shop.release()
    world.rest(180)
    world.moments.sql(TAKE_DOOR_AWAY)
    figures.update(calls=len(world.calls(bodies=False)))
    check_end_state(world)


def _of_one_shard(world):
    """Two products whose listings stand in one shard; listings were made in one go."""
    rows = world.moments.sql(
        "SELECT array_agg(product_id ORDER BY id) FROM marketplace_listing"
        f" WHERE config_id = {world.stage.config} AND product_id IS NOT NULL GROUP BY id % 4"
    )
    variants = [int(one) for one in rows[0].strip("{}").split(",")]
    products = {product.variant: product for product in world.products}
    return [products[variant] for variant in variants if variant in products][:2]


@contextmanager
def closed_door(world):
    """Transactions that write the mark wait, until the end of the block."""
    with connected(world) as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [DOOR])
        yield
