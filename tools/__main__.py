"""Entry point of every `make` target: `python3 -m tools <command>`."""

import argparse
import errno
import os
import signal
import sys

from . import commands
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
        return commands.COMMANDS[chosen](commands.Options.from_environment())
    except StepError as error:
        print(f"\n{error}", file=sys.stderr)
    except PermissionError as error:
        print(f"\n{error.filename} belongs to another user.", file=sys.stderr)
        print("Run as that user, or remove it as root.", file=sys.stderr)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            print(f"\n{explain(os.strerror(errno.ENOSPC), error)}", file=sys.stderr)
        else:
            print(f"\n{error.filename or ''}: {error.strerror or error}", file=sys.stderr)
            print("Check XDG_CACHE_HOME and the other paths that are set.", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    return 1


def _interrupted(_number, _frame):
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
