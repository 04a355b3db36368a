"""A crash of PostgreSQL, in short; on a server of its own, because others may use the usual one."""

import random

import pytest

from tests.chaos import crashes
from tests.chaos.apart import stage_apart
from tests.chaos.world import opened_world

SEED = 7


@pytest.fixture(scope="module")
def stage():
    with stage_apart(products=100) as built:
        yield built


def test_a_crash_of_the_database_loses_nothing(stage):
    with opened_world(stage, name="e2e-outbound") as world:
        crashes.restarted_database(world, random.Random(SEED), {}, times=1)
