"""Free ports on 127.0.0.1. Used by everything that listens."""

import random
import socket

# Systems hand out ports by themselves from 32768 on, to whoever asks next: one that is to be
# listened on some seconds later could be gone by then.
UNCLAIMED = range(20_000, 32_000)


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free():
    return next(port for port in iter(lambda: random.choice(UNCLAIMED), None) if is_free(port))
