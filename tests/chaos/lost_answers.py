"""Scenarios of answers that never come, and of requests that arrive when nobody expects them."""

from .end_state import check_end_state
from .waiting import wait_until
from .world import UPDATE
from .writer import Writer

# What happens together is at most one a shard.
LOSSES = (
    (
        {"kind": "lose_answer"},
        {"kind": "truncate"},
        {"kind": "reset", "apply": True},
        {"kind": "status", "status": 500, "apply": True},
    ),
    ({"kind": "timeout", "apply": True},),
)


def lost_answers(world, random, figures, rounds):
    """Calls are carried out and nobody hears of it; meanwhile the values go back and forth."""
    writer = Writer(world, random)
    some = world.products[:40]
    for _round in range(rounds):
        for losses in LOSSES:
            for fault in losses:
                world.shop.add_fault(path=UPDATE, times=1, **fault)
            before = [product.price for product in some]
            writer.import_prices(some)
            world.wait_for_calls(len(losses))
            # Back to what was acknowledged last: it has to be said all the same.
            writer.set_prices(some, before)
            world.rest(120)
            world.shop.clear_journal()
            check_end_state(world)
    figures.update(losses=rounds * sum(map(len, LOSSES)))


def late_request(world, random, figures):
    """A request that timed out arrives after a newer one: the newer value stands in the end."""
    writer = Writer(world, random)
    product = random.choice(world.products)
    fault = world.shop.add_fault("hold", path=UPDATE, times=1)
    writer.change_price(product)
    old = product.price
    wait_until(world.shop.held, 30, "the old request is held back")
    writer.change_price(product)
    wait_until(
        lambda: world.shelf()[product.identity] == product.values, 60, "the newer price arrives"
    )
    assert fault and world.shop.release(), "nothing was held any more"
    wait_until(
        lambda: world.shelf()[product.identity][0] == old, 10, "the old request is carried out"
    )
    world.rest(180)
    figures.update(calls=len(world.calls(bodies=False)))
    check_end_state(world)
