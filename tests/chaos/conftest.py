"""The long runs' stages, and the line that each scenario says. For chaos/test_*.py."""

import os
import random

import pytest

from . import evidence
from .apart import stage_apart
from .world import opened_world

PRODUCTS = 10_000


@pytest.fixture(scope="session")
def stage(installation):
    with stage_apart(installation, PRODUCTS) as built:
        yield built


@pytest.fixture(scope="session")
def say(request):
    """Say a line at once, captured or not."""
    terminal = request.config.pluginmanager.get_plugin("terminalreporter")
    capture = request.config.pluginmanager.get_plugin("capturemanager")

    def say_now(line):
        with capture.global_and_fixture_disabled():
            terminal.write_line(line)

    return say_now


@pytest.fixture
def play(stage, say):
    """Play a scenario in real time, with a chance that can be repeated (CHAOS_SEED), and say how it
    ended: play(function, what it shows, its bar, sizes…)."""
    seed = int(os.environ.get("CHAOS_SEED") or random.SystemRandom().randrange(10_000))

    def play_one(scenario, what, bar, *, world=None, **sizes):
        with evidence.scenario(what, bar, say) as figures:
            figures["seed"] = seed
            with opened_world(stage, crons=True, **(world or {})) as opened:
                scenario(opened, random.Random(seed), figures, **sizes)

    return play_one
