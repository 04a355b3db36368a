"""A port that is found free is still free when a slow server comes to listen on it."""

import socket

from tools import ports


def test_free_ports_are_none_that_the_system_gives_to_whoever_asks():
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        assert asking.getsockname()[1] not in ports.UNCLAIMED
    assert all(ports.free() in ports.UNCLAIMED for _ in range(100))


def test_a_taken_port_is_not_free():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", ports.free()))
        taken.listen()
        assert not ports.is_free(taken.getsockname()[1])
