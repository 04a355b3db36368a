"""Odoo's own test run: install on a copy of the template with tests, then upgrade, then once more
beside Odoo addons that the addon does not depend on but works with.

Called by `make test`. Any warning in Odoo's log is a failure of the run.
"""

from dataclasses import replace

from . import ownership, ports, template
from .console import say
from .odoo_run import run_odoo
from .outcome import Outcome
from .paths import ADDON, LOGS

RUN = "test"
# What is installed for the tests with this tag, and for no others.
NEIGHBOURS = ("mrp", "point_of_sale", "product_expiry")
BESIDE = "neighbours"


def run_tests(installation, tags="", browser_path=None):
    """Return the Outcome of Odoo's test run and, if it went well, of what comes after it."""
    series = installation.odoo.series
    if browser_path:
        installation = replace(installation, path=browser_path)
    database = ownership.name_for_run(installation.server, RUN)
    _drop_leftovers(installation)
    template.new_database(installation, database)
    try:
        if BESIDE in tags:
            return _test(installation, database, (ADDON, *NEIGHBOURS), tags)
        outcome = _test(installation, database, (ADDON,), tags or f"/{ADDON}")
        if not outcome.failed:
            outcome += _judge(
                installation,
                database,
                f"Odoo {series}: upgrading the addon",
                f"odoo-upgrade-{series}.log",
                [f"--update={ADDON}", "--no-http"],
            )
        if not outcome.failed and not tags:
            outcome += _test(installation, database, NEIGHBOURS, f"{BESIDE}/{ADDON}")
        return outcome
    finally:
        template.drop_database(installation, database)


def _test(installation, database, addons, tags):
    """Install addons, and run the tests with these tags afterwards."""
    series = installation.odoo.series
    what = "installing and testing the addon" if ADDON in addons else "testing beside others"
    return _judge(
        installation,
        database,
        f"Odoo {series}: {what}",
        f"odoo-tests-{series}.log" if ADDON in addons else f"odoo-tests-beside-{series}.log",
        [
            f"--init={','.join(addons)}",
            f"--update={ADDON}",
            "--test-enable",
            f"--test-tags={tags}",
            f"--http-port={ports.free()}",
            "--http-interface=127.0.0.1",
        ],
    )


def _drop_leftovers(installation):
    for name in ownership.leftovers(installation.server, RUN):
        template.drop_database(installation, name)


def _judge(installation, database, label, log, arguments):
    """Run Odoo and say what was wrong; whatever it logs as a warning counts as failed."""
    reader, code = run_odoo(installation, database, label, log, arguments, check=False)
    for problem, times in reader.distinct().items():
        say(problem.rstrip() + (f"\n  ({times} times)" if times > 1 else ""))
    failed = sum(result["failed"] + result["errors"] for result in reader.results)
    passed = sum(result["total"] for result in reader.results) - failed
    closing = list(reader.closing)
    if not failed and (reader.problems or code):
        closing.append(
            f"{label}: {len(reader.problems)} warning(s) or error(s) in the log,"
            f" exit code {code}. See {LOGS / log}."
        )
        return Outcome(passed, 1, closing)
    if not reader.results:
        closing.append(f"{label}: no warning")
        return Outcome(1, 0, closing)
    return Outcome(passed, failed, closing)
