"""What a person sees: one line per step, its duration, and an error as one clear sentence.

Used by every command; StepError is the only exception that tools/__main__ shows to people.
"""

import sys
import time
from contextlib import contextmanager


class StepError(Exception):
    """A step that can't go on. :param what: one sentence; :param todo: what the person can do."""

    def __init__(self, what, todo=""):
        super().__init__(f"{what} {todo}".strip())


def say(text=""):
    print(text, flush=True)


class Progress:
    """One line, rewritten on a terminal; elsewhere only every fifth of the way is printed."""

    def __init__(self):
        self._live = sys.stdout.isatty()
        self._total = self._fifth = 0

    def show(self, done, total, what):
        if total != self._total:
            # one part of the step is done, and the next one begins
            self._total, self._fifth = total, 0
        if self._live:
            print(f"\r\033[K    {done}/{total} {what}", end="", flush=True)
        elif total and done * 5 // total > self._fifth:
            self._fifth = done * 5 // total
            say(f"    {done}/{total} {what}")

    def clear(self):
        if self._live:
            print("\r\033[K", end="", flush=True)


@contextmanager
def step(label):
    """Announce what takes a while, and how long it took."""
    say(f"  {label} …")
    start = time.monotonic()
    progress = Progress()
    try:
        yield progress
    finally:
        progress.clear()
    say(f"    done in {time.monotonic() - start:.0f} s")
