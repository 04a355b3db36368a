"""A scenario of a big catalogue's first sync, killed half-way with all its processes."""

from .connection import BATCH
from .end_state import check_end_state
from .stage import make_products, put_on_shelf
from .waiting import wait_until
from .world import UPDATE

SHARDS = 4


def killed_initial_sync(world, random, figures, count):
    """It goes on where it ended: what was confirmed is not sent again."""
    world.rpc.call("marketplace.config", "action_pause", [world.stage.config])
    series = world.stage.installation.odoo.series
    new = make_products(world.rpc, series, count, first=len(world.products))
    put_on_shelf(world.shop, new, with_values=False)
    world.products += new
    world.configure(timeout=30)  # an answer that comes late is another scenario's
    world.shop.add_fault("delay", path=UPDATE, seconds=0.3, jitter=0.2)
    world.rpc.call("marketplace.config", "action_go_live", [world.stage.config])
    wait_until(lambda: _told(world) >= count / 2, 600, "half of it has been sent")
    world.kill(world.nodes[0])
    before = _told(world)
    assert before < count, "it was killed too late"
    world.shop.clear_faults()
    world.restart()
    # A wake-up may have died with its process; this is what the next minute's cron does.
    world.moments.trigger("cron_wake")
    world.rest(600)
    again = _told(world) - count
    figures.update(products=count, before=before, again=again, calls=len(world.calls(bodies=False)))
    check_end_state(world)
    # What was on its way is said again at once, and once more when no old request can arrive.
    assert 0 <= again <= 2 * SHARDS * BATCH, "more than what was on its way was sent again"


def _told(world):
    """How many items were sent so far, the repeated ones counted again."""
    return sum(len(call["items"]) for call in world.calls(bodies=False))
