"""Waits for what real systems do by themselves; each look is a call, so no pause is needed."""

import time

DEADLINE = 60  # seconds


def wait_until(condition):
    """Look until it is true, and return what is. :raise AssertionError: it was not in time"""
    deadline = time.monotonic() + DEADLINE
    while not (answer := condition()):
        assert time.monotonic() < deadline, "it never came true"
    return answer
