"""Which process holds which lock of PostgreSQL, waits for one, or serves a connection: found by the
sockets at both ends, because Odoo's workers connect under the name of the process that they were
forked from. Used by the scenarios that kill.
"""

import os
from pathlib import Path

# A shard's lock has two numbers, the job runner's has one.
HOLDERS = """
    SELECT DISTINCT client_port FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND granted AND datname = current_database() AND objsubid = {}
"""
CONNECTED = "SELECT client_port FROM pg_stat_activity WHERE datname = current_database()"
FLUSHING = HOLDERS.format(2)
RUNNING = HOLDERS.format(1)
BLOCKED = f"{CONNECTED} AND wait_event_type = 'Lock' AND client_port IS NOT NULL"


def owners(world, which):
    """:return: {pid: its node} of our processes at the other end of these connections"""
    ports = {int(port) for port in world.moments.sql(which)}
    return {pid: node for pid, node in _processes(world) if ports & _ports(pid, LOCAL)}


def servers_of(world, port):
    """:return: the pids that have taken the connection from this local port"""
    return [pid for pid, _node in _processes(world) if port in _ports(pid, REMOTE)]


def _processes(world):
    for node in world.nodes:
        for pid in (node.process.pid, *node.worker_pids()):
            yield pid, node


LOCAL, REMOTE = 1, 2


def _ports(pid, end):
    """The ports of a process's TCP connections at one end; none when it has ended meanwhile."""
    try:
        links = os.listdir(f"/proc/{pid}/fd")
        sockets = {_target(f"/proc/{pid}/fd/{link}") for link in links}
        table = Path(f"/proc/{pid}/net/tcp").read_text()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return set()
    rows = [line.split() for line in table.splitlines()[1:]]
    return {int(row[end].split(":")[1], 16) for row in rows if f"socket:[{row[9]}]" in sockets}


def _target(link):
    try:
        return os.readlink(link)
    except FileNotFoundError:
        return ""  # closed meanwhile
