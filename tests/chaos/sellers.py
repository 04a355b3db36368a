"""A scenario of a whole team that sells the last pieces of one product, all at once."""

from .end_state import check_end_state
from .people import together
from .writer import Writer

LEFT = 50
OURS = ("marketplace_", "queue_job")
# A cancellation asks first; this is what its dialog's button says.
REALLY = {"disable_cancel_warning": True}


def many_sellers(world, random, figures, sellers, sales):
    """Everybody sells the same product while it flushes, then all of it is called off: Odoo may
    have to try again, but never because of us."""
    product = world.products[0]
    writer = Writer(world, random)
    writer.set_stock(product, LEFT + sales)
    logs = [Log(node) for node in world.nodes]
    partner = world.rpc.call("res.partner", "create", {"name": "A shop"})
    sessions = [
        Writer(world, random, world.new_rpc(number % len(world.nodes))) for number in range(sellers)
    ]
    orders = []

    def sell(one):
        for _sale in range(sales // sellers):
            orders.append(one.sell(product, partner))

    together(sell, sessions)
    product.stock = LEFT
    world.rest(120)
    check_end_state(world)
    figures.update(
        sellers=sellers,
        sold=len(orders),
        calls=len(world.calls(bodies=False)),
        refused_by_odoo=sum(log.conflicts() for log in logs),
        repeated=sum(one.repeated for one in sessions),
    )
    assert not [query for log in logs for query in log.conflicts_of(OURS)]
    for order in orders:
        world.rpc.call("sale.order", "action_cancel", [order], context=REALLY)
    # Odoo reserves in another quant where somebody holds the first. 19.0 takes all of it back from
    # the first, and forgets what is more than that had. Opening the inventory puts it right, as its
    # daily scheduler does.
    world.rpc.call("stock.quant", "action_view_inventory")
    product.stock = LEFT + len(orders)
    world.rest(120)
    check_end_state(world)


class Log:
    """What a server logs from now on: the statements that met somebody else's."""

    def __init__(self, node):
        self._path = node.process.log
        self._start = self._path.stat().st_size

    def _queries(self):
        text = self._path.read_bytes()[self._start :].decode(errors="replace")
        for part in text.split("bad query: ")[1:]:
            query, _error, reason = part.partition("\nERROR: ")
            if reason.startswith(("could not serialize", "deadlock", "could not obtain lock")):
                yield query

    def conflicts(self):
        return len(list(self._queries()))

    def conflicts_of(self, tables):
        return [query for query in self._queries() if any(table in query for table in tables)]
