"""Odoo with workers, as people run it: all of its processes start."""

import pytest

from tools.stack import OdooServer

from .waiting import wait_until


@pytest.fixture
def prefork(installation, bare_database):
    """Odoo with two HTTP workers, its websocket process and the job runner."""
    load = ("queue_job",)
    with OdooServer(
        installation, bare_database, workers=2, name="e2e-prefork", load=load
    ) as running:
        yield running


def test_the_websocket_process_and_the_job_runner_start(prefork):
    log = prefork.process.log
    wait_until(lambda: "Evented Service" in log.read_text())
    wait_until(lambda: "queue job runner ready" in log.read_text())
    assert "DistributionNotFound" not in log.read_text()
    assert "ImportError" not in log.read_text()
