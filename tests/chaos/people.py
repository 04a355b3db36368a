"""Scenarios of people at work while it flushes: several at once, products and connections that go,
identities that meet.
"""

import threading
from contextlib import contextmanager
from decimal import Decimal

from .end_state import check_end_state, odoo_prices
from .products import code
from .stage import make_products
from .waiting import wait_until
from .world import UPDATE, sent_prices
from .writer import Writer

GONE = (0, False)  # stock and publication of what is not offered any more
PAUSE = 30  # seconds
PAUSES = "SELECT count(*) FROM marketplace_pace"


def several_writers(world, random, figures, writers, rounds):
    """Everybody changes the same products while it flushes: Cartona has what Odoo has."""
    shared = world.products[:25]
    world.shop.add_fault("delay", path=UPDATE, seconds=0, jitter=0.2)
    sessions = [
        Writer(world, type(random)(random.random()), world.new_rpc(number % len(world.nodes)))
        for number in range(writers)
    ]
    written = {product.identity: set() for product in shared}

    def write(writer):
        for _round in range(rounds):
            mine = writer.random.choice(shared).copy()
            writer.change_price(mine)
            written[mine.identity].add(mine.price)

    together(write, sessions)
    world.shop.clear_faults()
    world.rest(120)
    # Nobody knows who was last at a product, but it was one of them.
    found = odoo_prices(world)
    for product in shared:
        now = found[product.identity]
        assert now in written[product.identity] | {product.price}
        product.price = now
    figures.update(
        writers=writers,
        writes=writers * rounds,
        calls=len(world.calls(bodies=False)),
        repeated=sum(writer.repeated for writer in sessions),
    )
    check_end_state(world)
    assert not figures["repeated"], "somebody's write was refused because of us"


def two_nodes_in_order(world, random, figures, changes):
    """Prices that only rise never fall at Cartona, whichever node sends them, and no two calls
    speak of the same product at the same time."""
    world.configure(timeout=30)
    world.shop.add_fault("delay", path=UPDATE, seconds=0, jitter=0.3)
    teams = 2 * len(world.nodes)
    sessions = [
        Writer(world, type(random)(random.random()), world.new_rpc(number % len(world.nodes)))
        for number in range(teams)
    ]
    shares = {id(session): world.products[number::teams] for number, session in enumerate(sessions)}

    def write(writer):
        for _change in range(changes // teams // 10):
            writer.import_prices(writer.random.sample(shares[id(writer)][:60], 10))

    together(write, sessions)
    world.shop.clear_faults()
    world.rest(300)
    calls = world.calls()
    fallen, overtaking = _find_disorder(calls)
    figures.update(changes=changes, calls=len(calls), out_of_order=fallen, overtaking=overtaking)
    check_end_state(world)
    assert not fallen, f"{fallen} prices went out after a newer one"
    assert not overtaking, f"{overtaking} prices went out while an older one was under way"


def _find_disorder(calls):
    """:return: how many prices came after a newer one, and how many while one was under way"""
    last, finished, fallen, overtaking = {}, {}, 0, 0
    for call in calls:
        for identity, price in sent_prices(call).items():
            fallen += price < last.get(identity, Decimal(0))
            overtaking += call["arrived"] < finished.get(identity, 0)
            last[identity], finished[identity] = price, call["finished"]
    return fallen, overtaking


def together(task, sessions):
    """Each session does the task in a thread of its own; the first error of any is raised."""
    errors = []

    def work(session):
        try:
            task(session)
        except BaseException as error:
            errors.append(error)
            raise

    threads = [threading.Thread(target=work, args=(session,)) for session in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def vanishing_products(world, random, figures):
    """Products are archived or deleted between their mark and the flush: they go over there."""
    world.shop.set(auto_create=True)
    series = world.stage.installation.odoo.series
    fresh = make_products(world.rpc, series, 4, first=len(world.products), stock=False)
    world.rest(120)
    archived, deleted = random.sample(world.products, 3), fresh[:2]
    with everything_waits(world, random):
        Writer(world, random).import_prices([*archived, *fresh])
        variants = [one.variant for one in archived]
        world.rpc.call("product.product", "write", variants, {"active": False})
        world.rpc.call("product.template", "unlink", [one.template for one in deleted])
    world.rest(120)
    gone = [*archived, *deleted]
    shelf = world.shelf()
    assert {one.identity: shelf[one.identity][1:4:2] for one in gone} == {
        one.identity: GONE for one in gone
    }
    check_end_state(world, except_for=archived)
    world.rpc.call("product.product", "write", variants, {"active": True})
    world.rest(120)
    figures.update(archived=len(archived), deleted=len(deleted))
    check_end_state(world)


@contextmanager
def everything_waits(world, random):
    """The connections have been told to wait: what is changed meanwhile is flushed later."""
    world.shop.clear_journal()
    connections = world.rpc.call("marketplace.config", "search_count", [("state", "=", "live")])
    limit = {"path": UPDATE, "seconds": PAUSE, "times": connections}
    world.shop.add_fault("rate_limit", **limit)
    Writer(world, random).change_price(world.products[-1])
    wait_until(lambda: world.moments.number(PAUSES) == connections, 30, "the pauses are noted")
    yield
    assert len(world.calls(bodies=False)) == connections, "the flush was faster than the people"
    if not world.real_time:
        world.moments.end_pauses()


def vanishing_connections(world, random, figures):
    """A connection is archived, another deleted, while marks wait: nothing goes out for them."""
    copied = world.rpc.call("marketplace.config", "copy", world.stage.config)
    other = copied[0] if isinstance(copied, list) else copied  # 19.0 answers with a list
    values = world.rpc.call("marketplace.config", "read", [world.stage.config], ["api_base_url"])[0]
    world.rpc.call(
        "marketplace.config",
        "write",
        [other],
        {"api_base_url": values["api_base_url"], "auth_token": "sandbox-token"},
    )
    world.rpc.call("marketplace.config", "action_test_connection", [other])
    world.rpc.call("marketplace.config", "action_go_live", [other])
    world.rest(120)
    with everything_waits(world, random):
        Writer(world, random).import_prices(world.products[:50])
        world.rpc.call("marketplace.config", "unlink", [other])
        world.configure(active=False)
    calls = len(world.calls(bodies=False))
    world.rest(120)
    assert len(world.calls(bodies=False)) == calls, "somebody spoke for a connection that is gone"
    world.configure(active=True)
    world.rpc.call("marketplace.config", "action_go_live", [world.stage.config])
    world.rest(120)
    figures.update(calls=len(world.calls(bodies=False)))
    check_end_state(world)


def meeting_identities(world, random, figures):
    """Two products of one identity: the elder one is sent, the younger one says why it isn't."""
    elder, younger = sorted(random.sample(world.products, 2), key=lambda one: one.variant)
    world.rpc.call("product.product", "write", [younger.variant], {"cartona_id": elder.identity})
    writer = Writer(world, random)
    writer.import_prices([elder, younger])
    world.rest(120)
    assert world.shelf()[elder.identity] == elder.values
    assert world.shelf()[younger.identity][1:4:2] == GONE, "the name it had is still offered"
    told = world.moments.sql(
        "SELECT sync.error_code FROM marketplace_listing listing"
        " JOIN marketplace_listing_sync sync ON sync.listing_id = listing.id"
        f" WHERE listing.product_id = {younger.variant} AND listing.identity = '{elder.identity}'"
    )
    assert told == ["identity_taken"]
    world.rpc.call("product.product", "write", [younger.variant], {"cartona_id": False})
    writer.import_prices([elder, younger])
    world.rest(120)
    figures.update(collisions=1)
    check_end_state(world)


def inherited_identity(world, random, figures):
    """A product is deleted and made anew under the same identity: the new one is sold there."""
    world.shop.set(auto_create=True)
    series = world.stage.installation.odoo.series
    count = len(world.products)
    [old] = make_products(world.rpc, series, 1, first=count, stock=False)
    world.rpc.call("product.product", "write", [old.variant], {"cartona_id": "sugar-1kg"})
    world.rest(120)
    world.rpc.call("product.template", "unlink", [old.template])
    [new] = make_products(world.rpc, series, 1, first=count + 1)
    world.rpc.call("product.product", "write", [new.variant], {"cartona_id": "sugar-1kg"})
    world.rest(120)
    figures.update(code=code(count + 1))
    assert world.shelf()["sugar-1kg"] == new.values, f"{world.shelf()['sugar-1kg']}"
