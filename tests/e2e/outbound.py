"""A small stage for the short versions of the outbound chaos scenarios. For test_outbound.py."""

import random

import pytest

from tests.chaos.stage import built_stage
from tests.chaos.world import opened_world

PRODUCTS = 300
SEED = 7


@pytest.fixture(scope="module")
def stage(installation, with_addon):
    """Connection, products and sandbox in step; each scenario plays on a copy."""
    with built_stage(installation, with_addon, PRODUCTS) as built:
        yield built


@pytest.fixture
def play(stage):
    """Play a scenario in a world of its own; `world` says what is special about that."""

    def play_one(scenario, *, world=None, **sizes):
        print(f"seed {SEED}")
        with opened_world(stage, name="e2e-outbound", **(world or {})) as opened:
            scenario(opened, random.Random(SEED), {}, **sizes)

    return play_one
