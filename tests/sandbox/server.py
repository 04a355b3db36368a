"""Starts a sandbox as a process of its own, for tests. Needs only the standard library here."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PACKAGE = __package__ or "tests.sandbox"
ROOT = Path(__file__).resolve().parents[PACKAGE.count(".") + 1]


@contextmanager
def running_sandbox(*options: str, python: str = sys.executable) -> Iterator[str]:
    """A running sandbox's base URL; the process is stopped by its id at the end.

    :param options: further command line options, e.g. "--seed", "empty"
    :param python: the interpreter of an environment with tests/sandbox/requirements.txt
    """
    command = [python, "-m", PACKAGE, "--port", "0", *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield _address(process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def _address(process: subprocess.Popen) -> str:
    """The address out of the one line that the sandbox prints when it is ready."""
    line = process.stdout.readline()
    if "http://" not in line:
        raise RuntimeError(f"The sandbox did not start (exit code {process.wait(timeout=10)}).")
    return line.split("ready: ")[1].split("/ ")[0]
