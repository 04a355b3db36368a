"""Odoo's own test run: install on a copy of the template with tests, then upgrade.

Called by `make test`. Any warning in Odoo's log is a failure of the run.
"""

import os
from dataclasses import dataclass, field

from . import odoo_log, ports, template
from .console import say, step
from .paths import ADDON, LOGS
from .process import run


@dataclass
class Outcome:
    passed: int = 0
    failed: int = 0
    closing: list = field(default_factory=list)

    def __add__(self, other):
        return Outcome(self.passed + other.passed, self.failed + other.failed,
                       self.closing + other.closing)


def run_tests(installation, tags=""):
    """Return the Outcome of Odoo's test run and of the upgrade after it."""
    series = installation.odoo.series
    database = f"cartona_test_{os.getpid()}"
    _drop_leftovers(installation)
    template.new_database(installation, database)
    try:
        wanted = tags or f"/{ADDON}"
        outcome = _odoo(
            installation, database, f"Odoo {series}: installing and testing the addon",
            f"odoo-tests-{series}.log",
            [f"--init={ADDON}", "--test-enable", f"--test-tags={wanted}",
             f"--http-port={ports.free()}"],
        )
        return outcome + _odoo(
            installation, database, f"Odoo {series}: upgrading the addon",
            f"odoo-upgrade-{series}.log", [f"--update={ADDON}", "--no-http"],
        )
    finally:
        template.drop_database(installation, database)


def _drop_leftovers(installation):
    for name in installation.server.databases():
        owner = name.removeprefix("cartona_test_")
        if owner.isdigit() and not os.path.exists(f"/proc/{owner}"):
            template.drop_database(installation, name)


def _odoo(installation, database, label, log, arguments):
    with step(label) as progress:
        reader = odoo_log.Reader(progress)
        code = run(
            installation.command(
                "server", f"--database={database}", "--workers=0", "--stop-after-init", *arguments
            ),
            log, what=label, env=installation.environment, on_line=reader, check=False,
        )
    for problem in reader.problems:
        say(problem.rstrip())
    failed = sum(result["failed"] + result["errors"] for result in reader.results)
    passed = sum(result["total"] for result in reader.results) - failed
    if reader.problems and not failed:
        reader.closing.append(f"{label}: {len(reader.problems)} warning(s) or error(s) in the log")
        failed += 1
    elif code and not failed:
        reader.closing.append(f"{label}: Odoo ended with exit code {code}, see {LOGS / log}")
        failed += 1
    elif not reader.results:
        reader.closing.append(f"{label}: no warnings")
        passed += 1
    return Outcome(passed, failed, reader.closing)
