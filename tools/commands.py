"""The commands behind the Makefile's targets, each a short story told by the other modules."""

import os
from dataclasses import dataclass

from . import demo as demo_run
from . import installation, odoo_tests
from .console import say


@dataclass(frozen=True)
class Options:
    """What people set on make's command line: SERIES, TAGS, ARGS, PORT."""

    series: str | None
    tags: str
    args: str
    port: str

    @classmethod
    def from_environment(cls):
        get = os.environ.get
        return cls(get("SERIES") or None, get("TAGS", ""), get("ARGS", ""), get("PORT", ""))


def test(options):
    """Run all tests on one Odoo (SERIES=, TAGS=, ARGS= narrow it)."""
    with installation.prepare(options.series) as ready:
        outcome = odoo_tests.run_tests(ready, options.tags)
    for line in outcome.closing:
        say(line)
    say(f"{outcome.passed} passed, {outcome.failed} failed")
    return bool(outcome.failed)


def demo(options):
    """Start Odoo and the sandbox with demo data (PORT=, SERIES=); Ctrl-C stops them."""
    with installation.prepare(options.series) as ready:
        demo_run.serve(ready, options.port)


COMMANDS = {"demo": demo, "test": test}
