"""The embedded PostgreSQL: shared, crashed, found again. Whoever uses it last stops it."""

import os
import select
import signal

import pytest

from tools import embedded_postgres
from tools.atomic import remove


@pytest.fixture
def server(installation):
    """:return: a server of one's own, not running yet; two objects stand for two commands"""
    folder = f"postgres-e2e-{os.getpid()}"

    def make():
        return embedded_postgres.Embedded(installation.server.binaries, folder, durable=True)

    yield make
    make().stop("immediate")
    remove(make().folder)


def test_what_was_committed_survives_a_crash(server):
    with server().running() as ours:
        ours.sql("CREATE TABLE kept AS SELECT 42 AS answer")
        port = ours.variables["PGPORT"]
        ours.stop("immediate")
        ours.start()
        assert ours.sql("SELECT answer FROM kept") == ["42"]
        assert ours.variables["PGPORT"] == port


def test_a_server_in_use_is_shared_and_the_last_user_stops_it(server):
    first, second = server(), server()
    with first.running():
        with second.running():
            assert first.variables["PGPORT"] == second.variables["PGPORT"]
        assert first.sql("SELECT 1") == ["1"]
    assert not first.is_running()


def test_the_pid_file_of_a_killed_server_does_not_block_the_next_start(server):
    with server().running() as ours:
        pid = int((ours.data / "postmaster.pid").read_text().splitlines()[0])
        death = os.pidfd_open(pid)
        os.kill(pid, signal.SIGKILL)
        assert select.select([death], [], [], 60)[0]
        os.close(death)
        ours.start()
        assert ours.sql("SELECT 1") == ["1"]
