"""Waits for what is awaited, never for longer than a bound. Used by the measurements."""

import threading
import time

_PAUSE = threading.Event()


def until(condition, seconds, what, every=0.02):
    """Return what `condition` gives as soon as that is something.

    :raise TimeoutError: it still gives nothing after so many seconds
    """
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise TimeoutError(f"After {seconds} s still waiting for {what}.")
        _PAUSE.wait(every)
