"""A small stage for the short versions of the outbound chaos scenarios. For test_outbound.py.

Starting Odoo takes longer than most scenarios do, so they share a running one as long as each
leaves it in step; each gets a new sandbox, products that nobody has touched since, new jobs.
"""

import random
from contextlib import ExitStack, contextmanager

import pytest

from tests.chaos.stage import built_stage
from tests.chaos.world import opened_world

PRODUCTS = 200
WORKERS = 3
SEED = 7


class SharedWorld:
    """Lends one world to a scenario at a time; after one that fails the next gets another."""

    def __init__(self, stage):
        self._stage = stage
        self._open = ExitStack()
        self._world = None

    @contextmanager
    def lent(self):
        if self._world:
            self._world.renew()
        else:
            opened = opened_world(self._stage, workers=WORKERS, name="e2e-outbound")
            self._world = self._open.enter_context(opened)
        try:
            yield self._world
        except BaseException:
            self.close()
            raise

    def close(self):
        self._world = None
        self._open.close()


@pytest.fixture(scope="module")
def stage(installation, with_addon):
    """Connection, products and sandbox in step; worlds are copies of it."""
    with built_stage(installation, with_addon, PRODUCTS) as built:
        yield built


@pytest.fixture(scope="module")
def shared_world(stage):
    shared = SharedWorld(stage)
    yield shared
    shared.close()


@pytest.fixture
def play(shared_world):
    """Play a scenario on prefork workers, with so many nodes."""

    def play_one(scenario, *, nodes=1, **sizes):
        print(f"seed {SEED}")
        with shared_world.lent() as world, world.more_nodes(nodes):
            scenario(world, random.Random(SEED), {}, **sizes)

    return play_one
