"""The commands behind the Makefile's targets, each a short story told by the other modules."""

import os
import re
import shlex
import subprocess
from dataclasses import dataclass

from . import chromium, i18n, installation, lint, odoo_source, odoo_tests, python_tests, series
from . import demo as demo_run
from .atomic import remove
from .console import StepError, say
from .paths import BUILD, CACHE, LOCAL


@dataclass(frozen=True)
class Options:
    """What people set on make's command line."""

    series: str | None
    tags: str
    args: str
    port: str
    database: str
    everything: str

    @classmethod
    def from_environment(cls):
        get = os.environ.get
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,63}", get("DATABASE", "")):
            raise StepError(
                f"DATABASE={get('DATABASE')} is no name for a database.",
                "Use letters, digits, _ and - only.",
            )
        return cls(
            get("SERIES") or None,
            get("TAGS", ""),
            get("ARGS", ""),
            get("PORT", ""),
            get("DATABASE", ""),
            get("ALL", ""),
        )


def demo(options):
    """Start Odoo and the sandbox with demo data; Ctrl-C stops them (PORT=, DATABASE=, SERIES=)."""
    if options.port:
        demo_run.choose_ports(options.port)  # the preparation takes minutes: say it before
    with installation.prepare(options.series) as ready:
        demo_run.serve(ready, options.database, options.port)


def test(options):
    """Run all tests on one Odoo (SERIES=; TAGS= narrows Odoo's tests, ARGS= is for pytest)."""
    return _report(_test(options.series, options))


def test_all(options):
    """Run all tests on every series that can be had."""
    outcome = None
    for one in odoo_source.available():
        result = _test(one, options, first=outcome is None)
        outcome = outcome + result if outcome else result
    return _report(outcome)


def _test(wanted, options, first=True):
    with installation.prepare(wanted) as ready:
        browser_path = chromium.prepare()
        outcome = odoo_tests.run_tests(ready, options.tags, browser_path)
        folders = python_tests.usual_folders(first)
        if folders and not options.tags:
            outcome += python_tests.run_tests(
                folders, ready.odoo.series, options.args, browser_path
            )
    return outcome


def _report(outcome):
    for line in outcome.closing:
        say(line)
    say(str(outcome))
    return int(outcome.failed > 0)


def bench(options):
    """Measure the promises of speed (SERIES=, ARGS= for pytest)."""
    return _on_demand("bench", options)


def chaos(options):
    """Kill and cut while it works, and compare the end states (SERIES=, ARGS= for pytest)."""
    return _on_demand("chaos", options)


def _on_demand(folder, options):
    wanted = options.series or odoo_source.SOURCE_SERIES
    return _report(python_tests.run_tests([folder], wanted, options.args, live=True))


def run_lint(options):
    """Run every linter (ARGS=--fix repairs what can be repaired)."""
    return lint.main(shlex.split(options.args))


def build(options):
    """Write the addon for another series into build/<series> (SERIES=18.0 or 19.0)."""
    if not options.series:
        raise StepError("Name the series to build for.", "Try: make build SERIES=19.0")
    series.make_copy(options.series)


def shell(options):
    """Open Odoo's Python shell on the demo's database (SERIES=, DATABASE=)."""
    with installation.prepare(options.series) as ready:
        database = options.database or demo_run.database_name(ready)
        if database not in ready.server.databases():
            raise StepError(f"There is no database {database} yet.", "Run `make demo` first.")
        command = ready.command("shell", f"--database={database}", "--no-http", "--workers=0")
        return subprocess.call([str(part) for part in command], env=ready.environment)


def clean(options):
    """Remove what this clone has built (ALL=1: also the cache that clones share)."""
    installation.stop_leftovers()
    for folder in (LOCAL, BUILD, *([CACHE] if options.everything else [])):
        if folder.exists():
            remove(folder)
            say(f"Removed {folder}")


def help_(_options):
    """List the targets (the default)."""
    for name, command in COMMANDS.items():
        say(f"  make {name:9} {command.__doc__.splitlines()[0]}")


COMMANDS = {
    "help": help_,
    "demo": demo,
    "test": test,
    "test-all": test_all,
    "lint": run_lint,
    "build": build,
    "i18n": i18n.refresh,
    "bench": bench,
    "chaos": chaos,
    "shell": shell,
    "clean": clean,
}
# These neither fetch nor share anything.
WITHOUT_CACHE = {"help", "build", "clean"}
