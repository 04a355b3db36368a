"""Scenarios of a marketplace that is ill: errors, time-outs, pauses, refusals, lost answers."""

import math
import time

from .connection import BATCH
from .end_state import check_end_state
from .waiting import wait_until
from .world import UPDATE
from .writer import Writer

BAD_NETWORK = (
    {"kind": "status", "status": 503, "probability": 0.20},
    {"kind": "timeout", "probability": 0.05},
    {"kind": "reset", "probability": 0.02},
)
BAR_CALLS = 1.8
PACES = "SELECT id FROM marketplace_pace"


def bad_network(world, random, figures, count, batch=BATCH, within=300, chance=None):
    """Many changes at once while a quarter of all calls fail in one way or another.

    :param chance: the seed that decides which calls fail
    """
    world.configure(batch_size=batch)
    world.shop.seed_chance(random.randrange(1000) if chance is None else chance)
    for fault in BAD_NETWORK:
        world.shop.add_fault(path=UPDATE, **fault)
    changed = random.sample(world.products, count)
    Writer(world, random).import_prices(changed)
    started = time.monotonic()
    world.rest(within)
    calls, ideal = len(world.calls(bodies=False)), math.ceil(count / batch)
    hits = {fault["kind"]: fault["hits"] for fault in world.shop.admin("GET", "faults")}
    figures.update(
        changes=count,
        seconds=round(time.monotonic() - started),
        calls=calls,
        ratio=round(calls / ideal, 2),
        **hits,
    )
    assert all(hits.values()), f"a kind of fault hit nothing: {hits}"
    check_end_state(world)
    assert calls <= BAR_CALLS * ideal, f"{calls} calls for {ideal}"


def pause_asked_for(world, random, figures, seconds, as_date):
    """429 with Retry-After: no shard of the connection calls before the time has come."""
    limit = {"path": UPDATE, "seconds": seconds, "retry_after_date": as_date}
    world.shop.add_fault("rate_limit", times=1, **limit)
    writer = Writer(world, random)
    writer.change_price(world.products[0])
    world.wait_for_calls(1)
    wait_until(lambda: world.moments.sql(PACES), 10, "the pause is noted")
    [told] = world.calls(bodies=False)
    # A date has whole seconds only.
    free_at = told["finished"] + seconds - as_date
    writer.import_prices(world.products[1 : 4 * BATCH])
    world.rest(120)
    early = [one for one in world.calls(bodies=False)[1:] if one["arrived"] < free_at]
    figures.update(pause=f"{seconds} s", date=as_date, early_calls=len(early))
    check_end_state(world)
    assert not early, f"{len(early)} calls came before the pause was over"


def pause_asked_of_all_at_once(world, random, figures, rounds):
    """Shards that are told to wait at the same moment don't get in each other's way."""
    writer = Writer(world, random)
    for _round in range(rounds):
        world.shop.add_fault("rate_limit", path=UPDATE, seconds=1, times=3)
        writer.import_prices(world.products[: 4 * BATCH])
        world.rest(120)
    told = [call for call in world.calls(bodies=False) if call["status"] == 429]
    figures.update(rounds=rounds, told_to_wait=len(told))
    check_end_state(world)
