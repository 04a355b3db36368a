"""The long runs' stages, and the line that each scenario says. For chaos/test_*.py."""

import os
import random

import pytest

from . import evidence
from .apart import stage_apart
from .world import opened_world

PRODUCTS = 10_000


@pytest.fixture(scope="session")
def stage():
    with stage_apart(PRODUCTS) as built:
        yield built


@pytest.fixture
def play(stage):
    """Play a scenario in real time, with a chance that can be repeated (CHAOS_SEED), and say how it
    ended: play(function, what it shows, its bar, sizes…)."""
    seed = int(os.environ.get("CHAOS_SEED") or random.SystemRandom().randrange(10_000))

    def play_one(scenario, what, bar, *, world=None, **sizes):
        with evidence.scenario(what, bar) as figures:
            figures["seed"] = seed
            with opened_world(stage, crons=True, **(world or {})) as opened:
                scenario(opened, random.Random(seed), figures, **sizes)

    return play_one
