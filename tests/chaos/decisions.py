"""A scenario of many prices that wait for a manager, found by all shards at the same moment."""

from .end_state import check_end_state, check_no_failed_job
from .writer import Writer


def held_changes(world, random, figures, rounds, count):
    """Nothing of them goes out before; the manager is called once; what he approves goes out."""
    writer = Writer(world, random)
    world.configure(price_change_limit=20)
    for _round in range(rounds):
        held = random.sample(world.products, count)
        before = {product.identity: product.price for product in held}
        writer.set_prices(held, [3 * product.price for product in held])
        world.rest(120)
        shelf = world.shelf()
        assert {name: shelf[name][0] for name in before} == before
        check_no_failed_job(world)
        called = _count_calls(world)
        assert called == 1, f"the manager was called {called} times"
        waiting = world.rpc.call("marketplace.listing", "search", [("is_change_held", "=", True)])
        assert len(waiting) == count
        world.rpc.call("marketplace.listing", "action_approve_price", waiting)
        world.rest(120)
        assert _count_calls(world) == 0
        check_end_state(world)
    figures.update(rounds=rounds, held=rounds * count, calls=len(world.calls(bodies=False)))
    world.configure(price_change_limit=0)
    world.rest(120)


def _count_calls(world):
    """How often the manager is asked to decide; later series keep what is done in an archive."""
    kind = world.rpc.record("cartona_integration.mail_activity_price_change")
    asked = [("activity_type_id", "=", kind), ("user_id", "=", world.rpc.uid)]
    return world.rpc.call("mail.activity", "search_count", asked)
