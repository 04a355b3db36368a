"""Entry point of every `make` target: `python3 -m tools <command>`."""

import argparse
import errno
import os
import signal
import sys

from . import cache, commands
from .console import StepError
from .process import explain


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python3 -m tools", description=__doc__)
    parser.add_argument("command", choices=commands.COMMANDS)
    chosen = parser.parse_args(arguments).command
    # SIGINT too: a shell's background job starts with it ignored
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupted)
    try:
        options = commands.Options.from_environment()
        if chosen not in commands.WITHOUT_CACHE:
            cache.ensure_writable()
        return commands.COMMANDS[chosen](options)
    except StepError as error:
        print(f"\n{error}", file=sys.stderr)
    except OSError as error:
        print(f"\n{_explain(error)}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    return 1


def _explain(error):
    if error.errno == errno.ENOSPC:
        return explain(os.strerror(errno.ENOSPC), error)
    if cache.concerns(error):
        return cache.trouble(error)
    if isinstance(error, PermissionError):
        return StepError(
            f"{error.filename} belongs to another user.", "Run as that user, or remove it as root."
        )
    return StepError(
        f"{error.filename or ''}: {error.strerror or error}.", "Check the paths that are set."
    )


def _interrupted(_number, _frame):
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
