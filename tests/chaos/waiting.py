"""Waits for a condition instead of for a while. Used by all scenarios."""

import time

STEP = 0.05


class NeverHappened(AssertionError):
    """The deadline has passed and the condition doesn't hold."""


def wait_until(condition, within, what, step=STEP):
    """Return what `condition()` answers as soon as that is true.

    :param what: what is waited for, as the end of "did not happen within 5 s: …"; or a function
        that says so when it is too late
    :raise NeverHappened: it was not true within so many seconds
    """
    deadline = time.monotonic() + within
    while not (answer := condition()):
        if time.monotonic() > deadline:
            said = what() if callable(what) else what
            raise NeverHappened(f"did not happen within {within} s: {said}")
        time.sleep(step)
    return answer
