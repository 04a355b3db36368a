"""`make chaos`, webhooks: a hundred thousand random bodies at the real controller."""

import os
import random

from . import evidence, webhook_fuzz

BODIES = 100_000


def test_random_bodies(installation, database, say):
    number = int(os.environ.get("CHAOS_SEED") or random.SystemRandom().randrange(10_000))
    bar = f"no 5xx, no row without the secret, <= {webhook_fuzz.BAR_MEMORY} MiB grown"
    with evidence.scenario("random webhook bodies", bar, say) as figures:
        figures["seed"] = number
        webhook_fuzz.play(installation, database, BODIES, figures, random.Random(number))
