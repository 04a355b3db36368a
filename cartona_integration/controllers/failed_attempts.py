# Who failed to authenticate lately, in this process's memory. A sender who fails again and again is
# told to wait; whoever has the secret is never asked, so that nobody can be locked out by others.
import threading
import time
from collections import OrderedDict

MOST_FAILURES = 10
WITHIN = 60  # seconds
MOST_SENDERS = 1_000


class FailedAttempts:
    """Failures by sender, those who failed last at the end; the eldest are forgotten first."""

    def __init__(self, clock=time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        self._senders = OrderedDict()

    def add(self, sender):
        """Count one more failure.

        :return: seconds that the sender has to wait, 0 if he may try again at once
        """
        now = self._clock()
        with self._lock:
            count, until = self._senders.pop(sender, (0, 0))
            if now >= until:
                count, until = 0, now + WITHIN
            self._senders[sender] = (count + 1, until)
            if len(self._senders) > MOST_SENDERS:
                self._senders.popitem(last=False)
        return int(until - now) + 1 if count >= MOST_FAILURES else 0

    def __len__(self):
        return len(self._senders)
