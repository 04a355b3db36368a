"""Worlds for the short versions of the chaos scenarios, on a small stage. For the tests in here.

Starting Odoo takes longer than most scenarios do, so they share a running one as long as each
leaves it in step; each gets a new sandbox, products that nobody has touched since, new jobs.
"""

import os
import random
from contextlib import ExitStack, contextmanager

import pytest

from tests.chaos.stage import built_stage
from tests.chaos.world import opened_world

WORKERS = 3
# Tests that run side by side each have logs of their own, which some of them read.
NAME = f"e2e{os.environ.get('PYTEST_XDIST_WORKER', '')}"


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
            opened = opened_world(self._stage, workers=WORKERS, name=f"{NAME}-shared")
            self._world = self._open.enter_context(opened)
        try:
            yield self._world
        except BaseException:
            self.close()
            raise

    def close(self):
        self._world = None
        self._open.close()


def make_fixtures(products, seed):
    """:return: the fixtures stage, shared_world, play and play_alone for a module to keep"""

    @pytest.fixture(scope="module")
    def stage(installation, with_addon):
        """Connection, products and sandbox in step; worlds are copies of it."""
        with built_stage(installation, with_addon, products) as built:
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
            with shared_world.lent() as world, world.more_nodes(nodes):
                _play(scenario, world, seed, sizes)

        return play_one

    @pytest.fixture
    def play_alone(shared_world):
        """Play a scenario in a world of its own, which nobody uses after it."""
        # a stage has one sandbox's address, where two of them would answer
        shared_world.close()

        def play_one(scenario, stage, *, workers=WORKERS, **sizes):
            with opened_world(stage, workers=workers, name=f"{NAME}-alone") as world:
                _play(scenario, world, seed, sizes)

        return play_one

    return stage, shared_world, play, play_alone


def _play(scenario, world, seed, sizes):
    print(f"seed {seed}")
    figures = {}
    scenario(world, random.Random(seed), figures, **sizes)
    print(figures)
