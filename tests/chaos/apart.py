"""A PostgreSQL of one's own, which writes through to the disk as a real one does and may be
crashed at will. For the long runs, and for the short one that crashes it.
"""

import os
from contextlib import contextmanager
from dataclasses import replace

from tools import template, venvs
from tools.embedded_postgres import Embedded
from tools.odoo_run import run_odoo
from tools.paths import ADDON, LOCAL

from .stage import built_stage

# Tests that run side by side each crash their own.
NAME = f"chaos-postgres{os.environ.get('PYTEST_XDIST_WORKER', '')}"


@contextmanager
def installation_apart(installation):
    """The same Odoo on another PostgreSQL, whatever the usual one is."""
    binaries = venvs.postgres_binaries(installation.python)
    with Embedded(binaries, NAME, durable=True).running() as server:
        yield replace(installation, server=server)


@contextmanager
def stage_apart(installation, products):
    """:param products: how many of them are on the stage"""
    with installation_apart(installation) as apart:
        name = f"cartona_chaos_{os.getpid()}"
        template.new_database(apart, name)
        command = [f"--init={ADDON}", "--no-http"]
        run_odoo(apart, name, "Installing the addon", "chaos-install.log", command)
        try:
            with built_stage(apart, name, products) as built:
                yield built
        finally:
            template.drop_database(apart, name)


@contextmanager
def moved_apart(stage):
    """The stage, copied to a PostgreSQL of its own."""
    dump = LOCAL / f"chaos-stage-{os.getpid()}.dump"
    with installation_apart(stage.installation) as apart:
        stage.installation.server.dump(stage.database, dump)
        try:
            apart.server.create(stage.database)
            apart.server.restore(stage.database, dump)
            yield replace(stage, installation=apart)
        finally:
            apart.server.drop(stage.database)
            dump.unlink()
