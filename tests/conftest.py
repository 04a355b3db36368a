"""Real systems for the tests that need them: Odoo, PostgreSQL, the sandbox, as processes.

Used by tests/e2e, tests/chaos and tests/bench. SERIES picks Odoo; nothing starts unasked.
"""

import itertools
import os

import pytest

from tools import installation as installations
from tools import ownership, template, venvs
from tools.odoo_run import run_odoo
from tools.paths import ADDON
from tools.rpc import Rpc
from tools.stack import OdooServer, Sandbox

TOKEN = "sandbox-token"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def installation():
    """Odoo's source, environment and PostgreSQL, shared by all tests of a run."""
    with installations.prepare(os.environ.get("SERIES") or None) as ready:
        yield ready


@pytest.fixture
def bare_database(installation):
    """A copy of the template: the addon's dependencies and demo data, without the addon."""
    yield from _copy(installation, template.ensure(installation))


@pytest.fixture(scope="session")
def with_addon(installation):
    """The database that others are copied from: the addon has just been installed."""
    name = ownership.name_for_run(installation.server, "e2e")
    template.new_database(installation, name)
    run_odoo(
        installation,
        name,
        "Installing the addon",
        "e2e-install.log",
        [f"--init={ADDON}", "--no-http"],
    )
    yield name
    template.drop_database(installation, name)


@pytest.fixture
def database(installation, with_addon):
    """A database of one's own with the addon installed."""
    yield from _copy(installation, with_addon)


def _copy(installation, source):
    name = ownership.name_for_run(installation.server, "e2e", next(_numbers))
    template.copy_database(installation, source, name)
    yield name
    template.drop_database(installation, name)


@pytest.fixture
def sandbox():
    """Cartona's side, with its demo catalogue."""
    with Sandbox(venvs.tests(), token=TOKEN, name="e2e-sandbox") as running:
        yield running


@pytest.fixture
def odoo(installation, database):
    """A threaded Odoo with queue_job's runner inside."""
    with OdooServer(installation, database, name="e2e-odoo") as running:
        yield running


@pytest.fixture
def rpc(odoo):
    """The administrator's XML-RPC session."""
    return Rpc(odoo.url, odoo.database)
