"""Which process holds which lock of PostgreSQL: found by the sockets at both ends, because Odoo's
workers connect under the name of the process that they were forked from. Used by crashes.py.
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


def owners(world, which):
    """:return: {pid: its node} of our processes at the other end of these connections"""
    ports = {int(port) for port in world.moments.sql(which)}
    return {
        pid: node
        for node in world.nodes
        for pid in (node.process.pid, *node.worker_pids())
        if ports & _local_ports(pid)
    }


def _local_ports(pid):
    """The local ports of a process's TCP connections; none when it has ended meanwhile."""
    try:
        links = os.listdir(f"/proc/{pid}/fd")
        sockets = {_target(f"/proc/{pid}/fd/{link}") for link in links}
        table = Path(f"/proc/{pid}/net/tcp").read_text()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return set()
    rows = [line.split() for line in table.splitlines()[1:]]
    return {int(row[1].split(":")[1], 16) for row in rows if f"socket:[{row[9]}]" in sockets}


def _target(link):
    try:
        return os.readlink(link)
    except FileNotFoundError:
        return ""  # closed meanwhile
