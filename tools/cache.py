"""Whether the cache can be used at all, said before anything is fetched for it. Used by main."""

import errno
import os
import tempfile
from pathlib import Path

from .console import StepError
from .paths import CACHE

VARIABLE = "XDG_CACHE_HOME"


def ensure_writable():
    """Make the cache's folders, or say which one can't be made or written to, and what to do."""
    try:
        for folder in (CACHE, CACHE / "locks"):
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        raise trouble(error) from error


def concerns(error):
    """Whether an OSError is about something in the cache."""
    return bool(error.filename) and Path(os.fsdecode(error.filename)).is_relative_to(CACHE)


def trouble(error):
    """:return: the StepError for an OSError in the cache"""
    chosen = os.environ.get(VARIABLE)
    name = f"{VARIABLE}={chosen}" if chosen else "The usual cache, .cache in your home,"
    return StepError(
        f"{name} can't be used: {CACHE} can't be written to ({error.strerror}).",
        f"Set {VARIABLE} to a folder that you may write to.",
    )
