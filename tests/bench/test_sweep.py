"""How long it takes to compare 100,000 listings with what was confirmed, when nothing differs."""

import time
from pathlib import Path

import pytest

from tools import template

from . import bars, systems
from .report import Figure
from .waiting import until

LONGEST = 600
JOBS = "SELECT state, exec_time FROM queue_job WHERE method_name = '_job_sweep'"
KILOBYTE = 1024


@pytest.fixture
def large_shop(installation):
    """An Odoo whose 100,000 listings are in step."""
    plain = systems.database_name(installation, "large_plain")
    name = systems.database_name(installation, "large")
    systems.build_plain(installation, plain, bars.LISTINGS)
    systems.build_with_addon(installation, name, plain)
    template.drop_database(installation, plain)
    with systems.with_addon(installation, name, systems.go_live_in_step) as running:
        yield running
    template.drop_database(installation, name)


class Memory:
    """How much the processes of a server grow, at the worst moment of each."""

    def __init__(self, pids):
        self._before = {pid: self._read(pid, "VmRSS") for pid in pids}
        for pid in pids:
            Path(f"/proc/{pid}/clear_refs").write_text("5")  # the peak counts from now on

    @staticmethod
    def _read(pid, name):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        [line] = [line for line in lines if line.startswith(f"{name}:")]
        return int(line.split()[1])

    def growth(self):
        """:return: megabytes, one figure for each process"""
        return [
            (self._read(pid, "VmHWM") - before) / KILOBYTE for pid, before in self._before.items()
        ]


def sweep(shop):
    """Sweep as the cron does. :return: (seconds, how long each job took)"""
    cron = shop.rpc.record("cartona_integration.cron_sweep")
    started = time.monotonic()
    shop.rpc.call("ir.cron", "method_direct_trigger", [cron])
    start_took = time.monotonic() - started

    def jobs():
        found = shop.db.rows(JOBS)
        return all(state == "done" for state, _seconds in found) and found

    found = until(jobs, LONGEST, "the sweep")
    return time.monotonic() - started, [start_took, *(seconds or 0 for _state, seconds in found)]


def test_a_large_catalogue_is_compared_in_small_jobs(large_shop, report):
    shop = large_shop
    shop.settle()
    memory = Memory(shop.odoo.worker_pids())
    marks, seen = shop.db.marks(), shop.sandbox.last_seq()
    seconds, jobs = sweep(shop)
    assert shop.db.marks() == marks and shop.sandbox.last_seq() == seen
    growth = memory.growth()
    report(
        Figure(bars.SWEPT, seconds, note=f"in {len(jobs)} jobs"),
        Figure(bars.LONGEST_JOB, max(jobs), samples=jobs, note="elapsed, so CPU is less"),
        Figure(bars.MEMORY, max(growth), samples=growth),
    )
