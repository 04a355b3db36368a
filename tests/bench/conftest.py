"""The systems that are measured, each made when the first test asks for it, and the report."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from tools import installation as installations
from tools import template

from . import bars, systems
from .report import Report

ADDONS = Path(__file__).parent / "addons"


def pytest_configure():
    """A terminated run cleans up like an interrupted one."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session")
def installation():
    """Odoo, and a PostgreSQL that keeps what it promises: commits wait for the disk."""
    wanted = os.environ.get("SERIES") or None
    with installations.prepare(wanted, postgres_name="bench-postgres", durable=True) as ready:
        systems.drop_leftovers(ready)
        yield replace(ready, addons=[*ready.addons, ADDONS])


@pytest.fixture(scope="session")
def report(request):
    """Where figures go."""
    terminal = request.config.pluginmanager.get_plugin("terminalreporter")
    capture = request.config.pluginmanager.get_plugin("capturemanager")

    def say(line):
        with capture.global_and_fixture_disabled():
            terminal.write_line(line)

    made = Report(say)
    yield made
    made.write()


@pytest.fixture(scope="session")
def plain_database(installation):
    name = systems.database_name(installation, "plain")
    systems.build_plain(installation, name, bars.BURST)
    yield name
    template.drop_database(installation, name)


@pytest.fixture(scope="session")
def addon_database(installation, plain_database):
    name = systems.database_name(installation, "addon")
    systems.build_with_addon(installation, name, plain_database)
    yield name
    template.drop_database(installation, name)


@pytest.fixture(scope="session")
def shop(installation, addon_database):
    """An Odoo whose 10,000 products are on the marketplace, live."""
    with systems.with_addon(installation, addon_database, systems.go_live) as running:
        yield running


@pytest.fixture(scope="session")
def plain(installation, plain_database, addon_database):
    """The same Odoo without the addon."""
    with systems.without_addon(installation, plain_database) as running:
        yield running
