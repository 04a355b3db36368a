"""`make lint`: every linter over the whole repository; one line for each, one for all.

Called by the Makefile and .ci/run through `main`. Standard library only: the linters
themselves come from toolchain.py, what each looks at stands in checks.py.
"""

import argparse
import os

from ..console import StepError, say
from .checks import javascript_checks, python_checks, run_check
from .toolchain import NodeMissing, node_tools, python_tools


def main(argv=()):
    """Run all linters. :return: 0 when every one of them is content, else 1."""
    arguments = _arguments(argv)
    try:
        return _lint(fix=arguments.fix)
    except StepError as error:
        say(f"lint: could not run. {error}")
        return 1


def _arguments(argv):
    parser = argparse.ArgumentParser(prog="make lint", description="Run every linter.")
    parser.add_argument("--fix", action="store_true", help="repair what can be repaired")
    return parser.parse_args(argv)


def _lint(fix):
    python = python_tools()
    checks = python_checks(python, fix)
    skipped = ""
    try:
        checks += javascript_checks(node_tools(python), fix)
    except NodeMissing as missing:
        if os.environ.get("CI") == "true":
            raise StepError("The XML and JavaScript checks can't run.", str(missing)) from None
        skipped = str(missing)
    failed = [check.name for check in checks if not run_check(check)]
    if skipped:
        say(f"SKIPPED: the XML and JavaScript checks did NOT run. {skipped}")
    return _verdict(checks, failed)


def _verdict(checks, failed):
    if failed:
        say(f"lint: {len(failed)} of {len(checks)} failed: {', '.join(failed)}")
        return 1
    say(f"lint: {len(checks)} of {len(checks)} ok")
    return 0
