"""Building things once, whole or not at all: file locks and temporary names that are renamed.

Used for all that goes into the cache, which several clones may fill at the same moment.
"""

import fcntl
import os
import shutil
from contextlib import contextmanager

from .console import say
from .paths import CACHE


@contextmanager
def lock(name, directory=None):
    """Hold the named lock; say so if another run has it. A dead run's lock is free."""
    directory = directory or CACHE / "locks"
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / f"{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"  Waiting for another run that is preparing {name} …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def remove(path):
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def build_once(target, build):
    """Return `target`; if it is missing, let `build(temporary_path)` make it first.

    What a killed run left behind is recognised by its name and removed, before and after: a program
    that it started may go on writing there for a while. So the name is each run's own.
    """
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with lock(target.name, target.parent / "locks"):
        if not target.exists():
            _remove_left_overs(target)
            temporary = target.with_name(f".{target.name}.new-{os.getpid()}")
            try:
                build(temporary)
                os.replace(temporary, target)
            finally:
                _remove_left_overs(target)
    return target


def _remove_left_overs(target):
    for left_over in target.parent.glob(f".{target.name}.new*"):
        remove(left_over)
