"""Scenarios of a marketplace that refuses: some items, whole batches, or in strange words."""

import json
import time

from .end_state import check_end_state
from .waiting import wait_until
from .world import UPDATE
from .writer import Writer

BAR_GOOD = 5  # seconds
# What happens together is at most one a shard: nobody looks twice at what was believed at once.
STRANGE_ANSWERS = (
    (
        {"kind": "not_json", "status": 200, "apply": False},
        {"kind": "not_json", "status": 502, "apply": False},
        {"kind": "status", "status": 200},  # an error in the body of a 200, nothing carried out
        {"kind": "status", "status": 204},
    ),
    (
        {"kind": "not_json", "status": 200, "apply": True},
        {"kind": "truncate"},
    ),
)
REFUSED = """
    SELECT listing.identity, sync.status, sync.error_code, sync.error_detail
      FROM marketplace_listing listing
      JOIN marketplace_listing_sync sync ON sync.listing_id = listing.id
     WHERE sync.status NOT IN ('in_step', 'off')
"""


def troubles(world):
    """:return: {identity: (status, code, detail)} of listings that are not in step"""
    rows = (line.split("|", 3) for line in world.moments.sql(REFUSED))
    return {identity: tuple(rest) for identity, *rest in rows}


def refused_items(world, random, figures, bad):
    """Single items are refused: they say why, the others are there, and nobody insists."""
    refused = random.sample(world.products, bad)
    names = [product.identity for product in refused]
    fault = world.shop.add_fault("partial", path=UPDATE, items=names)
    writer = Writer(world, random)
    writer.import_prices(world.products)
    world.rest(120)
    found = troubles(world)
    check_end_state(world, except_for=refused)
    assert found.keys() == set(names), f"{len(found)} listings say they were refused, not {bad}"
    assert all(row[:2] == ("rejected", "rejected") for row in found.values())
    assert all("told to refuse" in row[2] for row in found.values()), "the reason is not kept"
    calls = len(world.calls(bodies=False))
    world.moments.trigger("cron_sweep")
    world.rest(120)
    assert len(world.calls(bodies=False)) == calls, "what was refused is sent again by itself"
    world.shop.admin("DELETE", f"faults/{fault['id']}")
    for product in refused:
        writer.change_price(product)
    world.rest(120)
    figures.update(refused=bad, calls=calls)
    check_end_state(world)


def one_good_among_bad(world, random, figures, bad, whole_batch, limit=60):
    """Most of a batch is refused: the good one gets there all the same."""
    writer = Writer(world, random)
    # The first change after a start finds the job runner still getting up.
    writer.change_price(world.products[0])
    world.rest(120)
    world.configure(batch_size=bad + 1)
    world.shop.set(bulk_answers="whole_batch" if whole_batch else "per_item")
    chosen = random.sample(world.products, bad + 1)
    good, refused = chosen[0], chosen[1:]
    world.shop.add_fault("partial", path=UPDATE, items=[product.identity for product in refused])
    writer.import_prices(chosen)
    written = time.monotonic()
    wait_until(
        lambda: world.shelf()[good.identity] == good.values, 60, "the good product's price arrives"
    )
    figures.update(bad=bad, whole_batch=whole_batch, good_s=round(time.monotonic() - written, 2))
    world.rest(120)
    figures["calls"] = len(world.calls(bodies=False))
    check_end_state(world, except_for=refused)
    assert troubles(world).keys() == {product.identity for product in refused}
    world.shop.clear_faults()
    writer.import_prices(refused)
    world.rest(120)
    check_end_state(world)
    assert figures["good_s"] <= limit, "the good one came late"


def strange_answers(world, random, figures, rounds):
    """Answers that nobody expects: the values count as sent only when they are there."""
    writer = Writer(world, random)
    for answers in STRANGE_ANSWERS * rounds:
        for answer in answers:
            world.shop.add_fault(path=UPDATE, times=1, **answer)
        writer.import_prices(world.products[:40])
        world.rest(120)
        hits = sum(fault["hits"] for fault in world.shop.admin("GET", "faults"))
        assert hits == len(answers), f"only {hits} answers were strange"
        world.shop.clear_faults()
        check_end_state(world)
    figures.update(answers=rounds * sum(map(len, STRANGE_ANSWERS)))


def silence(world, random, figures):
    """Where nothing differs nothing is said, however often it is compared."""
    writer = Writer(world, random)
    writer.import_prices(world.products)
    world.rest(300)
    calls = len(world.calls(bodies=False))
    for _time in range(2):
        world.moments.trigger("cron_sweep")
        world.rest(300)
    for product in world.products[:20]:
        writer.change_stock(product)
    world.rest(120)
    after = world.calls()[calls:]
    said = {name for call in after for item in json.loads(call["body"]) for name in item}
    figures.update(calls=calls, calls_after=len(after), said=sorted(said))
    check_end_state(world)
    assert said <= {"internal_product_id", "available_stock_quantity"}, f"said again: {said}"
