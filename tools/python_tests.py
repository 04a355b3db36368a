"""The tests outside Odoo, by pytest: tests/arch, tests/tools, the sandbox's own, tests/e2e.

Called by `make test`, `make bench` and `make chaos`.
"""

import os
import re
import shlex

from . import venvs
from .console import StepError, say, step
from .outcome import Outcome
from .paths import LOCAL, LOGS, ROOT
from .process import run

TESTS = ROOT / "tests"
ON_DEMAND = {"bench", "chaos"}  # long runs with targets of their own
PER_SERIES = {"e2e"}  # the rest is the same whichever Odoo is used
# Two files at a time: most of what a test of real servers takes is waiting.
SIDE_BY_SIDE = ["-n", "2", "--dist", "loadfile"]
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped)")
SO_FAR = re.compile(r"\[ *(\d+)%\]")


def usual_folders(first_series=True):
    """Return the folders that `make test` runs."""
    found = {path.name for path in TESTS.iterdir() if any(path.rglob("test_*.py"))} - ON_DEMAND
    return sorted(found if first_series else found & PER_SERIES)


def run_tests(folders, series, arguments="", browser_path=None, live=False):
    """Return the Outcome of pytest over folders of tests/.

    :param series: for those with Odoo
    :param live: say what pytest says as it comes; else only when it fails
    """
    missing = [name for name in folders if not (TESTS / name).is_dir()]
    if missing:
        raise StepError(f"This clone has no tests in tests/{missing[0]}.")
    python = venvs.tests()
    command = [python, "-m", "pytest", "--color=no", *([] if live else SIDE_BY_SIDE)]
    command += shlex.split(arguments)
    command += [TESTS / name for name in folders]
    environment = {
        **os.environ,
        "SERIES": series,
        "PATH": browser_path or os.environ["PATH"],
        "HYPOTHESIS_STORAGE_DIRECTORY": str(LOCAL / "hypothesis"),
    }
    lines = []
    log = f"pytest-{series}-{'-'.join(folders)}.log"
    with step(f"pytest: {', '.join(folders)}") as progress:
        code = run(
            command,
            log,
            what="pytest",
            env=environment,
            cwd=ROOT,
            check=False,
            on_line=lambda line: _hear(line, lines, progress, live),
        )
    return _outcome(code, lines, log, live)


def _hear(line, lines, progress, live):
    lines.append(line)
    so_far = SO_FAR.search(line)
    if live:
        say(line.rstrip())
    elif so_far:
        progress.show(int(so_far[1]), 100, "of the tests")


def _outcome(code, lines, log, live):
    closing = next((line.strip("= \n") for line in reversed(lines) if COUNT.search(line)), "")
    counts = {kind.rstrip("s"): int(number) for number, kind in COUNT.findall(closing)}
    failed = counts.get("failed", 0) + counts.get("error", 0)
    if code and not live:
        say("".join(lines).rstrip())
    if code:
        failed = max(failed, 1)
    closing = closing or f"pytest ended with exit code {code}, see {LOGS / log}"
    return Outcome(counts.get("passed", 0), failed, [f"pytest: {closing}"])
