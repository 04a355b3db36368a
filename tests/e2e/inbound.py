"""A small stage for the short versions of the inbound chaos scenarios. For test_inbound.py.

As in outbound.py they share a running Odoo, and each gets a new sandbox.
"""

import random

import pytest

from tests.chaos.stage import built_stage
from tests.chaos.world import opened_world

from .outbound import WORKERS, SharedWorld

PRODUCTS = 40
SEED = 11


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
        figures = {}
        with shared_world.lent() as world, world.more_nodes(nodes):
            scenario(world, random.Random(SEED), figures, **sizes)
        print(figures)

    return play_one


@pytest.fixture
def play_alone(shared_world):
    """Play a scenario in a world of its own, which nobody uses after it."""
    # a stage has one sandbox's address, where two of them would answer
    shared_world.close()

    def play_one(scenario, stage, **sizes):
        print(f"seed {SEED}")
        figures = {}
        with opened_world(stage, workers=WORKERS, name="e2e-alone") as world:
            scenario(world, random.Random(SEED), figures, **sizes)
        print(figures)

    return play_one
