"""Running other programs: to their end (`run`), or in the background (`Daemon`).

Every program's output goes to a log file; a failure becomes one sentence that names it.
"""

import ctypes
import os
import re
import signal
import subprocess
from collections import deque
from contextlib import suppress

from .console import StepError
from .paths import LOGS

# what a failing program says → what a person needs to hear
FULL_DISK = (
    r"No space left on device|Errno 28|could not extend file",
    "The disk is full.",
    "Free a few GB (`make clean` helps) and run the same command again.",
)
KNOWN_CAUSES = (
    FULL_DISK,
    (
        r"Temporary failure in name resolution|Temporary failure resolving|Name or service not"
        r"|Network is unreachable|NewConnectionError|Failed to establish a new connection"
        r"|ProxyError|Could not fetch URL|\(from versions: none\)|Could not connect to",
        "The network can't be reached, and the cache doesn't hold what is needed yet.",
        "Connect to the network (or set your proxy) and run the same command again.",
    ),
)
PR_SET_PDEATHSIG = 1


def explain(output, fallback, causes=KNOWN_CAUSES):
    """Return the StepError for a program's output: its known cause, else `fallback`."""
    for pattern, what, todo in causes:
        if re.search(pattern, output):
            return StepError(what, todo)
    return fallback


def run(command, log, *, what, env=None, cwd=None, on_line=None, check=True):
    """Run to the end with its output in `.local/log/<log>`; return the exit code.

    :param what: a noun for the error's sentence
    :param on_line: called with each line as it comes
    :raise StepError: it failed, and `check`
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / log
    tail = deque(maxlen=60)
    with path.open("w") as file, _started(command, env, cwd) as process:
        try:
            for line in process.stdout:
                file.write(line)
                tail.append(line)
                if on_line:
                    on_line(line)
            code = process.wait()
        except BaseException:
            end(process)
            raise
    if code and check:
        last = next((line.strip(" .\n") for line in reversed(tail) if line.strip()), "")
        raise explain("".join(tail), StepError(f"{what} failed: {last[:300]}.", f"See {path}."))
    return code


def _started(command, env, cwd, output=subprocess.PIPE):
    command = [str(part) for part in command]
    try:
        return subprocess.Popen(
            command,
            env=env,
            cwd=cwd,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
    except FileNotFoundError:
        raise StepError(
            f"The program `{command[0]}` is missing.", "Install it and try again."
        ) from None


def _die_with_parent():
    """Even a kill -9 of the command that the person started leaves nothing running."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end(process, grace=15):
    """Stop a process and all it started: politely first, then not."""
    if process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(grace)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Daemon:
    """A program in the background, in a process group of its own."""

    def __init__(self, name, command, *, env=None, cwd=None):
        LOGS.mkdir(parents=True, exist_ok=True)
        self.name = name
        self.log = LOGS / f"{name}.log"
        with self.log.open("w") as output:
            self.process = _started(command, env, cwd, output)

    @property
    def pid(self):
        return self.process.pid

    def alive(self):
        return self.process.poll() is None

    def stop(self):
        end(self.process)
